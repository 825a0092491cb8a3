"""Counts, sums and products over pairs of items, gathered block by block."""

from __future__ import annotations

import numpy as np

from etiquette_kit.analysis.statistics.frame import Floats

_ONE_THREAD = 250_000  # multiplications up to which OpenBLAS starts no threads


class Moments:
    """What is needed of any number of participants to know the items' means, variances and covariances.

    Memory grows with the square of the number of items, not with that of participants. Credits are taken from a shift of each
    item's own, its mean in the block where it came up, before they are multiplied: differences of large sums would lose digits.

    Attributes
    ----------
    both : ndarray, items × items
        How many participants saw both items.
    sums : ndarray, items × items
        ``sums[i, j]`` is the sum of item i's shifted credits over those who saw i and j.
    products : ndarray, items × items
        The sum of products of shifted credits over those who saw both.
    shift : ndarray, items
        What was subtracted from each item; NaN as long as nobody saw it.
    least, most : ndarray, items
        The smallest and the largest credit; ∞ and −∞ as long as nobody saw the item.
    """

    def __init__(self, items: int = 0) -> None:
        self.both = np.zeros((items, items))
        self.sums = np.zeros((items, items))
        self.products = np.zeros((items, items))
        self.shift = np.full(items, np.nan)
        self.least = np.full(items, np.inf)
        self.most = np.full(items, -np.inf)

    def grow(self, items: int) -> None:
        """Make room for new items behind those known so far."""
        more = max(0, items - len(self.shift))
        self.both = np.pad(self.both, (0, more))
        self.sums = np.pad(self.sums, (0, more))
        self.products = np.pad(self.products, (0, more))
        self.shift = np.pad(self.shift, (0, more), constant_values=np.nan)
        self.least = np.pad(self.least, (0, more), constant_values=np.inf)
        self.most = np.pad(self.most, (0, more), constant_values=-np.inf)

    def add(self, block: Floats) -> None:
        """Add participants.

        Parameters
        ----------
        block : ndarray, participants × items
            Credits; NaN where an item was not seen. It has a column for every item known so far; more columns are new items.
        """
        self.grow(block.shape[1])
        seen = ~np.isnan(block)
        counts = seen.sum(axis=0)
        means = np.full(len(counts), np.nan)
        np.divide(np.where(seen, block, 0).sum(axis=0), counts, out=means, where=counts > 0)
        self.shift = np.where(np.isnan(self.shift), means, self.shift)
        shifted = np.where(seen, block - self.shift, 0)
        slabs = _slabs(len(counts))
        for begin in range(0, len(block), slabs):
            values = shifted[begin : begin + slabs]
            mask = seen[begin : begin + slabs].astype(np.float64)
            self.both += mask.T @ mask
            self.sums += values.T @ mask
            self.products += values.T @ values
        self.least = np.minimum(self.least, np.where(seen, block, np.inf).min(axis=0, initial=np.inf))
        self.most = np.maximum(self.most, np.where(seen, block, -np.inf).max(axis=0, initial=-np.inf))

    def merge(self, other: Moments) -> None:
        """Add the participants of another one over the same items in the same order, or over more of them."""
        self.grow(len(other.shift))
        theirs = Moments()
        theirs.__dict__.update(other.__dict__)
        theirs.grow(len(self.shift))
        self.shift = np.where(np.isnan(self.shift), theirs.shift, self.shift)
        step = np.where(np.isnan(theirs.shift), 0, theirs.shift - self.shift)
        across = step[:, None] * theirs.sums.T
        self.both += theirs.both
        self.sums += theirs.sums + step[:, None] * theirs.both
        self.products += theirs.products + across + across.T + np.outer(step, step) * theirs.both
        self.least = np.minimum(self.least, theirs.least)
        self.most = np.maximum(self.most, theirs.most)

    @property
    def counts(self) -> Floats:
        """How many participants saw each item."""
        return np.diag(self.both).copy()

    @property
    def means(self) -> Floats:
        """Each item's mean credit; NaN where nobody saw it."""
        counts = self.counts
        return self.shift + np.divide(np.diag(self.sums), counts, out=np.zeros_like(counts), where=counts > 0)

    def covariance(self) -> Floats:
        """Return the covariances of all pairs of items, each over the participants who saw both (n − 1 in the denominator).

        The diagonal holds the variances, each over all who saw the item. A pair that fewer than two participants saw has none: NaN.
        This is ``cov(x, use = "pairwise")`` in R and ``DataFrame.cov`` in pandas; the matrix need not be positive semidefinite.
        """
        usable = self.both >= 2  # noqa: PLR2004  a variance takes two
        centred = self.products - self.sums * self.sums.T / np.maximum(self.both, 1)
        table = np.full_like(centred, np.nan)
        np.divide(centred, self.both - 1, out=table, where=usable)
        constant = self.least >= self.most
        table[(constant[:, None] | constant) & usable] = 0  # exactly, whatever was rounded on the way
        return table


def _slabs(items: int) -> int:
    """Return how many participants to multiply at once: so few that BLAS stays on one thread.

    Waking others costs more than they save, and much more on a busy machine.
    """
    return max(32, _ONE_THREAD // max(1, items**2))
