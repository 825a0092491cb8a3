"""The decisions of a morning as text, in their order: ``"c:reply_promptly a:accept_limited"``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etiquette_kit.formats.inbox.morning import ItemKey
from etiquette_kit.formats.protocol import ResponseError

Decided = tuple[tuple[str, str], ...]
"""The ids of items and the actions on them, in the order of the decisions."""


def encoded(decided: Sequence[tuple[str, str]]) -> str:
    """Return decisions as text."""
    return " ".join(f"{item}:{action}" for item, action in decided)


def decoded(response: str, key: Mapping[str, ItemKey]) -> Decided:
    """Return the decisions of a text from `encoded`.

    Raises
    ------
    ResponseError
        When it is not the encoded decisions on these items.
    """
    return checked([part.split(":") for part in response.split(" ")], key)


def checked(given: object, key: Mapping[str, ItemKey]) -> Decided:
    """Return decisions that a page or a program has sent.

    Parameters
    ----------
    given : object
        Has to be a list of pairs of an item's id and an action that is possible there, in the order of the decisions. Each item is
        decided at most once, and at least one is.
    key : mapping of str to ItemKey
        All items.

    Raises
    ------
    ResponseError
        When it is something else.
    """
    if not isinstance(given, list | tuple) or not given:
        raise _refusal(given, key)
    found: dict[str, str] = {}
    for pair in given:
        match pair:
            case [str(item), str(action)] if item in key and action in key[item].grades and item not in found:
                found[item] = action
            case _:
                raise _refusal(given, key)
    return tuple(found.items())


def _refusal(given: object, key: Mapping[str, ItemKey]) -> ResponseError:
    return ResponseError(f"{given!r} is not a list of pairs of an item and an action, each item at most once; items: {', '.join(key)}")
