"""A damaged SQLite file is set aside and named, never overwritten; what is no store of this kit is left alone."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL

from etiquette_kit.quiz.store_errors import StoreError, kind_of
from etiquette_kit.store.sql.connect import PATIENCE, store_errors
from etiquette_kit.store.sql.location import FileId, file_id, real_path, shown_address
from etiquette_kit.store.sql.tracked_connections import LOCK, TrackedConnection, is_connected

_LARGEST = 64_000_000
"""Bytes up to which a file is read through when it is opened; larger ones show their damage where it is met."""

_BEGINNING = b"SQLite format 3\0"

_TAKEN_FOR_EMPTY = 1
"""Bytes of a file that SQLite takes for an empty one, though somebody has written something."""

_ENDINGS = ("-wal", "-shm", "")
"""Of the files of a store; the one that is the store goes last."""


def is_damaged(url: URL, *, thorough: bool = False) -> bool:
    """Tell whether SQLite finds a file damaged; nothing is written to it.

    Parameters
    ----------
    url : URL
        Where the store is.
    thorough : bool
        Read through a large file as well, and compare its indices with its tables.

    Raises
    ------
    StoreError
        When the file cannot be read at all; of kind ``foreign``, when it is no store of this kit.
    """
    path = real_path(url)
    with store_errors(url), LOCK:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size == _TAKEN_FOR_EMPTY:
            raise _foreign(url)
        if found.st_size == 0:
            return False
        file = (found.st_dev, found.st_ino)
        alone = not is_connected(file)
        if alone and not _begins_like_a_database(path):
            raise _foreign(url)
        check = "integrity_check(1)" if thorough else "quick_check(1)" if found.st_size <= _LARGEST else "schema_version"
        connection = TrackedConnection(path, file, PATIENCE / 1000, read_only=True)
        try:
            is_ours = _is_ours(connection)
            result = connection.execute(f"PRAGMA {check}").fetchone()[0] if is_ours else None
        except sqlite3.DatabaseError as error:
            if kind_of(error) != "damaged":
                raise
            if not alone and error.sqlite_errorname == "SQLITE_NOTADB":  # its beginning can be looked at when the others have ended
                message = f"{shown_address(url)}: {error}, and it is still in use"
                raise StoreError("locked", message) from error
            return True
        finally:
            connection.close()
    if not is_ours:
        raise _foreign(url)
    return isinstance(result, str) and result != "ok"


def _foreign(url: URL) -> StoreError:
    return StoreError("foreign", f"{shown_address(url)}: this is no store of etiquette-kit")


def _begins_like_a_database(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        return os.read(descriptor, len(_BEGINNING)) == _BEGINNING
    finally:
        os.close(descriptor)


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Tell whether a database is a store of this kit, or has nothing in it."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").fetchall()
    if not names:
        return True
    columns = {row[0] for row in connection.execute("SELECT name FROM pragma_table_info('meta')")}
    return columns >= {"key", "value"} and connection.execute("SELECT 1 FROM meta WHERE key = 'version'").fetchone() is not None


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
    path = real_path(url)
    with store_errors(url):
        try:
            with FileLock(f"{path}.lock", timeout=PATIENCE / 1000):
                return _moved(path) if file_id(path) == damaged else None
        except Timeout as error:
            raise StoreError("locked", f"{shown_address(url)}: {error}") from error


def _moved(path: Path) -> Path:
    aside = name_aside(path)
    for ending in _ENDINGS:
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def name_aside(path: Path) -> Path:
    """Return a name for a damaged file, beside where it was."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return path.with_name(f"{path.name}.damaged-{stamp}")


def files_aside(url: URL) -> list[Path]:
    """Return what was set aside beside a store: damaged files, and damaged write-ahead logs."""
    path = real_path(url)
    start = f"{path.name}.damaged-"
    return sorted(part for part in path.parent.iterdir() if part.name.startswith(start) and not part.name.endswith("-shm"))
