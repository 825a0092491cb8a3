"""Median times, from counts per tenth of a second."""

from __future__ import annotations

import numpy as np

from etiquette_kit.analysis.statistics.blocks import Ints
from etiquette_kit.analysis.statistics.frame import Floats

MAX_SECONDS = 600
"""The maximum number of seconds; longer times are replaced by it, because the participant was probably away."""

_TENTHS = 10 * MAX_SECONDS + 1


class Durations:
    """How often each time occurred, per item and tenth of a second; memory grows with the number of items only."""

    def __init__(self) -> None:
        self._counts = np.zeros((0, _TENTHS), dtype=np.int64)

    def add(self, item: Ints, seconds: Floats, items: int) -> None:
        """Add times; NaN, a time that was not measured, is ignored."""
        self._counts = np.pad(self._counts, ((0, items - len(self._counts)), (0, 0)))
        measured = ~np.isnan(seconds)
        tenths = np.rint(np.minimum(seconds[measured], MAX_SECONDS) * 10).astype(np.int64)
        np.add.at(self._counts, (item[measured], tenths), 1)

    def medians(self) -> Floats:
        """Return each item's median in seconds, to a tenth; NaN where nothing was measured. Above 600 s it is 600."""
        totals = self._counts.sum(axis=1)
        running = np.cumsum(self._counts, axis=1)
        medians = np.full(len(totals), np.nan)
        for row in np.flatnonzero(totals):
            middle = np.searchsorted(running[row], [(totals[row] - 1) // 2, totals[row] // 2], side="right")
            medians[row] = middle.mean() / 10
        return medians
