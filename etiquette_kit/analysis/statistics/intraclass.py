"""The intraclass correlation ICC(2,k): how reliable the mean rating of all raters is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from etiquette_kit.analysis.statistics.frame import Floats
from etiquette_kit.analysis.statistics.ratings import ratings_of

_ROUNDING = 1e-12  # a mean square that is smaller, relative to the others, counts as zero

Reliability = Literal["poor", "moderate", "good", "excellent"]
_WORDS: tuple[tuple[float, Reliability], ...] = ((0.9, "excellent"), (0.75, "good"), (0.5, "moderate"), (float("-inf"), "poor"))


@dataclass(frozen=True)
class IntraclassCorrelation:
    """ICC(2,k) with its interval; NaN where there is none.

    Attributes
    ----------
    icc : float
        Two-way random effects, absolute agreement, mean of the raters.
    low, high : float
        The confidence interval.
    targets, raters : int
        How many were rated by all raters, and how many raters there are.
    """

    icc: float
    low: float
    high: float
    targets: int
    raters: int

    @property
    def reliability(self) -> tuple[Reliability, Reliability] | None:
        """How reliable that is at both ends of the interval, in the words of Koo and Li (2016); None where there is no interval."""
        return None if np.isnan(self.low) else (_word(self.low), _word(self.high))


def _word(value: float) -> Reliability:
    return next(word for least, word in _WORDS if value >= least)


def intraclass_correlation(frame: pd.DataFrame, level: float = 0.95) -> IntraclassCorrelation:
    """Return ICC(2,k), from what all raters have rated.

    From a two-way analysis of variance without repetition, with the mean squares of rows (R), columns (C) and error (E), n rows and k
    columns, ``ICC(2,k) = (R − E) / (R + (C − E) / n)`` (Shrout and Fleiss, 1979). The interval is that of ICC(2,1) (McGraw and Wong,
    1996, table 7), stepped up by ``k·x / (1 + (k − 1)·x)``. Rows in which a rating is missing are left out: the formula has no place for
    gaps, and Krippendorff's alpha has.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows are what is rated, columns are raters; NaN means not rated.
    level : float
        The interval's confidence, between 0 and 1.

    Returns
    -------
    IntraclassCorrelation
        NaN for fewer than two rows or raters, and where the rows do not differ at all.

    Raises
    ------
    ValueError
        When the frame has something other than numbers, or `level` is not between 0 and 1.
    """
    if not 0 < level < 1:
        message = f"level = {level}: a confidence lies between 0 and 1, for example 0.95"
        raise ValueError(message)
    ratings = ratings_of(frame)
    complete = ratings[~np.isnan(ratings).any(axis=1)]
    n, k = complete.shape
    nothing = IntraclassCorrelation(float("nan"), float("nan"), float("nan"), n, k)
    if n < 2 or k < 2:  # noqa: PLR2004  there is no variance of one
        return nothing
    rows, columns, error = _mean_squares(complete)
    below = rows + (columns - error) / n
    if below <= _ROUNDING * max(rows, columns, error, 1.0):
        return nothing
    low, high = _interval(rows, columns, error, n, k, level)
    return IntraclassCorrelation(float((rows - error) / below), low, high, n, k)


def _mean_squares(ratings: Floats) -> tuple[float, float, float]:
    n, k = ratings.shape
    of_rows, of_columns = ratings.mean(axis=1, keepdims=True), ratings.mean(axis=0, keepdims=True)
    mean = ratings.mean()
    rows = k * ((of_rows - mean) ** 2).sum() / (n - 1)
    columns = n * ((of_columns - mean) ** 2).sum() / (k - 1)
    error = ((ratings - of_rows - of_columns + mean) ** 2).sum() / ((n - 1) * (k - 1))
    return float(rows), float(columns), float(error)


def _interval(rows: float, columns: float, error: float, n: int, k: int, level: float) -> tuple[float, float]:
    if error <= _ROUNDING * max(rows, columns):
        return float("nan"), float("nan")
    from scipy.special import fdtri  # the quantile of F

    tail = (1 + level) / 2
    single = (rows - error) / (rows + (k - 1) * error + k * (columns - error) / n)
    a, b = k * single / n / (1 - single), 1 + k * single * (n - 1) / n / (1 - single)
    freedom = (a * columns + b * error) ** 2 / ((a * columns) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)))
    upper, lower = float(fdtri(n - 1, freedom, tail)), float(fdtri(freedom, n - 1, tail))
    noise = k * columns + (k * n - k - n) * error
    low = n * (rows - upper * error) / (upper * noise + n * rows)
    high = n * (lower * rows - error) / (noise + n * lower * rows)
    return k * low / (1 + (k - 1) * low), k * high / (1 + (k - 1) * high)
