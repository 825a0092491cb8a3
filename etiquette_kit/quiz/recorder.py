"""Keeping a running session in a store: written before the screen says so, and again and again while that fails."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from typing import Literal

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.quiz.answer_store import AnswerStore
from etiquette_kit.quiz.entries import Participant, Saved, SessionHead
from etiquette_kit.quiz.session import Clock, Session
from etiquette_kit.quiz.session_log import SessionLog
from etiquette_kit.quiz.store_errors import ConflictError, StoreError, StoreErrorKind
from etiquette_kit.version import __version__

_log = logging.getLogger(__name__)

PAUSE = 3.0
"""Seconds after a failed attempt in which no other is made, so that a store that does not answer does not hold up the quiz."""

_TURNS = 10
"""How often in a row others may be faster before the next attempt waits for its turn."""

StoreProblem = StoreErrorKind | Literal["erased"]


class Status(msgspec.Struct, frozen=True):
    """How things stand with what was answered.

    Attributes
    ----------
    saved : int
        Answers to this quiz in the store, of all its runs, as read from it.
    since : datetime or None
        When the first of them began, in UTC.
    unsaved : int
        Answers that are not in the store yet, of this session and of those before it.
    problem : str
        Why not: a kind of ``StoreError``, or ``erased``; empty where all is well.
    """

    saved: int = 0
    since: datetime | None = None
    unsaved: int = 0
    problem: StoreProblem | Literal[""] = ""


class OvertakenError(RuntimeError):
    """The session went on elsewhere.

    Attributes
    ----------
    session : Session
        As the store has it, with what was answered here and nowhere else put after it.
    dropped : int
        How many answers given here do not count, because something else was answered there first, or the session finished.
    """

    def __init__(self, session: Session, dropped: int) -> None:
        super().__init__("the session went on in another window")
        self.session, self.dropped = session, dropped


class Recorder:
    """Keeps the sessions of one quiz for one participant.

    Parameters
    ----------
    store : AnswerStore
        Where.
    quiz : str
        Which quiz it is; sessions are taken up again by it.
    key : str
        The token that tells whose they are.
    cohort : str or None
        The cohort that they count for, once the participant has agreed.
    pause : float, optional
        Seconds between two attempts while the store cannot be written; default ``PAUSE``.

    Attributes
    ----------
    consent_text : str or None
        The words that the participant has agreed to, to be kept with the next write.
    """

    def __init__(self, store: AnswerStore, quiz: str, key: str, *, cohort: str | None = None, pause: float | None = None) -> None:
        self.store, self.key, self.cohort = store, key, cohort
        self.consent_text: str | None = None
        self._quiz, self._pause = quiz, PAUSE if pause is None else pause
        self._person: Participant | None = None
        self._consent_kept = False
        self._run: SessionLog | None = None
        self._waiting: list[SessionLog] = []
        self._erased = False
        self._identity: str | None = None
        self._status = Status()
        self._not_before = 0.0

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
        self._person = self.store.participant(self.key)
        self._identity = self.store.identity
        number = self.store.latest(self._person.id, self._quiz) if self._person else None
        run = None if number is None else SessionLog.read(self.store, number, bank, clock)
        if run is None:
            return None
        self._run = run
        self._read_back(run)
        return run.session

    def keep(self, session: Session, bank: Bank, clock: Clock, *, at_once: bool = False) -> None:
        """Write what is not in the store yet, and read back what is.

        While the store cannot be written nothing is raised: ``status`` tells, and the next call tries again.

        Parameters
        ----------
        session : Session
            The running session; another one than last time begins anew, and the one before is still written.
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
        run = self._take_up(session)
        if self._erased or (run.kept and not self._waiting and not self._status.problem and not self._status.unsaved):
            return
        if time.monotonic() < self._not_before and not at_once:
            self._status = self._standing(self._status.problem)
            return
        self._not_before = 0.0
        try:
            self._write(run, bank, clock)
        except StoreError as error:
            self.failed_to_read(error)

    def keep_on(self, bank: Bank, clock: Clock, *, at_once: bool = False) -> bool:
        """Try again to write what is left, when someone else has the screen by now; tell whether all is written."""
        if self._run is not None:
            try:
                self.keep(self._run.session, bank, clock, at_once=at_once)
            except OvertakenError:
                _log.info("a session that was left went on in another window")
        return not self.behind

    @property
    def behind(self) -> bool:
        """Whether something is not written that is to be."""
        return not self._erased and (bool(self._waiting) or (self._run is not None and not self._run.kept))

    def failed_to_read(self, error: StoreError) -> None:
        """Note that the store cannot be used now; the next attempt comes after a pause."""
        if error.kind != self._status.problem:
            _log.warning("answers are not being saved: %s", error)
        self._not_before = time.monotonic() + self._pause
        self._status = self._standing(error.kind)

    def _take_up(self, session: Session) -> SessionLog:
        if self._run is None or session is not self._run.session:
            if self.behind and self._run is not None:
                self._waiting.append(self._run)
            self._run, self._erased = SessionLog(session), False
            self._status = self._standing(self._status.problem)
        return self._run

    def _write(self, run: SessionLog, bank: Bank, clock: Clock) -> None:
        self._moved()
        for earlier in list(self._waiting):
            brought = self._bring_in(earlier, bank, clock)
            at = self._waiting.index(earlier)
            self._waiting[at : at + 1] = [] if brought is None or brought[0].kept else [brought[0]]  # what was erased is not tried again
        brought = self._bring_in(run, bank, clock)
        if brought is None:
            self._erased = True
            self._status = Status(problem="erased")
            return
        merged, dropped = brought
        self._run = merged
        self._read_back(merged)
        if merged is not run:
            raise OvertakenError(merged.session, dropped)

    def _bring_in(self, run: SessionLog, bank: Bank, clock: Clock) -> tuple[SessionLog, int] | None:
        """Write a session; return it, joined to what it has become elsewhere, and how many answers that cost; None when it was erased."""
        dropped = 0
        for _ in range(_TURNS):
            if self._agreed() and run.write(self.store, self._head):
                return run, dropped
            if self._moved():
                continue
            theirs = None if run.number is None else SessionLog.read(self.store, run.number, bank, clock)
            if theirs is None:
                return None
            dropped += theirs.take_over(run)
            run = theirs
        raise StoreError("locked", f"{self.store.name}: the session goes on in other windows all the time")

    def _moved(self) -> bool:
        """Tell whether another store has taken the place of the one that was written to; then all is to be written there."""
        self.store.prepare()
        before, self._identity = self._identity, self.store.identity
        if before in (None, self._identity):
            return False
        self._person, self._consent_kept = None, False
        for run in (*self._waiting, *([self._run] if self._run else [])):
            run.move()
        return True

    def _agreed(self) -> bool:
        """Keep what was agreed to; tell whether the participant is still there."""
        if self.cohort is not None and self.consent_text is not None and not self._consent_kept:
            try:
                self.store.consent(self._owner().id, self.cohort, self.consent_text)
            except ConflictError:
                return False
            self._consent_kept = True
        return True

    def _owner(self) -> Participant:
        if self._person is None:
            self._person = self.store.admit(self.key)
        return self._person

    def _head(self, name: str) -> SessionHead:
        person = self._owner()
        agreed = self.cohort is not None and (self._consent_kept or self.store.consented(person.id, self.cohort))
        return SessionHead(name, person.id, self._quiz, __version__, self.cohort if agreed else None)

    def _read_back(self, run: SessionLog) -> None:
        found = Saved() if run.number is None else self.store.saved(run.number)
        under_way = sum(entry.unsaved for entry in (*self._waiting, run))
        self._status = Status(found.answers, found.since, under_way)

    def _standing(self, problem: StoreProblem | Literal[""]) -> Status:
        unsaved = sum(run.unsaved for run in (*self._waiting, *([self._run] if self._run else [])))
        return Status(self._status.saved, self._status.since, unsaved, problem)
