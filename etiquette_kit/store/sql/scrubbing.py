"""Scrubbing removed data from an SQLite file and its write-ahead log."""

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
"""The key in ``meta`` that exists as long as removed data may still be in the log."""

_NOTE = tables.meta.c.key == UNSCRUBBED
_log = logging.getLogger(__name__)
_PAUSE = 0.02  # seconds between two attempts, where SQLite does not wait itself


def record_removal(connection: Connection) -> None:
    """Record, in the transaction of a removal, that scrubbing is needed; if it fails, the next opening of the store repeats it."""
    if connection.dialect.name == "sqlite":
        insert_or_change(connection, tables.meta, {"key": UNSCRUBBED, "value": secrets.token_hex(8)})


def scrub(engine: Engine, patience: int = PATIENCE) -> bool:
    """Scrub removed data from the file of an SQLite store, and empty its log.

    After a removal the file is rewritten: SQLite overwrites a deleted row, but not remains at earlier positions from which SQLite had
    moved it.

    Parameters
    ----------
    engine : Engine
        The store's engine.
    patience : int
        Milliseconds to wait for other readers and writers.

    Returns
    -------
    bool
        False when data was removed, but the log could not be emptied because others are reading it.

    Raises
    ------
    StoreError
        When the store cannot be used.
    """
    value = _recorded(engine)
    with outside_transaction(engine) as raw, _busy_timeout(raw, patience):
        if value is not None:
            raw.execute("VACUUM")
        scrubbed = checkpointed(raw, patience)
    if scrubbed and value is not None:
        try:
            with transaction(engine, writes=True) as connection:  # a removal by another process meanwhile has another value
                connection.execute(delete(tables.meta).where(_NOTE, tables.meta.c.value == value))
        except StoreError:
            _log.info("the record of a removal is kept until the store is opened again", exc_info=True)
    return scrubbed or value is None


def scrub_if_recorded(engine: Engine) -> None:
    """Scrub a store that is being opened, if a removal is recorded; does not wait for others."""
    if engine.dialect.name == "sqlite" and _recorded(engine) is not None:
        scrub(engine, patience=0)


def _recorded(engine: Engine) -> str | None:
    with transaction(engine, writes=False) as connection:
        return connection.execute(select(tables.meta.c.value).where(_NOTE)).scalar()


def checkpointed(connection: Any, patience: int = PATIENCE) -> bool:
    """Empty the log through SQLite's own connection; return whether that succeeded.

    SQLite itself waits for readers and writers, but not for another checkpoint.
    """
    end = time.monotonic() + patience / 1000
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True


@contextmanager
def _busy_timeout(connection: Any, patience: int) -> Iterator[None]:
    """Set how long a connection waits for others, in milliseconds."""
    connection.execute(f"PRAGMA busy_timeout={patience}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout={PATIENCE}")
