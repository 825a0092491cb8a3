"""The report on the answers of one group: mean credit, changes, disagreement, and scenarios to discuss."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from etiquette_kit.analysis.cohort_report import Area, CohortReport, Entry, OptionShare, SituationResult
from etiquette_kit.analysis.reports.known_items import KnownItem, areas
from etiquette_kit.analysis.statistics.columns import categories
from etiquette_kit.analysis.statistics.flags import WRONG
from etiquette_kit.analysis.statistics.gain import Gain, normalised_gain
from etiquette_kit.bank import Bank, given_bank
from etiquette_kit.content.material import spoken_language
from etiquette_kit.formats import ItemOption
from etiquette_kit.formats.choice import item_options
from etiquette_kit.locale import DEFAULT_LANGUAGE, catalog
from etiquette_kit.locale.arguments import ArgumentError, ArgumentTypeError, as_written, entry_point
from etiquette_kit.privacy.thresholds import MIN_GROUP_FLOOR

MIN_PERSONS = 10
"""The minimum number of persons for a figure: with fewer, one person would change a share by more than ten points."""

LISTED = 5
"""The maximum number of scenarios in each list."""

POPULAR = 1 / 3
"""The share from which a wrong option counts as popular."""

FULL = 1
"""The credit of the reactions that fit best."""

LOW = 0.5
"""The mean credit below which a scenario is worth discussing."""

_COLUMNS = ("participant", "session", "scenario", "option", "credit", "at")
_COLUMNS_WITH_ITEMS = ("participant", "session", "item", "option", "credit", "at")


@entry_point
def cohort_report(
    answers: pd.DataFrame,
    bank: Bank | str | Path,
    lang: str = DEFAULT_LANGUAGE,
    *,
    items: Mapping[str, KnownItem] | None = None,
    publishable: Callable[[Entry], bool] | None = None,
    seed: int = 0,
) -> CohortReport:
    """Report on the answers of one group.

    Credit, disagreement and choices are based on each person's first answer to each scenario; versions of a scenario that was changed
    meanwhile are distinguished by ``content``. By relation and theme each person's mean counts once, whatever the number of scenarios.
    A figure needs at least ten persons; the mean credit by relation and theme, which describes and does not compare, needs five.

    *Before and after*: all scenarios that a person answered in two or more sessions; the first answer in the first session is compared
    with the first answer in the last one. Each person's means before and after count once; the gain is that of the group's means (Hake,
    1998).

    *Disagreement* is the probability that two different persons chose differently, ``1 − Σ nᵢ(nᵢ − 1) / (n(n − 1))`` over the options
    (Simpson, 1949): 0 where all agree.

    *To discuss* are scenarios with a mean credit below one half, or with a wrong option (with a credit below one half) that a third or
    more chose; the lowest mean credit first.

    Items that are not scored have no credit: they are counted by relation and theme only where no item is scored, and they are not in any
    gain; of the lists they can only be in that by *disagreement*. Items whose answers are not counted by options have no disagreement.

    Parameters
    ----------
    answers : pandas.DataFrame
        One row per answer: participant, session, scenario, option, credit (0..1), at (a sortable time), and optionally
        content. Other columns are ignored. With `items`, the column item replaces scenario and content, and credit is NaN where an
        item is not scored.
    bank : Bank, str or Path
        The scenarios, or their file or folder.
    lang : str
        The language of all texts.
    items : mapping of str to KnownItem, optional
        The answered items by name, as from `stored_answers`; their titles, options and credits may differ from those of the bank.
        Default: the scenarios of the bank.
    publishable : callable, optional
        Returns whether an entry of the tables, which has ``persons``, may be shown; other entries are removed, scenarios before the
        lists are built, so that a list reveals nothing about them. Default: all are shown.
    seed : int
        The seed of the bootstrap.

    Raises
    ------
    ValueError
        When a column is missing, a credit is not valid, or there is no such language.
    """
    words = catalog(lang)
    bank = given_bank(bank)
    if items is None:
        _check(answers, _COLUMNS)
        known, items = _of_bank(answers, bank, lang)
    else:
        _check(answers, _COLUMNS_WITH_ITEMS)
        named = answers["item"].astype("category")
        there = np.array([name in items for name in named.cat.categories] + [False], dtype=bool)[named.cat.codes]  # −1: missing
        known = answers[[*_COLUMNS_WITH_ITEMS]].assign(item=named)
        known = known if there.all() else known[there]
    table = known.sort_values("at", kind="stable").sort_values("participant", kind="stable")
    relations, themes = areas(items, "relation"), areas(items, "theme")
    first = table.drop_duplicates(["participant", "item"])
    first = first.assign(relation=_values_of_items(first["item"], relations), theme=_values_of_items(first["item"], themes))
    every = list(_situations(first, items, lang))
    situations = [situation for situation in every if publishable is None or publishable(situation)]
    report = CohortReport(
        lang=lang,
        persons=int(table["participant"].nunique()),
        answers=len(first),
        unknown=len(answers) - len(table),
        fewest=MIN_PERSONS,
        by_relation=_areas(first, "relation", [(name, words(f"short.relation.{name}")) for name in words.table("short.relation")]),
        by_theme=_areas(first, "theme", [(name, bank.theme_title(name, lang)) for name in theme_names(bank, items)]),
        gains=tuple(_gains(table[table["credit"].notna()], relations, lang, seed)),
        divisive=_listed([entry for entry in situations if entry.disagreement], lambda situation: -(situation.disagreement or 0)),
        to_discuss=_listed([entry for entry in situations if _is_to_discuss(entry)], lambda situation: situation.credit or 0),
        unscored=tuple(entry for entry in situations if entry.credit is None and entry.choices),
        withheld=len(every) - len(situations),
    )
    return report if publishable is None else report.keep(publishable)


def theme_names(bank: Bank, items: Mapping[str, KnownItem]) -> list[str]:
    """Return the themes of a bank, then those that only items have."""
    return list(dict.fromkeys([*bank.themes, *sorted({item.theme for item in items.values()} - {""})]))


def _check(answers: pd.DataFrame, columns: Sequence[str]) -> None:
    if not isinstance(answers, pd.DataFrame):
        raise ArgumentTypeError("frame", name="answers", columns=", ".join(columns))
    missing = [column for column in columns if column not in answers.columns]
    if missing:
        message = f"the answers have no column {missing[0]!r}; needed are: {', '.join(columns)}"
        raise ArgumentError("column", message, column=missing[0], columns=", ".join(columns))
    credit = pd.to_numeric(answers["credit"], errors="coerce")
    is_credit = credit.between(0, 1)
    if "item" in columns:
        is_credit |= answers["credit"].isna()
    wrong = np.flatnonzero(~is_credit.to_numpy(dtype=bool))
    if len(wrong):
        message = f"row {answers.index[wrong[0]]!r}: {answers['credit'].iloc[wrong[0]]!r} is not a credit from 0 to 1"
        raise ArgumentError("credit", message, row=as_written(answers.index[wrong[0]]), given=as_written(answers["credit"].iloc[wrong[0]]))


def _of_bank(answers: pd.DataFrame, bank: Bank, lang: str) -> tuple[pd.DataFrame, dict[str, KnownItem]]:
    """Return the answers with scenarios and options of the bank, each with its item, and the items."""
    table = answers[list(_COLUMNS)].reset_index(drop=True)
    scenarios, options = (table[name].astype("category").cat for name in ("scenario", "option"))
    contents = pd.Series(answers["content"].to_numpy() if "content" in answers else "", index=table.index).astype("category").cat
    there = np.zeros((len(scenarios.categories) + 1, len(options.categories) + 1), dtype=bool)  # the code of a missing value is −1
    for at, name in enumerate(scenarios.categories):
        if name in bank:
            key = bank.key(name)
            there[at, :-1] = [option in key for option in options.categories]
    known = there[scenarios.codes, options.codes]
    kinds, number = np.unique(
        scenarios.codes.to_numpy().astype(np.int64)[known] * (len(contents.categories) + 1) + contents.codes.to_numpy()[known],
        return_inverse=True,
    )
    versions = [divmod(int(kind), len(contents.categories) + 1) for kind in kinds]
    items = [_item_of(bank, str(scenarios.categories[at]), str(contents.categories[version]), lang) for at, version in versions]
    named = categories([item.name for item in items], number)
    return table[known].assign(item=named), {item.name: item for item in items}


def _item_of(bank: Bank, name: str, content: str, lang: str) -> KnownItem:
    """Return a scenario of the bank as an item."""
    scenario = bank[name]
    (situation,) = scenario.situations
    spoken = spoken_language(scenario, lang)
    options = tuple(item_options(scenario, spoken)[""])
    return KnownItem(
        name,
        content,
        scenario.title(spoken),
        situation.relation,
        situation.theme,
        situation.rule,
        options,
        is_scored=True,
        opening=scenario.opening(spoken),
    )


def _values_of_items(items: pd.Series[Any], what: Mapping[str, str]) -> pd.Categorical[str]:
    """Return, for each answer, the value of its item, as categories."""
    kinds = sorted(set(what.values()))
    numbers = np.array([kinds.index(what[name]) if name in what else -1 for name in items.cat.categories], dtype=np.int16)
    return pd.Categorical.from_codes(numbers[items.cat.codes], categories=pd.Index(kinds))


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
            mean = float((sums[there] / answers[there]).mean()) if persons >= MIN_GROUP_FLOOR else None
            is_scored = bool(np.isfinite(credit[own]).all())
            found.append(Area(name, label, mean if is_scored else None, persons, is_scored))
    return tuple(found)


def _gains(table: pd.DataFrame, relations: Mapping[str, str], lang: str, seed: int) -> Iterator[Gain]:
    words = catalog(lang)
    same = ["participant", "item"]
    once = table.drop_duplicates([*same, "session"])
    again = once[once.duplicated(same, keep=False)]
    ends = again.groupby(same, sort=False, observed=True)["credit"].agg(before="first", after="last").reset_index()
    relation = _values_of_items(ends["item"], relations)
    yield _gain("all", words("analysis.all"), ends, seed)
    for name in words.table("short.relation"):
        own = ends[relation == name]
        if len(own):
            yield _gain(name, words(f"short.relation.{name}"), own, seed)


def _gain(name: str, label: str, ends: pd.DataFrame, seed: int) -> Gain:
    means = ends.groupby("participant")[["before", "after"]].mean()
    before, after = (means[column].to_numpy(dtype=np.float64) for column in ("before", "after"))
    return normalised_gain(name, label, before, after, pairs=len(ends), fewest=MIN_PERSONS, seed=seed)


def _situations(first: pd.DataFrame, items: Mapping[str, KnownItem], lang: str) -> Iterator[SituationResult]:
    for name, own in first.groupby("item", sort=True, observed=True):
        if len(own) >= MIN_PERSONS:
            item = items[str(name)]
            choices = tuple(_choices(item.options, own["option"].value_counts(), len(own)))
            alike = sum(choice.persons * (choice.persons - 1) for choice in choices) / (len(own) * (len(own) - 1))
            credit = float(own["credit"].mean()) if item.is_scored else None
            division = 1 - alike if choices else None
            yield SituationResult(
                item.id, item.content, item.title, credit, division, choices, len(own), _question(item.rule, lang), item.opening
            )


def _choices(options: Sequence[ItemOption], counts: pd.Series[Any], total: int) -> Iterator[OptionShare]:
    chosen = {option.option: int(counts.get(option.option, 0)) for option in options}
    for option in sorted(options, key=lambda option: -chosen[option.option]):
        number = chosen[option.option]
        yield OptionShare(option.option, option.label, number / total, option.credit, number, is_best=option.credit == FULL)


def _question(rule: str, lang: str) -> str:
    words = catalog(lang)
    return (words.get(f"questions.{rule}.1") if rule else None) or words("analysis.question")


def _is_to_discuss(situation: SituationResult) -> bool:
    if situation.credit is None:
        return False
    return situation.credit < LOW or any(
        choice.credit is not None and choice.credit < WRONG and choice.share >= POPULAR for choice in situation.choices
    )


def _listed(situations: Iterable[SituationResult], rank: Callable[[SituationResult], float]) -> tuple[SituationResult, ...]:
    return tuple(sorted(situations, key=rank)[:LISTED])
