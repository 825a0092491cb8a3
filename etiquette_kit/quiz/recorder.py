"""Saving the current session to a store: before the page confirms it, and with retries after failures."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from typing import Literal

import msgspec

from etiquette_kit import __version__
from etiquette_kit.bank import Bank
from etiquette_kit.quiz.answer_store import AnswerStore
from etiquette_kit.quiz.entries import Participant, Saved, SessionHead
from etiquette_kit.quiz.session import Clock, Session
from etiquette_kit.quiz.session_log import SessionLog
from etiquette_kit.quiz.store_errors import ConflictError, StoreError, StoreErrorKind

_log = logging.getLogger(__name__)

PAUSE = 3.0
"""Seconds between a failed attempt and the next one, so that a store that does not respond does not slow down the quiz."""

_MAX_MERGES = 10
"""How many times in a row another window's writes are merged before the attempt counts as failed."""

StoreProblem = StoreErrorKind | Literal["erased"]


class Status(msgspec.Struct, frozen=True):
    """The status of saving answers.

    Attributes
    ----------
    saved : int
        The number of answers to this quiz in the store, of all its sessions.
    since : datetime or None
        The start of the first session, in UTC.
    unsaved : int
        The number of answers that are not in the store yet, of this session and earlier ones.
    problem : str
        Why they are not: a kind of ``StoreError``, or ``erased``; empty if there is no problem.
    """

    saved: int = 0
    since: datetime | None = None
    unsaved: int = 0
    problem: StoreProblem | Literal[""] = ""


class SupersededError(RuntimeError):
    """The session was continued elsewhere.

    Attributes
    ----------
    session : Session
        The session in the store, merged with the answers that only this window has.
    dropped : int
        How many answers in this window do not count, because the exercise was answered there first, or the session finished.
    """

    def __init__(self, session: Session, dropped: int) -> None:
        super().__init__("the session was continued in another window")
        self.session, self.dropped = session, dropped


class Recorder:
    """Saves the sessions of one quiz for one participant.

    Parameters
    ----------
    store : AnswerStore
        The store.
    quiz : str
        The name of the quiz, by which its sessions are found again.
    key : str
        The participant's token.
    cohort : str or None
        The cohort to which they belong, once the participant has agreed.
    pause : float, optional
        Seconds between two attempts while the store cannot be written; default ``PAUSE``.

    Attributes
    ----------
    consent_text : str or None
        The text to which the participant has agreed, stored with the next write.
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
        """The status after the last attempt."""
        return self._status

    @property
    def person(self) -> Participant | None:
        """The participant; None until stored."""
        return self._person

    def resume(self, bank: Bank, clock: Clock) -> Session | None:
        """Return the participant's latest session of the quiz; further events are added to it.

        Returns
        -------
        Session or None
            None where there is none, or the bank has none of its scenarios any more.

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

    def save(self, session: Session, bank: Bank, clock: Clock, *, at_once: bool = False) -> None:
        """Write the unsaved events, and update the status from the store.

        Raises no error while the store cannot be written: ``status`` has the problem, and the next call tries again.

        Parameters
        ----------
        session : Session
            The current session; when it is not the same as last time, the previous one is still written.
        bank : Bank
            Its scenarios.
        clock : callable
            Returns the time, in UTC.
        at_once : bool
            Try even if the last attempt has just failed.

        Raises
        ------
        SupersededError
            When the session was continued elsewhere; the error has the session to continue with.
        """
        run = self._take_up(session)
        if self._erased or (run.is_stored and not self._waiting and not self._status.problem and not self._status.unsaved):
            return
        if time.monotonic() < self._not_before and not at_once:
            self._status = self._status_with(self._status.problem)
            return
        self._not_before = 0.0
        try:
            self._write(run, bank, clock)
        except StoreError as error:
            self.note_failure(error)

    def save_remaining(self, bank: Bank, clock: Clock, *, at_once: bool = False) -> bool:
        """Try again to write the unsaved events of a participant who has left; return whether all are written."""
        if self._run is not None:
            try:
                self.save(self._run.session, bank, clock, at_once=at_once)
            except SupersededError:
                _log.info("a session that the participant had left was continued in another window")
        return not self.has_unsaved

    @property
    def has_unsaved(self) -> bool:
        """Whether there are events still to be written."""
        return not self._erased and (bool(self._waiting) or (self._run is not None and not self._run.is_stored))

    def note_failure(self, error: StoreError) -> None:
        """Record that the store cannot be used now; the next attempt is after a pause."""
        if error.kind != self._status.problem:
            _log.warning("answers are not being saved: %s", error)
        self._not_before = time.monotonic() + self._pause
        self._status = self._status_with(error.kind)

    def _take_up(self, session: Session) -> SessionLog:
        if self._run is None or session is not self._run.session:
            if self.has_unsaved and self._run is not None:
                self._waiting.append(self._run)
            self._run, self._erased = SessionLog(session), False
            self._status = self._status_with(self._status.problem)
        return self._run

    def _write(self, run: SessionLog, bank: Bank, clock: Clock) -> None:
        self._store_changed()
        for earlier in list(self._waiting):
            written = self._write_or_merge(earlier, bank, clock)
            at = self._waiting.index(earlier)
            self._waiting[at : at + 1] = [] if written is None or written[0].is_stored else [written[0]]  # an erased session is not retried
        written = self._write_or_merge(run, bank, clock)
        if written is None:
            self._erased = True
            self._status = Status(problem="erased")
            return
        merged, dropped = written
        self._run = merged
        self._read_back(merged)
        if merged is not run:
            raise SupersededError(merged.session, dropped)

    def _write_or_merge(self, run: SessionLog, bank: Bank, clock: Clock) -> tuple[SessionLog, int] | None:
        """Write a session; return it, merged with its continuation elsewhere, and the number of answers lost; None when it was erased."""
        dropped = 0
        for _ in range(_MAX_MERGES):
            if self._store_consent() and run.write(self.store, self._head):
                return run, dropped
            if self._store_changed():
                continue
            theirs = None if run.number is None else SessionLog.read(self.store, run.number, bank, clock)
            if theirs is None:
                return None
            dropped += theirs.merge(run)
            run = theirs
        raise StoreError("locked", f"{self.store.name}: the session is constantly changed in other windows")

    def _store_changed(self) -> bool:
        """Return whether the store was replaced by another one; then everything has to be written to that."""
        self.store.prepare()
        before, self._identity = self._identity, self.store.identity
        if before in (None, self._identity):
            return False
        self._person, self._consent_kept = None, False
        for run in (*self._waiting, *([self._run] if self._run else [])):
            run.move()
        return True

    def _store_consent(self) -> bool:
        """Store the consent, if there is one; return whether the participant still exists."""
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

    def _status_with(self, problem: StoreProblem | Literal[""]) -> Status:
        unsaved = sum(run.unsaved for run in (*self._waiting, *([self._run] if self._run else [])))
        return Status(self._status.saved, self._status.since, unsaved, problem)
