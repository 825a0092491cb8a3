"""A store of answers in the browser's database, which confirms writes later."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from etiquette_kit.hosts.browser.records import (
    Contents,
    Erasure,
    EventRecord,
    PersonRecord,
    SessionRecord,
    Write,
    WriteResult,
    event_records,
)
from etiquette_kit.quiz.answer_store import Erased, WriteProgress
from etiquette_kit.quiz.entries import Participant, SessionHead, StoredEvent
from etiquette_kit.quiz.store_errors import ConflictError, StoreError, StoreErrorKind
from etiquette_kit.store.memory import MemoryAnswers, MemorySession

_log = logging.getLogger(__name__)

_KINDS: dict[str, StoreErrorKind] = {"full": "full", "gone": "gone", "other": "other"}


class BrowserAnswers(MemoryAnswers):
    """Implements `AnswerStore`: memory has what is in the browser's database; ``queue`` has what is not yet written.

    A session that was continued in another tab gets another number, with the events that are in the database then. Progress of its old
    number is a conflict.

    Parameters
    ----------
    contents : Contents
        What the database holds.

    Attributes
    ----------
    queue : list of Write or Erasure
        Transactions to carry out, in this order; the host passes the result of the first one to ``settle``.
    """

    name = "browser"
    where = "browser"

    def __init__(self, contents: Contents) -> None:
        super().__init__()
        self.queue: list[Write | Erasure] = []
        self._heads: dict[int, SessionHead] = {}
        self._errors: dict[int, tuple[int, StoreError]] = {}  # by session, the position of the last refused event, and the reason
        self._overtaken: dict[int, int] = {}  # by an invalid number, how many of its events are stored
        self._erasing: list[Erased] = []
        self._records: dict[int, PersonRecord] = {}
        self.learn(contents)

    def learn(self, contents: Contents) -> None:
        """Load what is in the database now, from any tab; the queue must be empty."""
        for person in contents.people:
            if person.key not in self._keys:
                self._remember(person)
        whose = {record.pseudonym: number for number, record in self._records.items()}
        events: dict[str, list[EventRecord]] = {}
        for event in sorted(contents.events, key=lambda record: (record.session, record.seq)):
            events.setdefault(event.session, []).append(event)
        found = set()
        for session in sorted(contents.sessions, key=lambda record: record.at):
            stored = _stored(session.name, events.get(session.name, ()))
            if session.pseudonym in whose and stored:
                found.add(self._follow(session, whose[session.pseudonym], stored))
        for number in self._sessions.keys() - found:
            self._overtaken[number] = self._forget(number)

    # ---- people -----------------------------------------------------------------------------------------------------------

    def admit(self, key: str) -> Participant:
        """Return the participant with this token; a new token creates a participant, with the same pseudonym in every tab."""
        known = self.participant(key)
        if known is not None:
            return known
        return self._remember(PersonRecord(sha256(f"etiquette-kit {key}".encode()).hexdigest()[:16], key, datetime.now(UTC)))

    def _remember(self, person: PersonRecord) -> Participant:
        made = Participant(next(self._numbers), person.pseudonym)
        self._people[made.id] = made, person.at
        self._keys[person.key] = made.id, "browser"
        self._records[made.id] = person
        return made

    # ---- sessions ---------------------------------------------------------------------------------------------------------

    def begin(self, head: SessionHead, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes]) -> int:  # noqa: ARG002  the interface
        """Queue a new session with its first events, and with the person, whom another tab may have erased."""
        self._require(head.participant)
        number = next(self._numbers)
        self._heads[number] = head
        person = self._records[head.participant]
        session = SessionRecord(head.name, person.pseudonym, head.quiz, head.kit, entries[0].event.at)
        self.queue.append(Write(people=(person,), sessions=(session,), events=event_records(head.name, 0, entries)))
        return number

    def append(self, session: int, seq: int, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes] | None = None) -> None:  # noqa: ARG002
        """Queue further events of a session."""
        head = self._heads.get(session)
        if head is None:
            message = f"session {session} was erased, or went on in another tab"
            raise ConflictError(message)
        self._errors.pop(session, None)
        self.queue.append(Write(events=event_records(head.name, seq, entries)))

    def progress(self, session: int, taken: int) -> WriteProgress:
        """Return how many of the events are in the browser's database, and why the others will not be."""
        if session in self._overtaken:
            return WriteProgress(min(self._overtaken[session], taken), ConflictError(f"session {session} went on in another tab"))
        place, error = self._errors.get(session, (taken, None))
        kept = min(len(self.entries(session)), taken)
        if taken > place:
            return WriteProgress(min(kept, place), error)
        waiting = self._waiting(session)
        if waiting is not None:
            return WriteProgress(min(kept, waiting))
        return WriteProgress(kept, None if kept == taken else ConflictError(f"session {session} was erased"))

    def _waiting(self, session: int) -> int | None:
        """Return the position of the first event of a session in the queue; None where there is none."""
        head = self._heads.get(session)
        places = [write.events[0].seq for write in self.queue if isinstance(write, Write) and head and write.session == head.name]
        return min(places, default=None)

    def number(self, name: str) -> int | None:
        """Return the number of the session with this name that is in the database; None where there is none."""
        return next((number for number in self._sessions if self._heads[number].name == name), None)

    def _follow(self, session: SessionRecord, participant: int, entries: list[StoredEvent]) -> int:
        """Load a session from the database; return its number, a new one if another tab has changed it."""
        number = self.number(session.name)
        if number is not None:
            if self._sessions[number].entries == entries:
                return number
            self._overtaken[number] = self._forget(number)
        return self._hold(session, participant, entries)

    def _hold(self, session: SessionRecord, participant: int, entries: list[StoredEvent]) -> int:
        """Add a session that is in the database; return its number."""
        number = next(self._numbers)
        self._heads[number] = session.head(participant)
        self._sessions[number] = MemorySession(self._heads[number], entries)
        return number

    def _forget(self, number: int) -> int:
        """Remove a session from memory; return how many of its events were stored."""
        self._heads.pop(number, None)
        held = self._sessions.pop(number, None)
        return 0 if held is None else len(held.entries)

    # ---- what the database says -------------------------------------------------------------------------------------------

    def settle(self, result: WriteResult) -> None:
        """Process the result of the first transaction in the queue, and call the watchers.

        After a failure, the session's later transactions are dropped; its quiz passes the events again.
        """
        done = self.queue.pop(0)
        if isinstance(done, Erasure):
            erased = self._erasing.pop(0)
            erased.under_way = False
            if result.outcome != "written":
                erased.error = StoreError(_KINDS.get(result.outcome, "other"), result.message)
        else:
            number = next((number for number, head in self._heads.items() if head.name == done.session), None)
            if number is not None:
                self._note(number, done, result)
        for watcher in tuple(self.watchers):
            watcher()

    def _note(self, number: int, done: Write, result: WriteResult) -> None:
        if result.outcome == "written":
            held = self._sessions.setdefault(number, MemorySession(self._heads[number], []))
            held.entries.extend(event.stored() for event in done.events)
            return
        head, place = self._heads[number], done.events[0].seq
        self.queue = [waiting for waiting in self.queue if not isinstance(waiting, Write) or waiting.session != head.name]
        if result.outcome != "conflict":
            self._errors[number] = place, StoreError(_KINDS[result.outcome], result.message)
            if number not in self._sessions:  # it was never written; it starts again under another number
                del self._heads[number]
            return
        self._forget(number)
        self._overtaken[number] = place
        there = result.session
        if there is not None and there.pseudonym == self._records[head.participant].pseudonym:
            stored = _stored(head.name, result.events)
            if stored:
                self._hold(there, head.participant, stored)

    # ---- what becomes of it -----------------------------------------------------------------------------------------------

    def erase(self, participant: int) -> Erased:
        """Erase all data about a participant; the result is known later."""
        person = self._records.pop(participant, None)
        if person is None:
            return Erased()
        names = {head.name for head in self._heads.values() if head.participant == participant}
        self.queue = [write for write in self.queue if isinstance(write, Erasure) or write.session not in names]
        self.queue.append(Erasure(person.pseudonym))
        self._heads = {number: head for number, head in self._heads.items() if head.participant != participant}
        super().erase(participant)
        erased = Erased(under_way=True)
        self._erasing.append(erased)
        return erased


def _stored(name: str, records: Sequence[EventRecord]) -> list[StoredEvent]:
    """Return a session's events; an empty list where one cannot be read, for example from a later version."""
    try:
        return [record.stored() for record in records]
    except msgspec.MsgspecError:
        _log.warning("session %s cannot be read", name, exc_info=True)
        return []
