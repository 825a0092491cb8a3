"""Which person answered which item, as arrays: the input of the choice of a publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from etiquette_kit.analysis.reports.known_items import KnownItem, areas
from etiquette_kit.analysis.statistics.blocks import Ints

Mask = npt.NDArray[np.bool_]


class GivenAnswers:
    """Which person answered which item: an entry for each person and item, sorted by both."""

    def __init__(self, answers: pd.DataFrame, items: Mapping[str, KnownItem]) -> None:
        named = answers["item"].cat
        order = _known_in_order(answers, named.codes.to_numpy(), np.array([name in items for name in named.categories], dtype=bool))
        self.table = answers if order is None else answers.iloc[order]
        rows = named.codes.to_numpy().astype(np.int64)
        rows = rows if order is None else rows[order]
        self.names: list[str] = named.categories.tolist()
        participant = self.table["participant"].to_numpy()
        person = np.cumsum(np.diff(participant, prepend=participant[:1]) != 0)
        self.people = int(person[-1]) + 1 if len(person) else 0
        _, self.first, self.entry = np.unique(person * len(self.names) + rows, return_index=True, return_inverse=True)
        self.person, self.item = person[self.first], rows[self.first]
        session = self.table["session"].to_numpy()
        again = session != session[self.first][self.entry]
        scored = np.array([name in items and items[name].is_scored for name in self.names], dtype=bool)
        self.repeated: Mask = (np.bincount(self.entry[again], minlength=len(self.first)) > 0) & scored[self.item]
        """Which entries were answered in two or more sessions, and have a credit before and after."""
        by_relation, by_theme = areas(items, "relation"), areas(items, "theme")
        self.relations, self.relation = _named([by_relation.get(name) for name in self.names])
        self.themes, self.theme = _named([by_theme.get(name) for name in self.names])
        """The names of the areas, and for each item the index of its area, −1 where it counts in none."""

    def tally(self, entries: Mask, area: Ints, areas: int) -> Ints:
        """Return how many of these entries are in each area, as an array people × areas."""
        found = area[self.item[entries]]
        places = (self.person[entries] * areas + found)[found >= 0]
        return np.bincount(places, minlength=self.people * areas).reshape(self.people, areas)

    def repetitions(self, repeated: Mask) -> Ints:
        """Return how many of these entries each person has."""
        return np.bincount(self.person[repeated], minlength=self.people)

    def who(self, item: int, *, repeated: bool) -> Mask:
        """Return a mask of the people who answered an item."""
        there = np.zeros(self.people, dtype=bool)
        chosen = (self.item == item) & self.repeated if repeated else self.item == item
        there[self.person[chosen]] = True
        return there


def _known_in_order(answers: pd.DataFrame, items: npt.NDArray[Any], is_known: Mask) -> Ints | None:
    """Return the indices of answers to known items, sorted by person and time; None where all are in this order already."""
    places = np.flatnonzero(is_known[items])
    at, participant = answers["at"].astype("int64").to_numpy()[places], answers["participant"].to_numpy()[places]
    later, next_one = np.diff(at) >= 0, np.diff(participant)
    if len(places) == len(answers) and bool(((next_one > 0) | ((next_one == 0) & later)).all()):
        return None
    order: Ints = places[np.lexsort((at, participant))]
    return order


def _named(names: Sequence[str | None]) -> tuple[list[str], Ints]:
    different = sorted({name for name in names if name is not None})
    return different, np.array([different.index(name) if name is not None else -1 for name in names], dtype=np.int64)


class Selection(NamedTuple):
    """The entries that count, and those of them whose repetition counts as well."""

    entries: Mask
    repeated: Mask
    same_items: bool
    required: tuple[tuple[str, str], ...]
