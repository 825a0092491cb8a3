"""The report on a group's answers, as values: tables that can be filtered, converted to text and written as JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from etiquette_kit.analysis.statistics.gain import Gain
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.numbers import decimal, percent


@dataclass(frozen=True)
class Area:
    """A relation or a theme.

    Attributes
    ----------
    name, label : str
        Its name in the bank, and its label as text.
    credit : float or None
        Mean over persons of the mean credit of their first answers, 0..1; None where there are too few persons, or no item is
        scored.
    persons : int
        The number of persons who answered any of its items; only scored items, if there are any.
    is_scored : bool
        Whether any of its items is scored.
    """

    name: str
    label: str
    credit: float | None
    persons: int
    is_scored: bool = True


@dataclass(frozen=True)
class OptionShare:
    """How many persons chose an option, and its credit.

    Attributes
    ----------
    option, label : str
        Its id, and its text.
    share : float
        The share of the persons who answered, 0..1.
    credit : float or None
        Its credit, 0..1; None where it is not scored.
    persons : int
        How many chose it.
    is_best : bool
        Whether it is one of those that fit best.
    """

    option: str
    label: str
    share: float
    credit: float | None
    persons: int
    is_best: bool = False

    def text(self, lang: str) -> str:
        """Return its text, with a mark where it fits best."""
        words = catalog(lang)
        return words("analysis.report.best", label=self.label) if self.is_best else self.label


@dataclass(frozen=True)
class SituationResult:
    """A scenario, or one of the situations of other material, that is listed in the report.

    Attributes
    ----------
    scenario, content : str
        Its id, and the hash of the version that was answered.
    title : str
        Its title.
    credit : float or None
        Mean credit, 0..1; None where it is not scored.
    disagreement : float or None
        The probability that two different persons chose differently, 0..1; None where answers are not counted by options.
    choices : tuple of OptionShare
        Its options, the most frequent first; empty where answers are not counted.
    persons : int
        How many answered it.
    question : str
        A question about it for the group.
    opening : str
        How it begins; empty where it tells of no situation.
    """

    scenario: str
    content: str
    title: str
    credit: float | None
    disagreement: float | None
    choices: tuple[OptionShare, ...]
    persons: int
    question: str
    opening: str = ""


Entry = Area | Gain | SituationResult


@dataclass(frozen=True)
class CohortReport:
    """The report on the answers of one group.

    Attributes
    ----------
    lang : str
        The language of all its texts.
    persons : int
        The number of persons.
    answers : int or None
        The number of answers that count: each person's first to each scenario. None where that may not be shown.
    unknown : int or None
        The number of answers left out because their scenario or option is unknown. None where that may not be shown.
    fewest : int
        The minimum number of persons for a figure.
    by_relation, by_theme : tuple of Area
        Mean credit by relation, and by theme.
    gains : tuple of Gain
        Before and after: in total, then by relation.
    divisive : tuple of SituationResult
        The scenarios about which the group disagrees most.
    to_discuss : tuple of SituationResult
        Scenarios with many wrong answers.
    unscored : tuple of SituationResult
        What is not scored, with the shares of the answers.
    withheld : int
        The number of entries that were removed, see `keep`; for a group in a store, all possible entries that are not shown.
    """

    lang: str
    persons: int
    answers: int | None
    unknown: int | None
    fewest: int
    by_relation: tuple[Area, ...]
    by_theme: tuple[Area, ...]
    gains: tuple[Gain, ...]
    divisive: tuple[SituationResult, ...]
    to_discuss: tuple[SituationResult, ...]
    unscored: tuple[SituationResult, ...] = ()
    withheld: int = 0

    def keep(self, is_publishable: Callable[[Entry], bool]) -> CohortReport:
        """Return the report with only the entries for which this is true; each has ``persons`` for the decision."""
        kept: dict[str, Any] = {}
        withheld = self.withheld
        for name in _TABLES:
            entries = getattr(self, name)
            kept[name] = tuple(entry for entry in entries if is_publishable(entry))
            withheld += len(entries) - len(kept[name])
        return replace(self, **kept, withheld=withheld)

    def table(self, name: str) -> pd.DataFrame:
        """Return one of ``by_relation``, ``by_theme``, ``gains``, ``divisive``, ``to_discuss`` and ``unscored`` as a table in its language.

        Raises
        ------
        ValueError
            When there is no such table.
        """
        if name not in _TABLES:
            message = f"there is no table {name!r}; there are: {', '.join(_TABLES)}"
            raise ValueError(message)
        words = catalog(self.lang)
        columns = _COLUMNS[name]
        rows = [[getattr(entry, column) for column in columns] for entry in getattr(self, name)]
        return pd.DataFrame(rows, columns=[words(f"analysis.columns.{column}") for column in columns])

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return asdict(self)

    def title(self) -> str:
        """Return the first line, with the number of people."""
        if self.answers is None:
            return catalog(self.lang)("analysis.report.title_persons", persons=self.persons)
        return catalog(self.lang)("analysis.report.title", persons=self.persons, answers=self.answers)

    def __str__(self) -> str:
        words = catalog(self.lang)
        lines = [self.title()]
        if self.unknown:
            lines.append(plural(words, "analysis.report.unknown", self.unknown))
        for name in ("by_relation", "by_theme"):
            areas = [self._area(area, words) for area in getattr(self, name)]
            lines += ["", words(f"analysis.report.{name}"), *(f"  {line}" for line in areas or [words("analysis.report.no_area")])]
        gains = [self._gain(gain, words) for gain in self.gains]
        lines += ["", words("analysis.report.gain"), *(f"  {line}" for line in gains or [words("analysis.report.no_gain")])]
        for name in ("divisive", "to_discuss"):
            entries = [line for entry in getattr(self, name) for line in self._situation(entry, words)]
            none = words(f"analysis.report.no_{name}", fewest=self.fewest)
            lines += ["", words(f"analysis.report.{name}"), *(f"  {line}" for line in entries or [none])]
        if self.unscored:
            lines += ["", words("analysis.report.unscored"), *(f"  {self._answers(entry, words)}" for entry in self.unscored)]
        if self.withheld:
            lines += ["", plural(words, "analysis.report.withheld", self.withheld)]
        return "\n".join(lines)

    def _area(self, area: Area, words: Catalog) -> str:
        return words("analysis.report.area", label=area.label, credit=area_credit(area, self.lang), persons=area.persons)

    def _gain(self, gain: Gain, words: Catalog) -> str:
        who: dict[str, object] = {"label": gain.label, "persons": gain.persons}
        if gain.before is None or gain.after is None:
            return words("analysis.report.gain_too_few", fewest=self.fewest, **who)
        who |= {"before": percent(gain.before, words), "after": percent(gain.after, words)}
        if gain.gain is None or gain.low is None or gain.high is None:
            return words("analysis.report.gain_full", **who)
        low, middle, high = (decimal(value, words) for value in (gain.low, gain.gain, gain.high))
        return words("analysis.report.gain_text", gain=middle, low=low, high=high, **who)

    def _answers(self, situation: SituationResult, words: Catalog) -> str:
        shares = answer_shares(situation, self.lang)
        return words("analysis.report.unscored_text", title=situation.title, shares=shares, persons=situation.persons)

    def _situation(self, situation: SituationResult, words: Catalog) -> list[str]:
        head = words("analysis.report.situation", title=situation.title, figures=situation_figures(situation, self.lang))
        choices = [
            words("analysis.report.choice", share=percent(choice.share, words), label=choice.text(self.lang))
            for choice in situation.choices
        ]
        question = words("analysis.report.question", question=situation.question)
        opening = [situation.opening] if situation.opening else []
        return [head, *(f"  {line}" for line in (*opening, *choices, question))]


def answer_shares(situation: SituationResult, lang: str) -> str:
    """Return the shares of the answers to a situation in one line."""
    words = catalog(lang)
    return f"{words('analysis.report.between')} ".join(
        words("analysis.report.answer", share=percent(choice.share, words), label=choice.label) for choice in situation.choices
    )


def area_credit(area: Area, lang: str) -> str:
    """Return an area's mean credit as text, or why there is none."""
    if area.credit is not None:
        return percent(area.credit, catalog(lang))
    return catalog(lang)("analysis.too_few" if area.is_scored else "analysis.not_scored")


def situation_figures(situation: SituationResult, lang: str) -> str:
    """Return the figures of a situation as text: mean credit and disagreement, if it has them, and the number of persons."""
    words = catalog(lang)
    figures = [] if situation.credit is None else [words("analysis.report.fit", credit=percent(situation.credit, words))]
    if situation.disagreement is not None:
        figures.append(words("analysis.report.differ", disagreement=percent(situation.disagreement, words)))
    return words("analysis.report.figures", figures="; ".join(figures), persons=situation.persons)


_TABLES = ("by_relation", "by_theme", "gains", "divisive", "to_discuss", "unscored")
_COLUMNS = {
    "by_relation": ("label", "credit", "persons"),
    "by_theme": ("label", "credit", "persons"),
    "gains": ("label", "before", "after", "gain", "low", "high", "persons"),
    "divisive": ("title", "disagreement", "credit", "persons"),
    "to_discuss": ("title", "credit", "persons", "question"),
    "unscored": ("title", "persons"),
}
