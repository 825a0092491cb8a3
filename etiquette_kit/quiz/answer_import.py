"""Sessions from a file on their way into a store: nothing that is there already is added twice, and nothing there is changed."""

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
    """Hands sessions from a file to a store, and follows what becomes of them.

    A session that goes on further in the file is continued here. One that went on in both places keeps what is here, and gets
    what was answered in the file alone; for each exercise the answer here counts.

    Parameters
    ----------
    store : ImportsAnswers
        Where to.
    participant : Participant
        Whose they become.
    sessions : iterable of FileSession
        From the file.
    bank : Bank
        The scenarios.
    clock : callable
        The time, in UTC.

    Attributes
    ----------
    answers : int
        How many answers are new here.
    dropped : int
        How many answers of the file do not count, because their exercise was answered here.
    error : StoreError, ConflictError or None
        Why something was not kept, as far as that is known.
    """

    def __init__(self, store: ImportsAnswers, participant: Participant, sessions: Iterable[FileSession], bank: Bank, clock: Clock) -> None:
        self._store, self._bank, self._clock = store, bank, clock
        self.answers = self.dropped = 0
        self.error: StoreError | ConflictError | None = None
        self._given: dict[int, int] = {}
        for session in sessions:
            self._hand_over(session, participant)

    def is_under_way(self) -> bool:
        """Learn what became of what was handed over; tell whether something is not kept yet that still can be."""
        for number, given in list(self._given.items()):
            progress = self._store.progress(number, given)
            if progress.error is None and progress.kept < given:
                return True
            self.error = self.error or progress.error
            del self._given[number]
        return False

    def _hand_over(self, session: FileSession, person: Participant) -> None:
        name, own = session.name, self._store.numbers(person.id)
        if self._store.number(name) is not None and name not in own:
            # Somebody else's in this store, perhaps the same person's before she handed over the seat: she gets a copy of her own.
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
        except ReplayError:  # nothing of it is in the bank any more, so that it cannot go on
            added, dropped = [], sum(isinstance(event, Answered) and event not in events for event in others)
        self.dropped += dropped
        return added
