"""Copies next to an SQLite store: those that a migration made, and damaged files that were moved aside."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, Table, create_engine

from etiquette_kit.locale.legible import legible
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql.connect import PATIENCE, outside_transaction, store_errors
from etiquette_kit.store.sql.location import real_path
from etiquette_kit.store.sql.removal import Effect, Marks, delete_marked, delete_old, tables_in
from etiquette_kit.store.sql.scrubbing import checkpointed

_SUFFIX = r"(?:\.version-\d+(?:-\d+)?|\.damaged-[\d-]+)+"
_SUFFIXES = ("-wal", "-shm", "-journal", "")
"""The suffixes of the files of a copy; the database itself is removed last."""

_SQLITE_HEADER = b"SQLite format 3"
_STAMP = "%Y%m%d-%H%M%S-%f"
_CHUNK = 1 << 20


def file_copies(url: URL) -> list[FileCopy]:
    """Return the copies of a store that is a file.

    Raises
    ------
    StoreError
        When the folder cannot be listed.
    """
    path = real_path(url)
    named = re.compile(rf"({re.escape(path.name)}{_SUFFIX})(?:-wal|-shm|-journal)?")
    with store_errors(url):
        matches = [named.fullmatch(entry.name) for entry in path.parent.iterdir()] if path.parent.exists() else []
    return [FileCopy(path.with_name(name)) for name in sorted({found[1] for found in matches if found})]


class FileCopy:
    """A copy that is a file, with SQLite's log next to it.

    This process has no connection to it, so that the file may be opened directly; with the store itself that would drop its locks.

    Parameters
    ----------
    path : Path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._url = URL.create("sqlite+pysqlite", database=str(path))
        self._damaged = ".damaged-" in path.name

    @property
    def name(self) -> str:
        """Its path, as text for people."""
        return legible(str(self._path))

    def outdated(self, before: datetime, *, dry_run: bool) -> bool:  # noqa: ARG002  the interface
        """Return whether it was made before a time; for a damaged file, whose modification time is older, the name has the time."""
        with store_errors(self._url):
            try:
                made = datetime.strptime(self._path.name.rpartition(".damaged-")[2], _STAMP).replace(tzinfo=UTC)
            except ValueError:
                times = [part.lstat().st_mtime for part in self._parts()]  # empty when it has just been removed
                made = datetime.fromtimestamp(max(times), UTC) if times else before
        return made < before

    def erase(self, marks: Marks, *, dry_run: bool) -> Effect:
        """Erase a participant; a file that cannot be read as a store is removed completely if it has one of the marks."""
        self._check_regular()
        found = None if self._damaged else self._changed(lambda c, t: delete_marked(c, t, marks, dry_run=dry_run), dry_run=dry_run)
        if found is not None:
            return "cleaned" if found else ""
        with store_errors(self._url):
            if not any(_contains(part, marks.encoded) for part in self._parts()):
                return ""
        self._unlink(dry_run=dry_run)
        return "removed"

    def purge(self, limit: datetime, *, dry_run: bool) -> Effect:
        """Remove data older than a time, if the file can be read."""
        self._check_regular()
        found = None if self._damaged else self._changed(lambda c, t: delete_old(c, t, limit, dry_run=dry_run), dry_run=dry_run)
        return "cleaned" if found else ""

    def remove(self, *, dry_run: bool) -> Effect:
        """Remove the file.

        Raises
        ------
        StoreError
            When it cannot be removed, or is not a database, so that the kit cannot have made it.
        """
        self._check_regular()
        with store_errors(self._url):
            if self._path.exists():
                with self._path.open("rb") as file:
                    beginning = file.read(len(_SQLITE_HEADER)).rstrip(b"\0")  # a truncated file may lack it
                if beginning not in (b"", _SQLITE_HEADER):
                    raise StoreError("other", f"{self.name}: has the name of a copy, but is not a database")
        self._unlink(dry_run=dry_run)
        return "removed"

    def _parts(self) -> list[Path]:
        parts = (self._path.with_name(self._path.name + ending) for ending in _SUFFIXES)
        return [part for part in parts if os.path.lexists(part)]

    def _check_regular(self) -> None:
        with store_errors(self._url):
            if not all(stat.S_ISREG(part.lstat().st_mode) for part in self._parts()):
                raise StoreError("other", f"{self.name}: is not a regular file")

    def _unlink(self, *, dry_run: bool) -> None:
        with store_errors(self._url):
            for part in () if dry_run else self._parts():
                part.unlink(missing_ok=True)

    def _changed(self, change: Callable[[Connection, Mapping[str, Table]], bool], *, dry_run: bool) -> bool | None:
        """Change the tables, and compact the file; return None where it cannot be read as a store."""
        try:
            with self._opened() as engine:
                with store_errors(self._url), engine.begin() as connection:
                    connection.exec_driver_sql("PRAGMA secure_delete=ON")
                    found = tables_in(connection)
                    if "participants" not in found:
                        return None
                    changed = change(connection, found)
                if not dry_run and (changed or self._path.with_name(f"{self._path.name}-wal").exists()):
                    self._compact(engine)
                return changed
        except StoreError as error:
            if error.kind == "damaged":
                return None
            raise

    def _compact(self, engine: Engine) -> None:
        with outside_transaction(engine) as raw:
            raw.isolation_level = None
            raw.execute("PRAGMA secure_delete=ON")
            raw.execute("VACUUM")
            if not checkpointed(raw):  # another process has opened the copy as a store
                raise StoreError("locked", f"{self.name}: another process is reading it")

    @contextmanager
    def _opened(self) -> Iterator[Engine]:
        """Provide an engine; the modification time is restored, because it determines the age of the copy."""
        with store_errors(self._url):
            before = self._path.stat() if self._path.exists() else None
        engine = create_engine(self._url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": PATIENCE / 1000})
        try:
            yield engine
        finally:
            engine.dispose()
            if before is not None and self._path.exists() and self._path.stat().st_mtime_ns != before.st_mtime_ns:
                os.utime(self._path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _contains(path: Path, marks: Sequence[bytes]) -> bool:
    overlap = max(map(len, marks), default=1) - 1
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            chunk = rest + chunk
            if any(mark in chunk for mark in marks):
                return True
            rest = chunk[-overlap:] if overlap else b""
    return False
