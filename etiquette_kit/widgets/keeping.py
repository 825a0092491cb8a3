"""How a quiz keeps its answers: from when on, for whom, with whose consent."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from etiquette_kit.bank import Bank
from etiquette_kit.session import Clock, Session

if TYPE_CHECKING:
    from etiquette_kit.records.errors import Kind
    from etiquette_kit.records.recorder import Recorder, Status
    from etiquette_kit.records.store import Store

Consent = Literal["", "due", "given", "refused"]


class Keeping:
    """Stands between a quiz and the store, which is brought in and opened when something is to be kept.

    A quiz in a browser keeps its answers from the moment that the browser has said whose they are; a quiz that is driven
    from Python, when it was given a store or ``ETIQUETTE_STORE`` names one.

    Parameters
    ----------
    quiz : str
        Which quiz it is; a session is taken up again by it.
    bank : Bank
        Its scenarios.
    clock : callable
        Returns the time, in UTC.
    store : Store, str or Path, optional
        Where; default ``ETIQUETTE_STORE``, else a file in the user's data folder.
    key : str, optional
        The token that tells whose answers they are; default one of its own.
    cohort : str, optional
        The group whose results are collected; default ``ETIQUETTE_COHORT``, else none.
    """

    def __init__(self, quiz: str, bank: Bank, clock: Clock, store: Store | str | Path | None, key: str | None, cohort: str | None) -> None:
        self.cohort = cohort or os.environ.get("ETIQUETTE_COHORT") or None
        self._quiz, self._bank, self._clock = f"{quiz} in {self.cohort}" if self.cohort else quiz, bank, clock
        self._given, self._key = store, key
        self._asked_for = store is not None or "ETIQUETTE_STORE" in os.environ
        self._recorder: Recorder | None = None
        self._agreed: bool | None = None
        self._refused: Kind | None = None
        self._told = False

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
        from etiquette_kit.records.errors import StoreError

        try:
            return self._begin(key)
        except StoreError as error:  # an address that cannot be one
            self._refused = error.kind
            return None

    def take_up(self) -> Session | None:
        """Take up what belongs to the key that the quiz was given in Python; None where there is none."""
        return self._begin(self._key) if self._key else None

    def _begin(self, key: str) -> Session | None:
        from etiquette_kit.records.errors import StoreError
        from etiquette_kit.records.recorder import Recorder
        from etiquette_kit.records.store import Store

        store = self._given if isinstance(self._given, Store) else Store(self._given)
        self._given = store  # the next person on this page has the same store
        self._recorder, self._agreed = Recorder(store, self._quiz, key, cohort=self.cohort), None
        try:
            session = self._recorder.resume(self._bank, self._clock)
            if session is not None:
                self._agreed = True
            elif self.cohort and self._recorder.person:
                self._agreed = self._recorder.people.consented(self._recorder.person.id, self.cohort) or None
        except StoreError as error:
            self._recorder.could_not(error)
            return None
        return session

    def forget(self) -> None:
        """Begin anew with the same token, after what was kept is erased."""
        if self._recorder is not None:
            self._begin(self._recorder.key)

    def news(self) -> Path | None:
        """Return where a damaged store was moved to; once."""
        if self._recorder is None or self._told:
            return None
        self._told = self._recorder.store.set_aside is not None
        return self._recorder.store.set_aside

    # ---- consent ----------------------------------------------------------------------------------------------------------

    @property
    def consent(self) -> Consent:
        """Whether consent is needed, for a cohort or a store that is not on this machine, and how it stands."""
        recorder = self._recorder
        if recorder is None or not (self.cohort or not recorder.store.is_own_file):
            return ""
        return "due" if self._agreed is None else "given" if self._agreed else "refused"

    def decide(self, session: Session, text: str, *, agreed: bool) -> None:
        """Note whether someone agreed to the words that were shown."""
        if self._recorder is None:
            self.driven()
        assert self._recorder is not None
        self._agreed = agreed
        self._recorder.consent_text = text if agreed else None
        self._recorder.cohort = self.cohort if agreed else None
        self.keep(session)

    # ---- keeping ----------------------------------------------------------------------------------------------------------

    def driven(self) -> None:
        """Begin to keep what is driven from Python, where that was asked for."""
        if self._recorder is None and self._asked_for:
            self._begin(self._key or secrets.token_urlsafe(16))

    def keep(self, session: Session, *, at_once: bool = False) -> Session | None:
        """Write what is not in the store yet.

        Returns
        -------
        Session or None
            The session to go on with, when this one went on in another window.
        """
        if self._recorder is None or not self.active:
            return None
        from etiquette_kit.records.recorder import OvertakenError

        try:
            self._recorder.keep(session, self._bank, self._clock, at_once=at_once)
        except OvertakenError as overtaken:
            return overtaken.session
        return None

    @property
    def active(self) -> bool:
        """Whether answers are kept, or tried to be."""
        recorder = self._recorder
        return recorder is not None and (recorder.store.is_own_file or self._agreed is True)

    @property
    def status(self) -> Status | None:
        """How things stand; None while nothing is kept."""
        if self._refused is not None:
            from etiquette_kit.records.recorder import Status

            return Status(problem=self._refused)
        return self._recorder.status if self._recorder is not None and self.active else None
