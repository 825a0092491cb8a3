"""Reading many rows directly from the driver: without an object for each, and without holding them all in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

from etiquette_kit.quiz.store_errors import StoreError, kind_of
from etiquette_kit.store.sql.location import is_own_file, shown_address

_CURSOR = "etiquette_rows"


class _Declared(Executable, ClauseElement):
    """A query with a cursor on the server."""

    inherit_cache = False

    def __init__(self, wanted: Select[Any]) -> None:
        self.wanted = wanted


@compiles(_Declared)
def _declare(element: _Declared, compiler: SQLCompiler, **options: Any) -> str:
    return f"DECLARE {_CURSOR} NO SCROLL CURSOR FOR {compiler.process(element.wanted, **options)}"


def raw_rows(connection: Connection, wanted: Select[Any], size: int) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Yield the rows of a query as plain tuples, a batch at a time.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        In a transaction.
    wanted : sqlalchemy.Select
        The query; times are returned as stored, in microseconds.
    size : int
        Rows in a batch.

    Raises
    ------
    StoreError
        When the store cannot be read.
    """
    try:
        yield from (_sqlite if is_own_file(connection.engine.url) else _postgresql)(connection, wanted, size)
    except connection.dialect.loaded_dbapi.Error as error:
        raise StoreError(kind_of(error), f"{shown_address(connection.engine.url)}: {error}") from error


def _sqlite(connection: Connection, wanted: Select[Any], size: int) -> Iterator[Sequence[tuple[Any, ...]]]:
    cursor = connection.execute(wanted).cursor  # SQLite reads rows as they are fetched
    while batch := cursor.fetchmany(size):
        yield batch


def _postgresql(connection: Connection, wanted: Select[Any], size: int) -> Iterator[Sequence[tuple[Any, ...]]]:
    connection.execute(_Declared(wanted))
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor(binary=True)  # as text, numbers take twice as long
    while batch := cursor.execute(f"FETCH {size} FROM {_CURSOR}").fetchall():
        yield batch
