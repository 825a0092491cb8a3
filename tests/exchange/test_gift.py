"""GIFT, as gift-pegjs reads it."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.exchange import Collection, collections
from etiquette_kit.exchange.gift import write
from etiquette_kit.formats.choice import credit_of
from etiquette_kit.locale import languages
from exported import html_paragraphs
from hostile_bank import hostile_bank

from foreign import asked_of_node, installed


def made(bank: Bank) -> list[Collection]:
    return collections(bank, languages(), ["choice"], ["choice"])


def read(collections: list[Collection]) -> list[list[dict[str, Any]]]:
    installed("gift-pegjs")
    told: list[list[dict[str, Any]]] = asked_of_node("gift.mjs", [write(collection).decode() for collection in collections])
    return told


@pytest.fixture(params=["shipped", "hostile"])
def bank(request: pytest.FixtureRequest, tmp_path: Path) -> Bank:
    return load_bank() if request.param == "shipped" else hostile_bank(tmp_path)


def test_software_by_others_reads_the_weights_and_texts_of_the_quiz(bank: Bank):
    written = made(bank)
    for collection, entries in zip(written, read(written), strict=True):
        titles = [entry["title"] for entry in entries if entry["type"] == "Category"]
        assert [unescape(title).replace("//", "/") for title in titles] == [
            f"$course$/top/{collection.title}/{bank.theme_title(theme, collection.lang)}" for theme in collection.themes
        ]
        questions = [entry for entry in entries if entry["type"] != "Category"]
        for item, question in zip(collection.items, questions, strict=True):
            scenario, key = bank[item.id], bank.key(item.id)
            assert question["type"] == "MC"
            assert question["id"] == f"choice-{item.id}"
            assert question["tags"] == [scenario.advice.rule, scenario.facts.relation, scenario.theme]
            assert unescape(question["title"]) == scenario.text(item.lang).title
            assert question["stem"]["format"] == "html"
            assert html_paragraphs(question["stem"]["text"]) == [item.about, *(part.text for part in item.stem), item.prompt]
            assert html_paragraphs(question["globalFeedback"]["text"]) == list(item.general)
            for option, choice in zip(item.options, question["choices"], strict=True):
                weight = 100 if choice["isCorrect"] else choice["weight"] or 0
                assert weight == pytest.approx(100 * credit_of(key[option.id]), abs=5e-6)
                assert html_paragraphs(choice["text"]["text"]) == [scenario.option(option.id).text(item.lang).label]
                assert html_paragraphs(choice["feedback"]["text"]) == list(option.feedback)


def test_the_file_is_text_that_needs_no_other_and_the_same_each_time():
    for collection in made(load_bank()):
        assert write(collection) == write(collection)
        text = write(collection).decode()
        assert text.endswith("}\n")
        assert "\r" not in text
