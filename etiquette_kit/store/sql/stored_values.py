"""Values of a kind that does not belong into their column: SQLite takes anything anywhere, and damage makes use of it."""

from __future__ import annotations

import msgspec
from sqlalchemy import Column, Connection, Float, Integer, Text, text

from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.tables import FIRST, LAST, Moment


class WrongValues(msgspec.Struct, frozen=True):
    """Values that do not belong into a column.

    Attributes
    ----------
    table, column : str
        Where.
    count : int
        How many.
    """

    table: str
    column: str
    count: int


def wrong_values(connection: Connection) -> list[WrongValues]:
    """Return where values of an SQLite store are of another kind than what is written there."""
    found = []
    for table in tables.metadata.sorted_tables:
        columns = list(table.columns)
        sums = ", ".join(f"sum(NOT ({_fits(column)}))" for column in columns)
        counts = connection.execute(text(f"SELECT {sums} FROM {table.name}")).one()  # noqa: S608  names of our own
        found += [WrongValues(table.name, column.name, count) for column, count in zip(columns, counts, strict=True) if count]
    return found


def _fits(column: Column[object]) -> str:
    name = f'"{column.name}"'
    match column.type:
        case Moment():
            fits = f"typeof({name}) = 'integer' AND {name} BETWEEN {FIRST} AND {LAST}"
        case Integer():
            fits = f"typeof({name}) = 'integer'"
        case Float():
            fits = f"typeof({name}) = 'real'"
        case Text():
            fits = f"typeof({name}) = 'text'"
        case other:
            raise TypeError(other)
    return f"{name} IS NULL OR {fits}" if column.nullable else fits
