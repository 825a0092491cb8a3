"""The upper and the lower 27 % of participants, with ties shared."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from etiquette_kit.analysis.statistics.frame import Floats

SHARE = 0.27
"""How much of all participants each group holds: the share that separates best where scores are normal (Kelley, 1939)."""

GRAIN = 1_000_000_000
"""Scores are told apart to this fraction of 1; what differs by less is rounding, and the scores are tied."""


def ranked(scores: Floats) -> npt.NDArray[np.int64]:
    """Return scores 0..1 as whole numbers of the finest grain, so that ties are ties."""
    grains: npt.NDArray[np.int64] = np.rint(scores * GRAIN).astype(np.int64)
    return grains


def extreme_group_weights(persons: npt.NDArray[np.int64] | Floats) -> tuple[Floats, Floats]:
    """Return with which weight a participant of each score belongs to the lower and to the upper group.

    The groups are filled from either end until they hold exactly 27 % of all participants. Where the border falls among tied scores, all
    who have that score enter with the same weight, just enough to fill the group: nobody is chosen by chance or by place in the table.

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
