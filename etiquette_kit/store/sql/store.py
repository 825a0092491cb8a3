"""A database of answers: its address, and transactions on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.connect import connect_server, outside_transaction, transaction
from etiquette_kit.store.sql.copies import copies_of, maintain
from etiquette_kit.store.sql.file_copies import FileCopy
from etiquette_kit.store.sql.location import address, is_own_file, shown_address
from etiquette_kit.store.sql.migrate import migrate
from etiquette_kit.store.sql.open_files import OpenFile, close_before_fork, open_file
from etiquette_kit.store.sql.raw_rows import raw_rows
from etiquette_kit.store.sql.schema_copies import SchemaCopy
from etiquette_kit.store.sql.scrubbing import scrub


def batches(connection: Connection, wanted: Select[Any], size: int = 20_000) -> Iterator[Sequence[Any]]:
    """Return the rows of a query in batches, within a transaction that may have further queries."""
    options = {"stream_results": True, "max_row_buffer": size}
    yield from connection.execute(wanted, execution_options=options).partitions(size)


_TEMPORARY = ("locked", "full", "read_only", "unreadable")
"""Errors after which the open file is still valid; after others the next attempt opens and checks it again."""


class Store:
    """A database of answers; it is opened on first use, and created if it does not exist.

    A file that is deleted, replaced or found damaged meanwhile is reopened in the same way. All stores of a process on the same file
    share its connections; the last one that is closed closes them.

    Parameters
    ----------
    given : str or Path, optional
        A file, or ``postgresql+psycopg://user@host/database``; default ``ETIQUETTE_STORE``, else a file in the user's data folder.
    replace_damaged : bool
        Whether to move a damaged file aside and continue with a new one; otherwise a damaged file raises an error and is left unchanged.

    Attributes
    ----------
    set_aside : Path or None
        The path to which a damaged file was moved; None if there was none.
    damaged_log : Path or None
        The path of a copy of the file's write-ahead log, if it was damaged; the latest answers may then be lost.
    migrated_copy : str or None
        The path or schema of the copy that was made before a migration.
    identity : str or None
        An id that changes when another store replaces it; None before it is first used.

    Raises
    ------
    StoreError
        When the address is not valid; from every method, when the store cannot be used now.
    """

    def __init__(self, given: str | Path | None = None, *, replace_damaged: bool = True) -> None:
        self.url = address(given)
        self.set_aside: Path | None = None
        self.damaged_log: Path | None = None
        self.migrated_copy: str | None = None
        self.identity: str | None = None
        self._replace_damaged = replace_damaged
        self._ready = False
        self._suspected = False
        self._file: OpenFile | None = None
        self._server: Engine | None = None
        if not self.is_own_file:
            self._server = connect_server(self.url)
            close_before_fork(self._server)

    @property
    def name(self) -> str:
        """Its location, as text for people."""
        return shown_address(self.url)

    @property
    def is_own_file(self) -> bool:
        """Whether it is a file on this machine rather than a database server."""
        return is_own_file(self.url)

    @property
    def exists(self) -> bool:
        """Whether the file exists; always true for a database server, which is checked on first use."""
        return not self.is_own_file or Path(str(self.url.database)).exists()

    def close(self) -> None:
        """Close all connections that no other store of this process uses; it may be used again."""
        if self._server is not None:
            self._server.dispose()
        elif self._file is not None:
            self._ready = False
            self._file.release(self)

    @property
    def _engine(self) -> Engine:
        if self._server is not None:
            return self._server
        if self._file is None:
            self.prepare()
        assert self._file is not None
        return self._file.engine

    def rows(self, wanted: Select[Any], size: int = 20_000) -> Iterator[Sequence[Any]]:
        """Return the rows of a query in batches, without holding them all in memory."""
        with self.reading() as connection:
            yield from batches(connection, wanted, size)

    def raw_rows(self, wanted: Select[Any], size: int = 1000) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Return rows as `rows` does, but as plain tuples with times in microseconds, which takes half the time."""
        with self.reading() as connection:
            yield from raw_rows(connection, wanted, size)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Run a read transaction, which sees a consistent state."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Run a write transaction, which is on disk at the end, or rolled back."""
        with self._transaction(writes=True) as connection:
            yield connection

    def scrub(self) -> bool:
        """Scrub removed data from the disk, as far as the database supports it; return False when others are still reading it."""
        return scrub(self._engine) if self.is_own_file else True

    def copies(self) -> list[FileCopy] | list[SchemaCopy]:
        """Return the copies that the kit has made of it, before a migration or of a damaged file."""
        self.prepare()
        return copies_of(self._engine, self.identity)

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        self.prepare()
        with self._recording_failures(), transaction(self._engine, writes=writes) as connection:
            yield connection

    def prepare(self) -> None:
        """Open the store unless it is open: create a missing one, move a damaged file aside, migrate an older schema."""
        if self._ready and (self._file is None or self._file.is_current):
            return
        self._ready = False
        if self.is_own_file:
            self._open_file()
        known = select(tables.meta.c.value).where(tables.meta.c.key == "identity")
        with self._recording_failures():
            self.migrated_copy = migrate(self._engine) or self.migrated_copy
            with transaction(self._engine, writes=False) as connection:
                self.identity = connection.execute(known).scalar()
        self._ready = True
        maintain(self._engine, self.identity)

    def _open_file(self) -> None:
        if self._file is not None:
            self._file.release(self)
        opened = open_file(self.url, self, suspected=self._suspected, replace_damaged=self._replace_damaged)
        self._file, self._suspected = opened.file, False
        self.set_aside = opened.set_aside or self.set_aside
        if opened.damaged_log is not None:
            self.damaged_log = opened.damaged_log
            with self._recording_failures(), outside_transaction(self._engine) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the damage is not found again

    @contextmanager
    def _recording_failures(self) -> Iterator[None]:
        file = self._file
        try:
            yield
        except StoreError as error:
            if error.kind not in _TEMPORARY:
                self._ready = False
                if file is not None:
                    file.retire()
            self._suspected = error.kind == "damaged"
            raise
