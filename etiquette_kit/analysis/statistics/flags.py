"""Flags for problematic items, with their reasons as text."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.numbers import decimal, percent

Flag = Literal["too_easy", "does_not_separate", "good_choose_wrong", "option_unused"]
FLAGS: tuple[Flag, ...] = get_args(Flag)
ITEM_FLAGS: tuple[Flag, ...] = ("too_easy", "does_not_separate")
"""The flags about an item; the others are about one of its options."""

EXTREMES_FLAGS: tuple[Flag, ...] = ("does_not_separate", "good_choose_wrong")
"""The flags that are based on the upper and the lower group."""

MIN_PERSONS_FOR_FLAGS = 60
"""The minimum number of answers for flags: the probability that none of 60 people chooses an option of 5 % is only 1 in 20 (the rule of
three: Hanley & Lippman-Hand, 1983), and the upper and lower groups have 16 people each."""

TOO_EASY_MEAN = 0.90
"""The mean credit above which an item is too easy to discriminate."""

MIN_DISCRIMINATION = 0.20
"""The difference of the upper and the lower group below which an item discriminates poorly (Ebel & Frisbie, 1991)."""

UNUSED = 0.05
"""The share below which an option is a non-functioning distractor (Haladyna & Downing, 1993)."""

POPULAR = 0.20
"""The share of the upper group from which a wrong option counts as chosen by good people, if it is not smaller than in the lower group:
wrong options should be chosen less, the better people are (Haladyna & Rodriguez, 2013)."""

WRONG = 0.5
"""The credit below which an option is wrong: it does not quite fit the advice, or is against it."""


def item_flags(n: int, mean: float, upper_lower: float) -> tuple[Flag, ...]:
    """Return the flags for an item's figures.

    An item that is too easy is not flagged for poor discrimination as well, which is a necessary consequence.

    Parameters
    ----------
    n : int
        How many participants saw it.
    mean, upper_lower : float
        Its mean credit 0..1, and the difference of its mean credit between the upper and the lower 27 %; NaN where there is none.
    """
    if n < MIN_PERSONS_FOR_FLAGS:
        return ()
    if mean > TOO_EASY_MEAN:
        return ("too_easy",)
    return ("does_not_separate",) if upper_lower < MIN_DISCRIMINATION else ()


def option_flags(n: int, share: float, upper: float, lower: float, credit: float) -> tuple[Flag, ...]:
    """Return the flags for an option's figures.

    Parameters
    ----------
    n : int
        How many participants answered the item.
    share, upper, lower : float
        The option's share of all answers to the item, and of those of the upper and of the lower group, 0..1.
    credit : float
        The option's credit, 0..1; NaN where it is unknown.
    """
    if n < MIN_PERSONS_FOR_FLAGS:
        return ()
    if share < UNUSED:
        return ("option_unused",)
    return ("good_choose_wrong",) if credit < WRONG and upper >= POPULAR and upper >= lower else ()


def flag_reason(flag: str, lang: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """Return the reason for a flag as text.

    Parameters
    ----------
    flag : str
        One of `FLAGS`.
    lang : str
        The language of the text.
    **values
        The figures in the text, as in the tables: ``n``, ``mean``, ``upper_lower``; for a flag of an option ``option`` (its name),
        ``n``, ``share``, ``upper`` and ``lower``. Others are ignored.

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
    formatted = {name: _formatted(name, value, words) for name, value in values.items()}
    return words(f"analysis.flags.{flag}", **formatted)


def _formatted(name: str, value: object, words: Catalog) -> str:
    if not isinstance(value, float | np.floating):
        return str(value)
    return decimal(float(value), words) if name == "upper_lower" else percent(float(value), words)
