"""What the page of a trial has in it: texts and questions, and nothing of the key or the feedback."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from etiquette_kit.content.material import content_hash
from etiquette_kit.content.scenario import Paragraph, Scenario, paragraphs
from etiquette_kit.content.trial import (
    ADVICE_MINUTES,
    MINUTES_EACH,
    READING_QUESTIONS,
    REMARK_LIMIT,
    SCALES,
    TRIAL_FORMAT,
    TRIAL_VERSION,
    UNSURE,
    answer_words,
    trial_text_hash,
)
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.rules import article_table
from etiquette_kit.rules.passages import attributed

GUESS_MINUTES = 1
"""How much longer a scenario takes where its options are shown alone first."""


class TrialOption(msgspec.Struct, frozen=True):
    """A reaction; neither its action nor its grade is there."""

    id: str
    label: str


class TrialSituation(msgspec.Struct, frozen=True):
    """A situation to read: the hash of its text, its stem, and its options by label, whatever their order in the file."""

    id: str
    text: str
    stem: tuple[Paragraph, ...]
    options: tuple[TrialOption, ...]


class TrialQuestion(msgspec.Struct, frozen=True):
    """A question with its answers: pairs of a value and its words."""

    id: str
    text: str
    values: tuple[tuple[str | int, str], ...]


class TrialGrade(msgspec.Struct, frozen=True):
    """A grade in words, and what it means."""

    grade: int
    text: str
    meaning: str


class TrialForm(msgspec.Struct, frozen=True):
    """All that a reader's page knows.

    Attributes
    ----------
    id : str
        Another one for each set of texts; the browser keeps answers under it.
    format, version : str, int
        Of the answer file that the page makes.
    guess : bool
        Whether the options are shown alone first.
    minutes : int
        About how long a reader takes for all of it.
    passages, source : tuple of str, str
        The article's advice in our words, and who it is by.
    """

    id: str
    format: str
    version: int
    lang: str
    guess: bool
    minutes: int
    limit: int
    words: dict[str, str]
    time: str
    steps: tuple[str, ...]
    questions: tuple[TrialQuestion, ...]
    scales: tuple[TrialQuestion, ...]
    grades: tuple[TrialGrade, ...]
    passages: tuple[str, ...]
    source: str
    situations: tuple[TrialSituation, ...]


def trial_form(scenarios: Sequence[Scenario], lang: str, *, guess: bool = False) -> TrialForm:
    """Return what the page for readers shows.

    Parameters
    ----------
    scenarios : sequence of Scenario
        What is to be read, in order.
    lang : str
        The language, in which each must be written.
    guess : bool
        Whether readers first see the options without the stem, and guess.

    Raises
    ------
    LanguageError
        When a scenario is not written in that language.
    """
    words = catalog(lang)
    situations = tuple(_situation(scenario, lang) for scenario in scenarios)
    minutes = ADVICE_MINUTES + len(situations) * (MINUTES_EACH + (GUESS_MINUTES if guess else 0))
    seen = [TRIAL_FORMAT, TRIAL_VERSION, lang, guess, [(situation.id, situation.text) for situation in situations]]
    return TrialForm(
        id=content_hash(msgspec.json.encode(seen)),
        format=TRIAL_FORMAT,
        version=TRIAL_VERSION,
        lang=lang,
        guess=guess,
        minutes=minutes,
        limit=REMARK_LIMIT,
        words=words.table("trial_page"),
        time=plural(words, "trial_page_time.time", len(situations), minutes=minutes),
        steps=tuple(words.table("trial_steps").values()),
        questions=tuple(TrialQuestion(name, words(f"trial_questions.{name}"), _values(name, words)) for name in READING_QUESTIONS),
        scales=tuple(_scale(name, words) for name in SCALES),
        grades=tuple(TrialGrade(grade, words(f"grades.{grade}"), words(f"grade_meanings.{grade}")) for grade in (4, 3, 2, 1)),
        passages=tuple(words(f"passages.{passage.id}") for passage in article_table().passages),
        source=attributed(words, "trial_advice.source"),
        situations=situations,
    )


def _values(question: str, words: Catalog) -> tuple[tuple[str | int, str], ...]:
    return tuple((value, answer_words(question, value, words)) for value in (*READING_QUESTIONS[question], UNSURE))


def _scale(name: str, words: Catalog) -> TrialQuestion:
    values = words.table(f"trial_scales_{name}")
    return TrialQuestion(name, words(f"trial_scales.{name}"), tuple((rating, values[str(rating)]) for rating in (4, 3, 2, 1)))


def _situation(scenario: Scenario, lang: str) -> TrialSituation:
    labels = scenario.labels(lang)
    options = tuple(TrialOption(name, labels[name]) for name in sorted(labels, key=labels.__getitem__))
    return TrialSituation(scenario.id, trial_text_hash(scenario, lang), paragraphs(scenario.text(lang).stem), options)
