"""What happened in each session: appended in order, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select

from etiquette_kit.events import Answered, decode, encode
from etiquette_kit.records import tables
from etiquette_kit.records.entries import AnswerDetails, Entry, Head, Saved
from etiquette_kit.records.errors import ConflictError
from etiquette_kit.records.insertion import insert_new
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
        length = select(func.coalesce(func.max(events.c.seq) + 1, 0)).where(events.c.session == session).scalar_subquery()
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

    def session(self, number: int) -> tuple[str, list[Entry]]:
        """Return a session's name and its events, with the submissions that brought them; nothing where it was erased."""
        with self._store.reading() as connection:
            name = connection.execute(select(tables.sessions.c.name).where(tables.sessions.c.id == number)).scalar()
            return name or "", _entries(connection, number, 0)

    def entries(self, session: int, start: int = 0) -> list[Entry]:
        """Return a session's events from a place on."""
        with self._store.reading() as connection:
            return _entries(connection, session, start)

    def saved(self, session: int) -> Saved:
        """Return what the store holds of a session."""
        sessions, answers = tables.sessions, tables.answers
        count = select(func.count()).where(answers.c.session == session).scalar_subquery()
        with self._store.reading() as connection:
            row = connection.execute(select(sessions.c.at, count.label("number")).where(sessions.c.id == session)).first()
            return Saved(row.number, row.at) if row else Saved()


def _entries(connection: Connection, session: int, start: int) -> list[Entry]:
    events = tables.events
    wanted = select(events.c.body, events.c.submission).where(events.c.session == session, events.c.seq >= start).order_by(events.c.seq)
    return [Entry(decode(body.encode()), submission) for body, submission in connection.execute(wanted)]


def _keep_contents(connection: Connection, bodies: Mapping[str, bytes]) -> None:
    if not bodies:
        return
    known = select(tables.contents.c.hash).where(tables.contents.c.hash.in_(bodies))
    there = set(connection.execute(known.with_for_update(read=True, key_share=True)).scalars())  # stays while we refer to it
    new = [
        {"hash": name, "scenario": json.loads(body)["scenario"]["id"], "body": body.decode()}
        for name, body in bodies.items()
        if name not in there
    ]
    if new:
        insert_new(connection, tables.contents, new)


def _append(connection: Connection, session: int, seq: int, entries: Sequence[Entry], common: Mapping[str, Any]) -> None:
    numbered = list(enumerate(entries, seq))
    rows = [
        {"session": session, "seq": place, "submission": entry.submission, "body": encode(entry.event).decode()}
        for place, entry in numbered
    ]
    connection.execute(insert(tables.events), rows)
    given = [
        _answer_row(session, place, entry.event, entry.answer, common)
        for place, entry in numbered
        if isinstance(entry.event, Answered) and entry.answer is not None
    ]
    if given:
        connection.execute(insert(tables.answers), given)


def _answer_row(session: int, seq: int, event: Answered, details: AnswerDetails, common: Mapping[str, Any]) -> dict[str, Any]:
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
