"""Someone's visit to a quiz: greeted, taken up where she was, asked for consent, and followed by somebody else."""

from __future__ import annotations

from collections.abc import Callable

from etiquette_kit.cards.my_data import MyData
from etiquette_kit.cards.quiz_messages import EraseSure, MyDataMessage, TakeCode
from etiquette_kit.locale import catalog
from etiquette_kit.present.answer_saving import consent_text, trouble_reason
from etiquette_kit.quiz.answer_persistence import AnswerPersistence
from etiquette_kit.quiz.events import Started
from etiquette_kit.quiz.rounds import Rounds
from etiquette_kit.quiz.session import Session


class Visit:
    """Leads from one session and one person to the next, with what is kept of them.

    Parameters
    ----------
    rounds : Rounds
        The sessions of the quiz.
    keeping : AnswerPersistence
        What keeps them.
    mine : Mine
        The page about one's own answers.
    lang : str
        The language of the page before anybody has switched it.
    switch : callable
        Switches the language of the page.

    Attributes
    ----------
    at_start : bool
        Whether the start page is on the screen.
    """

    def __init__(self, rounds: Rounds, keeping: AnswerPersistence, mine: MyData, lang: str, switch: Callable[[str], None]) -> None:
        self._rounds, self._keeping, self._mine = rounds, keeping, mine
        self._first_lang, self._switch = lang, switch
        self.at_start = True
        self._go_on_with(keeping.take_up(), lang)

    # ---- who --------------------------------------------------------------------------------------------------------------

    def greet(self, key: str, lang: str, *, anew: bool) -> None:
        """Learn from the browser whose answers these are, and take up again what she was at; ``anew`` when somebody else sits down."""
        if anew:
            self._begin_anew(lang)
        if anew or self._keeping.recorder is None:
            self._look_again(lang, key)

    def start(self, lang: str, *, agreed: bool) -> None:
        """Leave the start page, on which one could agree."""
        self.at_start = False
        if self._keeping.consent == "due":
            self._keeping.decide(consent_text(self._keeping, lang), agreed=agreed)
        self._rounds.start_now(self._first_lang)
        self._rounds.session.set_language(lang)

    def act_on_mine(self, message: MyDataMessage, lang: str) -> str:
        """Carry out what the page about one's own answers asks for; return what to tell, or nothing."""
        from etiquette_kit.quiz.store_errors import ConflictError, StoreError

        words = catalog(lang)
        try:
            if isinstance(message, TakeCode):
                if not self._mine.take_code(message.code):
                    return words("mine.no_code")
                self._begin_anew(lang)
                self._look_again(lang)
                return ""
            erasing = isinstance(message, EraseSure) and self._mine.confirming
            told = self._mine.act(message, words)
            if erasing:
                self._begin_anew(lang)
            told = told or self.hear(lang)
        except StoreError as error:
            return trouble_reason(self._keeping, error.kind, words)
        except ConflictError:  # what it was about has just been deleted in another window
            return words("mine.nothing")
        return told

    def hear(self, lang: str) -> str:
        """Return what has become of an erasure or of a file, once that is known; what came from a file is gone on with."""
        importing = self._mine.importing
        told = self._mine.news(catalog(lang))
        if importing and not self._mine.importing and self.at_start:
            self._look_again(lang)
        return told

    def _look_again(self, lang: str, key: str | None = None) -> None:
        """Take up what belongs to a token; default the one that is known."""
        known = key or (self._keeping.recorder and self._keeping.recorder.key)
        session = self._keeping.greet(known) if known else None
        if self.at_start:
            self._go_on_with(session, lang)

    def _go_on_with(self, session: Session | None, lang: str) -> None:
        """Go on with a session from the store, where there is one, in its language or in that of the page."""
        if session is None:
            return
        self._rounds.adopt(session)
        self.at_start = False
        started = session.events[0]
        if isinstance(started, Started) and started.lang == self._first_lang and session.state.lang in self._rounds.languages:
            lang = session.state.lang  # what she had switched to on this page; another page's language wins
            self._switch(lang)
        session.show(session.state.position)  # the time on the screen begins anew
        session.set_language(lang)

    def _begin_anew(self, lang: str) -> None:
        self._rounds.begin(lang)
        self.at_start, self._mine.open = True, False

    # ---- what is kept -----------------------------------------------------------------------------------------------------

    def keep(self, lang: str, *, at_once: bool = False) -> str:
        """Write what is not in the store yet; return what to tell when the session went on in another window, or nothing."""
        told = ""
        while (overtaken := self._keeping.keep(self._rounds.session, at_once=at_once)) is not None:
            self._rounds.adopt(overtaken.session)
            self._rounds.session.set_language(lang)
            told = told if told.endswith("_first") else "store.overtaken_first" if overtaken.dropped else "store.overtaken"
        return catalog(lang)(told) if told else ""

    def try_again(self, lang: str) -> str:
        """Try at once what could not be read or written; return what to tell, or nothing."""
        if not self.at_start:
            return self.keep(lang, at_once=True)
        self._keeping.keep_left(at_once=True)
        self._look_again(lang)
        return ""
