"""A situation as the sheets print it, and the questions that pages and sheets ask."""

from __future__ import annotations

from typing import Any

import msgspec

from etiquette_kit.content.house_rules import House
from etiquette_kit.content.scenario import paragraphs
from etiquette_kit.locale import Catalog, catalog
from etiquette_kit.present.house_notes import note_on
from etiquette_kit.rules import FITS_BEST
from etiquette_kit.workshop.round import Round

LETTERS = "ABCDE"
"""The letters of the options in a workshop, in the order shown."""


def questions(entry: Round, lang: str) -> list[str]:
    """Return questions for the discussion of a situation; they do not reveal the answer."""
    words = catalog(lang)
    rule = entry.exercise.scenario.advice.rule
    found = (words.get(f"questions.{rule}.{number}") for number in (1, 2))
    return [text for text in found if text]


def closing(words: Catalog) -> list[str]:
    """Return the questions for the last round."""
    return texts(words, "closing")


def texts(words: Catalog, *tables: str, **values: object) -> list[str]:
    """Return the texts of a table in order; those of further tables replace the ones with the same number, or follow."""
    numbered: dict[str, str] = {}
    for table in tables:
        numbered |= {number: words(f"{table}.{number}", **values) for number in words.table(table)}
    return list(numbered.values())


def printed(entry: Round, lang: str, house: House | None) -> dict[str, Any]:
    """Return a situation with its answer, with its votes only once the answer was shown."""
    scenario = entry.exercise.scenario
    text = scenario.text(lang)
    revealed = entry.exercise.key_page(lang).options
    counted = entry if entry.phase == "reveal" else Round(entry.exercise)
    return {
        "title": text.title,
        "who": f"{scenario.person.name} · {text.role}",
        "occasion": scenario.place.occasion(scenario.facts.event, lang),
        "stem": paragraphs(text.stem),
        "questions": questions(entry, lang),
        "house": note_on(house, entry.exercise.material, lang),
        "options": [
            {
                "letter": letter,
                "label": scenario.option(name).text(lang).label,
                "best": revealed[name].grade == FITS_BEST,
                **msgspec.structs.asdict(revealed[name]),
                "first": counted.first.counts[name] if counted.first else None,
                "second": counted.second.counts[name] if counted.second else None,
            }
            for letter, name in zip(LETTERS, entry.exercise.order, strict=False)
        ],
    }
