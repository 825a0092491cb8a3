"""A database of answers: where it is, and transactions on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select

from etiquette_kit.records.connect import connect, outside_transaction, prepare_folder, transaction
from etiquette_kit.records.damage import set_aside_if_damaged
from etiquette_kit.records.location import address, is_own_file, spoken
from etiquette_kit.records.migrate import migrate
from etiquette_kit.records.tuples import tuples


class Store:
    """A database of answers; it is opened when it is first used, and made where there is none.

    Parameters
    ----------
    given : str or Path, optional
        A file, or ``postgresql+psycopg://user@host/database``; default ``ETIQUETTE_STORE``, else a file in the user's data folder.

    Attributes
    ----------
    set_aside : Path or None
        Where a damaged file was moved to, when there was one.
    migrated_copy : str or None
        Where the store as it was lies, when it was migrated.

    Raises
    ------
    StoreError
        When the address cannot be one; from every method, when the store cannot be used now.
    """

    def __init__(self, given: str | Path | None = None) -> None:
        self.url = address(given)
        self.set_aside: Path | None = None
        self.migrated_copy: str | None = None
        self._engine = connect(self.url)
        self._ready = False

    @property
    def name(self) -> str:
        """Where it is, for people."""
        return spoken(self.url)

    @property
    def is_own_file(self) -> bool:
        """Whether it is a file on this machine rather than a server."""
        return is_own_file(self.url)

    @property
    def exists(self) -> bool:
        """Whether there is one: a file that is there, or any database server, which its first use tells."""
        return not self.is_own_file or Path(str(self.url.database)).exists()

    def close(self) -> None:
        """Close all connections; it may be used again."""
        self._engine.dispose()

    def rows(self, wanted: Select[Any], size: int = 20_000) -> Iterator[Sequence[Any]]:
        """Return the rows of a query in batches, without holding them all."""
        with self.reading() as connection:
            yield from connection.execution_options(stream_results=True, max_row_buffer=size).execute(wanted).partitions(size)

    def tuples(self, wanted: Select[Any], size: int = 1000) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Return the rows of a query as `rows` does, but as plain tuples, times in microseconds: for very many, in half the time."""
        with self.reading() as connection:
            yield from tuples(connection, wanted, size)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Run a transaction that reads."""
        self._prepare()
        with transaction(self._engine, writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Run a transaction that writes; it is on disk at the end, or nothing has changed."""
        self._prepare()
        with transaction(self._engine, writes=True) as connection:
            yield connection

    def settle(self) -> None:
        """Let what was removed go from the disk as well, as far as the database can do so."""
        if self.is_own_file:
            with outside_transaction(self._engine) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _prepare(self) -> None:
        if self._ready:
            return
        if self.is_own_file:
            prepare_folder(self.url)
            self.set_aside = set_aside_if_damaged(self._engine) or self.set_aside
        self.migrated_copy = migrate(self._engine) or self.migrated_copy
        self._ready = True
