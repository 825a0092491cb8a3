"""A trial: what readers are asked about scenarios whose key they do not know, and the answers of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from etiquette_kit.content.material import content_hash
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.locale import Catalog
from etiquette_kit.rules.facts import EVENTS, RELATIONS

TRIAL_FORMAT, TRIAL_VERSION = "etiquette-trial", 1
"""The name and the version of the format of an answer file."""

PAGE_MARK = '<meta name="generator" content="etiquette trial">'
"""What stands in the head of each page for readers: such a file may be written anew, and has no answers in it."""

UNSURE = "unsure"
"""The answer of a reader who cannot tell."""

READING_QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "relation": RELATIONS,
    "platform": tuple(PLATFORMS),
    "event": EVENTS,
    "wanted": ("yes", "no"),
    "sensitive": ("yes", "no"),
}
"""The five questions about a stem, in order, each with its answers; ``UNSURE`` is always one more."""

SCALES = ("clear", "realistic")
"""What is rated from 1 to 4 besides: whether the text is clear, and whether it could happen."""

REMARK_LIMIT = 2000
"""The maximum number of characters of a remark."""

ADVICE_MINUTES = 2
"""About how long a reader takes for the article's advice, before the first scenario."""

MINUTES_EACH = 3
"""About how long a reader takes for one scenario."""

_Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
_Rating = Annotated[int, msgspec.Meta(ge=1, le=4)]


class TrialAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one reader answered about one scenario; whatever is missing was skipped.

    Attributes
    ----------
    scenario : str
        Its id.
    text : str
        The hash of the text that was read; see `trial_text_hash`.
    order : tuple of str
        The ids of the options, in the order in which this reader saw them.
    understood : dict of str to str
        The answers to ``READING_QUESTIONS``.
    grades : dict of str to int
        The grade that each option got, by its id: 4 (fits best) to 1 (does not fit).
    clear, realistic : int or None
        The ratings of ``SCALES``: 4 (fully) to 1 (not at all).
    remark : str
        A remark in the reader's own words.
    guess : str or None
        The option that was taken before the stem was shown, where that was asked.
    """

    scenario: _Name
    text: _Hash
    order: tuple[_Name, ...]
    understood: dict[str, str] = {}
    grades: dict[str, _Rating] = {}
    clear: _Rating | None = None
    realistic: _Rating | None = None
    remark: Annotated[str, msgspec.Meta(max_length=REMARK_LIMIT)] = ""
    guess: _Name | None = None

    @property
    def is_skipped(self) -> bool:
        """Whether nothing was answered."""
        return not (self.understood or self.grades or self.clear or self.realistic or self.remark or self.guess)


class TrialAnswers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All answers of one reader: the content of an answer file.

    Attributes
    ----------
    format, version : str, int
        ``TRIAL_FORMAT`` and ``TRIAL_VERSION``.
    lang : str
        The language of the texts.
    reader : str
        A random code that the reader's page made; it says nothing about anybody.
    saved : int
        How often this reader has saved, with this time.
    answers : tuple of TrialAnswer
        Each scenario once.
    """

    format: Literal["etiquette-trial"] = "etiquette-trial"
    version: Literal[1] = 1
    lang: Annotated[str, msgspec.Meta(min_length=2, max_length=12)]
    reader: _Hash
    saved: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    answers: Annotated[tuple[TrialAnswer, ...], msgspec.Meta(max_length=1000)]


def trial_text_hash(scenario: Scenario, lang: str) -> str:
    """Return a hash of what a reader sees of a scenario, the stem and the options; neither the key nor the feedback is part of it.

    Raises
    ------
    LanguageError
        When it is not written in that language.
    """
    return content_hash(msgspec.json.encode([lang, scenario.text(lang).stem.strip(), scenario.labels(lang)], order="sorted"))


def right_answer(scenario: Scenario, question: str) -> str | None:
    """Return the right answer to one of ``READING_QUESTIONS``; None where the fact does not matter, so that no answer is wrong."""
    if question == "platform":
        return scenario.platform
    fact = getattr(scenario.facts, question)
    return {True: "yes", False: "no"}[fact] if isinstance(fact, bool) else fact


def answer_words(question: str, value: str, words: Catalog) -> str:
    """Return an answer to one of ``READING_QUESTIONS`` in words."""
    if value == UNSURE:
        return words("trial_questions.unsure")
    return words(f"platforms.{value}.name") if question == "platform" else words(f"trial_values.{value}")


def does_not_fit(answer: TrialAnswer, scenario: Scenario) -> bool:
    """Tell whether an answer names questions, values or options that there are not, so that it cannot come from a page of the kit."""
    options = {option.id for option in scenario.options}
    named = {*answer.grades, *([answer.guess] if answer.guess else [])}
    known = all(value in (*READING_QUESTIONS.get(question, ()), UNSURE) for question, value in answer.understood.items())
    return not (known and set(answer.understood) <= set(READING_QUESTIONS) and named <= options and sorted(answer.order) == sorted(options))
