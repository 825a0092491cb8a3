"""Detecting damaged SQLite files: they are moved aside and never overwritten; files that are not a store are left unchanged."""

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

_MAX_CHECKED = 64_000_000
"""The maximum size of a file, in bytes, that is checked completely when it is opened; damage of larger ones is found during use."""

_SQLITE_HEADER = b"SQLite format 3\0"

_EMPTY_SIZE = 1
"""The size of a file that SQLite treats as empty although it is not."""

_SUFFIXES = ("-wal", "-shm", "")
"""The suffixes of the files of a store; the database itself is moved last."""


def is_damaged(url: URL, *, thorough: bool = False) -> bool:
    """Return whether SQLite reports a file as damaged; the file is not changed.

    Parameters
    ----------
    url : URL
        The address of the store.
    thorough : bool
        Whether to check large files completely, too, and to compare indices with tables.

    Raises
    ------
    StoreError
        When the file cannot be read; of kind ``foreign``, when it is not a store of this kit.
    """
    path = real_path(url)
    with store_errors(url), LOCK:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size == _EMPTY_SIZE:
            raise _foreign(url)
        if found.st_size == 0:
            return False
        file = (found.st_dev, found.st_ino)
        alone = not is_connected(file)
        if alone and not _has_sqlite_header(path):
            raise _foreign(url)
        check = "integrity_check(1)" if thorough else "quick_check(1)" if found.st_size <= _MAX_CHECKED else "schema_version"
        connection = TrackedConnection(path, file, PATIENCE / 1000, read_only=True)
        try:
            is_ours = _is_ours(connection)
            result = connection.execute(f"PRAGMA {check}").fetchone()[0] if is_ours else None
        except sqlite3.DatabaseError as error:
            if kind_of(error) != "damaged":
                raise
            if not alone and error.sqlite_errorname == "SQLITE_NOTADB":  # its header can be read only when nobody is connected
                message = f"{shown_address(url)}: {error}, and it is still in use"
                raise StoreError("locked", message) from error
            return True
        finally:
            connection.close()
    if not is_ours:
        raise _foreign(url)
    return isinstance(result, str) and result != "ok"


def _foreign(url: URL) -> StoreError:
    return StoreError("foreign", f"{shown_address(url)}: this is not a store of etiquette-kit")


def _has_sqlite_header(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        return os.read(descriptor, len(_SQLITE_HEADER)) == _SQLITE_HEADER
    finally:
        os.close(descriptor)


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Return whether a database is a store of this kit, or empty."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").fetchall()
    if not names:
        return True
    columns = {row[0] for row in connection.execute("SELECT name FROM pragma_table_info('meta')")}
    return columns >= {"key", "value"} and connection.execute("SELECT 1 FROM meta WHERE key = 'version'").fetchone() is not None


def set_aside(url: URL, damaged: FileId) -> Path | None:
    """Move a damaged file aside, with its log.

    A lock prevents that several processes that find the damage at the same time move the new file as well.

    Parameters
    ----------
    url : URL
        The address of the store.
    damaged : FileId
        The id of the damaged file.

    Returns
    -------
    Path or None
        Its new path; None when another process has moved it already.

    Raises
    ------
    StoreError
        When it cannot be moved, or another process holds the lock too long.
    """
    path = real_path(url)
    with store_errors(url):
        try:
            with FileLock(f"{path}.lock", timeout=PATIENCE / 1000):
                return _move_aside(path) if file_id(path) == damaged else None
        except Timeout as error:
            raise StoreError("locked", f"{shown_address(url)}: {error}") from error


def _move_aside(path: Path) -> Path:
    aside = damaged_name(path)
    for ending in _SUFFIXES:
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def damaged_name(path: Path) -> Path:
    """Return a name for a damaged file, in the same folder."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return path.with_name(f"{path.name}.damaged-{stamp}")


def damaged_files(url: URL) -> list[Path]:
    """Return the damaged files and damaged write-ahead logs that were moved aside next to a store."""
    path = real_path(url)
    start = f"{path.name}.damaged-"
    return sorted(part for part in path.parent.iterdir() if part.name.startswith(start) and not part.name.endswith("-shm"))
