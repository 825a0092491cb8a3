"""The quiz: a session, its pages, and the messages from the browser."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, assert_never, get_args

import msgspec

from etiquette_kit.bank import Bank, given_bank
from etiquette_kit.bank.house_file import chosen_house
from etiquette_kit.cards import quiz_messages as messages
from etiquette_kit.cards.card import Card
from etiquette_kit.cards.commented_draft import CommentedDraft
from etiquette_kit.cards.my_data import MyData, SentFile
from etiquette_kit.cards.visit import Visit
from etiquette_kit.content.house_rules import House
from etiquette_kit.formats import Comments, Exercise, ResponseError, Result
from etiquette_kit.locale import DEFAULT_LANGUAGE, catalog
from etiquette_kit.locale.arguments import unknown_value
from etiquette_kit.locale.legible import legible
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.present.answer_saving import SaveStatus, consent_form, save_status, saved_since, saving_text
from etiquette_kit.present.confirmation import confirmation_page
from etiquette_kit.present.end_page import end_page
from etiquette_kit.present.quiz_pages import (
    QuizPage,
    advances_at_once,
    comments,
    feedback,
    offers_twin,
    question_page,
    standing,
    start_page,
    topic_title,
    topic_words,
)
from etiquette_kit.present.quiz_text import text_form
from etiquette_kit.quiz.answer_persistence import AnswerPersistence, StoreGiven
from etiquette_kit.quiz.events import Mode
from etiquette_kit.quiz.rounds import DEFAULT_FORMATS, Rounds, checked_formats
from etiquette_kit.quiz.session import AnswerError, Clock, Session
from etiquette_kit.store.memory import MemoryAnswers

_MODES: tuple[Mode, ...] = get_args(Mode)
_MAX_NUMBER_LENGTH = 64  # maximum length of a message's number that is stored with its answer


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def _store(given: StoreGiven | None) -> StoreGiven:
    """Return the given store; without one, answers are stored in memory as long as the page exists."""
    return MemoryAnswers() if given is None else given


class Question(msgspec.Struct, frozen=True):
    """The question on the screen, for programs that control a quiz.

    Attributes
    ----------
    id : str
        The id of its material.
    options : tuple of str
        The option ids in the order shown; empty where a response is not a choice of options.
    """

    id: str
    options: tuple[str, ...]


class QuizCard(Card):
    """A run through exercises; the parameters are those of ``Quiz``, but the store is an object, or a function that opens it on demand.

    Attributes
    ----------
    save_status : SaveStatus or None
        The status of saving.
    since : str
        The start of the first saved session, in ISO 8601.
    """

    PARTS = (*Card.PARTS, "save_status", "since")
    MESSAGES = messages.QuizMessage
    TABLES = ("quiz_card",)

    save_status: SaveStatus | None
    since: str

    def __init__(
        self,
        bank: Bank | str | Path | None = None,
        *,
        lang: str = DEFAULT_LANGUAGE,
        seed: int | str | None = None,
        relation: str | None = None,
        event: str | None = None,
        theme: str | None = None,
        length: int | None = None,
        mode: Mode = "practice",
        formats: Sequence[str] = DEFAULT_FORMATS,
        house: House | str | Path | None = None,
        clock: Clock = now,
        store: StoreGiven | None = None,
        key: str | None = None,
        cohort: str | None = None,
        keeps_driven: bool = False,
        confirmation: bool = False,
    ) -> None:
        catalog(lang)  # raises for an unknown language before anything is read
        if mode not in _MODES:
            near = nearest(mode, _MODES)
            hint = f"; did you mean {near!r}?" if near else ""
            message = f"there is no mode {mode!r}; there are: {', '.join(_MODES)}{hint}"
            raise unknown_value("mode", mode, _MODES, message)
        self._house = chosen_house(house, lang)
        self._bank = given_bank(bank)
        topic = {"relation": relation, "event": event, "theme": theme}
        self.rounds = Rounds(self._bank, topic, mode, seed, length, clock, lang, checked_formats(formats))
        self.persistence = AnswerPersistence(self.rounds.name, self._bank, clock, _store(store), key, cohort, driven=keeps_driven)
        self.persistence.on_progress = self._report_progress
        self._confirms, self._confirming = confirmation, False
        self._draft: CommentedDraft | None = None
        self._mine = MyData(self.persistence, self._send_file)
        self.lang = lang
        self._visit = Visit(self.rounds, self.persistence, self._mine, lang, self._set_page_language)
        super().__init__(self.lang)

    # ---- control without a browser ----------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The current session, with its events."""
        return self.rounds.session

    @property
    def at_start(self) -> bool:
        """Whether the start page of a round is on the screen."""
        return self._visit.at_start

    @property
    def question(self) -> Question | None:
        """The question on the screen; None at the end."""
        exercise = self.session.exercise
        return None if exercise is None else Question(exercise.material.id, exercise.options)

    def answer(self, response: object) -> Result | None:
        """Answer the question on the screen."""
        self.persistence.start_if_driven()
        result = self.session.answer(response)
        self._visit.at_start = False
        self.refresh()
        return result if self.rounds.mode == "practice" else None

    def next(self) -> None:
        """Move to the next question, or after the last one to the end."""
        self._visit.at_start = False
        self.session.next()
        self.refresh()

    def agree(self) -> None:
        """Record the consent of a learner who was asked elsewhere to the collection of answers for the cohort."""
        self.persistence.decide("", agreed=True)
        self.refresh(notice=self._visit.save(self.lang))

    def summary(self) -> dict[str, Any]:
        """Return credit, answered and total, overall, by relation and by theme."""
        return self.session.summary()

    # ---- messages from the browser ----------------------------------------------------------------------------------------

    def act(self, message: Any) -> str:
        """Carry out an action; a late or repeated one changes nothing."""
        if not isinstance(message, messages.Save):  # sent automatically
            self._confirming = self._confirms and isinstance(message, messages.OpenConfirmation)
        match message:
            case messages.Hello():
                self._visit.identify(message.key, self.lang, learner_changed=message.anew)
            case messages.Start():
                if self._visit.at_start:
                    self._visit.start(self.lang, agreed=message.agree)
            case messages.Save():
                return self._visit.retry(self.lang)
            case messages.Answer() | messages.Draft():
                return self._answer(message) if isinstance(message, messages.Answer) else self._comment_on(message)
            case messages.Next() | messages.WhatIf() | messages.Back() | messages.End():
                if self._is_current(message.round, message.position):
                    self._move(message)
            case messages.Show() | messages.Repeat() | messages.Restart():
                if message.round == self.rounds.count and self.session.state.at_end:
                    self._move_from_end(message)
            case messages.OpenConfirmation() | messages.CloseConfirmation():
                pass
            case _:
                return self._visit.act_on_my_data(message, self.lang)
        return ""

    def _move(self, message: messages.Next | messages.WhatIf | messages.Back | messages.End) -> None:
        session, state = self.session, self.session.state
        match message:
            case messages.Next():
                session.next()
            case messages.WhatIf():
                twin = self._twin()
                if twin is not None and offers_twin(session, twin):
                    session.insert(state.position + 1, twin)
                    session.next()
            case messages.Back():
                session.back()
            case messages.End():
                if state.finished:
                    session.show(len(state.plan))
            case _:
                assert_never(message)

    def _move_from_end(self, message: messages.Show | messages.Repeat | messages.Restart) -> None:
        session, state = self.session, self.session.state
        match message:
            case messages.Show(position=position):
                if position < len(state.plan):
                    session.show(position)
            case messages.Repeat():
                if session.weak():
                    self.rounds.repeat(state.lang)
            case messages.Restart():
                self.rounds.begin(state.lang)
            case _:
                assert_never(message)

    def _answer(self, message: messages.Answer) -> str:
        words = catalog(self.lang)
        session = self.session
        given = session.state.responses.get(session.state.position)
        current = self._is_current(message.round, message.position)
        if not current or given is not None:
            if _is_valid_number(message.number) and session.knows(message.number):
                return ""  # a repeated message
            if not current:
                return words("refusal.wrong_question")
        if given is not None and self._is_same(message.response, given.response):
            return ""  # a repeated answer, such as a double click
        advances = advances_at_once(session)
        try:
            session.answer(message.response, message.question, submission=message.number if _is_valid_number(message.number) else None)
        except AnswerError as error:
            return words(f"refusal.{error.refusal}")
        self._draft = None
        if advances:
            session.next()
        return ""

    def _comment_on(self, message: messages.Draft) -> str:
        exercise = self.session.exercise
        if not self._is_current(message.round, message.position) or exercise is None or message.question != exercise.material.id:
            return catalog(self.lang)("refusal.wrong_question")
        if not isinstance(exercise, Comments) or not comments(self.session):
            return ""
        draft = CommentedDraft(exercise, message.draft, (message.round, message.position))
        try:
            draft.comment(self.lang)
        except ResponseError:
            return catalog(self.lang)("refusal.draft")
        self._draft = draft
        return ""

    def _comment(self, lang: str) -> msgspec.Struct | None:
        """Return the comment on the draft of the question on the screen; None where there is none."""
        draft = self._draft
        return draft.comment(lang) if draft is not None and comments(self.session) and self._is_current(*draft.place) else None

    def _twin(self) -> Exercise | None:
        exercise = self.session.exercise
        return None if exercise is None else self.rounds.twin(exercise)

    def _is_same(self, response: object, given: str) -> bool:
        exercise = self.session.exercise
        try:
            return exercise is not None and exercise.parse(response) == given
        except ResponseError:
            return False

    def _is_current(self, round_number: int, position: int) -> bool:
        at = (self.rounds.count, self.session.state.position)
        return (round_number, position) == at and not self._visit.at_start

    # ---- page content -----------------------------------------------------------------------------------------------------

    def offered(self) -> tuple[str, ...]:
        """Return the languages in which all material of the pool is complete."""
        return self.rounds.languages

    def switch(self, lang: str) -> None:
        """Change the language, also of the session."""
        super().switch(lang)
        self.session.set_language(lang)

    def _send_file(self, file: SentFile) -> None:
        self.send_file(file)

    def _set_page_language(self, lang: str) -> None:
        self.lang = lang

    def card_words(self, lang: str) -> dict[str, str]:
        """Return the texts; a card about a topic is named after it."""
        named = super().card_words(lang)
        topic = topic_words(self.rounds.topic, self._bank, lang)
        return {**named, "card": topic_title(self.rounds.mode, topic, catalog(lang))} if topic else named

    def _report_progress(self) -> None:
        """Report the result of an asynchronous erasure or import; without one, the previous message stays."""
        self.refresh(notice=self._visit.report(self.lang) or self.notice)

    def refresh(self, **parts: Any) -> None:
        """Save the unsaved answers, and describe the page again."""
        if self._visit.at_start:
            self.persistence.save_previous()
        elif notice := self._visit.save(self.lang):
            parts["notice"] = notice
        if damage := self.persistence.damage():
            parts["notice"] = " ".join(catalog(self.lang)(f"store.{what}", path=legible(str(path))) for what, path in damage)
        super().refresh(**parts)

    def describe(self, lang: str) -> dict[str, Any]:
        """Describe the page."""
        session = self.session
        at_question = not self._visit.at_start and not session.state.at_end and not self._mine.open
        return {
            "scene": self._scene(lang),
            "standing": standing(session, lang, self._twin(), self._house) if at_question else None,
            "feedback": feedback(session, lang) or self._comment(lang) if at_question else None,
            "save_status": save_status(self.persistence, lang),
            "since": saved_since(self.persistence),
        }

    def _scene(self, lang: str) -> QuizPage:
        if self._mine.open:
            return self._mine.page(catalog(lang), self.rounds.count)
        if self._visit.at_start:
            return start_page(
                self.session,
                lang,
                topic=topic_words(self.rounds.topic, self._bank, lang),
                left_out=self._bank.left_out,
                saving=saving_text(self.persistence, lang),
                consent=consent_form(self.persistence, lang),
                round_number=self.rounds.count,
                house=self._house,
                length=self.rounds.length,
            )
        if self.session.state.at_end:
            if self._confirming:
                return confirmation_page(self.persistence.played(self.session), self._bank, lang, self.rounds.count)
            return end_page(self.session, self._bank, lang, self.rounds.count, confirms=self._confirms)
        return question_page(self.session, lang, self.rounds.count)

    def text(self) -> str:
        """Return the quiz as text."""
        return text_form(self.session, self.rounds.pool, self.rounds.seed, self.lang)


def _is_valid_number(number: str) -> bool:
    """Return whether a message's number has the format of the front end, so that it can be stored with the answer."""
    return 0 < len(number) <= _MAX_NUMBER_LENGTH and number.isascii() and number.isprintable()
