"""A note in one's own words: requests, comments, and what is kept of it: ticks, and the text only with consent."""

from __future__ import annotations

import json
import random
from typing import Any

import msgspec
import pytest
from etiquette_kit import load_bank
from etiquette_kit.formats import Comments, ContentFormat, Exercise, ResponseError, format_named, note
from etiquette_kit.formats.note.assessment import CRITERIA, assess_note
from etiquette_kit.formats.note.response import MOST_CHARACTERS, Response, decoded
from etiquette_kit.formats.protocol import Format
from etiquette_kit.locale import catalog, languages
from hypothesis import given
from hypothesis import strategies as st

BANK = load_bank()
REQUESTS = dict(note.materials(BANK))
REQUEST = REQUESTS["note-client-bakery"]
FIRST = "Das geht nicht, Frau Peters."
LAST = "Liebe Frau Peters, danke! Facebook nutze ich nur privat, deshalb nehme ich die Anfrage nicht an."


def sent(**values: Any) -> dict[str, Any]:
    return {"first": FIRST, "last": LAST, "lang": "de", "ticks": ["declines", "friendly"], "keep": False, **values}


def exercise(name: str = "note-client-bakery") -> note.Note:
    return note.build(REQUESTS[name], random.Random(1))  # noqa: S311  any


def test_it_is_a_format_with_tables_of_its_own_whose_exercise_comments():
    found: Format = format_named("note")
    assert isinstance(found, ContentFormat)
    one: Exercise = exercise()
    assert isinstance(one, Comments)


# ---- the requests -----------------------------------------------------------------------------------------------------------


def test_there_are_eight_requests_with_both_ways_of_address():
    assert len(REQUESTS) >= 8
    assert {request.address for request in REQUESTS.values()} == {"formal", "first_name"}
    assert {situation.relation for request in REQUESTS.values() for situation in request.situations} == {"client", "colleague", "boss"}
    assert all(request.languages == languages() for request in REQUESTS.values())
    assert {situation.rule for request in REQUESTS.values() for situation in request.situations} == {"R3", "R6", "R9"}


@pytest.mark.parametrize("lang", languages())
def test_the_model_notes_do_what_the_checklist_says(lang: str):
    general = catalog(lang).table("note.general_models").values()
    for model in [*general, *(model for request in REQUESTS.values() for model in request.text(lang).models)]:
        judged = {name: found.met for name, found in assess_note(model, lang).criteria.items() if name != "channel"}
        assert False not in judged.values(), model
        assert judged["declines"], model
    assert any(assess_note(model, lang).criteria["channel"].met for request in REQUESTS.values() for model in request.text(lang).models)


def test_german_models_address_the_person_as_the_request_says():
    for request in REQUESTS.values():
        for model in request.text("de").models:
            formal = any(word in model.replace(",", " ").split() for word in ("Sie", "Ihre", "Ihnen", "Ihr"))
            assert formal is (request.address == "formal"), model


def test_a_record_is_read_again_and_changes_with_the_text():
    stored = note.read(REQUEST.content, REQUEST.record())
    assert (stored.id, stored.content, stored.record()) == (REQUEST.id, REQUEST.content, REQUEST.record())
    assert stored.title("en") == REQUEST.title("en")
    assert stored.languages == REQUEST.languages
    (own,), (read,) = REQUEST.situations, stored.situations
    assert (read.id, read.relation, read.event) == (own.id, own.relation, own.event)
    text = msgspec.structs.replace(REQUEST.text("en"), title="Another title")
    assert msgspec.structs.replace(REQUEST, texts={**REQUEST.texts, "en": text}).content != REQUEST.content
    assert msgspec.structs.replace(REQUEST, theme="other").content == REQUEST.content


@pytest.mark.parametrize(
    "record", [b"", b"{}", b'{"id": "x", "facts": {}, "text": {}}', b'{"id": 1, "facts": {}, "text": {"de": {"title": ""}}}']
)
def test_a_record_that_is_none_is_refused(record: bytes):
    with pytest.raises(msgspec.MsgspecError):
        note.read("0" * 16, record)


def test_the_fingerprint_depends_on_the_question_alone():
    text = msgspec.structs.replace(REQUEST.text("de"), models=("Nein.", "Nein, danke."))
    other = msgspec.structs.replace(REQUEST, texts={**REQUEST.texts, "de": text})
    assert note.fingerprint(other, "de") == note.fingerprint(REQUEST, "de") != note.fingerprint(REQUEST, "en")


@pytest.mark.parametrize(
    ("change", "kind", "severity", "where"),
    [
        (
            {"facts": {"event": "friend_request", "relation": "client", "network": "private", "wanted": True, "sensitive": False}},
            "note_facts",
            "error",
            ("facts",),
        ),
        ({"facts": {"event": "message", "relation": "client", "personal": True}}, "note_facts", "error", ("facts",)),
        (
            {"text": {"de": {"model": [f"{LAST} Das halte ich bei allen Kunden so.", "Vielleicht später."]}}},
            "note_model",
            "warning",
            ("text", "de", "model", 1),
        ),
        ({"text": {"de": {"model": "Nein."}, "tlh": {"model": ["ghobe"]}, "en": 3}}, "", "", ()),
        ({"facts": 3, "text": []}, "", "", ()),
    ],
)
def test_what_is_wrong_with_a_request_is_found(change: dict[str, Any], kind: str, severity: str, where: tuple[str, ...]):
    found = [(problem.kind, problem.severity, problem.where) for problem in note.problems(change, languages())]
    assert found == ([(kind, severity, where)] if kind else [])


def test_a_warning_names_what_is_missing():
    (found,) = note.problems({"text": {"de": {"model": ["Vielleicht später."]}}}, languages())
    assert {"Absage", "Anrede"} <= set(found.values["criteria"].split(", "))


# ---- the response -----------------------------------------------------------------------------------------------------------


def test_without_consent_nothing_of_the_text_is_in_the_response():
    response = exercise().parse(sent())
    assert response == "df+"
    assert decoded(response) == Response(("declines", "friendly"), changed=True)


def test_with_consent_the_last_version_is():
    response = exercise().parse(sent(keep=True, last=LAST + " 🙂\n„ja“"))
    found = decoded(response)
    assert found.text == LAST + " 🙂\n„ja“"
    assert response.isascii()
    assert FIRST not in response


@pytest.mark.parametrize(("last", "changed"), [(FIRST, False), (FIRST + " ", False), (LAST, True)])
def test_whether_the_cues_changed_is_kept(last: str, changed: bool):  # noqa: FBT001  a case
    assert decoded(exercise().parse(sent(last=last))).changed is changed


def test_half_a_character_is_replaced_before_it_is_stored():
    assert decoded(exercise().parse(sent(last="Nein \ud800", keep=True))).text == "Nein ?"


WRONG = [
    None,
    "text",
    {},
    sent(more=1),
    sent(first=""),
    sent(last="  "),
    sent(last=3),
    sent(last="x" * (MOST_CHARACTERS + 1)),
    sent(lang="tlh"),
    sent(ticks=["tone"]),
    sent(ticks="declines"),
    sent(keep="yes"),
]


@pytest.mark.parametrize("given_", WRONG, ids=range(len(WRONG)))
def test_what_is_no_response_is_refused_without_quoting_it(given_: object):
    with pytest.raises(ResponseError) as error:
        exercise().parse(given_)
    assert "Peters" not in str(error.value)
    assert error.value.__cause__ is None


@pytest.mark.parametrize("response", ["", "df", "fd+", "dd+", "df+ ", 'df+ ""', "df+ x", 'df+ "a', '{"ticks": []}', "df+\n", 'df+ "a" "b"'])
def test_what_is_no_stored_response_is_refused(response: str):
    with pytest.raises(ResponseError):
        exercise().grade(response)


@given(st.lists(st.sampled_from(CRITERIA)), st.booleans(), st.text(min_size=1, max_size=50).filter(lambda text: text.strip() != ""))
def test_a_response_is_read_as_it_was_given(ticks: list[str], keep: bool, text: str):  # noqa: FBT001  drawn
    found = decoded(exercise().parse(sent(first=text, last=text, ticks=ticks, keep=keep)))
    assert set(found.ticks) == set(ticks)
    assert not found.changed
    assert found.text == (text.encode("utf-8", "replace").decode() if keep else "")


def test_it_has_no_credit_and_counts_every_line_of_the_checklist():
    one = exercise()
    result = one.grade("df=")
    assert (result.credit, result.items, result.grade) == (None, {REQUEST.id: None}, None)
    answers = note.summarise(REQUEST, "df=")
    assert {answer.item: answer.option for answer in answers} == {
        name: "ticked" if name in ("declines", "friendly") else "open" for name in CRITERIA
    }
    assert {(answer.credit, answer.relation) for answer in answers} == {(None, "client")}
    options = note.item_options(REQUEST, "en")
    assert list(options) == list(CRITERIA)
    assert {(option.option, option.credit) for offered in options.values() for option in offered} == {("ticked", None), ("open", None)}
    assert [option.label for option in options["friendly"]] == ["ticked: “The tone is friendly, without reproach.”", "open"]


def test_nothing_is_random():
    one = exercise()
    assert one.shown == "{}"
    assert note.rebuild(REQUEST, one.shown) == one
    assert note.revise(REQUEST, one.shown) == one.shown
    with pytest.raises(msgspec.MsgspecError):
        note.rebuild(REQUEST, '["a"]')


# ---- the pages --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", languages())
def test_the_question_tells_nothing_of_the_model_notes(lang: str):
    told = msgspec.json.encode(exercise().question(lang)).decode()
    assert [model for model in REQUEST.text(lang).models if json.dumps(model, ensure_ascii=False)[1:-1] in told] == []


@pytest.mark.parametrize("lang", languages())
def test_a_comment_has_a_cue_for_each_criterion_and_the_models(lang: str):
    comment = exercise().comment("Hallo Frau Peters, nein. Was soll das?", lang)
    assert [cue.id for cue in comment.cues] == list(CRITERIA)
    assert {cue.state for cue in comment.cues} <= {"met", "not_met", "unsure"}
    assert comment.models == REQUEST.text(lang).models
    assert set(comment.passages) == {"S3", "S4"}


@pytest.mark.parametrize("draft", ["", " \n", None, 3, "x" * (MOST_CHARACTERS + 1)])
def test_a_draft_that_is_none_is_not_commented(draft: object):
    with pytest.raises(ResponseError):
        exercise().comment(draft, "de")


def test_after_the_answer_the_ticks_and_the_models_are_shown_and_the_text_only_if_it_was_kept():
    one = exercise()
    without: Any = one.reveal("df+", "en")
    assert (without.summary, without.is_kept) == ("Ticked in your list: 2 of 7.", False)
    assert without.text == catalog("en")("note.not_kept")
    assert [line.ticked for line in without.checklist] == [name in ("declines", "friendly") for name in CRITERIA]
    with_text: Any = one.reveal('d= "No, thanks."', "en")
    assert (with_text.text, with_text.is_kept) == ("No, thanks.", True)
    assert with_text.changed == catalog("en")("note.unchanged")


def test_it_has_a_text_form():
    one = exercise()
    lines = one.question_lines("de")
    assert lines[0] == "Gudrun Peters, Kundin, bestellt für ihre Firma · Freundschaftsanfrage auf Facebook"
    assert lines[-1] == "Schreiben Sie die Absage. Sie sagen „Sie“ zueinander."
    line = one.response_line('df+ "Geheim"', "de", revealed=True)
    assert line.startswith("In Ihrer Liste abgehakt: 2 von 7. (Es ist klar")
    assert "Geheim" not in line
    assert one.recap("=", "de").yours == "In Ihrer Liste abgehakt: 0 von 7."
    assert one.words_to_read("de") > 200


def test_a_request_from_a_store_has_no_texts_for_a_page():
    stored = note.rebuild(note.read(REQUEST.content, REQUEST.record()), "{}")
    assert stored.grade("d=").credit is None
    with pytest.raises(TypeError):
        stored.question("de")
