"""Getting what was removed out of an SQLite file and out of the log beside it."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, delete, select

from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.connect import PATIENCE, outside_transaction, transaction
from etiquette_kit.store.sql.insertion import insert_or_change

UNSCRUBBED = "unsettled"
"""The key in ``meta`` that is there as long as something that was removed may still be in the log."""

_NOTE = tables.meta.c.key == UNSCRUBBED
_log = logging.getLogger(__name__)
_PAUSE = 0.02  # seconds between two attempts, where SQLite does not wait by itself


def note_removal(connection: Connection) -> None:
    """Note, in the transaction that removes something, that it is to go from the log; whoever opens the store next does it if need be."""
    if connection.dialect.name == "sqlite":
        insert_or_change(connection, tables.meta, {"key": UNSCRUBBED, "value": secrets.token_hex(8)})


def scrub(engine: Engine, patience: int = PATIENCE) -> bool:
    """Let what was removed go from the file of an SQLite store, and empty the log beside it.

    Where something was removed, the file is written anew: SQLite overwrites a row that is deleted, but not what is left of it where it lay
    before SQLite moved it to make room.

    Parameters
    ----------
    engine : Engine
        The store's.
    patience : int
        Milliseconds to wait for others that read or write.

    Returns
    -------
    bool
        False when something was removed and others still read the log, so that it could not be emptied.

    Raises
    ------
    StoreError
        When the store cannot be used.
    """
    value = _noted(engine)
    with outside_transaction(engine) as raw, _patient(raw, patience):
        if value is not None:
            raw.execute("VACUUM")
        scrubbed = checkpointed(raw, patience)
    if scrubbed and value is not None:
        try:
            with transaction(engine, writes=True) as connection:  # what somebody else has removed meanwhile has another value
                connection.execute(delete(tables.meta).where(_NOTE, tables.meta.c.value == value))
        except StoreError:
            _log.info("the note about a removal stays until the store is opened again", exc_info=True)
    return scrubbed or value is None


def scrub_if_noted(engine: Engine) -> None:
    """Empty the log of a store that is being opened, where a removal is not out of it yet, without waiting for others."""
    if engine.dialect.name == "sqlite" and _noted(engine) is not None:
        scrub(engine, patience=0)


def _noted(engine: Engine) -> str | None:
    with transaction(engine, writes=False) as connection:
        return connection.execute(select(tables.meta.c.value).where(_NOTE)).scalar()


def checkpointed(connection: Any, patience: int = PATIENCE) -> bool:
    """Empty the log of SQLite's own connection; tell whether it could be done.

    SQLite waits for readers and writers by itself, but not for another checkpoint.
    """
    end = time.monotonic() + patience / 1000
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True


@contextmanager
def _patient(connection: Any, patience: int) -> Iterator[None]:
    """Let a connection wait for others as long as this, in milliseconds."""
    connection.execute(f"PRAGMA busy_timeout={patience}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout={PATIENCE}")
