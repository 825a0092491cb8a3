"""Inserting rows that may exist already, in either database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; existing ones are unchanged, also those that another transaction is just inserting."""
    connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def insert_or_change(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or update the one with the same primary key."""
    connection.execute(_insert(connection, table).values(row).on_conflict_do_update(index_elements=[*table.primary_key], set_=row))


def _insert(connection: Connection, table: Table) -> Any:  # both dialects have the same methods, but no type in common
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
