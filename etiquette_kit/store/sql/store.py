"""A database of answers: where it is, and transactions on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.connect import connect_server, outside_transaction, transaction
from etiquette_kit.store.sql.copies import copies_of, tidy_up
from etiquette_kit.store.sql.file_copies import FileCopy
from etiquette_kit.store.sql.location import address, is_own_file, shown_address
from etiquette_kit.store.sql.migrate import migrate
from etiquette_kit.store.sql.open_files import OpenFile, close_before_fork, open_file
from etiquette_kit.store.sql.raw_rows import raw_rows
from etiquette_kit.store.sql.schema_copies import SchemaCopy
from etiquette_kit.store.sql.scrubbing import scrub


def batches(connection: Connection, wanted: Select[Any], size: int = 20_000) -> Iterator[Sequence[Any]]:
    """Return the rows of a query in batches, within a transaction in which others are asked as well."""
    options = {"stream_results": True, "max_row_buffer": size}
    yield from connection.execute(wanted, execution_options=options).partitions(size)


_PASSING = ("locked", "full", "read_only", "unreadable")
"""Troubles after which what is there is still what was there; after others the next attempt looks anew."""


class Store:
    """A database of answers; it is opened when it is first used, and made where there is none.

    A file that is deleted, replaced or found damaged meanwhile is opened anew in the same way. All stores of a process that are on one file
    share its connections; the last one that is closed closes them.

    Parameters
    ----------
    given : str or Path, optional
        A file, or ``postgresql+psycopg://user@host/database``; default ``ETIQUETTE_STORE``, else a file in the user's data folder.
    replace_damaged : bool
        Set a damaged file aside and go on in a new one; otherwise a damaged file is refused and left where it is.

    Attributes
    ----------
    set_aside : Path or None
        Where a damaged file was moved to, when there was one.
    damaged_log : Path or None
        Where a copy of the file's write-ahead log is, when it was damaged, so that the latest answers are lost.
    migrated_copy : str or None
        Where the store as it was lies, when it was migrated.
    identity : str or None
        Tells this store from another one that took its place; None before it is first used.

    Raises
    ------
    StoreError
        When the address cannot be one; from every method, when the store cannot be used now.
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
        """Where it is, for people."""
        return shown_address(self.url)

    @property
    def is_own_file(self) -> bool:
        """Whether it is a file on this machine rather than a server."""
        return is_own_file(self.url)

    @property
    def exists(self) -> bool:
        """Whether there is one: a file that is there, or any database server, which its first use tells."""
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
        """Return the rows of a query in batches, without holding them all."""
        with self.reading() as connection:
            yield from batches(connection, wanted, size)

    def raw_rows(self, wanted: Select[Any], size: int = 1000) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Return the rows of a query as `rows` does, but as plain tuples, times in microseconds: for very many, in half the time."""
        with self.reading() as connection:
            yield from raw_rows(connection, wanted, size)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Run a transaction that reads; all of it sees the same state."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Run a transaction that writes; it is on disk at the end, or nothing has changed."""
        with self._transaction(writes=True) as connection:
            yield connection

    def scrub(self) -> bool:
        """Let what was removed go from the disk as well, as far as the database can do so; False when others still read it."""
        return scrub(self._engine) if self.is_own_file else True

    def copies(self) -> list[FileCopy] | list[SchemaCopy]:
        """Return the copies that the kit has made of it, before a migration or of a damaged file."""
        self.prepare()
        return copies_of(self._engine, self.identity)

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        self.prepare()
        with self._noting_failures(), transaction(self._engine, writes=writes) as connection:
            yield connection

    def prepare(self) -> None:
        """Open it, unless it is open: make what is missing, set aside what is damaged, bring up to date what is older."""
        if self._ready and (self._file is None or self._file.is_current):
            return
        self._ready = False
        if self.is_own_file:
            self._open_file()
        known = select(tables.meta.c.value).where(tables.meta.c.key == "identity")
        with self._noting_failures():
            self.migrated_copy = migrate(self._engine) or self.migrated_copy
            with transaction(self._engine, writes=False) as connection:
                self.identity = connection.execute(known).scalar()
        self._ready = True
        tidy_up(self._engine, self.identity)

    def _open_file(self) -> None:
        if self._file is not None:
            self._file.release(self)
        opened = open_file(self.url, self, suspected=self._suspected, replace_damaged=self._replace_damaged)
        self._file, self._suspected = opened.file, False
        self.set_aside = opened.set_aside or self.set_aside
        if opened.damaged_log is not None:
            self.damaged_log = opened.damaged_log
            with self._noting_failures(), outside_transaction(self._engine) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what is left of the damage is not met again

    @contextmanager
    def _noting_failures(self) -> Iterator[None]:
        file = self._file
        try:
            yield
        except StoreError as error:
            if error.kind not in _PASSING:
                self._ready = False
                if file is not None:
                    file.retire()
            self._suspected = error.kind == "damaged"
            raise
