"""How a quiz keeps its answers: from when on, for whom, with whose consent."""

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
    from etiquette_kit.quiz.recorder import OvertakenError, Recorder, Status
    from etiquette_kit.quiz.store_errors import StoreErrorKind

Consent = Literal["", "due", "given", "refused"]
StoreGiven = Union["AnswerStore", "Callable[[], AnswerStore]"]
"""What a quiz is given as its store: one, or what opens it when it is needed."""


class AnswerPersistence:
    """Stands between a quiz and the store, which is opened when something is to be kept.

    A quiz in a browser keeps its answers from the moment that the browser has said whose they are; a quiz that is driven
    from Python, when that was asked for.

    Parameters
    ----------
    quiz : str
        Which quiz it is; a session is taken up again by it.
    bank : Bank
        Its scenarios.
    clock : callable
        Returns the time, in UTC.
    store : AnswerStore or callable
        Where, or what opens it.
    key : str, optional
        The token that tells whose answers they are; default one of its own.
    cohort : str, optional
        The group whose results are collected; default ``ETIQUETTE_COHORT``, else none.
    driven : bool
        Whether answers that are given from Python are kept as well.

    Attributes
    ----------
    on_kept : callable or None
        What to call when the store has kept something later, outside of any call.

    Raises
    ------
    ValueError
        When the cohort is no name that can be shown and kept.
    """

    def __init__(
        self, quiz: str, bank: Bank, clock: Clock, store: StoreGiven, key: str | None, cohort: str | None, *, driven: bool = False
    ) -> None:
        self.cohort = checked_cohort(cohort or os.environ.get("ETIQUETTE_COHORT") or None)
        self._quiz, self._bank, self._clock = _kept_name(f"{quiz} in {self.cohort}" if self.cohort else quiz), bank, clock
        self._given, self._key, self._store = store, key, None if callable(store) else store
        self._asked_for = driven
        self.on_kept: Callable[[], None] | None = None
        self._recorder: Recorder | None = None
        self._left: list[Recorder] = []
        self._agreed: bool | None = None
        self._refused: StoreErrorKind | None = None
        self._told: set[Path] = set()

    # ---- whose ------------------------------------------------------------------------------------------------------------

    @property
    def recorder(self) -> Recorder | None:
        """What writes; None while nobody has said whose answers they are."""
        return self._recorder

    def greet(self, key: str) -> Session | None:
        """Take up what belongs to a browser's token.

        Returns
        -------
        Session or None
            Its latest session of this quiz.
        """
        from etiquette_kit.quiz.store_errors import StoreError

        try:
            return self._begin(key)
        except StoreError as error:  # an address that cannot be one
            self._refused = error.kind
            return None

    def take_up(self) -> Session | None:
        """Take up what belongs to the key that the quiz was given in Python; None where there is none."""
        return self._begin(self._key) if self._key else None

    def _begin(self, key: str) -> Session | None:
        from etiquette_kit.quiz.recorder import Recorder
        from etiquette_kit.quiz.store_errors import StoreError

        if self._store is None:  # the next person on this page has the same one
            self._store = _opened(self._given)
        store = self._store
        if self._changed not in store.watchers:
            store.watchers.append(self._changed)
        if self._recorder is not None and self._recorder.behind:
            self._left.append(self._recorder)  # what the one before has answered is still to be saved
        self._recorder, self._agreed = Recorder(store, self._quiz, key, cohort=self.cohort), None
        try:
            session = self._recorder.resume(self._bank, self._clock)
            agreed = self._has_agreed() if self.cohort else session is not None
        except StoreError as error:
            self._recorder.failed_to_read(error)
            return None
        # A session that is there was agreed to, or begun without counting for the cohort: so it goes on.
        self._agreed = True if agreed else False if session is not None else None
        if self._agreed is False:
            self._recorder.cohort = None
        return session

    def _changed(self) -> None:
        if self.on_kept is not None:
            self.on_kept()

    def _has_agreed(self) -> bool:
        assert self._recorder is not None
        assert self.cohort is not None
        person = self._recorder.person
        return person is not None and self._recorder.store.consented(person.id, self.cohort)

    def forget(self) -> None:
        """Begin anew with the same token, after what was kept is erased; what is not saved yet goes as well."""
        if self._recorder is not None:
            key, self._recorder = self._recorder.key, None
            self._left = [recorder for recorder in self._left if recorder.key != key]
            self._begin(key)

    def damage(self) -> list[tuple[str, Path]]:
        """Return what was found damaged and where it is now, each once: ``set_aside``, a file, or ``damaged_log``, a copy of its log."""
        if self._recorder is None:
            return []
        store = self._recorder.store
        found = [("damaged_log", store.damaged_log), ("set_aside", store.set_aside)]
        news = [(what, path) for what, path in found if path is not None and path not in self._told]
        self._told.update(path for _, path in news)
        return news

    @property
    def where(self) -> str:
        """What kind of place answers are kept in; empty while that is not known."""
        return "" if self._recorder is None else self._recorder.store.where

    @property
    def takes_files(self) -> bool:
        """Whether answers can be taken up from a file."""
        from etiquette_kit.quiz.answer_store import ImportsAnswers

        return self._recorder is not None and isinstance(self._recorder.store, ImportsAnswers)

    def take_file(self, text: str) -> AnswerImport:
        """Take up the answers in a file that a store has handed out.

        Raises
        ------
        AnswerFileError
            When it is no such file; nothing is taken then.
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
        """Return what was played here by the same person, the running session included."""
        from etiquette_kit.quiz.played_sessions import played_sessions

        recorder = self._recorder
        if recorder is None:
            return played_sessions(None, None, self._quiz, session.events)
        return played_sessions(recorder.store, recorder.store.participant(recorder.key), self._quiz, session.events)

    # ---- consent ----------------------------------------------------------------------------------------------------------

    @property
    def consent(self) -> Consent:
        """Whether consent is needed, for a cohort or a store that is not on this machine, and how it stands."""
        recorder = self._recorder
        if recorder is None or not (self.cohort or recorder.store.where == "server"):
            return ""
        return "due" if self._agreed is None else "given" if self._agreed else "refused"

    def decide(self, text: str, *, agreed: bool) -> None:
        """Note whether someone agreed to the words that were shown.

        Raises
        ------
        ValueError
            When nothing is kept that one could agree to.
        """
        self.driven()
        if self._recorder is None:
            raise ValueError("nothing is kept; give the quiz a store, or set ETIQUETTE_STORE")
        self._agreed = agreed
        self._recorder.consent_text = text if agreed else None
        self._recorder.cohort = self.cohort if agreed else None

    # ---- keeping ----------------------------------------------------------------------------------------------------------

    def driven(self) -> None:
        """Begin to keep what is driven from Python, where that was asked for."""
        if self._recorder is None and self._asked_for:
            self._begin(self._key or _fresh_key())

    def keep(self, session: Session, *, at_once: bool = False) -> OvertakenError | None:
        """Write what is not in the store yet.

        Returns
        -------
        OvertakenError or None
            It carries the session to go on with, when this one went on in another window.
        """
        self.keep_left(at_once=at_once)
        if self._recorder is None or not self.active:
            return None
        from etiquette_kit.quiz.recorder import OvertakenError

        try:
            self._recorder.keep(session, self._bank, self._clock, at_once=at_once)
        except OvertakenError as overtaken:
            return overtaken
        return None

    def keep_left(self, *, at_once: bool = False) -> None:
        """Write what people before this one have answered and the store could not take."""
        self._left = [recorder for recorder in self._left if not recorder.keep_on(self._bank, self._clock, at_once=at_once)]

    @property
    def active(self) -> bool:
        """Whether answers are kept, or tried to be."""
        recorder = self._recorder
        return recorder is not None and (recorder.store.where != "server" or self._agreed is True)

    @property
    def lasting(self) -> bool:
        """Whether answers are kept, or tried to be, beyond this page."""
        return self.active and self._lasts

    @property
    def _lasts(self) -> bool:
        return callable(self._given) if self._store is None else self._store.where != "memory"

    @property
    def promised(self) -> bool:
        """Whether answers are going to be kept, as far as can be told before somebody has said whose they are."""
        return self._refused is None and self._lasts and (self._recorder is None or self.active)

    @property
    def status(self) -> Status | None:
        """How things stand; None while nothing is kept."""
        if self._refused is not None:
            from etiquette_kit.quiz.recorder import Status

            return Status(problem=self._refused)
        own = self._recorder.status if self._recorder is not None and self.lasting else None
        if not self._left:
            return own
        left = [recorder.status for recorder in self._left]
        unsaved = sum(status.unsaved for status in (*left, *([own] if own else [])))
        problem = (own and own.problem) or left[0].problem
        return replace(own or left[0], saved=own.saved if own else 0, since=own.since if own else None, unsaved=unsaved, problem=problem)


def _opened(given: StoreGiven) -> AnswerStore:
    return given() if callable(given) else given


def _fresh_key() -> str:
    import secrets  # loads OpenSSL

    return secrets.token_urlsafe(16)


def checked_cohort(cohort: str | None) -> str | None:
    """Return a cohort's name when it can be shown and kept.

    Raises
    ------
    ValueError
        When it is too long, or has characters that cannot be seen.
    """
    if cohort is None or (cohort.isprintable() and cohort.strip() and len(cohort) <= LONGEST_COHORT):
        return cohort
    message = f"a cohort's name has up to {LONGEST_COHORT} characters that can be seen, not {cohort[: LONGEST_COHORT + 1]!r}"
    raise ValueError(message)


def _kept_name(quiz: str) -> str:
    """Return a quiz's name as it is kept: a hash, where a seed makes it too long to look up or has characters that no database takes."""
    if quiz.isprintable() and len(quiz) <= _LONGEST_NAME:
        return quiz
    from hashlib import sha256  # loads OpenSSL

    return sha256(quiz.encode(errors="surrogatepass")).hexdigest()


LONGEST_COHORT = 100
"""Characters that the name of a cohort has at most."""

_LONGEST_NAME = 300
