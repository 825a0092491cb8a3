"""The figures of a trial: what was understood, how options were rated, and how far readers agree with the key and with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etiquette_kit.analysis.statistics.content_validity import agreeing, average_validity, content_validity, reaches
from etiquette_kit.analysis.statistics.guessing import Guesses, guesses
from etiquette_kit.analysis.statistics.intraclass import IntraclassCorrelation, intraclass_correlation
from etiquette_kit.analysis.statistics.krippendorff import krippendorff_alpha
from etiquette_kit.analysis.statistics.weighted_kappa import WeightedKappa, weighted_kappa
from etiquette_kit.analysis.trial.answer_files import Reader
from etiquette_kit.bank import Bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.trial import READING_QUESTIONS, SCALES, TrialAnswer, right_answer
from etiquette_kit.rules import FITS_BEST


@dataclass(frozen=True)
class Understanding:
    """How a question about the text was answered: how many rightly, of how many, and what the others said."""

    right: int
    total: int
    wrong: Mapping[str, int]


@dataclass(frozen=True)
class RatedOption:
    """How an option was rated: its key, and how many readers gave it each grade, by grade, 4 first."""

    id: str
    label: str
    key: int
    counts: Mapping[int, int]

    @property
    def ratings(self) -> list[int]:
        """Each rating by itself."""
        return [grade for grade, count in self.counts.items() for _ in range(count)]


@dataclass(frozen=True)
class RatedScale:
    """How readers rated the text in one respect: how many agree, of how many, and the I-CVI."""

    agree: int
    total: int
    index: float
    reaches: bool | None


@dataclass(frozen=True)
class SituationResult:
    """What readers said about one scenario in one language.

    Attributes
    ----------
    read, skipped : int
        How many readers answered something, and how many nothing.
    understood : dict of str to Understanding
        By question; those where no answer is wrong, or that nobody answered, are left out.
    options : tuple of RatedOption
        In the order of the file.
    scales : dict of str to RatedScale
        ``clear`` and ``realistic``.
    guesses : Guesses or None
        What the options give away; None where that was not asked.
    remarks : tuple of str
        Word for word, in the order of the alphabet, so that none can be traced to a reader by its place.
    """

    scenario: Scenario
    read: int
    skipped: int
    understood: Mapping[str, Understanding]
    options: tuple[RatedOption, ...]
    scales: Mapping[str, RatedScale]
    guesses: Guesses | None
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """The share of ratings that are the same as the key, and at most one word beside it, of how many; NaN of none."""

    same: float
    near: float
    count: int


@dataclass(frozen=True)
class TrialResult:
    """What readers of one language said.

    Attributes
    ----------
    lang : str
        The language of the texts.
    readers : int
        How many readers answered anything.
    situations : tuple of SituationResult
        In the order of the bank.
    agreement : Agreement
        With the key.
    kappa : WeightedKappa
        The same, beyond chance.
    icc : IntraclassCorrelation
        Agreement among readers, on options that all of them rated.
    alpha : float
        Krippendorff's alpha, on all options.
    validity : dict of str to float
        S-CVI/Ave by scale, over the scenarios that enough readers rated.
    """

    lang: str
    readers: int
    situations: tuple[SituationResult, ...]
    agreement: Agreement
    kappa: WeightedKappa
    icc: IntraclassCorrelation
    alpha: float
    validity: Mapping[str, float]


def trial_results(readers: Sequence[Reader], bank: Bank) -> list[TrialResult]:
    """Return the figures of a trial, for each language by itself: a text and its translation are two texts."""
    spoken = dict.fromkeys(sorted(reader.lang for reader in readers))
    return [_result(lang, [reader for reader in readers if reader.lang == lang], bank) for lang in spoken]


def agreement_of(options: Sequence[RatedOption]) -> Agreement:
    """Return how far ratings of options agree with their keys."""
    apart = [abs(rating - option.key) for option in options for rating in option.ratings]
    if not apart:
        return Agreement(float("nan"), float("nan"), 0)
    return Agreement(apart.count(0) / len(apart), sum(each <= 1 for each in apart) / len(apart), len(apart))


def _result(lang: str, readers: Sequence[Reader], bank: Bank) -> TrialResult:
    asked = {name for reader in readers for name in reader.answers}
    situations = [
        _situation(scenario, lang, [reader.answers[scenario.id] for reader in readers if scenario.id in reader.answers])
        for scenario in bank
        if scenario.id in asked
    ]
    pairs = _pairs(readers, bank)
    table = pairs.pivot_table(index=["situation", "option"], columns="reader", values="rating")
    indices = {name: [found.scales[name] for found in situations if found.scales[name].reaches is not None] for name in SCALES}
    return TrialResult(
        lang,
        sum(any(not answer.is_skipped for answer in reader.answers.values()) for reader in readers),
        tuple(situations),
        agreement_of([option for found in situations for option in found.options]),
        weighted_kappa(pairs),
        intraclass_correlation(table),
        krippendorff_alpha(table),
        {name: average_validity([scale.index for scale in found]) for name, found in indices.items()},
    )


def _pairs(readers: Sequence[Reader], bank: Bank) -> pd.DataFrame:
    rows = [
        (number, name, option, rating, bank[name].key()[option])
        for number, reader in enumerate(readers)
        for name, answer in reader.answers.items()
        for option, rating in answer.grades.items()
    ]
    frame = pd.DataFrame(rows, columns=["reader", "situation", "option", "rating", "key"])
    return frame.astype({"rating": np.float64, "key": np.float64})


def _situation(scenario: Scenario, lang: str, answers: Sequence[TrialAnswer]) -> SituationResult:
    given = [answer for answer in answers if not answer.is_skipped]
    key, labels = scenario.key(), scenario.labels(lang)
    options = tuple(
        RatedOption(name, labels[name], key[name], _counts([answer.grades[name] for answer in given if name in answer.grades]))
        for name in key
    )
    return SituationResult(
        scenario,
        len(given),
        len(answers) - len(given),
        {name: found for name in READING_QUESTIONS if (found := _understanding(scenario, name, given)) is not None},
        options,
        {name: _scale([rating for answer in given if (rating := getattr(answer, name)) is not None]) for name in SCALES},
        _guesses(scenario, given),
        tuple(sorted(text for answer in given if (text := answer.remark.strip()))),
    )


def _counts(ratings: Sequence[int]) -> dict[int, int]:
    return {grade: ratings.count(grade) for grade in (4, 3, 2, 1)}


def _understanding(scenario: Scenario, question: str, answers: Sequence[TrialAnswer]) -> Understanding | None:
    right = right_answer(scenario, question)
    given = [answer.understood[question] for answer in answers if question in answer.understood]
    if right is None or not given:
        return None
    wrong = Counter(value for value in given if value != right)
    return Understanding(given.count(right), len(given), dict(sorted(wrong.items(), key=lambda entry: (-entry[1], entry[0]))))


def _scale(ratings: list[int]) -> RatedScale:
    agree = agreeing(ratings)
    return RatedScale(agree, len(ratings), content_validity(ratings), reaches(agree, len(ratings)) if ratings else None)


def _guesses(scenario: Scenario, answers: Sequence[TrialAnswer]) -> Guesses | None:
    best = {name for name, grade in scenario.key().items() if grade == FITS_BEST}
    given = [answer.guess for answer in answers if answer.guess is not None]
    return guesses(sum(name in best for name in given), [len(best) / len(scenario.options)] * len(given)) if given else None
