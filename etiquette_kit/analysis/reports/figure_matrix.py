"""The candidate figures about a group as a matrix over people and answers, for the disclosure audit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import lcm
from typing import Any, Literal

import numpy as np

from etiquette_kit.analysis.reports.given_answers import GivenAnswers, Mask, Selection
from etiquette_kit.analysis.statistics.blocks import Ints
from etiquette_kit.privacy.disclosure import Column, Pattern

Table = Literal["relation", "gain", "theme", "item"]
ALL = "all"
"""The name of the total gain over all relations."""

_BOUND = 2**62


class FigureMatrix:
    """The figures of a selection.

    In a person's mean in an area, each answer there has the weight one over their number. First answers, and the last answers of
    repeated items, are separate columns.
    """

    def __init__(self, given: GivenAnswers, selection: Selection) -> None:
        self._given = given
        entries, repeated = selection.entries, selection.repeated
        person, item = given.person[entries], given.item[entries]
        again = repeated[entries]
        by_relation = given.tally(entries, given.relation, len(given.relations))
        by_theme = given.tally(entries, given.theme, len(given.themes))
        pairs = given.tally(repeated, given.relation, len(given.relations))
        relation, theme = given.relation[item], given.theme[item]
        values = [
            item,
            _where(relation >= 0, by_relation, person, relation),
            _where(theme >= 0, by_theme, person, theme),
            np.where(again, given.repetitions(repeated)[person], 0),
            _where(again & (relation >= 0), pairs, person, relation),
        ]
        number, places = _numbered(values)
        self._distinct = [[int(value) for value in row] for row in np.column_stack([column[places] for column in values])]
        starts = np.flatnonzero(np.diff(person, prepend=-1))
        alike: dict[bytes, int] = {}
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(person)], strict=True):
            key = number[start:end].tobytes()
            alike[key] = alike.get(key, 0) + 1
        self.patterns = [Pattern(_Kinds(key), people) for key, people in alike.items()]

    @cached_property
    def _width(self) -> int:
        return 3 * len(self._given.relations) + len(self._given.themes) + 2

    def sums_of(self, table: Table, name: str) -> tuple[int, ...]:
        """Return the indices of a figure's sums; a gain has two, the means before and after."""
        relations = len(self._given.relations)
        themes = relations + len(self._given.themes)
        if table == "theme":
            return (relations + self._given.themes.index(name),)
        if table == "gain" and name == ALL:
            return (themes, themes + 1)
        place = self._given.relations.index(name)
        return (place,) if table == "relation" else (themes + 2 + 2 * place, themes + 3 + 2 * place)

    @cached_property
    def kinds(self) -> list[list[Column]]:
        """The kinds of answers, each as the column of the first answer and, if it was repeated, that of the last one."""
        given = self._given
        unit = lcm(*(count for row in self._distinct for count in row[1:] if count))
        kinds = []
        for item, in_relation, in_theme, pairs, pairs_there in self._distinct:
            first, last = [0] * self._width, [0] * self._width
            if in_relation:
                first[self.sums_of("relation", given.relations[given.relation[item]])[0]] = unit // in_relation
            if in_theme:
                first[self.sums_of("theme", given.themes[given.theme[item]])[0]] = unit // in_theme
            if pairs:
                before, after = self.sums_of("gain", ALL)
                first[before] = last[after] = unit // pairs
            if pairs_there:
                before, after = self.sums_of("gain", given.relations[given.relation[item]])
                first[before] = last[after] = unit // pairs_there
            columns = [Column(item, tuple(first))]
            if pairs:
                columns.append(Column(None, tuple(last)))
            kinds.append(columns)
        return kinds


def _where(there: Mask, counts: Ints, person: Ints, area: Ints) -> Ints:
    """Return each person's count in the area, 0 where there is no area."""
    return np.where(there, counts[person, area], 0) if counts.shape[1] else np.zeros(len(person), dtype=np.int64)


class _Kinds(Sequence[int]):
    """Numbers that are decoded from bytes on access, because for most people they are never used."""

    def __init__(self, written: bytes) -> None:
        self._written = memoryview(written).cast("q")

    def __len__(self) -> int:
        return len(self._written)

    def __getitem__(self, place: Any) -> Any:
        return self._written[place]


def _numbered(columns: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Return a number for each row of the columns, the same for equal rows, and the first index of each number."""
    code = np.zeros(len(columns[0]), dtype=np.int64)
    bound = 1
    for column in columns:
        size = int(column.max(initial=0)) + 1
        if bound * size > _BOUND:
            different, code = np.unique(code, return_inverse=True)
            bound = len(different)
        code = code * size + column
        bound *= size
    _, places, number = np.unique(code, return_index=True, return_inverse=True)
    return number.astype(np.int64), places
