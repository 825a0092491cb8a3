"""When a quiz stores its answers, for whom, and with which consent."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Union

from msgspec.structs import replace

from etiquette_kit.bank import Bank
from etiquette_kit.quiz.session import Clock, Session

if TYPE_CHECKING:
    from etiquette_kit.quiz.answer_import import AnswerImport
    from etiquette_kit.quiz.answer_store import AnswerStore
    from etiquette_kit.quiz.played_sessions import PlayedSession
    from etiquette_kit.quiz.recorder import Recorder, Status, SupersededError
    from etiquette_kit.quiz.store_errors import StoreErrorKind

Consent = Literal["", "due", "given", "refused"]
StoreGiven = Union["AnswerStore", "Callable[[], AnswerStore]"]
"""A store, or a function that opens it when it is needed."""


class AnswerPersistence:
    """Saves a quiz to a store, which is opened only when it is needed.

    In a browser, answers are saved as soon as the browser has sent the learner's token; in a quiz controlled from Python, only if
    requested.

    Parameters
    ----------
    quiz : str
        The name of the quiz, by which its sessions are found again.
    bank : Bank
        Its scenarios.
    clock : callable
        Returns the time, in UTC.
    store : AnswerStore or callable
        The store, or a function that opens it.
    key : str, optional
        The learner's token; default a random one.
    cohort : str, optional
        The group whose results are collected; default ``ETIQUETTE_COHORT``, else none.
    driven : bool
        Whether answers from Python are saved as well.

    Attributes
    ----------
    quiz : str
        The name under which its sessions are stored.
    on_progress : callable or None
        Called when an asynchronous store has made progress.

    Raises
    ------
    ValueError
        When the cohort's name cannot be shown and stored.
    """

    def __init__(
        self, quiz: str, bank: Bank, clock: Clock, store: StoreGiven, key: str | None, cohort: str | None, *, driven: bool = False
    ) -> None:
        self.cohort = checked_cohort(cohort or os.environ.get("ETIQUETTE_COHORT") or None)
        self.quiz = _stored_name(f"{quiz} in {self.cohort}" if self.cohort else quiz)
        self._bank, self._clock = bank, clock
        self._given, self._key, self._store = store, key, None if callable(store) else store
        self._saves_driven = driven
        self.on_progress: Callable[[], None] | None = None
        self._recorder: Recorder | None = None
        self._previous: list[Recorder] = []
        self._agreed: bool | None = None
        self._store_problem: StoreErrorKind | None = None
        self._reported: set[Path] = set()

    # ---- learner ----------------------------------------------------------------------------------------------------------

    @property
    def recorder(self) -> Recorder | None:
        """The recorder of the current learner; None while the learner is unknown."""
        return self._recorder

    def resume_token(self, key: str) -> Session | None:
        """Resume the answers of a browser's token.

        Returns
        -------
        Session or None
            The latest session of this quiz.
        """
        from etiquette_kit.quiz.store_errors import StoreError

        try:
            return self._resume(key)
        except StoreError as error:  # an invalid address
            self._store_problem = error.kind
            return None

    def resume_own(self) -> Session | None:
        """Resume the answers of the key that was passed in Python; return None where there is none."""
        return self._resume(self._key) if self._key else None

    def _resume(self, key: str) -> Session | None:
        from etiquette_kit.quiz.recorder import Recorder
        from etiquette_kit.quiz.store_errors import StoreError

        if self._store is None:  # the next learner on this page uses the same store
            self._store = _opened(self._given)
        store = self._store
        if self._notify not in store.watchers:
            store.watchers.append(self._notify)
        if self._recorder is not None and self._recorder.has_unsaved:
            self._previous.append(self._recorder)  # the previous learner has unsaved answers
        self._recorder, self._agreed = Recorder(store, self.quiz, key, cohort=self.cohort), None
        try:
            session = self._recorder.resume(self._bank, self._clock)
            agreed = self._has_agreed() if self.cohort else session is not None
        except StoreError as error:
            self._recorder.note_failure(error)
            return None
        # A stored session keeps its consent: it was agreed to, or started outside the cohort.
        self._agreed = True if agreed else False if session is not None else None
        if self._agreed is False:
            self._recorder.cohort = None
        return session

    def _notify(self) -> None:
        if self.on_progress is not None:
            self.on_progress()

    def _has_agreed(self) -> bool:
        assert self._recorder is not None
        assert self.cohort is not None
        person = self._recorder.person
        return person is not None and self._recorder.store.consented(person.id, self.cohort)

    def start_again(self) -> None:
        """Start again with the same token after an erasure; unsaved answers are dropped as well."""
        if self._recorder is not None:
            key, self._recorder = self._recorder.key, None
            self._previous = [recorder for recorder in self._previous if recorder.key != key]
            self._resume(key)

    def damage(self) -> list[tuple[str, Path]]:
        """Return damage found and the paths concerned, each once: ``set_aside`` for a file, ``damaged_log`` for a copy of its log."""
        if self._recorder is None:
            return []
        store = self._recorder.store
        found = [("damaged_log", store.damaged_log), ("set_aside", store.set_aside)]
        news = [(what, path) for what, path in found if path is not None and path not in self._reported]
        self._reported.update(path for _, path in news)
        return news

    @property
    def where(self) -> str:
        """The kind of store; empty while it is not opened."""
        return "" if self._store is None else self._store.where

    @property
    def imports_files(self) -> bool:
        """Whether answers can be imported from a file."""
        from etiquette_kit.quiz.answer_store import ImportsAnswers

        return self._recorder is not None and isinstance(self._recorder.store, ImportsAnswers)

    def import_file(self, text: str) -> AnswerImport:
        """Import the answers from an exported file.

        Raises
        ------
        AnswerFileError
            When it is no such file; nothing is imported then.
        StoreError
            When the store cannot be used now.
        """
        from etiquette_kit.quiz.answer_file import read_answer_file
        from etiquette_kit.quiz.answer_import import AnswerImport
        from etiquette_kit.quiz.answer_store import ImportsAnswers

        sessions = read_answer_file(text, self._bank)
        assert self._recorder is not None
        store, key = self._recorder.store, self._recorder.key
        assert isinstance(store, ImportsAnswers)
        return AnswerImport(store, store.admit(key), sessions, self._bank, self._clock)

    def played(self, session: Session) -> list[PlayedSession]:
        """Return the sessions of the current learner, including the running one."""
        from etiquette_kit.quiz.played_sessions import played_sessions

        recorder = self._recorder
        if recorder is None:
            return played_sessions(None, None, self.quiz, session.events)
        return played_sessions(recorder.store, recorder.store.participant(recorder.key), self.quiz, session.events)

    # ---- consent ----------------------------------------------------------------------------------------------------------

    @property
    def consent(self) -> Consent:
        """The state of the consent, which is needed for a cohort or a store that is not on this machine; empty where it is not."""
        recorder = self._recorder
        if recorder is None or not (self.cohort or recorder.store.where == "server"):
            return ""
        return "due" if self._agreed is None else "given" if self._agreed else "refused"

    def decide(self, text: str, *, agreed: bool) -> None:
        """Record whether the learner agreed to the text that was shown.

        Raises
        ------
        ValueError
            When no answers are saved.
        """
        self.start_if_driven()
        if self._recorder is None:
            raise ValueError("no answers are saved; give the quiz a store, or set ETIQUETTE_STORE")
        self._agreed = agreed
        self._recorder.consent_text = text if agreed else None
        self._recorder.cohort = self.cohort if agreed else None

    # ---- saving -----------------------------------------------------------------------------------------------------------

    def start_if_driven(self) -> None:
        """Start to save answers from Python, if requested."""
        if self._recorder is None and self._saves_driven:
            self._resume(self._key or _random_key())

    def save(self, session: Session, *, at_once: bool = False) -> SupersededError | None:
        """Write the unsaved events.

        Returns
        -------
        SupersededError or None
            Has the session to continue with, when this one was continued in another window.
        """
        self.save_previous(at_once=at_once)
        if self._recorder is None or not self.active:
            return None
        from etiquette_kit.quiz.recorder import SupersededError

        try:
            self._recorder.save(session, self._bank, self._clock, at_once=at_once)
        except SupersededError as overtaken:
            return overtaken
        return None

    def save_previous(self, *, at_once: bool = False) -> None:
        """Write the unsaved answers of previous learners."""
        self._previous = [recorder for recorder in self._previous if not recorder.save_remaining(self._bank, self._clock, at_once=at_once)]

    @property
    def active(self) -> bool:
        """Whether answers are saved, or attempts are made."""
        recorder = self._recorder
        return recorder is not None and (recorder.store.where != "server" or self._agreed is True)

    @property
    def is_persistent(self) -> bool:
        """Whether answers are saved, or attempts are made, beyond the life of this page."""
        return self.active and self._store_is_persistent

    @property
    def _store_is_persistent(self) -> bool:
        return callable(self._given) if self._store is None else self._store.where != "memory"

    @property
    def will_save(self) -> bool:
        """Whether answers are going to be saved, as far as is known before the learner's token."""
        return self._store_problem is None and self._store_is_persistent and (self._recorder is None or self.active)

    @property
    def status(self) -> Status | None:
        """The status of saving; None while nothing is saved."""
        if self._store_problem is not None:
            from etiquette_kit.quiz.recorder import Status

            return Status(problem=self._store_problem)
        own = self._recorder.status if self._recorder is not None and self.is_persistent else None
        if not self._previous:
            return own
        left = [recorder.status for recorder in self._previous]
        unsaved = sum(status.unsaved for status in (*left, *([own] if own else [])))
        problem = (own and own.problem) or left[0].problem
        return replace(own or left[0], saved=own.saved if own else 0, since=own.since if own else None, unsaved=unsaved, problem=problem)


def _opened(given: StoreGiven) -> AnswerStore:
    return given() if callable(given) else given


def _random_key() -> str:
    import secrets  # loads OpenSSL

    return secrets.token_urlsafe(16)


def checked_cohort(cohort: str | None) -> str | None:
    """Return a cohort's name if it can be shown and stored.

    Raises
    ------
    ValueError
        When it is too long, or has invisible characters.
    """
    if cohort is None or (cohort.isprintable() and cohort.strip() and len(cohort) <= LONGEST_COHORT):
        return cohort
    message = f"a cohort's name has up to {LONGEST_COHORT} characters that can be seen, not {cohort[: LONGEST_COHORT + 1]!r}"
    raise ValueError(message)


def _stored_name(quiz: str) -> str:
    """Return a quiz's name as it is stored: a hash, where a seed makes it too long or has characters that databases do not accept."""
    if quiz.isprintable() and len(quiz) <= _MAX_NAME_LENGTH:
        return quiz
    from hashlib import sha256  # loads OpenSSL

    return sha256(quiz.encode(errors="surrogatepass")).hexdigest()


LONGEST_COHORT = 100
"""The maximum length of a cohort's name."""

_MAX_NAME_LENGTH = 300
