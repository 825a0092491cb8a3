"""The events of each session: appended in order, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import BindParameter, Column, Connection, Insert, Select, bindparam, exists, func, insert, select

from etiquette_kit.quiz.entries import AnswerDetails, Saved, SessionHead, StoredEvent
from etiquette_kit.quiz.events import Answered, decode, encode
from etiquette_kit.quiz.store_errors import ConflictError, StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.insertion import insert_new
from etiquette_kit.store.sql.location import shown_address
from etiquette_kit.store.sql.store import Store


class Log:
    """The sessions of a store.

    Parameters
    ----------
    store : Store
        The database.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, head: SessionHead, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes]) -> int:
        """Add a session with its first events.

        Parameters
        ----------
        head : SessionHead
            Its data apart from the events.
        entries : sequence of StoredEvent
            Its events so far; at least one.
        bodies : mapping of str to bytes
            The records of the answered material by content hash.

        Returns
        -------
        int
            The session's number.

        Raises
        ------
        ConflictError
            When there is a session of this name already.
        """
        with self._store.writing() as connection:
            row = {**msgspec.structs.asdict(head), "at": entries[0].event.at}
            session = int(connection.execute(_SESSION, row).scalar_one())
            connection.execute(_EVENT, _event_rows(session, 0, entries))
            _insert_answers(connection, session, 0, entries, bodies)
            return session

    def number(self, name: str) -> int | None:
        """Return the number of the session with this name; None where there is none."""
        with self._store.reading() as connection:
            return connection.execute(select(tables.sessions.c.id).where(tables.sessions.c.name == name)).scalar()

    def append(self, session: int, seq: int, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes] | None = None) -> None:
        """Append events to a session, all or none.

        Parameters
        ----------
        session : int
            Its number.
        seq : int
            The position of the first, counted from 0; the one after the last stored event.
        entries : sequence of StoredEvent
            The events.
        bodies : mapping of str to bytes, optional
            The records of the answered material by content hash.

        Raises
        ------
        ConflictError
            When the position is taken or leaves a gap, a submission exists already, or the session was erased; also when an answer's
            material is neither in the store nor in ``bodies``.
        """
        with self._store.writing() as connection:
            rows = _event_rows(session, seq, entries)
            if connection.execute(_NEXT_EVENT, rows).rowcount != len(rows):
                message = f"{seq} is not the next position in session {session}, or the session was erased"
                raise ConflictError(message)
            _insert_answers(connection, session, seq, entries, bodies or {})

    def latest(self, participant: int, quiz: str) -> int | None:
        """Return the number of a participant's latest session of a quiz; None where there is none."""
        sessions = tables.sessions
        wanted = select(func.max(sessions.c.id)).where(sessions.c.participant == participant, sessions.c.quiz == quiz)
        with self._store.reading() as connection:
            return connection.execute(wanted).scalar()

    def session(self, number: int) -> tuple[str, list[StoredEvent]]:
        """Return a session's name and its events; no events where it was erased."""
        with self._store.reading() as connection:
            name = connection.execute(select(tables.sessions.c.name).where(tables.sessions.c.id == number)).scalar()
            return name or "", _entries(connection, number, 0)

    def entries(self, session: int, start: int = 0) -> list[StoredEvent]:
        """Return a session's events from a position on."""
        with self._store.reading() as connection:
            return _entries(connection, session, start)

    def saved(self, session: int) -> Saved:
        """Return what is stored of a session's quiz for the same participant: all sessions together."""
        with self._store.reading() as connection:
            row = connection.execute(_SAVED, {"session": session}).one()
            return Saved(row.number, row.since)


def _entries(connection: Connection, session: int, start: int) -> list[StoredEvent]:
    events = tables.events
    wanted = select(events.c.body).where(events.c.session == session, events.c.seq >= start).order_by(events.c.seq)
    try:
        return [StoredEvent(decode(body.encode())) for body in connection.execute(wanted).scalars()]
    except (AttributeError, msgspec.MsgspecError) as error:  # SQLite accepts any value in a text column
        message = f"{shown_address(connection.engine.url)}: an event of session {session} cannot be read: {error}"
        raise StoreError("unreadable", message) from error


def _event_rows(session: int, seq: int, entries: Sequence[StoredEvent]) -> list[dict[str, Any]]:
    return [
        {"session": session, "seq": place, "submission": entry.submission, "body": encode(entry.event).decode()}
        for place, entry in enumerate(entries, seq)
    ]


def _insert_answers(connection: Connection, session: int, seq: int, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes]) -> None:
    """Insert the rows of answers, and their material unless it is stored already."""
    for place, entry in enumerate(entries, seq):
        if not isinstance(entry.event, Answered) or entry.answer is None:
            continue
        row = _answer_row(session, place, entry.event, entry.answer)
        if connection.execute(_ANSWER, row).rowcount:
            continue
        name = entry.answer.content
        if name in bodies:
            row_ = {"hash": name, "material": entry.answer.material, "body": bodies[name].decode()}
            insert_new(connection, tables.contents, [row_])
        if not connection.execute(_ANSWER, row).rowcount:
            message = f"version {name} of {entry.answer.material!r}, which was answered, is not in the store"
            raise ConflictError(message)


def _answer_row(session: int, seq: int, event: Answered, details: AnswerDetails) -> dict[str, Any]:
    return {
        "session": session,
        "seq": seq,
        "material": details.material,
        "content": details.content,
        "format": details.format_name,
        "response": event.response,
        "credit": event.credit,
        "items": encoded_items(event),
        "shown": details.shown,
        "seconds": event.seconds,
        "at": event.at,
        "lang": event.lang,
    }


def encoded_items(event: Answered) -> str | None:
    """Return the credits of an answer's situations as JSON; None where there is only the total credit."""
    return msgspec.json.encode(event.items, order="sorted").decode() if event.items else None


# ---- statements, built once, because they are needed while the learner waits -----------------------------------------------

_COUNTED = {"preserve_rowcount": True}


def _given(columns: Iterable[Column[Any]]) -> dict[str, BindParameter[Any]]:
    return {column.name: bindparam(column.name, type_=column.type) for column in columns}


def _next_event() -> Insert:
    """Return a statement that inserts an event if its predecessor exists."""
    given = _given(tables.events.columns)
    before = tables.events.alias("before")
    fits = exists().where(before.c.session == given["session"], before.c.seq == given["seq"] - 1)
    return insert(tables.events).from_select(list(given), select(*given.values()).where(fits)).execution_options(**_COUNTED)


def _answer() -> Insert:
    """Return a statement that inserts an answer, with columns of its session, if its material is stored."""
    answers, sessions, contents = tables.answers, tables.sessions, tables.contents
    values = _given(answers.columns)
    whole = values | {name: sessions.c[name] for name in ("participant", "kit", "cohort")}
    both = sessions.join(contents, contents.c.hash == values["content"])
    fits = select(*whole.values()).select_from(both).where(sessions.c.id == values["session"])
    held = fits.with_for_update(read=True, key_share=True)  # the referenced rows cannot be deleted meanwhile
    return insert(answers).from_select(list(whole), held).execution_options(**_COUNTED)


def _saved() -> Select[Any]:
    """Return a query for the number of answers in all sessions of the same quiz and participant, and the start of the first one."""
    sessions, answers = tables.sessions, tables.answers
    this = sessions.alias()
    of_quiz = sessions.c.participant == this.c.participant, sessions.c.quiz == this.c.quiz, this.c.id == bindparam("session")
    found = select(sessions.c.id, sessions.c.at).where(*of_quiz).subquery()
    number = select(func.count()).select_from(answers.join(found, answers.c.session == found.c.id)).scalar_subquery()
    return select(func.min(found.c.at).label("since"), number.label("number"))


_SAVED = _saved()
_SESSION = insert(tables.sessions).returning(tables.sessions.c.id)
_EVENT = insert(tables.events)
_NEXT_EVENT = _next_event()
_ANSWER = _answer()
