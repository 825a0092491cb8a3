"""Moodle XML: by the published rules of Moodle's importer, and as moodle-xml-parser reads it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import pytest
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.content.scenario import Paragraph
from etiquette_kit.exchange import Collection, Item, ItemOption, collections
from etiquette_kit.exchange.moodle_xml import write
from etiquette_kit.formats.choice import credit_of
from etiquette_kit.locale import languages
from exported import html_paragraphs, moodle_questions
from hostile_bank import hostile_bank
from hypothesis import given
from hypothesis import strategies as st

from foreign import asked_of_python

READER = "moodle-xml-parser==0.3.1"
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=60)


def made(bank: Bank) -> list[Collection]:
    return collections(bank, languages(), ["choice"], ["choice"])


@pytest.fixture(params=["shipped", "hostile"])
def bank(request: pytest.FixtureRequest, tmp_path: Path) -> Bank:
    return load_bank() if request.param == "shipped" else hostile_bank(tmp_path)


def test_moodle_would_import_every_question_with_the_points_and_texts_of_the_quiz(bank: Bank):
    for collection in made(bank):
        read = {question.id: question for question in moodle_questions(write(collection))}
        assert list(read) == [f"choice-{scenario.id}" for theme in bank.themes for scenario in bank if scenario.theme == theme]
        for item in collection.items:
            question, key = read[f"choice-{item.id}"], bank.key(item.id)
            assert [unescape(name) for name in question.category] == [collection.title, bank.theme_title(item.theme, item.lang)]
            assert unescape(question.name) == bank[item.id].text(item.lang).title
            assert question.text == [item.about, *(part.text for part in item.stem), item.prompt]
            assert question.general == list(item.general)
            assert question.tags == [item.tags["rule"], item.tags["relation"], item.theme]
            for option, ([label], share, feedback) in zip(item.options, question.answers, strict=True):
                assert share / 100 == pytest.approx(credit_of(key[option.id]), abs=5e-8)
                assert label == bank[item.id].option(option.id).text(item.lang).label
                assert feedback == list(option.feedback)


def test_software_by_others_reads_the_same(bank: Bank):
    written = made(bank)
    told = asked_of_python(READER, "moodle_xml.py", [write(collection).decode() for collection in written])
    for collection, questions in zip(written, told, strict=True):
        for item, question in zip(collection.items, questions, strict=True):
            assert question["name"] == item.title
            assert question["single"] is True
            stem = [f"<blockquote><p>{part.text}</p></blockquote>" if part.quote else f"<p>{part.text}</p>" for part in item.stem]
            assert question["text_pre_parse"] == "".join([f"<p><strong>{item.about}</strong></p>", *stem, f"<p>{item.prompt}</p>"])
            assert question["general_feedback"] == "".join(f"<p>{text}</p>" for text in item.general)
            for option, answer in zip(item.options, question["options"], strict=True):
                assert answer["answer"] == f"<p>{option.label}</p>"
                assert answer["feedback"] == "".join(f"<p>{text}</p>" for text in option.feedback)
                assert answer["score_fraction"] == pytest.approx(100 * credit_of(option.grade), abs=5e-6)


@given(TEXT, TEXT, st.lists(TEXT, min_size=2, max_size=4), TEXT)
def test_any_text_comes_back(title: str, stem: str, labels: list[str], theme: str):
    options = tuple(ItemOption(str(place), label, 4 if not place else 1, (label, title)) for place, label in enumerate(labels))
    item = Item("a", "en", "choice", title, stem, (Paragraph(stem, quote=True),), title, options, {}, (stem,), TAGS, "t")
    (question,) = moodle_questions(write(Collection("en", title, {"t": theme}, (item,), ())))
    assert [unescape(part) for part in question.category] == [title, theme]
    assert unescape(question.name) == title
    assert question.text == [stem, stem, title]
    assert [answer[0] for answer in question.answers] == [[label] for label in labels]
    assert [answer[2] for answer in question.answers] == [[label, title] for label in labels]


TAGS = {"rule": "R1", "relation": "client", "event": "message", "platform": "facebook"}


def test_a_second_file_is_the_same_byte_for_byte():
    assert [write(collection) for collection in made(load_bank())] == [write(collection) for collection in made(load_bank())]


def test_the_independent_reader_refuses_what_moodle_refuses():
    (first, *_) = made(load_bank())
    root = ET.fromstring(write(first))  # noqa: S314  written above
    answer = root.find("question/answer")
    assert answer is not None
    answer.set("fraction", "33.3")
    with pytest.raises(AssertionError):
        moodle_questions(ET.tostring(root))
    with pytest.raises(AssertionError):
        html_paragraphs("<p>a</p><img>")
