"""What is odd about an item, and the reason in words."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.numbers import decimal, percent

Flag = Literal["too_easy", "does_not_separate", "good_choose_wrong", "option_unused"]
FLAGS: tuple[Flag, ...] = get_args(Flag)
ITEM_FLAGS: tuple[Flag, ...] = ("too_easy", "does_not_separate")
"""Those that are about an item; the others are about one of its options."""

EXTREMES_FLAGS: tuple[Flag, ...] = ("does_not_separate", "good_choose_wrong")
"""Those that rest on the upper and the lower group."""

MIN_PERSONS_FOR_FLAGS = 60
"""Answers below which nothing is flagged: an option that 5 % choose goes unchosen by 60 people in 1 of 20 cases only (the rule of three:
Hanley & Lippman-Hand, 1983), and the upper and lower groups hold 16 people each."""

EASIEST = 0.90
"""Mean credit above which an item is too easy to tell people apart."""

SEPARATING = 0.20
"""Difference of the upper and the lower group below which an item is poor (Ebel & Frisbie, 1991)."""

UNUSED = 0.05
"""Share below which an option does nothing (Haladyna & Downing, 1993)."""

POPULAR = 0.20
"""Share of the upper group from which a wrong option counts as one that good people choose, if no smaller than in the lower group: wrong
options should be chosen less, the better people are (Haladyna & Rodriguez, 2013)."""

WRONG = 0.5
"""Credit below which an option is wrong: one that misses the advice or goes against it."""


def item_flags(n: int, mean: float, upper_lower: float) -> tuple[Flag, ...]:
    """Return what is odd about an item's figures.

    An item that is too easy is not flagged for separating badly as well: it cannot do otherwise.

    Parameters
    ----------
    n : int
        How many participants saw it.
    mean, upper_lower : float
        Its mean credit 0..1, and the difference of its mean credit between the upper and the lower 27 %; NaN where there is none.
    """
    if n < MIN_PERSONS_FOR_FLAGS:
        return ()
    if mean > EASIEST:
        return ("too_easy",)
    return ("does_not_separate",) if upper_lower < SEPARATING else ()


def option_flags(n: int, share: float, upper: float, lower: float, credit: float) -> tuple[Flag, ...]:
    """Return what is odd about an option's figures.

    Parameters
    ----------
    n : int
        How many participants answered the item.
    share, upper, lower : float
        The option's share of all answers to the item, and of those of the upper and of the lower group, 0..1.
    credit : float
        What the option earns, 0..1; NaN where that is not known.
    """
    if n < MIN_PERSONS_FOR_FLAGS:
        return ()
    if share < UNUSED:
        return ("option_unused",)
    return ("good_choose_wrong",) if credit < WRONG and upper >= POPULAR and upper >= lower else ()


def flag_reason(flag: str, lang: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """Return the reason for a flag in words.

    Parameters
    ----------
    flag : str
        One of `FLAGS`.
    lang : str
        The language of the words.
    **values
        The figures that it speaks of, as in the tables: ``n``, ``mean``, ``upper_lower``; for a flag of an option ``option`` (its name),
        ``n``, ``share``, ``upper`` and ``lower``. Others may be handed in as well.

    Raises
    ------
    ValueError
        When there is no such flag or language.

    Examples
    --------
    >>> flag_reason("too_easy", "en", mean=0.95, n=120)
    'Too easy: 120 people reach 95% of the credit on average, so it hardly tells anyone apart.'
    """
    if flag not in FLAGS:
        near = nearest(flag, FLAGS)
        message = f"there is no flag {flag!r}; there are: {', '.join(FLAGS)}" + (f"; did you mean {near!r}?" if near else "")
        raise ValueError(message)
    words = catalog(lang)
    spoken = {name: _spoken(name, value, words) for name, value in values.items()}
    return words(f"analysis.flags.{flag}", **spoken)


def _spoken(name: str, value: object, words: Catalog) -> str:
    if not isinstance(value, float | np.floating):
        return str(value)
    return decimal(float(value), words) if name == "upper_lower" else percent(float(value), words)
