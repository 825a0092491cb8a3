"""Statistics of options."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from etiquette_kit.analysis.statistics.blocks import Block, Codes
from etiquette_kit.analysis.statistics.flags import option_flags
from etiquette_kit.analysis.statistics.levels import ExtremeGroups


class Options:
    """How often each option was chosen, and its credit."""

    def __init__(self) -> None:
        self._counts = np.zeros(0)
        self._sums = np.zeros(0)

    def add(self, block: Block, options: int) -> None:
        """Add answers; `options` is the present number of options."""
        counted = block.option >= 0
        more = (0, options - len(self._counts))
        self._counts = np.pad(self._counts, more) + np.bincount(block.option[counted], minlength=options)
        self._sums = np.pad(self._sums, more) + np.bincount(block.option[counted], block.credit[counted], minlength=options)

    def table(
        self, codes: Codes, answered: Mapping[str, int], extreme_groups: ExtremeGroups, keys: Mapping[str, Mapping[str, float]]
    ) -> pd.DataFrame:
        """Return the options of all items whose responses are counted; see `AnswerStatistics`.

        Parameters
        ----------
        codes : Codes
            The names of items and options.
        answered : mapping of str to int
            Item to the number of its answers.
        extreme_groups : ExtremeGroups
            The answers of the upper and the lower group.
        keys : mapping of str to mapping of str to float
            Item to its options with their credits, for those that nobody chose.
        """
        items = list(codes.items)
        rows: dict[tuple[str, str], tuple[int, float, float, float]] = {
            (items[item], option): (
                int(self._counts[at]),
                extreme_groups.upper[at],
                extreme_groups.lower[at],
                self._sums[at] / self._counts[at],
            )
            for (item, option), at in codes.options.items()
            if item not in codes.open_items and self._counts[at]
        }
        for name in answered:
            for option, credit in {} if codes.items[name] in codes.open_items else keys.get(name, {}).items():
                n, upper, lower, _ = rows.get((name, option), (0, 0.0, 0.0, np.nan))
                rows[name, option] = (n, upper, lower, credit)
        order = sorted(rows)
        figures = [
            (n, n / answered[name], upper, lower, credit, option_flags(answered[name], n / answered[name], upper, lower, credit))
            for name, option in order
            for n, upper, lower, credit in [rows[name, option]]
        ]
        index = pd.MultiIndex.from_tuples(order or [], names=["item", "option"]) if order else _NO_OPTIONS
        return pd.DataFrame(figures, index=index, columns=["n", "share", "upper", "lower", "credit", "flags"])


_NO_OPTIONS = pd.MultiIndex.from_arrays([[], []], names=["item", "option"])
