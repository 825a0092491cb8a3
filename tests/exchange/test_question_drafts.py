"""Drafts of scenarios from questions: every text is kept, what the kit decides is open, and no file stops the reading."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.content.scenario import Paragraph
from etiquette_kit.exchange import Collection, Item, ItemOption, collections
from etiquette_kit.exchange import gift as gift_writer
from etiquette_kit.exchange import moodle_xml as moodle_writer
from etiquette_kit.exchange.drafts import Question, ReadError, Unread, draft_text, gift, moodle_xml
from etiquette_kit.exchange.drafts.plain_text import tidy
from etiquette_kit.locale import catalog, languages
from good_scenario import written
from hostile_bank import hostile_bank
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=40).filter(tidy)
WRITERS = {"gift": (gift_writer.write, gift.read), "moodle-xml": (moodle_writer.write, moodle_xml.read)}


@pytest.mark.parametrize("form", sorted(WRITERS))
@pytest.mark.parametrize("lang", languages())
def test_what_the_kit_exports_comes_back(form: str, lang: str, tmp_path: Path):
    write, read = WRITERS[form]
    for bank in (load_bank(), hostile_bank(tmp_path)):
        (collection,) = collections(bank, [lang], ["choice"], ["choice"])
        found = list(read(write(collection).decode()))
        assert len(found) == len(collection.items)
        for item, question in zip(collection.items, found, strict=True):
            assert isinstance(question, Question)
            assert question.title == tidy(item.title)
            assert question.stem == tidy("\n\n".join([item.about, *(part.text for part in item.stem), item.prompt]))
            assert question.general == tidy("\n\n".join(item.general))
            for option, answer in zip(item.options, question.answers, strict=True):
                assert answer.text == tidy(option.label)
                assert answer.feedback == tidy("\n\n".join(option.feedback))
                assert answer.percent == pytest.approx(float(option.credit) * 100, abs=5e-6)


@pytest.mark.parametrize("form", sorted(WRITERS))
@given(TEXT, TEXT, st.lists(TEXT, min_size=2, max_size=4))
def test_any_text_comes_back_as_it_is_read(form: str, title: str, stem: str, labels: list[str]):
    write, read = WRITERS[form]
    options = tuple(ItemOption(str(place), label, 4 if not place else 1, (label, stem)) for place, label in enumerate(labels))
    item = Item("a", "en", "choice", title, stem, (Paragraph(stem, quote=False),), title, options, {}, (stem,), TAGS, "t")
    (question,) = read(write(Collection("en", title, {"t": title}, (item,), ())).decode())
    assert isinstance(question, Question)
    assert question.title == tidy(title)
    assert [answer.text for answer in question.answers] == [tidy(label) for label in labels]


TAGS = {"rule": "R1", "relation": "client", "event": "message", "platform": "facebook"}


@given(st.one_of(st.text(), st.text("{}~=#:%\\ \nTa/$[]<>p")))
def test_no_text_stops_the_reading_of_gift(text: str):
    assert all(isinstance(found, Question | Unread) for found in gift.read(text))


_PIECES = st.lists(st.sampled_from(["<quiz>", "</quiz>", "<question type='multichoice'>", "</question>", "<", "&amp;"])).map("".join)


@given(st.one_of(st.text(), _PIECES))
def test_no_text_stops_the_reading_of_xml_but_with_its_own_error(text: str):
    try:
        found = list(moodle_xml.read(text))
    except ReadError as error:
        found, known = [Unread(error.kind, "", error.line)], catalog("en").table("exchange.unreadable")
    else:
        known = catalog("en").table("exchange.unread")
    assert all(isinstance(entry, Question) or entry.kind in known for entry in found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Is it true? {T}", "type"),
        ("Is it true? {FALSE#no}", "type"),
        ("How many? {#3:1}", "type"),
        ("Write. {}", "type"),
        ("Who? {=Ada =Bob}", "type"),
        ("Match. {=a -> 1 =b -> 2}", "type"),
        ("Which? {~%50%a ~%50%b}", "several"),
        ("Which? {~a =}", "empty"),
        ("{~a =b}", "empty"),
        ("Which? {~a =b", "unclosed"),
    ],
)
def test_what_is_no_single_choice_is_named(text: str, kind: str):
    title, question = "::Before::Choose. {=a ~b}", f"::It::{text}"
    first, found = gift.read(f"// comment\n\n{title}\n\n$CATEGORY: x\n{question}\n")
    assert isinstance(first, Question)
    assert isinstance(found, Unread)
    assert (found.kind, found.title, found.line) == (kind, "It", 6)
    assert kind in catalog("en").table("exchange.unread")


def test_gift_is_read_by_its_rules():
    text = (
        "\ufeff::A\\: title::[html]<p>One &amp; two</p>{\r\n~%33.3%[plain]a \\{x\\} <b># no\\n\\nway\r\n=<b>c</b> \\= d####all\r\n}\r\n\r\n"
        "A gap {=x ~y} here."
    )
    first, second = gift.read(text)
    assert isinstance(first, Question)
    assert (first.title, first.stem, first.general, first.line) == ("A: title", "One & two", "all", 1)
    assert [(answer.text, answer.feedback, answer.percent) for answer in first.answers] == [
        ("a {x} <b>", "no way", 33.3),
        ("c = d", "", 100),
    ]
    assert isinstance(second, Question)
    assert (second.title, second.stem) == ("", "A gap _____ here.")


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("no XML", "no_xml", 1),
        ("<quiz>\n<question>\n</quiz>", "no_xml", 3),
        ("<html/>", "no_quiz", 0),
        ('<!DOCTYPE quiz [<!ENTITY a "b">]>\n<quiz>&a;</quiz>', "doctype", 0),
    ],
)
def test_what_is_no_moodle_xml_is_refused(text: str, kind: str, line: int):
    with pytest.raises(ReadError) as failed:
        list(moodle_xml.read(text))
    assert (failed.value.kind, failed.value.line) == (kind, line)


def test_questions_of_other_types_are_named_with_their_line():
    text = """<quiz>
<question type="category"><category><text>x</text></category></question>
<question type="truefalse"><name><text>True?</text></name></question>
<question type="multichoice"><name><text>Two</text></name><single>false</single>
<questiontext><text>a</text></questiontext></question>
<question type="multichoice"><questiontext format="plain_text"><text>a &lt;b&gt; c</text></questiontext>
<answer fraction="x"><text>1</text></answer><answer fraction="100" format="plain_text"><text>&lt;2&gt;</text></answer></question>
</quiz>"""
    first, second, third = moodle_xml.read(text)
    assert first == Unread("type", "True?", 3)
    assert second == Unread("several", "Two", 4)
    assert isinstance(third, Question)
    assert (third.stem, third.line, [answer.text for answer in third.answers]) == ("a <b> c", 6, ["1", "<2>"])


@pytest.mark.parametrize("lang", languages())
def test_a_draft_has_every_text_and_a_finding_for_all_that_is_open(lang: str, tmp_path: Path):
    (collection,) = collections(load_bank(), [lang], ["choice"], ["choice"])
    questions = [found for found in gift.read(gift_writer.write(collection).decode()) if isinstance(found, Question)]
    text = draft_text(questions, 'My "theme"\n', "a\nb.gift", catalog(lang))
    read = tomllib.loads(text)
    assert read["theme"]["title"] == {lang: 'My "theme"\n'}
    assert len({scenario["id"] for scenario in read["scenario"]}) == len(questions)
    for question, scenario in zip(questions, read["scenario"], strict=True):
        assert scenario["text"][lang]["title"] == question.title
        assert scenario["text"][lang]["stem"].strip() == question.stem
        told = [(option["text"][lang]["label"].strip(), option["text"][lang]["feedback"].strip()) for option in scenario["option"]]
        assert told == [(answer.text, answer.feedback) for answer in question.answers]
    bank = load_bank(written(tmp_path, text), required=(lang,))
    assert not len(bank)
    open_keys = {"platform", "person", "facts", "role", "action"}
    for scenario in read["scenario"]:
        missing = [finding.values["key"] for finding in bank.findings if finding.id == scenario["id"] and finding.kind == "missing_key"]
        assert sorted(missing) == sorted([*(open_keys - {"action"}), *["action"] * len(scenario["option"])])
    for question in questions:
        assert question.general.split("\n")[0] in text


@given(st.lists(st.tuples(st.text(max_size=80), TEXT, st.lists(TEXT, min_size=2, max_size=30)), min_size=1, max_size=4))
def test_any_questions_make_a_file_that_can_be_read(parts: list[tuple[str, str, list[str]]]):
    texts = [f"::{_escaped(title)}::{_escaped(stem)}{{={'~'.join(map(_escaped, labels))}}}" for title, stem, labels in parts]
    questions = [found for found in gift.read("\n\n".join(texts)) if isinstance(found, Question)]
    read = tomllib.loads(draft_text(questions, "t", "f", catalog("en")))
    assert len({scenario["id"] for scenario in read.get("scenario", [])}) == len(questions)
    for question, scenario in zip(questions, read.get("scenario", []), strict=True):
        assert [option["text"]["en"]["label"].removesuffix("\n") for option in scenario["option"]] == [
            answer.text for answer in question.answers
        ]
        assert len({option["id"] for option in scenario["option"]}) == len(question.answers)


def _escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in "~=#{}:\\" else character for character in " ".join(text.split()))
