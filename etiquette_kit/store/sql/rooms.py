"""Live rooms: the events of each, appended in order, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select, update

from etiquette_kit.quiz.store_errors import ConflictError, StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.scrubbing import record_removal
from etiquette_kit.store.sql.store import Store


class RoomHead(msgspec.Struct, frozen=True):
    """A room.

    Attributes
    ----------
    id : int
        Its number.
    code : str
        The code that participants type to join; unique in the store.
    port : int
        The last port on which it was served.
    at : datetime
        When it was opened, UTC.
    """

    id: int
    code: str
    port: int
    at: datetime


class Rooms:
    """The rooms of a store.

    Parameters
    ----------
    store : Store
        The database.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, code: str, port: int, at: datetime, events: Sequence[bytes]) -> RoomHead:
        """Add a room with its first events, each as JSON.

        Raises
        ------
        ConflictError
            When there is a room with this code already.
        """
        rooms = tables.rooms
        with self._store.writing() as connection:
            row = insert(rooms).values(code=code, port=port, at=at).returning(rooms.c.id)
            number = int(connection.execute(row).scalar_one())
            connection.execute(insert(tables.room_events), _numbered(number, 0, events))
        return RoomHead(number, code, port, at)

    def append(self, room: int, seq: int, events: Sequence[bytes]) -> None:
        """Append events to a room, all or none.

        Events that are stored already at the same positions are not written again: an attempt may have succeeded although it was
        reported as failed, for example when a connection breaks during the commit.

        Parameters
        ----------
        room : int
            Its number.
        seq : int
            The position of the first, counted from 0; the one after the last stored event.
        events : sequence of bytes
            The events as JSON; at least one.

        Raises
        ------
        ConflictError
            When the position is taken or leaves a gap: another process serves the same room, or the room was removed.
        """
        with self._store.writing() as connection:
            length = connection.execute(_LENGTH, {"room": room}).scalar_one()
            if length != seq:
                there = [body.encode() for body in connection.execute(_FROM, {"room": room, "seq": seq}).scalars()]
                if not there or there != list(events[: len(there)]):
                    message = f"room {room} has {length} events, so that {seq} is not the next position"
                    raise ConflictError(message)
                events = events[len(there) :]
            if events:
                connection.execute(_INSERT, _numbered(room, length, events))

    def events(self, room: int) -> list[bytes]:
        """Return a room's events as JSON, in order."""
        events = tables.room_events
        with self._store.reading() as connection:
            bodies = connection.execute(select(events.c.body).where(events.c.room == room).order_by(events.c.seq)).scalars().all()
        if not all(isinstance(body, str) for body in bodies):  # SQLite accepts any value in a text column
            message = f"{self._store.name}: an event of room {room} cannot be read"
            raise StoreError("unreadable", message)
        return [body.encode() for body in bodies]

    def open(self, since: datetime) -> RoomHead | None:
        """Return the latest room that has not ended, if it was opened after this time."""
        rooms = tables.rooms
        wanted = select(rooms).where(rooms.c.ended.is_(None), rooms.c.at >= since).order_by(rooms.c.id.desc())
        with self._store.reading() as connection:
            row = connection.execute(wanted).first()
        return RoomHead(row.id, row.code, row.port, row.at) if row else None

    def set_port(self, room: int, port: int) -> None:
        """Record that a room is now served on another port."""
        self._change(room, port=port)

    def end(self, room: int, at: datetime, result: bytes) -> None:
        """Record when a room ended, and its results, as JSON."""
        self._change(room, ended=at, result=result.decode())

    def reopen(self, room: int) -> None:
        """Record that a room that had ended is open again."""
        self._change(room, ended=None, result=None)

    def result(self, room: int) -> bytes | None:
        """Return the results of a room, as JSON; None where it has not ended."""
        with self._store.reading() as connection:
            found = connection.execute(select(tables.rooms.c.result).where(tables.rooms.c.id == room)).scalar()
        return None if found is None else str(found).encode()

    def find(self, code: str) -> RoomHead | None:
        """Return the room with this code; None where there is none."""
        wanted = select(tables.rooms).where(tables.rooms.c.code == code)
        with self._store.reading() as connection:
            row = connection.execute(wanted).first()
        return RoomHead(row.id, row.code, row.port, row.at) if row else None

    def _change(self, room: int, **values: object) -> None:
        with self._store.writing() as connection:
            connection.execute(update(tables.rooms).where(tables.rooms.c.id == room).values(**values))

    def count(self, before: datetime) -> int:
        """Return how many rooms were opened before this time."""
        with self._store.reading() as connection:
            return int(connection.execute(select(func.count()).where(tables.rooms.c.at < before)).scalar_one())

    def purge(self, before: datetime) -> int:
        """Remove the rooms that were opened before this time, and return their number; `Store.scrub` removes them from the disk."""
        old = select(tables.rooms.c.id).where(tables.rooms.c.at < before)
        with self._store.writing() as connection:
            connection.execute(delete(tables.room_events).where(tables.room_events.c.room.in_(old)))
            gone = connection.execute(delete(tables.rooms).where(tables.rooms.c.at < before)).rowcount
            if gone:
                record_removal(connection)
        return int(gone)


_INSERT = insert(tables.room_events)
_LENGTH = select(func.coalesce(func.max(tables.room_events.c.seq) + 1, 0)).where(tables.room_events.c.room == bindparam("room"))

_FROM = (
    select(tables.room_events.c.body)
    .where(tables.room_events.c.room == bindparam("room"), tables.room_events.c.seq >= bindparam("seq"))
    .order_by(tables.room_events.c.seq)
)


def _numbered(room: int, seq: int, events: Sequence[bytes]) -> list[dict[str, object]]:
    return [{"room": room, "seq": place, "body": body.decode()} for place, body in enumerate(events, seq)]
