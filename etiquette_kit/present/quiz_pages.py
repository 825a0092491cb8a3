"""The pages of a quiz, as values with their texts: the start page and the question page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Literal

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.content.house_rules import House
from etiquette_kit.formats import Comments, Exercise, PairFormat, format_named
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.present.house_notes import HouseNote, general_note, note_on
from etiquette_kit.quiz.session import Session
from etiquette_kit.rules.passages import attributed

_WORDS_PER_MINUTE = 230
"""Slightly below the 238 words per minute that Brysbaert (2019) found for silent reading."""

_END_WORDS, _END_WORDS_EACH = 180, 30
"""The maximum number of words on the page at the end: in total without the exercises, and for each exercise."""


class Detail(msgspec.Struct, frozen=True):
    """A term and its description."""

    term: str
    text: str


class QuizPage(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """A page of a quiz; ``round`` is the number of the run through exercises."""

    round: int


class ConsentForm(msgspec.Struct, frozen=True, omit_defaults=True):
    """The form that asks for consent; without a title nothing is asked."""

    title: str = ""
    facts: tuple[Detail, ...] = ()
    agree: str = ""
    decline: str = ""


class StartPage(QuizPage, frozen=True, kw_only=True, tag="start"):
    """The page before the first question."""

    title: str
    lead: str
    scope: str
    left_out: str
    facts: tuple[Detail, ...]
    consent: ConsentForm
    house: HouseNote | None = None


class Progress(msgspec.Struct, frozen=True):
    """The progress in a run."""

    done: int
    total: int
    text: str


class QuestionPage(QuizPage, frozen=True, kw_only=True, tag="question"):
    """A question, independent of the answer, so that it reveals nothing; ``goes_on`` if an answer shows the next question at once."""

    position: int
    progress: Progress
    question: msgspec.Struct
    last: bool
    finished: bool
    missing: str
    goes_on: bool


class Standing(msgspec.Struct, frozen=True, omit_defaults=True):
    """The state of the question on the screen: the part of its page that changes with the answer.

    Attributes
    ----------
    open : bool
        Whether it can be answered.
    chosen : object
        The response, or None.
    revealed : bool
        Whether the feedback is shown.
    what_if : str
        The question that offers the other half of the pair; empty where it is not offered.
    contrast : str
        The difference from the other half, if that was answered before; else empty.
    comments : bool
        Whether there is a comment on a draft before the answer.
    house : HouseNote or None
        The employer's house rules for the situation, shown with the feedback but not a part of it.
    """

    open: bool
    chosen: Any
    revealed: bool
    house: HouseNote | None = None
    what_if: str = ""
    contrast: str = ""
    comments: bool = False


def minutes(exercises: Sequence[Exercise], lang: str) -> int:
    """Return the reading time of a run in minutes, including the text expanded after each answer and the page at the end."""
    words = _END_WORDS + sum(exercise.words_to_read(lang) + _END_WORDS_EACH for exercise in exercises)
    return max(1, ceil(words / _WORDS_PER_MINUTE))


def topic_words(topic: Mapping[str, str | None], bank: Bank, lang: str) -> list[str]:
    """Return the topic of a quiz as texts; empty where it has none."""
    words = catalog(lang)
    theme = topic["theme"]
    named = [words(f"short.{name}.{value}") for name, value in topic.items() if value and name != "theme"]
    return [bank.theme_title(theme, lang), *named] if theme else named


def topic_title(mode: str, topic: Sequence[str], words: Catalog) -> str:
    """Return the title of a quiz about a topic: ``"Exercise: clients, requests"``."""
    return f"{words(f'text.{mode}')}: {', '.join(topic)}"


def start_page(
    session: Session,
    lang: str,
    *,
    topic: Sequence[str],
    left_out: int,
    saving: str,
    consent: ConsentForm,
    round_number: int,
    house: House | None = None,
    length: int | None = None,
) -> StartPage:
    """Describe the page before the first question; for a topic it is shorter, because the learner has read the introduction.

    Parameters
    ----------
    session : Session
        The session that is about to start.
    lang : str
        The language.
    topic : sequence of str
        The topic of the quiz as texts.
    left_out : int
        How many scenarios of the bank cannot be played.
    saving : str
        What happens to the answers, as text.
    consent : ConsentForm
        The form that asks for consent.
    round_number : int
        The number of the run.
    house : House, optional
        The employer's house rules; those that always apply are shown.
    length : int, optional
        How many situations were asked for; where there are fewer, the page says so.
    """
    words = catalog(lang)
    mode, count = session.state.mode, len(session.exercises)
    duration = plural(words, "start.minutes", minutes(session.exercises, lang))
    scope = words("start.scope_text", situations=plural(words, "start.situations", count), duration=duration)
    if length is not None and length > count:
        scope = f"{scope} {words('start.all_there_are', asked=length)}"
    facts: list[Detail] = []
    if topic:
        facts.append(Detail(words("start.advice"), attributed(words, "start.advice_topic")))
    else:
        facts.append(Detail(words("start.advice"), attributed(words, "start.advice_text")))
        facts.append(Detail(words("start.first"), words("start.first_text")))
    facts.append(Detail(words("start.keeping"), saving))
    return StartPage(
        round=round_number,
        title=topic_title(mode, topic, words) if topic else words(f"start.title_{mode}"),
        lead=_own_lead(session, words) or words(f"start.topic_{mode}" if topic else f"start.lead_{mode}"),
        scope=scope,
        left_out=plural(words, "quiz.left_out", left_out) if left_out else "",
        facts=tuple(facts),
        consent=consent,
        house=general_note(house, lang),
    )


def _own_lead(session: Session, words: Catalog) -> str | None:
    """Return what a format says of itself, if all exercises have the same one and it says something."""
    names = {exercise.format_name for exercise in session.exercises}
    return words.get(f"{names.pop()}.lead") if len(names) == 1 else None


def question_page(session: Session, lang: str, round_number: int) -> QuestionPage:
    """Describe the question on the screen."""
    words = catalog(lang)
    state = session.state
    total = len(session.exercises)
    last, others = is_last(session), unanswered(session)
    return QuestionPage(
        round=round_number,
        position=state.position,
        progress=Progress(state.position + 1, total, words("quiz.progress", number=state.position + 1, total=total)),
        question=session.exercises[state.position].question(lang),
        last=last,
        goes_on=advances_at_once(session),
        finished=state.finished,
        missing=plural(words, "quiz.missing", others) if last and others and not state.finished else "",
    )


def is_last(session: Session) -> bool:
    """Return whether the last question is on the screen."""
    return session.state.position + 1 == len(session.exercises)


def advances_at_once(session: Session) -> bool:
    """Return whether an answer shows the next page at once: in a test, except that the end is not shown while a question is open."""
    return session.state.mode == "test" and not (is_last(session) and unanswered(session))


def unanswered(session: Session) -> int:
    """Return how many questions besides the one on the screen have no answer."""
    state = session.state
    return sum(position not in state.responses and position != state.position for position in range(len(session.exercises)))


def standing(session: Session, lang: str, twin: Exercise | None, house: House | None = None) -> Standing:
    """Return the state of the question on the screen, with the house rules where it is revealed.

    Parameters
    ----------
    session : Session
        The current session.
    lang : str
        The language.
    twin : Exercise or None
        The other half of the pair that the question belongs to.
    house : House or None
        The employer's house rules.
    """
    state = session.state
    answered = state.responses.get(state.position)
    revealed = answered is not None and session.reveals(state.position)
    return Standing(
        open=answered is None and not state.finished,
        chosen=answered.response if answered else None,
        revealed=revealed,
        house=note_on(house, session.exercises[state.position].material, lang) if revealed else None,
        what_if=_pair_text(session, twin, "what_if", lang) if twin and offers_twin(session, twin) else "",
        contrast=_pair_text(session, twin, "contrast", lang) if twin and revealed and _was_answered_before(session, twin) else "",
        comments=comments(session),
    )


def comments(session: Session) -> bool:
    """Return whether the exercise on the screen comments on a draft: only where feedback follows each answer, and before the answer."""
    state = session.state
    open_ = state.position not in state.responses and not state.finished
    return open_ and state.mode == "practice" and isinstance(session.exercise, Comments)


def offers_twin(session: Session, twin: Exercise) -> bool:
    """Return whether the other half of a pair can be inserted next: once, after an answer with feedback."""
    state = session.state
    answered = state.mode == "practice" and not state.finished and state.position in state.responses
    return answered and _place(session, twin) is None and isinstance(format_named(twin.format_name), PairFormat)


def _was_answered_before(session: Session, twin: Exercise) -> bool:
    place = _place(session, twin)
    return place is not None and place < session.state.position and place in session.state.responses


def _place(session: Session, wanted: Exercise) -> int | None:
    name = wanted.format_name, wanted.material.id
    return next((place for place, found in enumerate(session.exercises) if (found.format_name, found.material.id) == name), None)


def _pair_text(session: Session, twin: Exercise, what: Literal["what_if", "contrast"], lang: str) -> str:
    found, exercise = format_named(twin.format_name), session.exercise
    if exercise is None or not isinstance(found, PairFormat):
        return ""
    text = found.what_if if what == "what_if" else found.contrast
    return text(exercise.material, twin.material, lang)


def feedback(session: Session, lang: str) -> msgspec.Struct | None:
    """Return the feedback for the question on the screen; None while it must not be revealed."""
    state = session.state
    answered = state.responses.get(state.position)
    if answered is None or not session.reveals(state.position):
        return None
    return session.exercises[state.position].reveal(answered.response, lang)
