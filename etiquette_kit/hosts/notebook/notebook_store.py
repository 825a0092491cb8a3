"""The database of a quiz in a notebook, imported while the notebook is idle and opened when an answer is to be stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from etiquette_kit.quiz.answer_store import AnswerStore
    from etiquette_kit.store.sql.store import Store


def answer_store(given: AnswerStore | Store | str | Path | None) -> AnswerStore | Callable[[], AnswerStore]:
    """Return the given store of answers, or a function that opens a database; only this function does the slow import."""
    if hasattr(given, "progress"):
        return cast("AnswerStore", given)

    def opened() -> AnswerStore:
        from etiquette_kit.store.sql.sql_answers import SqlAnswers
        from etiquette_kit.store.sql.store import Store

        return SqlAnswers(given if isinstance(given, Store) else Store(given))

    return opened


def import_store_soon() -> None:
    """Import the database modules while the browser is still rendering, because its first message will need them."""
    with suppress(RuntimeError):  # outside of a kernel there is no event loop, and no browser
        asyncio.get_running_loop().call_later(_IMPORT_DELAY, _import_store)


def _import_store() -> None:
    import etiquette_kit.quiz.recorder
    import etiquette_kit.store.sql.sql_answers  # noqa: F401


_IMPORT_DELAY = 0.5  # seconds: by then the notebook has received the result of the cell, and the browser is rendering it
