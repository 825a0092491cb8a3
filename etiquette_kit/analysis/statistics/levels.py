"""Answers tallied by the participant's score, so that the upper and lower groups can be computed at the end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etiquette_kit.analysis.statistics.blocks import Block, Ints
from etiquette_kit.analysis.statistics.extreme_groups import GRAIN, extreme_group_weights, ranked
from etiquette_kit.analysis.statistics.frame import Floats
from etiquette_kit.analysis.statistics.items import group_difference

MAX_CELLS = 4_000_000
"""The maximum of distinct scores × (2 × items + options) for which all scores are distinguished (8 bytes each)."""

_COARSE = GRAIN // 1000


@dataclass(frozen=True)
class ExtremeGroups:
    """The answers of the upper and the lower group.

    Attributes
    ----------
    upper_lower : ndarray, items
        The difference of the groups' mean credits.
    upper, lower : ndarray, options
        Each option's share of the group's answers to its item; NaN where nobody in the group answered it.
    """

    upper_lower: Floats
    upper: Floats
    lower: Floats


class Levels:
    """Counts and sums of credits by item, and counts by option, for each score that occurs.

    Memory grows with the number of distinct scores. If there are very many, scores that agree to three decimal places count as tied from
    then on; credits in thirds over one set of exercises stay far below that limit.
    """

    def __init__(self, max_cells: int = MAX_CELLS) -> None:
        self._max_cells = max_cells
        self._rows: dict[int, int] = {}
        self._is_coarse = False
        self._persons = np.zeros(0)
        self._sums = np.zeros((0, 0))
        self._counts = np.zeros((0, 0))
        self._options = np.zeros((0, 0))

    def add(self, block: Block, items: int, options: int) -> None:
        """Add complete participants; `items` and `options` are the present numbers of each."""
        start = np.flatnonzero(np.concatenate([[True], block.participant[1:] != block.participant[:-1]]))
        answered = np.diff(np.append(start, len(block.participant)))
        grains = ranked(np.add.reduceat(block.credit, start) / answered)
        if self._is_coarse:
            grains = _coarse(grains)
        distinct, place, persons = np.unique(grains, return_inverse=True, return_counts=True)
        for grain in distinct.tolist():
            self._rows.setdefault(grain, len(self._rows))
        self._grow(items, options)
        rows = np.array([self._rows[grain] for grain in distinct.tolist()])
        level = np.repeat(place, answered)
        self._persons[rows] += persons
        for table, column, weight in (
            (self._sums, block.item, block.credit),
            (self._counts, block.item, None),
            (self._options, block.option, None),
        ):
            width = table.shape[1]
            counted = column >= 0
            cells = level[counted] * width + column[counted]
            tally = np.bincount(cells, None if weight is None else weight[counted], minlength=len(rows) * width)
            table[rows, :width] += tally.reshape(len(rows), width)
        if not self._is_coarse and len(self._rows) * (2 * items + options) > self._max_cells:
            self._coarsen()

    def _grow(self, items: int, options: int) -> None:
        rows = len(self._rows)
        self._persons = np.pad(self._persons, (0, max(0, rows - len(self._persons))))
        self._sums, self._counts, self._options = (
            np.pad(table, ((0, max(0, rows - table.shape[0])), (0, width - table.shape[1])))
            for table, width in ((self._sums, items), (self._counts, items), (self._options, options))
        )

    def _coarsen(self) -> None:
        grains = _coarse(np.array(list(self._rows)))
        distinct, place = np.unique(grains, return_inverse=True)
        self._rows = {grain: row for row, grain in enumerate(distinct.tolist())}
        self._is_coarse = True
        for name in ("_persons", "_sums", "_counts", "_options"):
            fine = getattr(self, name)
            table = np.zeros((len(distinct), *fine.shape[1:]))
            np.add.at(table, place, fine)
            setattr(self, name, table)

    def extreme_groups(self, item_of_option: Ints) -> ExtremeGroups:
        """Return the answers of the upper and the lower 27 %; see `item_statistics` for the treatment of ties."""
        order = np.argsort(np.array(list(self._rows), dtype=np.int64))
        lower, upper = extreme_group_weights(self._persons[order])
        sums, counts, options = self._sums[order], self._counts[order], self._options[order]
        upper_n, lower_n = upper @ counts, lower @ counts
        return ExtremeGroups(
            group_difference(upper @ sums, upper_n, lower @ sums, lower_n, self._persons.sum()),
            _shares(upper @ options, upper_n[item_of_option]),
            _shares(lower @ options, lower_n[item_of_option]),
        )


def _coarse(grains: Ints) -> Ints:
    return (grains + _COARSE // 2) // _COARSE


def _shares(chosen: Floats, of: Floats) -> Floats:
    shares = np.full(len(of), np.nan)
    np.divide(chosen, of, out=shares, where=of > 0)
    return shares
