"""The records of the browser's database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from etiquette_kit.quiz.entries import AnswerDetails, SessionHead, StoredEvent
from etiquette_kit.quiz.events import decode, encode


class PersonRecord(msgspec.Struct, frozen=True):
    """A person whose answers are stored in this browser.

    Attributes
    ----------
    pseudonym : str
        Derived from the token; says nothing about the person.
    key : str
        The token of the page.
    at : datetime
        Since when, in UTC.
    """

    pseudonym: str
    key: str
    at: datetime


class SessionRecord(msgspec.Struct, frozen=True):
    """The data of a session besides its events.

    Attributes
    ----------
    name : str
        Random; one session of this name is kept.
    pseudonym : str
        Whose.
    quiz, kit : str
        Which quiz it is a run of, and the kit's version.
    at : datetime
        When it began, in UTC.
    """

    name: str
    pseudonym: str
    quiz: str
    kit: str
    at: datetime

    def head(self, participant: int) -> SessionHead:
        """Return the same as a store's."""
        return SessionHead(self.name, participant, self.quiz, self.kit)


class EventRecord(msgspec.Struct, frozen=True):
    """An event of a session.

    Attributes
    ----------
    session : str
        The session's name.
    seq : int
        Its place, counted from 0; a place is taken once.
    body : str
        The event as JSON.
    answer : AnswerDetails or None
        For an answer, which exercise it is about.
    """

    session: str
    seq: int
    body: str
    answer: AnswerDetails | None = None

    def stored(self) -> StoredEvent:
        """Return the same as a store's."""
        return StoredEvent(decode(self.body.encode()), self.answer)


def event_records(session: str, start: int, entries: Sequence[StoredEvent]) -> tuple[EventRecord, ...]:
    """Return the records of a session's events from a place on."""
    return tuple(EventRecord(session, start + at, encode(entry.event).decode(), entry.answer) for at, entry in enumerate(entries))


class Write(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One transaction: all of it is written, or nothing.

    Attributes
    ----------
    people : tuple of PersonRecord
        To put; one that is there already stays as it is.
    sessions : tuple of SessionRecord
        To add; one that is there already is a conflict.
    events : tuple of EventRecord
        To add to sessions that must be there; a place that is taken is a conflict.
    """

    people: tuple[PersonRecord, ...] = ()
    sessions: tuple[SessionRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()

    @property
    def session(self) -> str | None:
        """The name of the session that it is about; None where it is about a person alone."""
        return self.events[0].session if self.events else None


class Erasure(msgspec.Struct, frozen=True):
    """One transaction that removes all that is kept about someone."""

    pseudonym: str


class Contents(msgspec.Struct, frozen=True):
    """All that the browser's database holds."""

    people: tuple[PersonRecord, ...] = ()
    sessions: tuple[SessionRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()


class WriteResult(msgspec.Struct, frozen=True):
    """What became of a transaction.

    Attributes
    ----------
    outcome : {"written", "conflict", "full", "gone", "other"}
        Whether it was written; if not, why: its place is taken, no space is left, the database is closed or was cleared, or something else.
    message : str
        What the browser says.
    session : SessionRecord or None
        After a conflict, the session as it is in the database now; None where it was erased.
    events : tuple of EventRecord
        After a conflict, all its events.
    """

    outcome: Literal["written", "conflict", "full", "gone", "other"]
    message: str = ""
    session: SessionRecord | None = None
    events: tuple[EventRecord, ...] = ()
