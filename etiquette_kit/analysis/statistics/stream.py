"""Item statistics from a stream of answers, in memory that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from etiquette_kit.analysis.statistics.alpha import Alpha, alpha_of
from etiquette_kit.analysis.statistics.blocks import AnswerRow, Block, Codes, blocks
from etiquette_kit.analysis.statistics.durations import Durations
from etiquette_kit.analysis.statistics.flags import EXTREMES_FLAGS, ITEM_FLAGS, flag_reason
from etiquette_kit.analysis.statistics.frame import Floats
from etiquette_kit.analysis.statistics.items import item_table
from etiquette_kit.analysis.statistics.levels import Levels
from etiquette_kit.analysis.statistics.moments import Moments
from etiquette_kit.analysis.statistics.options import Options
from etiquette_kit.locale import DEFAULT_LANGUAGE

_NO_ALPHA = Alpha(float("nan"), float("nan"), float("nan"), 0, float("nan"))
_DENSE = 2_000_000  # cells of a participants × items array at once


@dataclass(frozen=True)
class AnswerStatistics:
    """Statistics of items and their options.

    Attributes
    ----------
    items : pandas.DataFrame
        As from `item_statistics`, with the column ``seconds`` (median) before ``flags``, which includes the flags of an item's options.
        Sorted by item.
    options : pandas.DataFrame
        Indexed by item and option: ``n``, ``share``, ``upper`` and ``lower`` (share in the upper and in the lower 27 %), ``credit``,
        ``flags``.
    alpha : Alpha
        Cronbach's alpha of all items.
    persons, answers : int
        The number of participants, and of answers that count: the first of each participant to each item.
    """

    items: pd.DataFrame
    options: pd.DataFrame
    alpha: Alpha
    persons: int
    answers: int

    def only(self, items: Sequence[str]) -> AnswerStatistics:
        """Return the figures of only these items; alpha is still that of all."""
        of_options = self.options.index.get_level_values("item").isin(items)
        return replace(self, items=self.items.loc[list(items)].copy(), options=self.options[of_options].copy())

    def with_unscored(self, counted: pd.DataFrame) -> AnswerStatistics:
        """Return the figures with additional items without a credit.

        Parameters
        ----------
        counted : pandas.DataFrame
            Indexed by item: ``n`` and ``seconds`` as in `items`.
        """
        if counted.empty:
            return self
        items = self.items.reindex([*self.items.index, *counted.index])
        items.loc[counted.index, ["n", "seconds"]] = counted[["n", "seconds"]].to_numpy(dtype=np.float64)
        items["flags"] = pd.Series([flags if isinstance(flags, tuple) else () for flags in items["flags"]], index=items.index, dtype=object)
        return replace(self, items=items.astype({"n": np.int64}).sort_index())

    def without_extremes(self) -> AnswerStatistics:
        """Return the figures without those that are based on the upper and the lower 27 %."""
        items, options = self.items.copy(), self.options.copy()
        items["upper_lower"] = options["upper"] = options["lower"] = np.nan
        for table in (items, options):
            table["flags"] = pd.Series(
                [tuple(flag for flag in flags if flag not in EXTREMES_FLAGS) for flags in table["flags"]], index=table.index, dtype=object
            )
        return replace(self, items=items, options=options)

    def without_comparisons(self) -> AnswerStatistics:
        """Return the figures without those that compare items with each other, or people by all their answers."""
        known = self.without_extremes()
        known.items[["item_rest", "alpha_if_dropped"]] = np.nan
        return replace(known, alpha=_NO_ALPHA)

    def reasons(self, lang: str = DEFAULT_LANGUAGE) -> dict[str, list[str]]:
        """Return, for each item with flags, their reasons as text."""
        reasons: dict[str, list[str]] = {}
        counts = dict(zip(self.items.index.tolist(), self.items["n"].tolist(), strict=True))
        for row in self.items[self.items["flags"].astype(bool)].reset_index().to_dict("records"):
            figures = {str(name): value for name, value in row.items()}
            reasons[row["item"]] = [flag_reason(flag, lang, **figures) for flag in row["flags"] if flag in ITEM_FLAGS]
        for row in self.options[self.options["flags"].astype(bool)].reset_index().to_dict("records"):
            figures = {str(name): value for name, value in row.items()} | {"n": counts[row["item"]]}
            reasons[row["item"]] += [flag_reason(flag, lang, **figures) for flag in row["flags"]]
        return reasons


def answer_statistics(batches: Iterable[Sequence[AnswerRow]], keys: Mapping[str, Mapping[str, float]] | None = None) -> AnswerStatistics:
    """Return the statistics of items and options from a single pass over answers.

    Memory grows with the number of items (with its square, and with the number of options times that of distinct scores), not with
    the number of answers. The figures are the same as from `item_statistics`; for their definitions see there and `cronbach_alpha`.

    Parameters
    ----------
    batches : iterable of sequences of tuples
        ``(participant, item, response, credit, seconds)`` with a whole number, two texts, a credit 0..1, and seconds or None. Sorted by
        participant, and for each participant by time; the first answer to an item counts. Batches may have any size and end anywhere.
    keys : mapping of str to mapping of str to float, optional
        Item to its options with their credits: options that nobody chose are then included and flagged as well. Without it, an option's
        credit is the mean over the answers with it.

    Returns
    -------
    AnswerStatistics
        An item with more than twelve distinct responses has no options, because it is not a choice among options. Median times are exact
        to a tenth of a second up to 600 s.

    Raises
    ------
    ValueError
        When there are no answers, one of them is not valid, or the order is wrong; the message names the answer and the error.
    """
    codes, moments, levels, durations, options = Codes(), Moments(), Levels(), Durations(), Options()
    persons = answers = 0
    for block in blocks(batches, codes):
        items = len(codes.items)
        for credit in _dense(block, items):
            moments.add(credit)
            persons += len(credit)
        answers += len(block.item)
        levels.add(block, items, len(codes.options))
        durations.add(block.item, block.seconds, items)
        options.add(block, len(codes.options))
    if not answers:
        raise ValueError("there are no answers")
    extreme_groups = levels.extreme_groups(np.array([item for item, _ in codes.options], dtype=np.int64))
    table = item_table(list(codes.items), moments, extreme_groups.upper_lower)
    table.insert(len(table.columns) - 1, "seconds", durations.medians())
    chosen = options.table(codes, dict(zip(table.index, table["n"].tolist(), strict=True)), extreme_groups, keys or {})
    flags = dict(zip(table.index.tolist(), table["flags"].tolist(), strict=True))
    for (item, _), more in zip(chosen.index.tolist(), chosen["flags"].tolist(), strict=True):
        flags[item] = tuple(dict.fromkeys(flags[item] + more))
    table["flags"] = pd.Series(flags, dtype=object)
    return AnswerStatistics(table.sort_index(), chosen, alpha_of(moments), persons, answers)


def no_statistics() -> AnswerStatistics:
    """Return the statistics of no answers."""
    items = item_table([], Moments(), np.zeros(0))
    items.insert(len(items.columns) - 1, "seconds", np.zeros(0))
    options = Options().table(Codes(), {}, Levels().extreme_groups(np.zeros(0, dtype=np.int64)), {})
    return AnswerStatistics(items, options, _NO_ALPHA, 0, 0)


def _dense(block: Block, items: int) -> Iterator[Floats]:
    """Yield participants × items arrays of credits of limited size, with NaN where there is no answer."""
    person = np.cumsum(np.concatenate([[0], np.diff(block.participant) != 0]))
    step = max(1, _DENSE // items)
    for begin in range(0, int(person[-1]) + 1, step):
        first, last = np.searchsorted(person, [begin, begin + step])
        rows = person[first:last] - begin
        dense = np.full((int(rows[-1]) + 1, items), np.nan)
        dense[rows, block.item[first:last]] = block.credit[first:last]
        yield dense
