"""Values of the wrong type for their column: SQLite does not enforce types, so that damage can cause them."""

from __future__ import annotations

import msgspec
from sqlalchemy import Column, Connection, Float, Integer, Text, text

from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.tables import FIRST, LAST, Moment


class WrongValues(msgspec.Struct, frozen=True):
    """Values of the wrong type for a column.

    Attributes
    ----------
    table, column : str
        The table and the column.
    count : int
        Their number.
    """

    table: str
    column: str
    count: int


def wrong_values(connection: Connection) -> list[WrongValues]:
    """Return the columns of an SQLite store with values of the wrong type."""
    found = []
    for table in tables.metadata.sorted_tables:
        columns = list(table.columns)
        sums = ", ".join(f"sum(NOT ({_fits(column)}))" for column in columns)
        counts = connection.execute(text(f"SELECT {sums} FROM {table.name}")).one()  # noqa: S608  the kit's own names
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
