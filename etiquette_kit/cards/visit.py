"""A learner's visit to a quiz: identification, resuming, consent, and the change to another learner."""

from __future__ import annotations

from collections.abc import Callable

from etiquette_kit.cards.my_data import MyData
from etiquette_kit.cards.quiz_messages import EraseSure, MyDataMessage, TakeCode
from etiquette_kit.content.material import shared_languages
from etiquette_kit.locale import catalog
from etiquette_kit.present.answer_saving import consent_text, problem_reason
from etiquette_kit.quiz.answer_persistence import AnswerPersistence
from etiquette_kit.quiz.events import Started
from etiquette_kit.quiz.rounds import Rounds
from etiquette_kit.quiz.session import Session


class Visit:
    """Manages the changes between sessions and learners, and the saving of their answers.

    Parameters
    ----------
    rounds : Rounds
        The sessions of the quiz.
    persistence : AnswerPersistence
        What saves them.
    mine : MyData
        The page about one's own answers.
    lang : str
        The initial language of the page.
    switch : callable
        Changes the language of the page.

    Attributes
    ----------
    at_start : bool
        Whether the start page is on the screen.
    """

    def __init__(self, rounds: Rounds, persistence: AnswerPersistence, mine: MyData, lang: str, switch: Callable[[str], None]) -> None:
        self._rounds, self._persistence, self._mine = rounds, persistence, mine
        self._first_lang, self._switch = lang, switch
        self.at_start = True
        self._continue_with(persistence.resume_own(), lang)

    # ---- learner ----------------------------------------------------------------------------------------------------------

    def identify(self, key: str, lang: str, *, learner_changed: bool) -> None:
        """Identify the learner by the browser's token, and resume the latest session; ``learner_changed`` when it is another learner."""
        if learner_changed:
            self._reset(lang)
        if learner_changed or self._persistence.recorder is None:
            self._resume(lang, key)

    def start(self, lang: str, *, agreed: bool) -> None:
        """Leave the start page, with the learner's decision about consent."""
        self.at_start = False
        if self._persistence.consent == "due":
            self._persistence.decide(consent_text(self._persistence, lang), agreed=agreed)
        self._rounds.start_now(self._first_lang)
        self._rounds.session.set_language(lang)

    def act_on_my_data(self, message: MyDataMessage, lang: str) -> str:
        """Carry out an action of the page about one's own answers; return a message to the user, or an empty string."""
        from etiquette_kit.quiz.store_errors import ConflictError, StoreError

        words = catalog(lang)
        try:
            if isinstance(message, TakeCode):
                if not self._mine.take_code(message.code):
                    return words("mine.no_code")
                self._reset(lang)
                self._resume(lang)
                return ""
            erasing = isinstance(message, EraseSure) and self._mine.confirming
            notice = self._mine.act(message, words)
            if erasing:
                self._reset(lang)
            notice = notice or self.report(lang)
        except StoreError as error:
            return problem_reason(self._persistence, error.kind, words)
        except ConflictError:  # the answers have just been erased in another window
            return words("mine.nothing")
        return notice

    def report(self, lang: str) -> str:
        """Return the result of an erasure or an import, once it is known; imported answers are resumed."""
        importing = self._mine.importing
        notice = self._mine.report(catalog(lang))
        if importing and not self._mine.importing and self.at_start:
            self._resume(lang)
        return notice

    def _resume(self, lang: str, key: str | None = None) -> None:
        """Resume the answers of a token, by default the present one."""
        known = key or (self._persistence.recorder and self._persistence.recorder.key)
        session = self._persistence.resume_token(known) if known else None
        if self.at_start:
            self._continue_with(session, lang)

    def _continue_with(self, session: Session | None, lang: str) -> None:
        """Continue with a session from the store, if there is one, in its language or that of the page."""
        if session is None or lang not in shared_languages(exercise.material for exercise in session.exercises):
            return  # a session that cannot be shown in this language can be continued in another
        self._rounds.adopt(session)
        self.at_start = False
        started = session.events[0]
        if isinstance(started, Started) and started.lang == self._first_lang and session.state.lang in self._rounds.languages:
            lang = session.state.lang  # the learner had chosen it on a page like this one; a page with another initial language keeps it
            self._switch(lang)
        session.show(session.state.position)  # restarts the time on the screen
        session.set_language(lang)

    def _reset(self, lang: str) -> None:
        self._rounds.begin(lang)
        self.at_start, self._mine.open = True, False

    # ---- saving -----------------------------------------------------------------------------------------------------------

    def save(self, lang: str, *, at_once: bool = False) -> str:
        """Write the unsaved events; return a message to the user if the session was continued in another window, or an empty string."""
        key = ""
        while (overtaken := self._persistence.save(self._rounds.session, at_once=at_once)) is not None:
            self._rounds.adopt(overtaken.session)
            self._rounds.session.set_language(lang)
            key = key if key.endswith("_first") else "store.overtaken_first" if overtaken.dropped else "store.overtaken"
        return catalog(lang)(key) if key else ""

    def retry(self, lang: str) -> str:
        """Retry at once what could not be read or written; return a message to the user, or an empty string."""
        if not self.at_start:
            return self.save(lang, at_once=True)
        self._persistence.save_previous(at_once=True)
        self._resume(lang)
        return ""
