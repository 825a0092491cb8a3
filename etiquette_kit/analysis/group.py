"""Everything that may be said about a group: its report and its item statistics, without what would tell about too few people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from etiquette_kit.analysis.cohort import cohort_report
from etiquette_kit.analysis.gain import Gain
from etiquette_kit.analysis.report import CohortReport, Entry, Situation
from etiquette_kit.analysis.stored import answers_frame, batches_of, of_cohort, who_answered
from etiquette_kit.analysis.stream import AnswerStatistics, answer_statistics
from etiquette_kit.analysis.tails import SHARE
from etiquette_kit.bank import Bank
from etiquette_kit.records.store import Store
from etiquette_kit.records.terms import LEAST_GROUP
from etiquette_kit.records.threshold import Cell, checked_least, publishable


class SmallGroupError(ValueError):
    """A group of too few people to say anything about.

    Attributes
    ----------
    least : int
        How many it takes.
    """

    def __init__(self, least: int) -> None:
        super().__init__(f"fewer than {least} people")
        self.least = least


@dataclass(frozen=True)
class GroupResults:
    """What may be said about a group.

    Attributes
    ----------
    report : CohortReport
        Where it stands; ``withheld`` counts what was taken out.
    items : pandas.DataFrame
        Item statistics by ``scenario@content``, without items that few answered. What rests on the upper and the lower 27 % is
        missing where these are too few.
    statistics : AnswerStatistics
        Of all items, for the pictures; not to be shown as it is.
    least : int
        The smallest group.
    """

    report: CohortReport
    items: pd.DataFrame
    statistics: AnswerStatistics
    least: int


def group_results(store: Store, cohort: str | None, bank: Bank, lang: str = "de", least: int = LEAST_GROUP) -> GroupResults:
    """Return what may be said about a cohort.

    Parameters
    ----------
    store : Store
        Where its answers are.
    cohort : str or None
        Its name; None for those who belong to none.
    bank : Bank
        The scenarios.
    lang : str
        The language.
    least : int
        The smallest group, at least 5: see ``records.threshold``.

    Raises
    ------
    SmallGroupError
        When the cohort itself is smaller.
    ThresholdError
        When ``least`` is below 5.
    """
    checked_least(least)
    answers = answers_frame(store, of_cohort(cohort))
    who = who_answered(answers, least)
    everyone = frozenset().union(*who.values()) if who else frozenset()
    if len(everyone) < least:
        raise SmallGroupError(least)
    known = {item: bank[item.partition("@")[0]] for item in who if item.partition("@")[0] in bank}
    cells = [
        Cell("all", "all", frozenset(who)),
        *(Cell("items", item, frozenset([item])) for item in who),
        *(Cell("relation", name, _where(known, relation=name)) for name in {scenario.facts.relation for scenario in known.values()}),
        *(Cell("theme", name, _where(known, theme=name)) for name in {scenario.theme for scenario in known.values()}),
    ]
    shown = publishable(cells, who, least)
    report = cohort_report(answers, bank, lang)
    persons = {area.name: area.persons for area in (*report.by_relation, *report.by_theme)} | {"all": report.persons}

    def may_be_shown(entry: Entry) -> bool:
        if isinstance(entry, Situation):
            return ("items", f"{entry.scenario}@{entry.content}") in shown
        if isinstance(entry, Gain):
            rest = persons.get(entry.name, 0) - entry.persons
            return entry.persons >= least and (rest == 0 or rest >= least)
        return any((table, entry.name) in shown for table in ("relation", "theme"))

    statistics = answer_statistics(batches_of(answers))
    items = statistics.items[[("items", item) in shown for item in statistics.items.index]].copy()
    few = items["n"] * SHARE < least
    items.loc[few, "upper_lower"] = float("nan")
    return GroupResults(report.keep(may_be_shown), items, statistics, least)


def _where(known: dict[str, Any], relation: str | None = None, theme: str | None = None) -> frozenset[str]:
    return frozenset(
        item
        for item, scenario in known.items()
        if (relation is None or scenario.facts.relation == relation) and (theme is None or scenario.theme == theme)
    )
