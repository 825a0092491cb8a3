"""Keeping a running session in a store: written before the screen says so, and again and again while that fails."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.events import Answered, Event, LanguageChanged, Shown, Started
from etiquette_kit.records.entries import AnswerDetails, Entry, Head, Participant, Saved
from etiquette_kit.records.errors import ConflictError, Kind, StoreError
from etiquette_kit.records.log import Log
from etiquette_kit.records.people import People
from etiquette_kit.records.store import Store
from etiquette_kit.session import Clock, ReplayError, Session
from etiquette_kit.version import __version__

_log = logging.getLogger(__name__)

PAUSE = 3.0
"""Seconds after a failed attempt in which no other is made, so that a store that does not answer does not hold up the quiz."""

Problem = Kind | Literal["erased"]


class Status(msgspec.Struct, frozen=True):
    """How things stand with what was answered.

    Attributes
    ----------
    saved : int
        Answers of this session in the store, as read from it.
    since : datetime or None
        When the session began, in UTC.
    unsaved : int
        Answers that are not in the store yet.
    problem : str
        Why not: a kind of ``StoreError``, or ``erased``; empty where all is well.
    """

    saved: int = 0
    since: datetime | None = None
    unsaved: int = 0
    problem: Problem | Literal[""] = ""


class OvertakenError(RuntimeError):
    """The session went on elsewhere.

    Attributes
    ----------
    session : Session
        As the store has it, with what was answered here and nowhere else put after it.
    """

    def __init__(self, session: Session) -> None:
        super().__init__("the session went on in another window")
        self.session = session


class Recorder:
    """Keeps the sessions of one quiz for one participant.

    Parameters
    ----------
    store : Store
        Where.
    quiz : str
        Which quiz it is; sessions are taken up again by it.
    key : str
        The token that tells whose they are.
    cohort : str or None
        The cohort that they count for; the participant must have agreed.
    pause : float
        Seconds between two attempts while the store cannot be written.

    Attributes
    ----------
    consent_text : str or None
        The words that the participant has just agreed to, to be kept with the next write.
    """

    def __init__(self, store: Store, quiz: str, key: str, *, cohort: str | None = None, pause: float = PAUSE) -> None:
        self.store, self.key, self.cohort = store, key, cohort
        self.people, self.log = People(store), Log(store)
        self.consent_text: str | None = None
        self._quiz, self._pause = quiz, pause
        self._person: Participant | None = None
        self._status = Status()
        self._not_before = 0.0
        self._forget()

    def _forget(self) -> None:
        """Begin with a session that is not in the store."""
        self._session: Session | None = None
        self._name = secrets.token_hex(16)
        self._number: int | None = None
        self._written = 0
        self._submissions: dict[int, str] = {}
        self._erased = False

    @property
    def status(self) -> Status:
        """How things stand, after the last attempt."""
        return self._status

    @property
    def person(self) -> Participant | None:
        """Whose answers they are; None until the store knows them."""
        return self._person

    def resume(self, bank: Bank, clock: Clock) -> Session | None:
        """Return the participant's latest session of the quiz, with what follows going on in it.

        Returns
        -------
        Session or None
            None where there is none, or none of its scenarios is in the bank any more.

        Raises
        ------
        StoreError
            When the store cannot be read.
        """
        self._person = self.people.participant(self.key)
        number = self.log.latest(self._person.id, self._quiz) if self._person else None
        if number is None:
            return None
        return self._read(number, bank, clock)

    def _read(self, number: int, bank: Bank, clock: Clock) -> Session | None:
        entries = self.log.entries(number)
        try:
            session = Session.resume([entry.event for entry in entries], bank, clock)
        except ReplayError:
            _log.warning("session %s cannot be taken up again", number, exc_info=True)
            return None
        self._forget()
        self._session, self._number, self._written = session, number, len(entries)
        self._submissions = {place: entry.submission for place, entry in enumerate(entries) if entry.submission}
        self._read_back()
        return session

    def knows(self, submission: str) -> bool:
        """Tell whether a message's answer is in the session already."""
        return submission in self._submissions.values()

    def came_with(self, session: Session, submission: str) -> None:
        """Note which message brought the session's last event."""
        self._take_up(session)
        self._submissions[len(session.events) - 1] = submission

    def keep(self, session: Session, bank: Bank, clock: Clock, *, at_once: bool = False) -> None:
        """Write what is not in the store yet, and read back what is.

        While the store cannot be written nothing is raised: ``status`` tells, and the next call tries again.

        Parameters
        ----------
        session : Session
            The running session; another one than last time begins anew.
        bank : Bank
            Its scenarios.
        clock : callable
            The time, in UTC.
        at_once : bool
            Try even if the last attempt has just failed.

        Raises
        ------
        OvertakenError
            When the session went on elsewhere; it carries the session to go on with.
        """
        self._take_up(session)
        if self._erased or (self._written == len(session.events) and not self._status.problem):
            return
        if time.monotonic() < self._not_before and not at_once:
            self._status = self._standing(self._status.problem)
            return
        try:
            self._write(session, bank, clock)
            if not self._erased:
                self._read_back()
        except StoreError as error:
            self.could_not(error)

    def could_not(self, error: StoreError) -> None:
        """Note that the store cannot be used now; the next attempt comes after a pause."""
        if error.kind != self._status.problem:
            _log.warning("answers are not being saved: %s", error)
        self._not_before = time.monotonic() + self._pause
        self._status = self._standing(error.kind)

    def _take_up(self, session: Session) -> None:
        if self._session is not None and session is not self._session:
            self._forget()
            self._status = Status()
        self._session = session

    def _write(self, session: Session, bank: Bank, clock: Clock) -> None:
        if self._person is None:
            self._person = self.people.admit(self.key)
        if self.cohort is not None and self.consent_text is not None:
            self.people.consent(self._person.id, self.cohort, self.consent_text)
            self.consent_text = None
        while self._written < len(session.events):
            end = len(session.events)
            entries = [self._entry(session, place) for place in range(self._written, end)]
            answered = (session.exercises[entry.event.position].scenario for entry in entries if isinstance(entry.event, Answered))
            bodies = {scenario.content: scenario.record() for scenario in answered}
            try:
                if self._number is None:
                    head = Head(self._name, self._person.id, self._quiz, __version__, self.cohort)
                    self._number = self.log.begin(head, entries, bodies)
                else:
                    self.log.append(self._number, self._written, entries, bodies)
                self._written = end
            except ConflictError:
                if not self._came_through(entries):
                    self._yield_to_other(session, bank, clock)
                    return

    def _came_through(self, entries: Sequence[Entry]) -> bool:
        """Tell whether the conflict is with our own write, whose confirmation was lost; then it counts as written."""
        if self._number is None:
            self._number = self.log.number(self._name)
        if self._number is None:
            return False
        there = self.log.entries(self._number, self._written)
        if not there or there != [Entry(entry.event, entry.submission) for entry in entries[: len(there)]]:
            return False
        self._written += len(there)
        return True

    def _yield_to_other(self, session: Session, bank: Bank, clock: Clock) -> None:
        """Go on from what the store has; answers that were given here alone come after it."""
        own = session.events[self._written :]
        theirs = None if self._number is None else self._read(self._number, bank, clock)
        if theirs is None:  # erased, by the learner or for her; it is not to come back
            self._erased = True
            self._status = Status(problem="erased")
            return
        theirs.take_over(event for event in own if isinstance(event, Answered))
        raise OvertakenError(theirs)

    def _entry(self, session: Session, place: int) -> Entry:
        event = session.events[place]
        if not isinstance(event, Answered):
            return Entry(event, self._submissions.get(place))
        planned = session.state.plan[event.position]
        scenario = session.exercises[event.position].scenario
        details = AnswerDetails(
            scenario.id,
            scenario.content,
            planned.format_name,
            planned.order,
            seconds_before(session.events, place),
            language_at(session.events, place),
        )
        return Entry(event, self._submissions.get(place), details)

    def _read_back(self) -> None:
        found = Saved() if self._number is None else self.log.saved(self._number)
        self._status = Status(found.answers, found.since)

    def _standing(self, problem: Problem | Literal[""]) -> Status:
        pending = self._session.events[self._written :] if self._session else []
        unsaved = sum(isinstance(event, Answered) for event in pending)
        return Status(self._status.saved, self._status.since, unsaved, problem)


def seconds_before(events: Sequence[Event], place: int) -> float | None:
    """Return how long the exercise had been on the screen when it was answered, in seconds, since it last came there."""
    answered = events[place]
    assert isinstance(answered, Answered)
    for event in reversed(events[:place]):
        if isinstance(event, Shown):
            return max(0.0, (answered.at - event.at).total_seconds()) if event.position == answered.position else None
    return None


def language_at(events: Sequence[Event], place: int) -> str:
    """Return the language of the screen at a place in the events."""
    return next(event.lang for event in reversed(events[:place]) if isinstance(event, Started | LanguageChanged))
