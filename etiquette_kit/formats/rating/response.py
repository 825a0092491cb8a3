"""The ratings of a situation's reactions as text: ``"a4 b1 c2"``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from etiquette_kit.formats.protocol import ResponseError

RATINGS = (1, 2, 3, 4)
"""The possible ratings: the article's grades, from 1, does not fit, to 4, fits best."""


def encoded(ratings: Mapping[str, int]) -> str:
    """Return ratings as text, sorted by option, so that the order in which they were shown or given makes no difference."""
    return " ".join(f"{option}{ratings[option]}" for option in sorted(ratings))


def decoded(response: str, options: Collection[str]) -> dict[str, int]:
    """Return the rating of each option.

    Parameters
    ----------
    response : str
        As from `encoded`.
    options : collection of str
        The options that must be rated.

    Raises
    ------
    ResponseError
        When it is not the encoded rating of these options.
    """
    found: dict[Any, Any] = {part[:-1]: int(part[-1]) for part in response.split(" ") if part[-1:] in {str(rating) for rating in RATINGS}}
    ratings = checked(found, options)
    if encoded(ratings) != response:
        raise _refusal(response, options)
    return ratings


def checked(given: object, options: Collection[str]) -> dict[str, int]:
    """Return ratings that a page or a program has sent.

    Parameters
    ----------
    given : object
        Has to be a mapping from each option to a whole number from 1 to 4.
    options : collection of str
        The options that must be rated.

    Raises
    ------
    ResponseError
        When it is something else.
    """
    # A bool is no rating, although True equals 1.
    if (
        not isinstance(given, Mapping)
        or set(given) != set(options)
        or not all(type(one) is int and one in RATINGS for one in given.values())
    ):
        raise _refusal(given, options)
    return dict(given)


def _refusal(given: object, options: Collection[str]) -> ResponseError:
    return ResponseError(f"{given!r} is not a rating from 1 to 4 of each reaction: {', '.join(sorted(options))}")
