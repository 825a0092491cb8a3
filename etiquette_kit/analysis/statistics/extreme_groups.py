"""The upper and the lower 27 % of participants, with ties shared."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from etiquette_kit.analysis.statistics.frame import Floats

SHARE = 0.27
"""The share of participants in each group, which is optimal for normally distributed scores (Kelley, 1939)."""

GRAIN = 1_000_000_000
"""The resolution of scores, as a fraction of 1; smaller differences are rounding errors, and the scores are tied."""


def ranked(scores: Floats) -> npt.NDArray[np.int64]:
    """Return scores 0..1 as integers in units of the resolution, so that ties are exact."""
    grains: npt.NDArray[np.int64] = np.rint(scores * GRAIN).astype(np.int64)
    return grains


def extreme_group_weights(persons: npt.NDArray[np.int64] | Floats) -> tuple[Floats, Floats]:
    """Return the weights with which participants of each score belong to the lower and to the upper group.

    The groups are filled from either end until they have exactly 27 % of all participants. If the boundary is among tied scores, all
    participants with that score get the same weight, just enough to fill the group: nobody is chosen by chance or by table position.

    Parameters
    ----------
    persons : ndarray, scores
        How many participants have each score, in ascending order of scores.

    Returns
    -------
    lower, upper : ndarray, scores
        Weights 0..1. Times `persons`, each sums to 0.27 of all participants.
    """
    persons = np.asarray(persons, dtype=np.float64)
    size = SHARE * persons.sum()
    return _filled(persons, size), _filled(persons[::-1], size)[::-1]


def _filled(persons: Floats, size: float) -> Floats:
    before = np.concatenate([[0.0], np.cumsum(persons)[:-1]])
    room = np.clip(size - before, 0, persons)
    weights: Floats = np.divide(room, persons, out=np.zeros_like(persons), where=persons > 0)
    return weights
