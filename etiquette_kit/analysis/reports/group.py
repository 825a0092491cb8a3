"""All results about a group that may be shown: its report and item statistics, without figures about too few people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from etiquette_kit.analysis.cohort_report import CohortReport, Entry, SituationResult
from etiquette_kit.analysis.reports.cohort import cohort_report, theme_names
from etiquette_kit.analysis.reports.figure_matrix import ALL
from etiquette_kit.analysis.reports.known_items import KnownItem, areas
from etiquette_kit.analysis.reports.publication import Publication, publication
from etiquette_kit.analysis.reports.stored_answers import StoredAnswers, batches_of, of_cohort, stored_answers
from etiquette_kit.analysis.statistics.extreme_groups import SHARE
from etiquette_kit.analysis.statistics.stream import AnswerStatistics, answer_statistics, no_statistics
from etiquette_kit.bank import Bank
from etiquette_kit.content.material import spoken_language
from etiquette_kit.formats import ContentFormat, format_named, formats
from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog, plural
from etiquette_kit.locale.numbers import decimal
from etiquette_kit.privacy.disclosure import checked_group_size
from etiquette_kit.privacy.thresholds import MIN_GROUP_SIZE
from etiquette_kit.store.sql.store import Store


class SmallGroupError(ValueError):
    """A group with too few people for any results.

    Attributes
    ----------
    least : int
        The minimum number of people.
    """

    def __init__(self, least: int) -> None:
        super().__init__(f"fewer than {least} people")
        self.least = least


@dataclass(frozen=True)
class GroupResults:
    """The results about a group that may be shown; all are about the same people.

    Attributes
    ----------
    report : CohortReport
        The report; ``withheld`` is the number of relations, gains, themes and scenarios that are not in it: those of the bank, and all
        others that the group answered, even unreadable ones.
    statistics : AnswerStatistics
        The statistics of the items that may be shown, by the name of a `KnownItem`. Comparisons of items are missing unless all people
        counted answered the same items; figures based on the upper and the lower 27 % also where these groups are too small. Items that
        are not scored have no credit.
    titles, openings : mapping of str to str
        The titles of these items by name, and how their situations begin.
    least : int
        The minimum group size.
    same_situations : bool
        Whether all people counted answered the same items.
    required : tuple of (str, str)
        What people must have answered to be counted; see `Publication`.
    """

    report: CohortReport
    statistics: AnswerStatistics
    titles: Mapping[str, str]
    openings: Mapping[str, str]
    least: int
    same_situations: bool
    required: tuple[tuple[str, str], ...]

    @property
    def items(self) -> pd.DataFrame:
        """The items that may be shown, one per row."""
        return self.statistics.items

    def reliability(self) -> str:
        """Return the coefficient alpha as text, or why there is none."""
        words, alpha = catalog(self.report.lang), self.statistics.alpha
        if not self.same_situations:
            return words("report.no_alpha.not_same")
        if alpha.why_missing:
            return words(f"report.no_alpha.{alpha.why_missing}")
        return words("report.alpha", **{name: decimal(getattr(alpha, name), words) for name in ("alpha", "low", "high")})

    def notes(self, bank: Bank) -> list[str]:
        """Return as text who is counted, and which figures are missing as a result."""
        words = catalog(self.report.lang)
        if self.same_situations:
            return [plural(words, "report.counted_same", sum(table == "item" for table, _ in self.required), persons=self.report.persons)]
        areas = ", ".join(_label(table, name, bank, words) for table, name in self.required)
        return [words("report.counted_areas", areas=areas) if areas else words("report.counted_all"), words("report.not_compared")]


def _label(table: str, name: str, bank: Bank, words: Catalog) -> str:
    if table == "theme":
        return bank.theme_title(name, words.lang)
    label = words("analysis.all") if name == ALL else words(f"short.relation.{name}")
    return words("report.twice", area=label) if table == "gain" else label


def group_results(store: Store, cohort: str | None, bank: Bank, lang: str = DEFAULT_LANGUAGE, least: int = MIN_GROUP_SIZE) -> GroupResults:
    """Return the results about a cohort that may be shown.

    Parameters
    ----------
    store : Store
        The database.
    cohort : str or None
        Its name; None for participants without a cohort.
    bank : Bank
        The present scenarios; for stored ones only their themes are used, see `known_answers`.
    lang : str
        The language.
    least : int
        The minimum group size, at least 5: see ``privacy.disclosure``.

    Raises
    ------
    SmallGroupError
        When the cohort is smaller.
    ThresholdError
        When ``least`` is below 5.
    """
    checked_group_size(least)
    given = stored_answers(store, of_cohort(cohort), bank, lang)
    items = {name: item for name, item in given.items.items() if not item.is_constant}
    shown = publication(given.frame, items, least)
    if shown is None:
        raise SmallGroupError(least)
    report = replace(_report(shown, items, bank, lang), withheld=_withheld(shown, given, bank, lang))
    titles = {name: items[name].title for name in shown.items}
    openings = {name: items[name].opening for name in shown.items}
    return GroupResults(report, _statistics(shown, items, least), titles, openings, least, shown.same_situations, shown.required)


def _report(shown: Publication, items: Mapping[str, KnownItem], bank: Bank, lang: str) -> CohortReport:
    own = frozenset(shown.items)

    def may_be_shown(entry: Entry) -> bool:
        return not isinstance(entry, SituationResult) or f"{entry.scenario}@{entry.content}" in own

    report = cohort_report(shown.answers, bank, lang, items=items, publishable=may_be_shown)
    return replace(
        report,
        answers=None,
        unknown=None,
        by_relation=tuple(area for area in report.by_relation if area.name in shown.relations),
        by_theme=tuple(area for area in report.by_theme if area.name in shown.themes),
        gains=tuple(replace(gain, pairs=None) for gain in report.gains if gain.name in shown.gains),
    )


def _withheld(shown: Publication, given: StoredAnswers, bank: Bank, lang: str) -> int:
    """Return the number of possible relations, gains, themes and scenarios that are not shown."""
    ids = {name: item.id for name, item in given.items.items()}
    relations: set[str] = {situation.relation for material in bank.all_material() for situation in material.situations}
    scored = relations | {item.relation for item in given.items.values() if item.is_scored and item.relation}
    relations |= {*areas(given.items, "relation").values()}
    gains = 1 + len(scored)  # the total, and each relation
    items = {*_bank_items(bank, lang), *ids.values(), *given.left_out}
    possible = len(relations) + gains + len(theme_names(bank, given.items)) + len(items)
    return possible - len(shown.relations) - len(shown.gains) - len(shown.themes) - len({ids[name] for name in shown.items})


def _bank_items(bank: Bank, lang: str) -> Iterator[str]:
    """Yield the ids of all items of the bank, whether anybody answered them or not."""
    yield from bank.scenarios
    for name in formats():
        found = format_named(name)
        if isinstance(found, ContentFormat):
            for material in found.materials(bank).values():
                items = found.item_options(material, spoken_language(material, lang))
                yield from (f"{material.id}/{item}" if item else material.id for item in items or [""])


def _statistics(shown: Publication, items: Mapping[str, KnownItem], least: int) -> AnswerStatistics:
    first = shown.answers[shown.is_first]
    scored = [name for name in shown.items if items[name].is_scored]
    with_credit = first[first["credit"].notna()]
    statistics = answer_statistics(batches_of(with_credit)).only(scored) if len(with_credit) else no_statistics()
    statistics = statistics.with_unscored(_unscored(first, [name for name in shown.items if name not in scored]))
    measured = first["seconds"].notna().groupby(first["item"], observed=True).sum()
    incomplete = statistics.items["n"] > measured.reindex(statistics.items.index)
    statistics.items.loc[incomplete, "seconds"] = np.nan  # a median of only some answers could be about too few people
    if not shown.same_situations:
        return statistics.without_comparisons()
    return statistics if shown.persons * SHARE >= least else statistics.without_extremes()


def _unscored(first: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    """Return the numbers of answers to items without a credit, and their median times."""
    seconds = first[first["item"].isin(items)].groupby("item", observed=True)["seconds"]
    return pd.DataFrame({"n": seconds.size(), "seconds": seconds.median()})
