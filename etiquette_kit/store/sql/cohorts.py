"""The groups in a store, counted in the database alone, so that an empty store is answered at once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import distinct, func, select

from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store


@dataclass(frozen=True)
class Group:
    """A cohort in a store.

    Attributes
    ----------
    name : str or None
        The cohort; None for participants without a cohort.
    persons, answers : int
        The number of each.
    """

    name: str | None
    persons: int
    answers: int


def groups(store: Store) -> list[Group]:
    """Return the cohorts of a store by name; participants without a cohort are last."""
    columns = tables.answers.c
    counted = select(columns.cohort, func.count(distinct(columns.participant)), func.count()).group_by(columns.cohort)
    found = [Group(*row) for rows in store.rows(counted) for row in rows]
    return sorted(found, key=lambda group: (group.name is None, group.name or ""))
