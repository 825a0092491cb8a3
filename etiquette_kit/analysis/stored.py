"""Answers out of a store: as a stream, as a table, and who is in which group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
from sqlalchemy import ColumnElement, Select, distinct, func, select

from etiquette_kit.analysis.blocks import Answer
from etiquette_kit.analysis.synthetic import COLUMNS
from etiquette_kit.records import tables
from etiquette_kit.records.store import Store

_ANSWERS = tables.answers
_FEW = 50
"""People up to whom an item's are all named; it is far above any smallest group."""


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
    item = columns.scenario + "@" + columns.content
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
    columns = _ANSWERS.c
    wanted = select(
        columns.participant,
        columns.session,
        columns.scenario,
        columns.content,
        columns.response.label("option"),
        columns.credit,
        columns.seconds,
        columns.at,
        columns.lang,
    )
    for rows in store.rows(_sorted(wanted, where)):
        yield from rows


def answers_frame(store: Store, where: ColumnElement[bool] | None = None) -> pd.DataFrame:
    """Return answers as `cohort_report` takes them; all of them are in memory then."""
    return pd.DataFrame([tuple(row) for row in answer_rows(store, where)], columns=COLUMNS)


def who_answered(store: Store, where: ColumnElement[bool] | None = None) -> Mapping[str, frozenset[int]]:
    """Return, by item, who answered it; where there are very many, so many of them that the group is surely large."""
    columns = _ANSWERS.c
    items = select(columns.scenario, columns.content).distinct()
    found = {}
    for scenario, content in [row for rows in store.rows(items if where is None else items.where(where)) for row in rows]:
        people = select(columns.participant).where(columns.scenario == scenario, columns.content == content).distinct().limit(_FEW)
        some = people if where is None else people.where(where)
        found[f"{scenario}@{content}"] = frozenset(row.participant for rows in store.rows(some) for row in rows)
    return found
