"""The change from before to after: Hake's normalised gain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etiquette_kit.analysis.statistics.frame import Floats

DRAWS = 2000
_CELLS = 100_000  # maximum size of a draws × persons array
_MIN_PERSONS_PER_PAIR = 100
"""The ratio of persons to distinct pairs of means from which on the numbers of persons with each pair are drawn instead of persons."""


@dataclass(frozen=True)
class Gain:
    """Mean credits before and after, and the gain as a share of the maximum possible gain.

    Attributes
    ----------
    name, label : str
        The relation, and its label; ``"all"`` for the total.
    before, after : float or None
        Mean over persons of their mean credit, 0..1; None where there are too few persons.
    gain : float or None
        ``(after − before) / (1 − before)``, at most 1, below 0 for a loss; None also where the mean before was 1.
    low, high : float or None
        The bootstrap interval of the gain, 95 %.
    persons : int
        The number of persons with answers before and after.
    pairs : int or None
        The number of pairs of answers; None where that may not be shown.
    """

    name: str
    label: str
    before: float | None
    after: float | None
    gain: float | None
    low: float | None
    high: float | None
    persons: int
    pairs: int | None


def normalised_gain(name: str, label: str, before: Floats, after: Floats, *, pairs: int, fewest: int, seed: int = 0) -> Gain:
    """Return the normalised gain of a group (Hake, 1998), from the group's means, with a percentile interval (Efron, 1979).

    The interval is computed from 2,000 bootstrap samples of persons; the values before and after of a person stay together. If many
    persons have the same two means, the numbers of such persons are drawn (multinomially): the same distribution, in less time.

    Parameters
    ----------
    name, label : str
        The relation, and its label.
    before, after : ndarray, persons
        Each person's mean credit, 0..1.
    pairs : int
        The number of pairs of answers.
    fewest : int
        The minimum number of persons for a figure.
    seed : int
        The seed of the bootstrap, so that the interval is reproducible.
    """
    persons = len(before)
    if persons < fewest:
        return Gain(name, label, None, None, None, None, None, persons, pairs)
    drawn_gains = _drawn(before, after, np.random.default_rng(seed))
    start, end = float(before.mean()), float(after.mean())
    gain = float(_gain(np.array([start]), np.array([end]))[0])
    if np.isnan(gain):
        return Gain(name, label, start, end, None, None, None, persons, pairs)
    low, high = (float(bound) for bound in np.nanquantile(drawn_gains, [0.025, 0.975]))
    return Gain(name, label, start, end, gain, low, high, persons, pairs)


def _drawn(before: Floats, after: Floats, rng: np.random.Generator) -> Floats:
    persons = len(before)
    pairs, alike = np.unique(np.column_stack([before, after]).round(9), axis=0, return_counts=True)
    many = len(pairs) * _MIN_PERSONS_PER_PAIR <= persons
    step = max(1, _CELLS // (len(pairs) if many else persons))
    gains: list[Floats] = []
    for begin in range(0, DRAWS, step):
        draws = min(step, DRAWS - begin)
        if many:
            means = rng.multinomial(persons, alike / persons, draws) @ pairs / persons
            gains.append(_gain(means[:, 0], means[:, 1]))
        else:
            drawn = rng.integers(0, persons, (draws, persons))
            gains.append(_gain(before[drawn].mean(axis=1), after[drawn].mean(axis=1)))
    return np.concatenate(gains)


def _gain(before: Floats, after: Floats) -> Floats:
    missing = 1 - before
    gains = np.full(len(before), np.nan)
    np.divide(after - before, missing, out=gains, where=missing > 1e-9)  # noqa: PLR2004  smaller values are rounding errors
    return gains
