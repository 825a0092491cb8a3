"""A damaged SQLite file is set aside and named, never overwritten."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL

from etiquette_kit.persistence.errors import StoreError, kind_of
from etiquette_kit.records.connect import PATIENCE, FileId, file_id, told
from etiquette_kit.records.location import spoken

_LARGEST = 64_000_000
"""Bytes up to which a file is read through when it is opened; larger ones show their damage where it is met."""

_BEGINNING = b"SQLite format 3\0"

_ENDINGS = ("-wal", "-shm", "")
"""Of the files of a store; the one that is the store goes last."""


def is_damaged(url: URL) -> bool:
    """Tell whether SQLite finds a file damaged; nothing is written to it.

    Raises
    ------
    StoreError
        When the file cannot be read at all.
    """
    path = Path(str(url.database))
    with told(url):
        with path.open("rb") as file:
            if file.read(len(_BEGINNING)) not in (b"", _BEGINNING):
                return True  # SQLite would take a short one for empty
        check = "PRAGMA quick_check(1)" if path.stat().st_size <= _LARGEST else "PRAGMA schema_version"
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=PATIENCE / 1000)
        try:
            found = connection.execute(check).fetchone()[0]
        except sqlite3.DatabaseError as error:
            if kind_of(error) == "damaged":
                return True
            raise
        finally:
            connection.close()
    return isinstance(found, str) and found != "ok"


def set_aside(url: URL, damaged: FileId) -> Path | None:
    """Move a damaged file out of the way, with what belongs to it.

    Processes that find the damage at the same time take turns, so that nobody moves the good file that came after it.

    Parameters
    ----------
    url : URL
        Where the store is.
    damaged : FileId
        Which file was found damaged.

    Returns
    -------
    Path or None
        Where it is now; None when another file lies there by now, since somebody else was faster.

    Raises
    ------
    StoreError
        When it cannot be moved, or somebody else does not come to an end with it.
    """
    path = Path(str(url.database))
    with told(url):
        try:
            with FileLock(f"{path}.lock", timeout=PATIENCE / 1000):
                return _moved(path) if file_id(url) == damaged else None
        except Timeout as error:
            raise StoreError("locked", f"{spoken(url)}: {error}") from error


def _moved(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    for ending in _ENDINGS:
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside
