"""Quadratically weighted kappa: the agreement of two ratings beyond chance, with an interval by resampling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from etiquette_kit.analysis.statistics.frame import Floats

MIN_CLUSTERS = 5
"""With fewer readers or situations, resampling them says nothing about how exact a figure is."""

_SAMPLES = 2000


@dataclass(frozen=True)
class WeightedKappa:
    """Weighted kappa with its interval; NaN where there is none.

    Attributes
    ----------
    kappa : float
        1 for full agreement, 0 for what chance alone would give.
    low, high : float
        The bootstrap interval; NaN where there are fewer than ``MIN_CLUSTERS`` raters or situations.
    pairs : int
        How many ratings were compared.
    """

    kappa: float
    low: float
    high: float
    pairs: int


def kappa_of_table(table: npt.ArrayLike) -> Floats:
    """Return the quadratically weighted kappa of one contingency table or of many.

    ``1 − Σ w·o / Σ w·e`` with the weights (i − j)², observed counts o, and expected counts e from the margins (Cohen, 1968).

    Parameters
    ----------
    table : array_like, … × categories × categories
        Counts: rows are one rating, columns the other.

    Returns
    -------
    ndarray, …
        NaN where a table is empty, or both ratings are always the same one.
    """
    counts = np.asarray(table, dtype=np.float64)
    places = np.arange(counts.shape[-1])
    weights = (places[:, None] - places[None, :]) ** 2
    total = counts.sum(axis=(-1, -2))
    observed = (counts * weights).sum(axis=(-1, -2)) * total
    expected = np.einsum("...i,...j,ij->...", counts.sum(axis=-1), counts.sum(axis=-2), weights)
    kappa: Floats = 1 - np.divide(observed, expected, out=np.full(expected.shape, np.nan), where=expected > 0)
    return kappa


def weighted_kappa(pairs: pd.DataFrame, *, level: float = 0.95, seed: int = 1) -> WeightedKappa:
    """Return the weighted kappa of ratings and key, over all readers and situations.

    The interval is a percentile interval of 2000 samples in which readers and situations are both drawn anew, with replacement and
    independently of each other (Owen, 2007): ratings of one reader are alike, and so are ratings of one situation, so that single ratings
    must not be drawn. In simulations with five to ten readers and five to thirty situations, the coverage of nominal 95 % intervals was 92
    to 98 %.

    Parameters
    ----------
    pairs : pandas.DataFrame
        One row for each rating: ``reader``, ``situation``, ``rating`` and ``key``, the last two from 1 to 4.
    level : float
        The interval's confidence.
    seed : int
        Makes the interval reproducible.
    """
    readers, reader = np.unique(pairs["reader"].to_numpy(), return_inverse=True)
    situations, situation = np.unique(pairs["situation"].to_numpy(), return_inverse=True)
    tables = np.zeros((len(readers), len(situations), 4, 4))
    np.add.at(tables, (reader, situation, pairs["rating"].to_numpy(np.int64) - 1, pairs["key"].to_numpy(np.int64) - 1), 1)
    kappa = float(kappa_of_table(tables.sum(axis=(0, 1))))
    if np.isnan(kappa) or min(len(readers), len(situations)) < MIN_CLUSTERS:
        return WeightedKappa(kappa, float("nan"), float("nan"), len(pairs))
    rng = np.random.default_rng(seed)
    of_readers, of_situations = (_drawn(len(each), rng) for each in (readers, situations))
    drawn = np.einsum("br,bs,rsij->bij", of_readers, of_situations, tables, optimize=True)
    low, high = np.nanquantile(kappa_of_table(drawn), [(1 - level) / 2, (1 + level) / 2])
    return WeightedKappa(kappa, float(low), float(high), len(pairs))


def _drawn(count: int, rng: np.random.Generator) -> npt.NDArray[Any]:
    """Return how often each of so many is drawn, in each sample."""
    return rng.multinomial(count, np.full(count, 1 / count), size=_SAMPLES)
