"""The quiz as a widget: a session, its pages, and what the browser may do to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

import msgspec
import traitlets

from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.cards.keeping import Keeping
from etiquette_kit.cards.keeping_pages import keeping_facts, kept
from etiquette_kit.cards.mine import Mine
from etiquette_kit.cards.pages import end_page, feedback, question_page, standing, start_page, topic_title
from etiquette_kit.cards.rounds import Rounds
from etiquette_kit.cards.text_form import text_form
from etiquette_kit.cards.visit import Visit
from etiquette_kit.events import Mode
from etiquette_kit.exercises import Result
from etiquette_kit.locale import catalog
from etiquette_kit.nearest import nearest
from etiquette_kit.session import AnswerError, Clock, Session
from etiquette_kit.spoken import legible
from etiquette_kit.widgets.card import Card
from etiquette_kit.widgets.front_module import module, style

if TYPE_CHECKING:
    from etiquette_kit.records.store import Store

_MODES: tuple[Mode, ...] = ("practice", "test")


class Question(msgspec.Struct, frozen=True):
    """The question on the screen.

    Attributes
    ----------
    id : str
        The scenario's id.
    options : tuple of str
        The option ids in the order shown.
    """

    id: str
    options: tuple[str, ...]


def _now() -> datetime:
    return datetime.now(UTC)


class Quiz(Card):
    """A run through scenarios, in a notebook, on a page, or without any screen.

    Parameters
    ----------
    bank : Bank, optional
        Where the scenarios come from; default the shipped bank.
    lang : str
        The language to begin with; the learner can change it.
    seed : int or str, optional
        Makes scenarios and orders the same in every run; default: shuffled anew each time.
    relation : {"client", "colleague", "boss"}, optional
        Only scenarios about these people.
    event : {"friend_request", "message", "audience"}, optional
        Only scenarios in which this happens.
    theme : str, optional
        Only scenarios of this theme.
    length : int, optional
        How many scenarios; default all.
    mode : {"practice", "test"}
        Feedback after each answer, or at the end.
    clock : callable, optional
        Returns the time of each event, in UTC.
    store : Store, str or Path, optional
        Where answers are kept: a file, or ``postgresql+psycopg://user@host/database``; default ``ETIQUETTE_STORE``, else a
        file in the user's data folder. Played in a browser, a quiz always keeps its answers; driven from Python, when this
        or ``ETIQUETTE_STORE`` is given.
    key : str, optional
        A token that tells whose answers they are; the latest session of this quiz under it is taken up again. In a
        browser the page has its own.
    cohort : str, optional
        The group whose results are collected, once the learner has agreed; default ``ETIQUETTE_COHORT``, else none.

    Raises
    ------
    SelectionError
        When nothing is left to play, or a relation, event or theme does not exist.
    LanguageError
        When there is no such language.
    ValueError
        When there is no such mode, or the cohort is no name that can be shown and kept.

    Examples
    --------
    >>> quiz = Quiz(lang="en", seed=7)
    >>> quiz.answer(quiz.question.options[0]).credit in (0, 1 / 3, 2 / 3, 1)
    True
    """

    _esm = module("quiz.js")
    _css = style("mine.css")
    _tables = ("quiz_card",)

    kept: traitlets.List[Any] = traitlets.List().tag(sync=True)
    since = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        bank: Bank | None = None,
        *,
        lang: str = "de",
        seed: int | str | None = None,
        relation: str | None = None,
        event: str | None = None,
        theme: str | None = None,
        length: int | None = None,
        mode: Mode = "practice",
        clock: Clock = _now,
        store: Store | str | Path | None = None,
        key: str | None = None,
        cohort: str | None = None,
    ) -> None:
        catalog(lang)  # an unknown language is refused before anything is read
        if mode not in _MODES:
            near = nearest(mode, _MODES)
            hint = f"; did you mean {near!r}?" if near else ""
            message = f"there is no mode {mode!r}; there are: {', '.join(_MODES)}{hint}"
            raise ValueError(message)
        self._bank = load_bank() if bank is None else bank
        topic = {"relation": relation, "event": event, "theme": theme}
        self._rounds = Rounds(self._bank, topic, mode, seed, length, clock, lang)
        self._keeping = Keeping(self._rounds.name, self._bank, clock, store, key, cohort)
        self._mine = Mine(self._keeping, self.send)
        self.lang = lang
        self._visit = Visit(self._rounds, self._keeping, self._mine, lang, self._switch)
        super().__init__(self.lang)

    # ---- driving it without a browser -------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The session that is running; it has the events."""
        return self._rounds.session

    @property
    def question(self) -> Question | None:
        """The question on the screen; None at the end."""
        exercise = self.session.exercise
        return None if exercise is None else Question(exercise.scenario.id, exercise.order)

    def answer(self, option_id: str) -> Result | None:
        """Answer the question on the screen; the answer counts and cannot be changed.

        Returns
        -------
        Result or None
            None in test mode, where the feedback waits for the end.

        Raises
        ------
        AnswerError
            When it is refused: there is no such option, the question is answered, or the quiz is finished.
        """
        self._keeping.driven()
        result = self.session.answer(option_id)
        self._visit.at_start = False
        self._refresh()
        return result if self._rounds.mode == "practice" else None

    def next(self) -> None:
        """Go on to the next question, or after the last one to the end."""
        self._visit.at_start = False
        self.session.next()
        self._refresh()

    def agree(self) -> None:
        """Agree, for a learner who was asked elsewhere, to have the answers collected for the cohort.

        Raises
        ------
        ValueError
            When nothing is kept, because no store was given.
        """
        self._keeping.decide("", agreed=True)
        self._refresh(notice=self._visit.keep(self.lang))

    def summary(self) -> dict[str, Any]:
        """Return credit, answered and total, overall, by relation and by theme.

        The credit is the mean over what was answered, 0..1; None when nothing was, and in test mode until the end.
        """
        return self.session.summary()

    # ---- what the browser reports -----------------------------------------------------------------------------------------

    def _act(self, message: Mapping[str, Any]) -> str:
        """Carry out an action; one that comes late or twice changes nothing."""
        session, state = self.session, self.session.state
        match message.get("do"):
            case "hello" if _is_token(message.get("key")):
                self._visit.greet(message["key"], self.lang, anew=message.get("anew") is True)
            case "start" if self._visit.at_start:
                self._visit.start(self.lang, agreed=message.get("agree") is True)
            case "save":
                return self._visit.try_again(self.lang)
            case "answer":
                return self._answer(message)
            case "next" if self._is_current(message):
                session.next()
            case "back" if self._is_current(message):
                session.back()
            case "end" if self._is_current(message) and state.finished:
                session.show(len(state.plan))
            case "show" if self._is_round(message) and state.at_end and _is_position(message.get("position"), len(state.plan)):
                session.show(message["position"])
            case "repeat" if self._is_round(message) and state.at_end and session.weak():
                self._rounds.repeat(state.lang)
            case "restart" if self._is_round(message) and state.at_end:
                self._rounds.begin(state.lang)
            case str(do) if do.startswith("mine"):
                return self._visit.act_on_mine(message, self.lang)
        return ""

    def _answer(self, message: Mapping[str, Any]) -> str:
        words = catalog(self.lang)
        response, question = message.get("response"), message.get("question")
        if not isinstance(response, str) or not isinstance(question, str):
            return words("refusal.unknown_option")
        submission = message.get("n")
        given = self.session.state.responses.get(self.session.state.position)
        if not self._is_current(message) or given is not None:
            if _is_token(submission, 1) and self._keeping.knows(submission):
                return ""  # the same message once more, later
            if not self._is_current(message):
                return words("refusal.wrong_question")
        if given is not None and given.response == response:
            return ""  # the same answer once more: a double click
        try:
            self.session.answer(response, question)
        except AnswerError as error:
            return words(f"refusal.{error.refusal}")
        if _is_token(submission, 1):
            self._keeping.came_with(self.session, submission)
        return ""

    def _is_round(self, message: Mapping[str, Any]) -> bool:
        return message.get("round") == self._rounds.count

    def _is_current(self, message: Mapping[str, Any]) -> bool:
        return self._is_round(message) and message.get("position") == self.session.state.position and not self._visit.at_start

    # ---- what is on the screen --------------------------------------------------------------------------------------------

    def _languages(self) -> tuple[str, ...]:
        return self._rounds.languages

    def _switch(self, lang: str) -> None:
        self.lang = lang

    def _words(self, lang: str) -> dict[str, str]:
        named = super()._words(lang)
        topic = self._rounds.topic_words(lang)
        return {**named, "card": topic_title(self._rounds.mode, topic, catalog(lang))} if topic else named

    def _refresh(self, **traits: Any) -> None:
        self.session.set_language(self.lang)
        if self._visit.at_start:
            self._keeping.keep_left()
        elif told := self._visit.keep(self.lang):
            traits["notice"] = told
        aside = self._keeping.news()
        if aside is not None:
            traits["notice"] = catalog(self.lang)("store.set_aside", path=legible(str(aside)))
        super()._refresh(**traits)

    def _describe(self, lang: str) -> dict[str, Any]:
        session = self.session
        session.set_language(lang)
        at_question = not self._visit.at_start and not session.state.at_end and not self._mine.open
        if self._mine.open:
            scene = self._mine.page(catalog(lang))
        elif at_question:
            scene = question_page(session, lang)
        elif self._visit.at_start:
            scene = {**start_page(session, lang, self._bank.left_out, self._rounds.topic_words(lang)), **keeping_facts(self._keeping, lang)}
        else:
            scene = end_page(session, self._bank, lang)
        return {
            "scene": {**scene, "round": self._rounds.count},
            "standing": standing(session) if at_question else {},
            "feedback": feedback(session, lang) if at_question else {},
            **kept(self._keeping, lang),
        }

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        self._keeping.expect_someone()
        return super()._repr_mimebundle_(**kwargs)

    def __repr__(self) -> str:
        return text_form(self.session, self._rounds.pool, self._rounds.seed, self.lang)


def _is_token(value: object, least: int = 16) -> TypeGuard[str]:
    """Tell whether a message has, in this place, what the front end makes by chance."""
    return isinstance(value, str) and least <= len(value) <= 64 and value.isascii() and value.isprintable()  # noqa: PLR2004


def _is_position(value: object, total: int) -> bool:
    return type(value) is int and 0 <= value < total
