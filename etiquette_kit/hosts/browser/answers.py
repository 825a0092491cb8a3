"""A store of answers in the browser's own database, which confirms later what it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from etiquette_kit.hosts.browser.records import (
    Contents,
    Erasure,
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

_KINDS: dict[str, StoreErrorKind] = {"full": "full", "gone": "gone", "other": "other"}


class BrowserAnswers(MemoryAnswers):
    """Fulfils `AnswerStore`: what is safely in the browser's database is in memory as well; what is not yet there waits in ``queue``.

    Parameters
    ----------
    contents : Contents
        What the database holds.

    Attributes
    ----------
    queue : list of Write or Erasure
        Transactions that are to be carried out, in this order; their host tells by ``settle`` what became of the first.
    """

    name = "browser"
    where = "browser"

    def __init__(self, contents: Contents) -> None:
        super().__init__()
        self.queue: list[Write | Erasure] = []
        self._heads: dict[int, SessionHead] = {}
        self._errors: dict[int, StoreError | ConflictError] = {}
        self._by_pseudonym: dict[str, Participant] = {}
        for person in contents.people:
            self._remember(person)
        events: dict[str, list[StoredEvent]] = {}
        for event in sorted(contents.events, key=lambda record: (record.session, record.seq)):
            events.setdefault(event.session, []).append(event.stored())
        for session in sorted(contents.sessions, key=lambda record: record.at):
            if session.pseudonym in self._by_pseudonym and events.get(session.name):
                self._hold(session, events[session.name])

    # ---- people -----------------------------------------------------------------------------------------------------------

    def admit(self, key: str) -> Participant:
        """Return whose token this is; a new one makes a new participant, with the same pseudonym in every tab."""
        known = self.participant(key)
        if known is not None:
            return known
        person = PersonRecord(sha256(f"etiquette-kit {key}".encode()).hexdigest()[:16], key, datetime.now(UTC))
        self.queue.append(Write(people=(person,)))
        return self._remember(person)

    def _remember(self, person: PersonRecord) -> Participant:
        made = Participant(next(self._numbers), person.pseudonym)
        self._people[made.id] = made, person.at
        self._keys[person.key] = made.id, "browser"
        self._by_pseudonym[person.pseudonym] = made
        return made

    # ---- sessions ---------------------------------------------------------------------------------------------------------

    def begin(self, head: SessionHead, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes]) -> int:  # noqa: ARG002  the interface
        """Take a new session with its first events."""
        self._require(head.participant)
        number = next(self._numbers)
        self._heads[number] = head
        pseudonym = self._people[head.participant][0].pseudonym
        session = SessionRecord(head.name, pseudonym, head.quiz, head.kit, entries[0].event.at)
        self.queue.append(Write(sessions=(session,), events=event_records(head.name, 0, entries)))
        return number

    def append(self, session: int, seq: int, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes] | None = None) -> None:  # noqa: ARG002
        """Take further events of a session."""
        head = self._heads.get(session)
        if head is None:
            message = f"session {session} was erased"
            raise ConflictError(message)
        self.queue.append(Write(events=event_records(head.name, seq, entries)))

    def progress(self, session: int, taken: int) -> WriteProgress:  # noqa: ARG002  the interface
        """Return how many events are in the browser's database."""
        return WriteProgress(len(self.entries(session)), self._errors.pop(session, None))

    def number(self, name: str) -> int | None:
        """Return the number of the session with this name that is in the database; None where there is none."""
        return next((number for number, head in self._heads.items() if head.name == name and number in self._sessions), None)

    def _hold(self, session: SessionRecord, entries: Sequence[StoredEvent], number: int | None = None) -> None:
        """Have in memory what is in the database."""
        number = next(self._numbers) if number is None else number
        head = session.head(self._by_pseudonym[session.pseudonym].id)
        self._heads[number] = head
        self._sessions[number] = MemorySession(head, list(entries))

    # ---- what the database says -------------------------------------------------------------------------------------------

    def settle(self, result: WriteResult) -> None:
        """Take what became of the first transaction in the queue, and call the watchers.

        Of a session that could not be written, what waits behind it is dropped: its quiz gives it again.
        """
        done = self.queue.pop(0)
        name = done.session if isinstance(done, Write) else None
        number = next((number for number, head in self._heads.items() if head.name == name), None)
        if isinstance(done, Write) and name is not None and number is not None:
            if result.outcome == "written":
                if number not in self._sessions:
                    self._sessions[number] = MemorySession(self._heads[number], [])
                self._sessions[number].entries.extend(event.stored() for event in done.events)
            else:
                self._refuse(number, result)
        for watcher in tuple(self.watchers):
            watcher()

    def _refuse(self, number: int, result: WriteResult) -> None:
        name = self._heads[number].name
        self.queue = [waiting for waiting in self.queue if not isinstance(waiting, Write) or waiting.session != name]
        if result.outcome != "conflict":
            self._errors[number] = StoreError(_KINDS[result.outcome], result.message)
            if number not in self._sessions:  # it never began; it is begun anew under another number
                del self._heads[number]
            return
        self._errors[number] = ConflictError(result.message)
        if result.session is None:
            self._sessions.pop(number, None)
            self._heads.pop(number, None)
        else:
            self._hold(result.session, [event.stored() for event in result.events], number)

    # ---- what becomes of it -----------------------------------------------------------------------------------------------

    def erase(self, participant: int) -> Erased:
        """Remove all that is kept about one participant."""
        person = self._people.get(participant)
        if person is not None:
            pseudonym = person[0].pseudonym
            self.queue = [write for write in self.queue if not self._is_about(write, pseudonym)]
            self.queue.append(Erasure(pseudonym))
            self._by_pseudonym.pop(pseudonym, None)
        self._heads = {number: head for number, head in self._heads.items() if head.participant != participant}
        return super().erase(participant)

    def _is_about(self, write: Write | Erasure, pseudonym: str) -> bool:
        if isinstance(write, Erasure):
            return write.pseudonym == pseudonym
        names = {head.name for head in self._heads.values() if self._people[head.participant][0].pseudonym == pseudonym}
        return any(person.pseudonym == pseudonym for person in write.people) or write.session in names
