"""Importing sessions from a file into a store: nothing is added twice, and stored answers do not change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from etiquette_kit.bank import Bank
from etiquette_kit.quiz.answer_file import FileSession
from etiquette_kit.quiz.answer_store import ImportsAnswers
from etiquette_kit.quiz.entries import Participant, SessionHead, StoredEvent
from etiquette_kit.quiz.events import Answered
from etiquette_kit.quiz.session import Clock
from etiquette_kit.quiz.session_log import SessionLog
from etiquette_kit.quiz.state import ReplayError
from etiquette_kit.quiz.store_errors import ConflictError, StoreError


class AnswerImport:
    """Passes sessions from a file to a store, and reports the result.

    A session that is longer in the file is continued in the store. One that was continued in both places keeps the stored answers and gets
    the additional answers of the file; for each exercise the stored answer counts.

    Parameters
    ----------
    store : ImportsAnswers
        The store.
    participant : Participant
        The participant who gets the sessions.
    sessions : iterable of FileSession
        The sessions of the file.
    bank : Bank
        The scenarios.
    clock : callable
        The time, in UTC.

    Attributes
    ----------
    answers : int
        The number of new answers.
    dropped : int
        The number of answers of the file that do not count, because the store has another answer to the exercise.
    error : StoreError, ConflictError or None
        Why something was not stored, if that is known.
    """

    def __init__(self, store: ImportsAnswers, participant: Participant, sessions: Iterable[FileSession], bank: Bank, clock: Clock) -> None:
        self._store, self._bank, self._clock = store, bank, clock
        self.answers = self.dropped = 0
        self.error: StoreError | ConflictError | None = None
        self._given: dict[int, int] = {}
        for session in sessions:
            self._import(session, participant)

    def is_under_way(self) -> bool:
        """Update the result; return whether the store has still to confirm something."""
        for number, given in list(self._given.items()):
            progress = self._store.progress(number, given)
            if progress.error is None and progress.kept < given:
                return True
            self.error = self.error or progress.error
            del self._given[number]
        return False

    def _import(self, session: FileSession, person: Participant) -> None:
        name, own = session.name, self._store.numbers(person.id)
        if self._store.number(name) is not None and name not in own:
            # It belongs to another participant in this store, perhaps the same person before the learner changed: make a copy.
            name = sha256(f"{name} {person.pseudonym}".encode()).hexdigest()[:32]
        number = own.get(name)
        here = [] if number is None else self._store.entries(number)
        added = self._addition(here, session.entries)
        if added:
            taken = self._store.take_in(SessionHead(name, person.id, session.quiz, session.kit), len(here), added)
            self._given[taken] = len(here) + len(added)
            self.answers += sum(isinstance(entry.event, Answered) for entry in added)

    def _addition(self, here: Sequence[StoredEvent], theirs: Sequence[StoredEvent]) -> Sequence[StoredEvent]:
        events, others = [entry.event for entry in here], [entry.event for entry in theirs]
        if events == others[: len(events)]:
            return theirs[len(events) :]
        if events[: len(others)] == others:
            return ()
        try:
            added, dropped = SessionLog.joined(events, others, self._bank, self._clock)
        except ReplayError:  # none of its exercises is in the bank any more
            added, dropped = [], sum(isinstance(event, Answered) and event not in events for event in others)
        self.dropped += dropped
        return added
