"""The database of a quiz in a notebook or on a page, opened when something is to be kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from etiquette_kit.persistence.answer_store import AnswerStore
    from etiquette_kit.records.store import Store


def answer_store(given: AnswerStore | Store | str | Path | None) -> AnswerStore | Callable[[], AnswerStore]:
    """Return a store of answers as it was given, or what opens the database that was meant; only that imports it, which takes long."""
    if hasattr(given, "progress"):
        return cast("AnswerStore", given)

    def opened() -> AnswerStore:
        from etiquette_kit.records.sql_answers import SqlAnswers
        from etiquette_kit.records.store import Store

        return SqlAnswers(given if isinstance(given, Store) else Store(given))

    return opened
