"""What happened in each session: appended in order, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from etiquette_kit.events import Answered, decode, encode
from etiquette_kit.records import tables
from etiquette_kit.records.entries import Entry, Head, Saved
from etiquette_kit.records.errors import ConflictError
from etiquette_kit.records.store import Store


class Log:
    """The sessions of a store.

    Parameters
    ----------
    store : Store
        Where they are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, head: Head, entries: Sequence[Entry], bodies: Mapping[str, bytes]) -> int:
        """Keep a new session with its first events.

        Parameters
        ----------
        head : Head
            Whose it is, and what of.
        entries : sequence of Entry
            Its events so far; at least one.
        bodies : mapping of str to bytes
            By content hash, the scenarios that were answered, in full.

        Returns
        -------
        int
            The session's number.

        Raises
        ------
        ConflictError
            When a session of this name is there already.
        """
        with self._store.writing() as connection:
            row = insert(tables.sessions).values(**msgspec.structs.asdict(head), at=entries[0].event.at)
            session = connection.execute(row.returning(tables.sessions.c.id)).scalar_one()
            _keep_contents(connection, bodies)
            _append(connection, session, 0, entries, {"participant": head.participant, "kit": head.kit, "cohort": head.cohort})
            return int(session)

    def number(self, name: str) -> int | None:
        """Return the number of the session with this name; None where there is none."""
        with self._store.reading() as connection:
            return connection.execute(select(tables.sessions.c.id).where(tables.sessions.c.name == name)).scalar()

    def append(self, session: int, seq: int, entries: Sequence[Entry], bodies: Mapping[str, bytes] | None = None) -> None:
        """Append events to a session, all or none.

        Parameters
        ----------
        session : int
            Its number.
        seq : int
            The place of the first, counted from 0; the one after the last that is there.
        entries : sequence of Entry
            The events.
        bodies : mapping of str to bytes, optional
            By content hash, the scenarios that were answered, in full.

        Raises
        ------
        ConflictError
            When the place is taken or leaves a gap, a submission is there already, or the session was erased.
        """
        sessions, events = tables.sessions, tables.events
        known = select(sessions.c.participant, sessions.c.kit, sessions.c.cohort).where(sessions.c.id == session)
        length = select(func.count()).where(events.c.session == session).scalar_subquery()
        with self._store.writing() as connection:
            row = connection.execute(known.add_columns(length.label("length"))).first()
            if row is None or row.length != seq:
                message = f"session {session} has {row.length if row else 'no'} events, so that {seq} is not the next place"
                raise ConflictError(message)
            _keep_contents(connection, bodies or {})
            _append(connection, session, seq, entries, {"participant": row.participant, "kit": row.kit, "cohort": row.cohort})

    def latest(self, participant: int, quiz: str) -> int | None:
        """Return the number of someone's latest session of a quiz; None where there is none."""
        sessions = tables.sessions
        wanted = select(func.max(sessions.c.id)).where(sessions.c.participant == participant, sessions.c.quiz == quiz)
        with self._store.reading() as connection:
            return connection.execute(wanted).scalar()

    def entries(self, session: int, start: int = 0) -> list[Entry]:
        """Return a session's events from a place on, with the submissions that brought them."""
        events = tables.events
        wanted = select(events.c.body, events.c.submission).where(events.c.session == session, events.c.seq >= start).order_by(events.c.seq)
        with self._store.reading() as connection:
            return [Entry(decode(body.encode()), submission) for body, submission in connection.execute(wanted)]

    def saved(self, session: int) -> Saved:
        """Return what the store holds of a session."""
        sessions, answers = tables.sessions, tables.answers
        count = select(func.count()).where(answers.c.session == session).scalar_subquery()
        with self._store.reading() as connection:
            row = connection.execute(select(sessions.c.at, count.label("number")).where(sessions.c.id == session)).first()
            return Saved(row.number, row.at) if row else Saved()


def _keep_contents(connection: Connection, bodies: Mapping[str, bytes]) -> None:
    contents = tables.contents
    there = set(connection.execute(select(contents.c.hash).where(contents.c.hash.in_(bodies))).scalars()) if bodies else set()
    new = [
        {"hash": name, "scenario": json.loads(body)["scenario"]["id"], "body": body.decode()}
        for name, body in bodies.items()
        if name not in there
    ]
    if new:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(contents).on_conflict_do_nothing(), new)  # another writer may be keeping it just now


def _append(connection: Connection, session: int, seq: int, entries: Sequence[Entry], common: Mapping[str, Any]) -> None:
    numbered = list(enumerate(entries, seq))
    rows = [
        {"session": session, "seq": place, "submission": entry.submission, "body": encode(entry.event).decode()}
        for place, entry in numbered
    ]
    connection.execute(insert(tables.events), rows)
    given = [_answer_row(session, place, entry, common) for place, entry in numbered if isinstance(entry.event, Answered)]
    if given:
        connection.execute(insert(tables.answers), given)


def _answer_row(session: int, seq: int, entry: Entry, common: Mapping[str, Any]) -> dict[str, Any]:
    event, details = entry.event, entry.answer
    assert isinstance(event, Answered) and details is not None  # noqa: PT018  one thing
    return {
        **common,
        "session": session,
        "seq": seq,
        "scenario": details.scenario,
        "content": details.content,
        "format": details.format_name,
        "response": event.response,
        "credit": event.credit,
        "shown": json.dumps(details.shown),
        "seconds": details.seconds,
        "at": event.at,
        "lang": details.lang,
    }
