"""Deleting participants, sessions and rooms from the tables of a store, in any version of the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, MetaData, Select, Table, delete, inspect, or_, select
from sqlalchemy.sql.schema import RETAIN_SCHEMA

from etiquette_kit.store.sql import tables

Effect = Literal["", "cleaned", "removed"]
"""The effect on a copy: none, because it had no such rows; rows were removed; or it was removed completely."""


class Marks(msgspec.Struct, frozen=True):
    """The texts that identify one participant in a copy.

    Attributes
    ----------
    pseudonym : str or None
        The pseudonym.
    hashes : tuple of str
        Hashes of the keys. A store that replaced a damaged one has the same keys with another pseudonym.
    others : tuple of str
        Names of sessions, and texts that the participant has written.
    """

    pseudonym: str | None = None
    hashes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def encoded(self) -> tuple[bytes, ...]:
        """All marks, encoded as in the file of a database."""
        return tuple(mark.encode() for mark in (*([self.pseudonym] if self.pseudonym else []), *self.hashes, *self.others))


def tables_in(connection: Connection, schema: str | None = None) -> dict[str, Table]:
    """Return the tables of a store that exist; an older version has fewer."""
    present = set(inspect(connection).get_table_names(schema=schema))
    metadata = MetaData()
    known = [table for table in tables.metadata.sorted_tables if table.name in present]
    return {table.name: table.to_metadata(metadata, schema=schema or RETAIN_SCHEMA) for table in known}


def delete_marked(connection: Connection, found: Mapping[str, Table], marks: Marks, *, dry_run: bool) -> bool:
    """Delete the participants with one of these marks, with all sessions; return whether there were any."""
    people, keys = found["participants"], found["keys"]
    by_key = select(keys.c.participant).where(keys.c.hash.in_(marks.hashes))
    leaving = _numbers(connection, select(people.c.id).where(or_(people.c.pseudonym == marks.pseudonym, people.c.id.in_(by_key))))
    gone = _numbers(connection, select(found["sessions"].c.id).where(found["sessions"].c.participant.in_(leaving)))
    if not dry_run:
        delete_rows(connection, found, leaving, gone)
    return bool(leaving)


def old_sessions(found: Mapping[str, Table], limit: datetime) -> Select[Any]:
    """Return a query for the sessions that started before a time."""
    sessions = found["sessions"].c
    return select(sessions.id).where(sessions.at < limit)


def idle_people(found: Mapping[str, Table], limit: datetime) -> Select[Any]:
    """Return a query for the participants from before a time without a session since then."""
    people, sessions = found["participants"].c, found["sessions"].c
    back = select(sessions.participant).where(sessions.at >= limit)
    return select(people.id).where(people.at < limit, people.id.not_in(back))


def delete_old(connection: Connection, found: Mapping[str, Table], limit: datetime, *, dry_run: bool) -> bool:
    """Delete the sessions and rooms from before a time, and participants without other sessions; return whether there were any."""
    rooms = found.get("rooms")
    gone, leaving = _numbers(connection, old_sessions(found, limit)), _numbers(connection, idle_people(found, limit))
    closed = [] if rooms is None else _numbers(connection, select(rooms.c.id).where(rooms.c.at < limit))
    if not dry_run:
        delete_rows(connection, found, leaving, gone)
        _delete_where(connection, found, (("room_events", "room"), ("rooms", "id")), closed)
    return bool(gone or leaving or closed)


def delete_rows(connection: Connection, found: Mapping[str, Table], people: Sequence[int], sessions: Sequence[int]) -> None:
    """Delete sessions and participants by number, with all rows that refer to them."""
    _delete_where(connection, found, (("answers", "session"), ("events", "session"), ("sessions", "id")), sessions)
    _delete_where(connection, found, (("consents", "participant"), ("keys", "participant"), ("participants", "id")), people)


def in_chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the numbers in chunks: SQLite limits the number of values in a statement."""
    for start in range(0, len(numbers), 500):
        yield numbers[start : start + 500]


def _delete_where(connection: Connection, found: Mapping[str, Table], columns: Sequence[tuple[str, str]], numbers: Sequence[int]) -> None:
    for few in in_chunks(numbers):
        for table, column in columns:
            connection.execute(delete(found[table]).where(found[table].c[column].in_(few)))


def _numbers(connection: Connection, wanted: Select[Any]) -> list[int]:
    return list(connection.execute(wanted).scalars())
