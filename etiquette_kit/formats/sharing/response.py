"""Who sees what as text: a character for each post, the posts sorted by id.

The character is a digit to the base of 32. Its bits are the lists that see the post, in the order of ``LISTS``: ``"v"`` is all of them,
``"0"`` nobody, ``"3"`` close friends and family. So few characters are no text by which their author could be known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from etiquette_kit.formats.protocol import ResponseError
from etiquette_kit.formats.sharing.separation import LISTS, Grid

_DIGITS = "0123456789abcdefghijklmnopqrstuv"


def encoded(grid: Grid) -> str:
    """Return a grid as text; the order of posts and lists makes no difference."""
    return "".join(_DIGITS[sum(1 << place for place, name in enumerate(LISTS) if name in grid[post])] for post in sorted(grid))


def decoded(response: str, posts: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the lists that see each post, in the order of ``LISTS``.

    Parameters
    ----------
    response : str
        As from `encoded`.
    posts : collection of str
        The ids of the posts.

    Raises
    ------
    ResponseError
        When it is not the text of a grid of these posts.
    """
    if len(response) != len(posts) or any(digit not in _DIGITS for digit in response):
        raise _refusal(response, posts)
    bits = {post: _DIGITS.index(digit) for post, digit in zip(sorted(posts), response, strict=True)}
    return {post: tuple(name for place, name in enumerate(LISTS) if bits[post] >> place & 1) for post in posts}


def checked(given: object, posts: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return a grid that a page or a program has sent.

    Parameters
    ----------
    given : object
        Has to be a mapping from each post to the lists that see it.
    posts : collection of str
        The ids of the posts.

    Raises
    ------
    ResponseError
        When it is something else.
    """
    if not isinstance(given, Mapping) or set(given) != set(posts) or not all(_are_lists(seeing) for seeing in given.values()):
        raise _refusal(given, posts)
    return {post: tuple(name for name in LISTS if name in given[post]) for post in posts}


def _are_lists(seeing: object) -> bool:
    return (
        isinstance(seeing, (list, tuple, set, frozenset))
        and all(isinstance(name, str) and name in LISTS for name in seeing)
        and len(set(seeing)) == len(seeing)
    )


def _refusal(given: object, posts: Collection[str]) -> ResponseError:
    return ResponseError(f"{given!r} does not say of each post ({', '.join(sorted(posts))}) which lists see it: {', '.join(LISTS)}")
