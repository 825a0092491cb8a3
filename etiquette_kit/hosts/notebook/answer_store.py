"""The database of a quiz in a notebook, brought in while nobody waits and opened when something is to be kept."""

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
    """Return a store of answers as it was given, or what opens the database that was meant; only that imports it, which takes long."""
    if hasattr(given, "progress"):
        return cast("AnswerStore", given)

    def opened() -> AnswerStore:
        from etiquette_kit.store.sql.sql_answers import SqlAnswers
        from etiquette_kit.store.sql.store import Store

        return SqlAnswers(given if isinstance(given, Store) else Store(given))

    return opened


def import_store_soon() -> None:
    """Import what keeps answers while the browser still draws: it will soon say whose answers these are."""
    with suppress(RuntimeError):  # outside of a kernel there is no loop, and nobody whom it would keep waiting
        asyncio.get_running_loop().call_later(_DRAWING, _import_store)


def _import_store() -> None:
    import etiquette_kit.quiz.recorder
    import etiquette_kit.store.sql.sql_answers  # noqa: F401


_DRAWING = 0.5  # seconds in which a notebook has been told that its cell is done, and no browser has drawn it yet
