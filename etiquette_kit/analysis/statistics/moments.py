"""Counts, sums and products over pairs of items, accumulated block by block."""

from __future__ import annotations

import numpy as np

from etiquette_kit.analysis.statistics.frame import Floats

_ONE_THREAD = 250_000  # number of multiplications up to which OpenBLAS uses one thread


class Moments:
    """The sums from which the items' means, variances and covariances over any number of participants can be computed.

    Memory grows with the square of the number of items, not with the number of participants. Before multiplication, a shift is subtracted
    from the credits of each item, its mean in the first block that has it: differences of large sums would lose precision.

    Attributes
    ----------
    both : ndarray, items × items
        How many participants saw both items.
    sums : ndarray, items × items
        ``sums[i, j]`` is the sum of item i's shifted credits over those who saw i and j.
    products : ndarray, items × items
        The sum of products of shifted credits over those who saw both.
    shift : ndarray, items
        The shift that is subtracted from each item; NaN while nobody saw it.
    minimum, maximum : ndarray, items
        The smallest and the largest credit; ∞ and −∞ while nobody saw the item.
    """

    def __init__(self, items: int = 0) -> None:
        self.both = np.zeros((items, items))
        self.sums = np.zeros((items, items))
        self.products = np.zeros((items, items))
        self.shift = np.full(items, np.nan)
        self.minimum = np.full(items, np.inf)
        self.maximum = np.full(items, -np.inf)

    def grow(self, items: int) -> None:
        """Add new items after the known ones."""
        more = max(0, items - len(self.shift))
        self.both = np.pad(self.both, (0, more))
        self.sums = np.pad(self.sums, (0, more))
        self.products = np.pad(self.products, (0, more))
        self.shift = np.pad(self.shift, (0, more), constant_values=np.nan)
        self.minimum = np.pad(self.minimum, (0, more), constant_values=np.inf)
        self.maximum = np.pad(self.maximum, (0, more), constant_values=-np.inf)

    def add(self, block: Floats) -> None:
        """Add participants.

        Parameters
        ----------
        block : ndarray, participants × items
            Credits; NaN where an item was not seen. It has a column for every known item; further columns are new items.
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
        self.minimum = np.minimum(self.minimum, np.where(seen, block, np.inf).min(axis=0, initial=np.inf))
        self.maximum = np.maximum(self.maximum, np.where(seen, block, -np.inf).max(axis=0, initial=-np.inf))

    def merge(self, other: Moments) -> None:
        """Add the participants of another object with the same items in the same order, possibly with further items."""
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
        self.minimum = np.minimum(self.minimum, theirs.minimum)
        self.maximum = np.maximum(self.maximum, theirs.maximum)

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

        The diagonal has the variances, each over all who saw the item. The covariance is NaN for a pair that fewer than two participants
        saw. This is ``cov(x, use = "pairwise")`` in R and ``DataFrame.cov`` in pandas; the matrix need not be positive semidefinite.
        """
        usable = self.both >= 2  # noqa: PLR2004  a variance needs two
        centred = self.products - self.sums * self.sums.T / np.maximum(self.both, 1)
        table = np.full_like(centred, np.nan)
        np.divide(centred, self.both - 1, out=table, where=usable)
        constant = self.minimum >= self.maximum
        table[(constant[:, None] | constant) & usable] = 0  # exactly, without rounding errors
        return table


def _slabs(items: int) -> int:
    """Return how many participants to multiply at once, so that BLAS uses one thread.

    Starting more threads costs more than they save, and much more on a busy machine.
    """
    return max(32, _ONE_THREAD // max(1, items**2))
