"""Packages for Anki, as Anki imports them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.exchange import Collection, collections
from etiquette_kit.exchange.anki import write
from etiquette_kit.locale import languages
from etiquette_kit.rules import article_table
from exported import html_paragraphs
from hostile_bank import hostile_bank

from foreign import asked_of_python

ANKI = "anki==26.9.3"


def made(bank: Bank, lang: str) -> Collection:
    (found,) = collections(bank, [lang], ["choice"], ["choice"])
    return found


def imported(folder: Path, *packages: bytes) -> Any:
    paths = []
    for number, package in enumerate(packages):
        paths.append(folder / f"{number}.apkg")
        paths[-1].write_bytes(package)
    return asked_of_python(ANKI, "anki_import.py", [str(path) for path in paths])


@pytest.mark.parametrize("lang", languages())
def test_a_second_import_adds_and_changes_nothing(lang: str, tmp_path: Path):
    package = write(made(load_bank(), lang))
    told = imported(tmp_path, package, package)
    rules = {rule.id for rule in article_table().rules} & {scenario.advice.rule for scenario in load_bank()}
    count = len(load_bank()) + len(rules)
    assert told["said"][0] == {"new": count, "updated": 0, "duplicate": 0, "conflicting": 0, "empty_first_field": 0}
    assert told["said"][1] == {"new": 0, "updated": 0, "duplicate": count, "conflicting": 0, "empty_first_field": 0}
    assert told["count"] == [count, count]
    assert set(told["notes"]) == {f"choice-{name}" for name in load_bank().scenarios} | {f"rule-{name}" for name in rules}


def test_a_changed_text_changes_its_card_alone_and_both_languages_stand_side_by_side(tmp_path: Path):
    german, english = (made(load_bank(), lang) for lang in ("de", "en"))
    first, *others = german.items
    changed = replace(german, items=(replace(first, prompt="Neu?"), *others))
    told = imported(tmp_path, write(german), write(english), write(changed))
    count = told["said"][0]["new"]
    assert told["said"][1]["new"] == count
    assert (told["said"][2]["new"], told["said"][2]["updated"], told["said"][2]["duplicate"]) == (0, 1, count - 1)
    assert told["count"] == [2 * count, 2 * count]


def test_every_text_stands_on_its_card(tmp_path: Path):
    for number, bank in enumerate((load_bank(), hostile_bank(tmp_path))):
        collection = made(bank, "en")
        folder = tmp_path / str(number)
        folder.mkdir()
        told = imported(folder, write(collection))
        for item in collection.items:
            note = told["notes"][f"choice-{item.id}"]
            front, back = _texts(note["front"]), _texts(note["back"])
            assert front == [item.about, *(part.text for part in item.stem), item.prompt, *(option.label for option in item.options)]
            for option in item.options:
                assert option.label in back
                assert [*back[back.index(option.label) + 1 :]][: len(option.feedback)] == list(option.feedback)
            assert back[: len(item.general)] == list(item.general)
            assert sorted(note["tags"]) == sorted({item.tags["rule"], item.tags["relation"], item.theme})
        assert {name.split("::")[0] for name in told["decks"]} == {"Default", collection.title}


def _texts(html: str) -> list[str]:
    """Return the texts of a field; what stands in a list is taken for a paragraph."""
    for tag in ("<ul>", "</ul>", "</li>", "</strong>"):
        html = html.replace(tag, "")
    return [text for text in html_paragraphs(html.replace("<li>", "<p>").replace("<p><strong>", "<p>")) if text]


def test_a_package_is_the_same_byte_for_byte():
    assert write(made(load_bank(), "de")) == write(made(load_bank(), "de"))
