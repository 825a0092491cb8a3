"""A damaged SQLite file is set aside and named, never overwritten."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from etiquette_kit.records.connect import told
from etiquette_kit.records.errors import kind_of

_LARGEST = 64_000_000
"""Bytes up to which a file is read through when it is opened; larger ones show their damage where it is met."""


def is_damaged(engine: Engine) -> bool:
    """Tell whether SQLite finds a file damaged.

    Raises
    ------
    StoreError
        When the file cannot be read at all.
    """
    path = Path(str(engine.url.database))
    check = "PRAGMA quick_check(1)" if path.stat().st_size <= _LARGEST else "PRAGMA schema_version"
    with told(engine.url):
        try:
            with engine.connect() as connection:
                found = connection.exec_driver_sql(check).scalar()
        except (DatabaseError, sqlite3.DatabaseError) as error:
            cause = error.orig if isinstance(error, DatabaseError) and error.orig else error
            if kind_of(cause) == "damaged":
                return True
            raise
    return isinstance(found, str) and found != "ok"


def set_aside_if_damaged(engine: Engine) -> Path | None:
    """Move a damaged file out of the way, with what belongs to it.

    Returns
    -------
    Path or None
        Where it is now; None when it is sound.
    """
    if not is_damaged(engine):
        return None
    engine.dispose()
    path = Path(str(engine.url.database))
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    with told(engine.url):
        for ending in ("-wal", "-shm", ""):
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
    return aside
