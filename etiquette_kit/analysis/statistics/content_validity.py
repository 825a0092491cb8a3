"""The content validity index: how many readers find an item clear, or realistic."""

from __future__ import annotations

from fractions import Fraction

GOOD_AVERAGE = 0.90
"""From here a mean index of all items, S-CVI/Ave, counts as good (Polit and Beck, 2006)."""

MIN_READERS = 3
"""Fewer readers cannot judge an item together (Lynn, 1986)."""

ALL_MUST_AGREE = 5
"""Up to so many readers, all must agree."""

_AGREES = 3  # the two best of four words


def content_validity(ratings: list[int]) -> float:
    """Return the I-CVI of an item: the share of its ratings, 1 to 4, that are 3 or 4 (Lynn, 1986); NaN without a rating."""
    return agreeing(ratings) / len(ratings) if ratings else float("nan")


def agreeing(ratings: list[int]) -> int:
    """Return how many ratings are one of the two best."""
    return sum(rating >= _AGREES for rating in ratings)


def average_validity(indices: list[float]) -> float:
    """Return S-CVI/Ave, the mean of the I-CVIs of all items (Polit and Beck, 2006); NaN without an item."""
    return sum(indices) / len(indices) if indices else float("nan")


def validity_threshold(readers: int) -> float | None:
    """Return the I-CVI that an item should reach: 1.00 up to five readers, 0.83 from six to eight, 0.78 from nine.

    Lynn (1986) derives from the binomial distribution how many of so many readers must agree so that it is more than chance; Polit and
    Beck (2006) give it as these figures.

    Returns
    -------
    float or None
        None for fewer than ``MIN_READERS``.
    """
    if readers < MIN_READERS:
        return None
    if readers <= ALL_MUST_AGREE:
        return 1.0
    return 0.83 if readers <= 8 else 0.78  # noqa: PLR2004  the thresholds of the source


def reaches(agree: int, readers: int) -> bool | None:
    """Tell whether an item reaches its threshold; None where there is none.

    The thresholds are rounded: 5 of 6 is 0.83, and 7 of 9 is 0.78. So the share is rounded like them.
    """
    threshold = validity_threshold(readers)
    return None if threshold is None else round(float(Fraction(agree, readers)), 2) >= threshold
