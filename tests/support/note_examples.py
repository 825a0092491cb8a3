"""Quizzes of notes, with a text that must not be found where its writer did not agree."""

from __future__ import annotations

from typing import Any

from etiquette_kit import Quiz, load_bank
from etiquette_kit.store.sql.store import Store

BANK = load_bank()
KEY = "k" * 32
SECRET = "Zwetschgenkuchen"  # noqa: S105  a word to look for
TEXT = f"Hallo Frau Peters, danke für den {SECRET}! Facebook nutze ich nur privat, deshalb nehme ich nicht an."
PEOPLE, LENGTH = 12, 3


def quiz(store: Store | None = None, key: str = KEY, **options: Any) -> Quiz:
    given = {"formats": ["note"], "seed": 3, "length": LENGTH, "lang": "de", **options}
    return Quiz(BANK, store=store, key=None if store is None else key, **given)


def given(*, keep: bool = False, ticks: tuple[str, ...] = ("declines", "friendly"), **more: Any) -> dict[str, Any]:
    return {"first": "Nein.", "last": TEXT, "lang": "de", "ticks": list(ticks), "keep": keep, **more}


def played(one: Quiz, **answer: Any) -> Quiz:
    while one.question is not None:
        one.answer(given(**answer))
        one.next()
    return one
