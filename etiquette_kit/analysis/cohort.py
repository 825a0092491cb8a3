"""What the answers of one group tell: where it stands, what changed, what divides it, what to talk about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from etiquette_kit.analysis.flags import WRONG
from etiquette_kit.analysis.gain import Gain, normalised_gain
from etiquette_kit.analysis.report import Area, Choice, CohortReport, Entry, Situation
from etiquette_kit.bank import Bank
from etiquette_kit.locale import catalog
from etiquette_kit.records.terms import LEAST_POSSIBLE
from etiquette_kit.scenario import Scenario

FEWEST = 10
"""Persons below which nothing is said: one person more or less would move a share by more than ten points."""

LISTED = 5
"""How many scenarios each list names at most."""

POPULAR = 1 / 3
"""Share from which a wrong option counts as popular."""

LOW = 0.5
"""Mean credit below which a scenario is worth talking about."""

_COLUMNS = ("participant", "session", "scenario", "option", "credit", "at")


def cohort_report(
    answers: pd.DataFrame,
    bank: Bank,
    lang: str = "de",
    *,
    publishable: Callable[[Entry], bool] | None = None,
    seed: int = 0,
) -> CohortReport:
    """Report on the answers of one group.

    Credit, division and choices rest on each person's first answer to each scenario; where the scenario was changed meanwhile, its
    versions are told apart by ``content``. By relation and theme each person's mean counts once, however many scenarios she answered.
    Fewer than ten persons give no figure, but for the mean credit by relation and theme, which describes and does not compare: there it
    takes five.

    *Before and after*: all scenarios that a person answered in two sessions or more, the first answer of the first session against the
    first answer of the last one. Each person's mean before and mean after count once; the gain is that of the group's means (Hake, 1998).

    *Division* is the probability that two different persons chose differently, ``1 − Σ nᵢ(nᵢ − 1) / (n(n − 1))`` over the options
    (Simpson, 1949): 0 where all agree.

    *To discuss* are scenarios with a mean credit below one half, or with a wrong option (one that earns less than half) that a third or
    more chose; the lowest mean credit first.

    Parameters
    ----------
    answers : pandas.DataFrame
        One row per answer: participant, session, scenario, option, credit (0..1), at (a time that can be sorted), and optionally
        content. Other columns are passed over.
    bank : Bank
        Where the scenarios come from.
    lang : str
        The language of all words.
    publishable : callable, optional
        Given an entry of the tables, which has ``persons``; those for which it is false are taken out, scenarios before the lists are
        made, so that a list tells nothing of them. Default: all stay.
    seed : int
        Of the bootstrap.

    Raises
    ------
    ValueError
        When a column is missing, a credit is none, or there is no such language.
    """
    _check(answers)
    words = catalog(lang)
    table = _known(answers, bank).sort_values("at", kind="stable").sort_values("participant", kind="stable")
    facts, themes = {s.id: s.facts.relation for s in bank}, {s.id: s.theme for s in bank}
    first = table.drop_duplicates(["participant", "scenario", "content"])
    first = first.assign(relation=_told(first["scenario"], facts), theme=_told(first["scenario"], themes))
    every = list(_situations(first, bank, lang))
    situations = [situation for situation in every if publishable is None or publishable(situation)]
    report = CohortReport(
        lang=lang,
        persons=int(table["participant"].nunique()),
        answers=len(first),
        unknown=len(answers) - len(table),
        fewest=FEWEST,
        by_relation=_areas(first, "relation", [(name, words(f"short.relation.{name}")) for name in words.table("short.relation")]),
        by_theme=_areas(first, "theme", [(name, bank.theme_title(name, lang)) for name in bank.themes]),
        gains=tuple(_gains(table, facts, lang, seed)),
        divisive=_most(situations, lambda situation: -situation.disagreement, lambda situation: situation.disagreement > 0),
        to_discuss=_most(situations, lambda situation: situation.credit, _is_worth_talking_about),
        withheld=len(every) - len(situations),
    )
    return report if publishable is None else report.keep(publishable)


def _check(answers: pd.DataFrame) -> None:
    missing = [column for column in _COLUMNS if column not in answers.columns]
    if missing:
        message = f"the answers have no column {missing[0]!r}; needed are: {', '.join(_COLUMNS)}"
        raise ValueError(message)
    credit = pd.to_numeric(answers["credit"], errors="coerce")
    wrong = np.flatnonzero(~credit.between(0, 1).to_numpy(dtype=bool))
    if len(wrong):
        message = f"row {answers.index[wrong[0]]!r}: {answers['credit'].iloc[wrong[0]]!r} is not a credit from 0 to 1"
        raise ValueError(message)


def _known(answers: pd.DataFrame, bank: Bank) -> pd.DataFrame:
    """Return the answers to scenarios and with options that the bank has, names as categories in alphabetical order."""
    table = answers[list(_COLUMNS)].reset_index(drop=True)
    table["content"] = answers["content"].to_numpy() if "content" in answers else ""
    names = {name: table[name].astype("category").cat for name in ("scenario", "option", "content")}
    scenarios, options = ({name: at for at, name in enumerate(names[of].categories)} for of in ("scenario", "option"))
    there = np.zeros((len(scenarios) + 1, len(options) + 1), dtype=bool)  # the last ones are for what is missing: its code is −1
    for scenario in bank:
        for option in scenario.options:
            if scenario.id in scenarios and option.id in options:
                there[scenarios[scenario.id], options[option.id]] = True
    table = table.assign(**{name: column.set_categories(sorted(column.categories, key=str)) for name, column in names.items()})
    return table[there[names["scenario"].codes, names["option"].codes]]


def _told(scenarios: pd.Series[Any], what: Mapping[str, str]) -> pd.Categorical[str]:
    """Return, for each answer, what is told of its scenario, as categories."""
    kinds = sorted(set(what.values()))
    numbers = np.array([kinds.index(what[name]) if name in what else -1 for name in scenarios.cat.categories], dtype=np.int8)
    return pd.Categorical.from_codes(numbers[scenarios.cat.codes], categories=pd.Index(kinds))


def _areas(first: pd.DataFrame, column: str, names: list[tuple[str, str]]) -> tuple[Area, ...]:
    found = []
    participants, person = np.unique(first["participant"].to_numpy(), return_inverse=True)
    credit = first["credit"].to_numpy(dtype=np.float64)
    for name, label in names:
        own = (first[column] == name).to_numpy(dtype=bool)
        answers = np.bincount(person[own], minlength=len(participants))
        sums = np.bincount(person[own], credit[own], minlength=len(participants))
        there = answers > 0
        persons = int(there.sum())
        if persons:
            mean = float((sums[there] / answers[there]).mean()) if persons >= LEAST_POSSIBLE else None
            found.append(Area(name, label, mean, persons))
    return tuple(found)


def _gains(table: pd.DataFrame, facts: Mapping[str, str], lang: str, seed: int) -> Iterator[Gain]:
    words = catalog(lang)
    same = ["participant", "scenario", "content"]
    once = table.drop_duplicates([*same, "session"])
    again = once[once.duplicated(same, keep=False)]
    ends = again.groupby(same, sort=False, observed=True)["credit"].agg(before="first", after="last").reset_index()
    relation = _told(ends["scenario"], facts)
    yield _gain("all", words("analysis.all"), ends, seed)
    for name in words.table("short.relation"):
        own = ends[relation == name]
        if len(own):
            yield _gain(name, words(f"short.relation.{name}"), own, seed)


def _gain(name: str, label: str, ends: pd.DataFrame, seed: int) -> Gain:
    means = ends.groupby("participant")[["before", "after"]].mean()
    before, after = (means[column].to_numpy(dtype=np.float64) for column in ("before", "after"))
    return normalised_gain(name, label, before, after, pairs=len(ends), fewest=FEWEST, seed=seed)


def _situations(first: pd.DataFrame, bank: Bank, lang: str) -> Iterator[Situation]:
    for (name, content), own in first.groupby(["scenario", "content"], sort=True, observed=True):
        if len(own) >= FEWEST:
            scenario = bank[str(name)]
            choices = tuple(_choices(scenario, own["option"].value_counts(), lang))
            alike = sum(choice.persons * (choice.persons - 1) for choice in choices) / (len(own) * (len(own) - 1))
            title, credit = scenario.text(lang).title, float(own["credit"].mean())
            yield Situation(scenario.id, str(content), title, credit, 1 - alike, choices, len(own), _question(scenario, lang))


def _choices(scenario: Scenario, counts: pd.Series[Any], lang: str) -> Iterator[Choice]:
    key, total = scenario.key(), int(counts.sum())
    chosen = {option.id: int(counts.get(option.id, 0)) for option in scenario.options}
    for option in sorted(scenario.options, key=lambda option: -chosen[option.id]):
        number = chosen[option.id]
        yield Choice(option.id, option.text(lang).label, number / total, (key[option.id] - 1) / 3, number)


def _question(scenario: Scenario, lang: str) -> str:
    words = catalog(lang)
    return words.get(f"questions.{scenario.advice.rule}.1") or words("analysis.question")


def _is_worth_talking_about(situation: Situation) -> bool:
    return situation.credit < LOW or any(choice.credit < WRONG and choice.share >= POPULAR for choice in situation.choices)


def _most(situations: list[Situation], rank: Callable[[Situation], float], is_listed: Callable[[Situation], bool]) -> tuple[Situation, ...]:
    return tuple(sorted(filter(is_listed, situations), key=rank)[:LISTED])
