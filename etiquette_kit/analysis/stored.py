"""Answers out of a store: as a stream, as a table, by group, and which of them are to what the bank still has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import msgspec
import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Select, distinct, func, select

from etiquette_kit.analysis.blocks import Answer
from etiquette_kit.analysis.columns import Figures, Names
from etiquette_kit.analysis.synthetic import COLUMNS
from etiquette_kit.bank import Bank
from etiquette_kit.records import tables
from etiquette_kit.records.store import Store
from etiquette_kit.scenario import Scenario

_ANSWERS = tables.answers
_BATCH = 20_000


@dataclass(frozen=True)
class Group:
    """A cohort in a store.

    Attributes
    ----------
    name : str or None
        The cohort; None for those who belong to none.
    persons, answers : int
        How many.
    """

    name: str | None
    persons: int
    answers: int


def groups(store: Store) -> list[Group]:
    """Return the cohorts of a store by name; last, those who belong to none."""
    counted = select(_ANSWERS.c.cohort, func.count(distinct(_ANSWERS.c.participant)), func.count()).group_by(_ANSWERS.c.cohort)
    found = [Group(*row) for rows in store.rows(counted) for row in rows]
    return sorted(found, key=lambda group: (group.name is None, group.name or ""))


def answer_batches(store: Store, where: ColumnElement[bool] | None = None) -> Iterator[Sequence[Answer]]:
    """Yield answers in batches, as `answer_statistics` takes them; an item is ``scenario@content``.

    Parameters
    ----------
    store : Store
        Where.
    where : SQLAlchemy condition, optional
        On the columns of ``tables.answers``: see `of_cohort`. Default: all.
    """
    columns = _ANSWERS.c
    item = columns.material + "@" + columns.content
    wanted = select(columns.participant, item, columns.response, columns.credit, columns.seconds)
    yield from cast("Iterator[Sequence[Answer]]", store.tuples(_sorted(wanted, where)))


def _sorted(wanted: Select[Any], where: ColumnElement[bool] | None) -> Select[Any]:
    columns = _ANSWERS.c
    limited = wanted if where is None else wanted.where(where)
    return limited.order_by(columns.participant, columns.session, columns.seq)


def of_cohort(name: str | None) -> ColumnElement[bool]:
    """Return the condition for the answers of a cohort, or of those who belong to none."""
    return _ANSWERS.c.cohort.is_(None) if name is None else _ANSWERS.c.cohort == name


def of_participant(number: int) -> ColumnElement[bool]:
    """Return the condition for one participant's answers."""
    return _ANSWERS.c.participant == number


def answer_rows(store: Store, where: ColumnElement[bool] | None = None) -> Iterator[Any]:
    """Yield answers one by one, with the columns of `cohort_report`, by participant and time."""
    for rows in store.rows(_sorted(select(*_COLUMNS), where)):
        yield from rows


_CALLED = {"scenario": _ANSWERS.c.material, "option": _ANSWERS.c.response}
_COLUMNS = [_CALLED[name].label(name) if name in _CALLED else _ANSWERS.c[name] for name in COLUMNS]


def answers_frame(store: Store, where: ColumnElement[bool] | None = None) -> pd.DataFrame:
    """Return answers as `cohort_report` takes them, by participant and time, all in memory: 50 MB a million.

    Names are categories.
    """
    columns = {name: Figures(_FIGURES[name]) if name in _FIGURES else Names() for name in COLUMNS}
    for rows in store.tuples(_sorted(select(*_COLUMNS), where)):
        for column, values in zip(columns.values(), zip(*rows, strict=True), strict=True):
            column.add(values)
    return pd.DataFrame({name: column.column() for name, column in columns.items()})


_FIGURES = {"participant": "int64", "session": "int64", "credit": "float64", "seconds": "float64", "at": "datetime64[us]"}


def items_of(answers: pd.DataFrame) -> pd.Series[Any]:
    """Return the item of each answer, ``scenario@content``, as categories."""
    versions = answers.groupby(["scenario", "content"], sort=False, observed=True)
    names = pd.Index([f"{scenario}@{content}" for scenario, content in versions.size().index])
    return pd.Series(pd.Categorical.from_codes(versions.ngroup().to_numpy(), categories=names), index=answers.index)


def batches_of(answers: pd.DataFrame) -> Iterator[list[Answer]]:
    """Yield what `answers_frame` returned in batches, as `answer_statistics` takes them."""
    needed = answers.assign(item=items_of(answers))[["participant", "item", "option", "credit", "seconds"]]
    for begin in range(0, len(needed), _BATCH):
        part = needed.iloc[begin : begin + _BATCH]
        yield list(zip(*(part[name].tolist() for name in part), strict=True))


def known_items(store: Store, answers: pd.DataFrame, bank: Bank) -> dict[str, Scenario]:
    """Return, by item, the scenario that the bank has for it, where it has all of the item's options.

    It does not matter whether anybody chose an option that the bank does not have any more: such an item is left out for everybody.
    So is one whose options all earn the same.

    Parameters
    ----------
    store : Store
        Where the wordings and keys are.
    answers : pandas.DataFrame
        As from `answers_frame`.
    bank : Bank
        The scenarios.
    """
    recorded = {}
    for rows in store.rows(select(tables.contents.c.hash, tables.contents.c.material, tables.contents.c.body)):
        for content, scenario, body in rows:
            if scenario in bank:
                recorded[f"{scenario}@{content}"] = _key(body)
    items = items_of(answers).cat
    options = answers["option"].cat
    chosen = np.unique(items.codes.to_numpy().astype(np.int64) * len(options.categories) + options.codes.to_numpy())
    for pair in chosen.tolist():
        name, option = items.categories[pair // len(options.categories)], options.categories[pair % len(options.categories)]
        if option not in recorded.get(name, {}):
            recorded.pop(name, None)
    known = {}
    for name, key in recorded.items():
        scenario = bank[name.partition("@")[0]]
        if key.keys() <= scenario.key().keys() and len(set(key.values())) > 1:
            known[name] = scenario
    return known


class _Recorded(msgspec.Struct):
    key: dict[str, int]


def _key(body: str) -> dict[str, int]:
    """Return the key as it was; none where it cannot be read, which `etiquette data verify` reports."""
    try:
        return msgspec.json.decode(body, type=_Recorded).key
    except msgspec.DecodeError:
        return {}
