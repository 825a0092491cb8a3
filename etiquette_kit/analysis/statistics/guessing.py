"""Whether options give their key away: how often readers who know no stem take a best one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_RARE = 0.05  # as rarely as this, chance alone brings so many


@dataclass(frozen=True)
class Guesses:
    """Guesses at one item, or at several together.

    Attributes
    ----------
    right, total : int
        How many guessed a best option, and how many guessed at all.
    by_chance : float
        How many would do so by chance.
    p : float
        The probability of so many or more by chance.
    """

    right: int
    total: int
    by_chance: float
    p: float

    @property
    def gives_away(self) -> bool:
        """Whether so many right guesses are rare by chance (p < .05)."""
        return self.p < _RARE


def guesses(right: int, shares: list[float]) -> Guesses:
    """Return what is to be thought of right guesses.

    The probability is exact, from the sum of independent trials that may differ (the Poisson binomial distribution; with equal shares it
    is the binomial one).

    Parameters
    ----------
    right : int
        How many guesses were right.
    shares : list of float
        For each guess, the share of options that are best.
    """
    distribution = np.ones(1)
    for share in shares:
        distribution = np.convolve(distribution, [1 - share, share])
    return Guesses(right, len(shares), sum(shares), float(distribution[right:].sum()))
