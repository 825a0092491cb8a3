"""The order in which the parts of an exercise are shown, as it is recorded: JSON with a list of ids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import msgspec


def encoded_order(order: Iterable[str]) -> str:
    """Return an order as it is recorded."""
    return json.dumps(list(order))


def decoded_order(shown: str) -> tuple[str, ...]:
    """Return a recorded order.

    Raises
    ------
    msgspec.MsgspecError
        When it is not a list of ids.
    """
    return msgspec.json.decode(shown, type=tuple[str, ...])


def revised_order(shown: str, present: Sequence[str]) -> str:
    """Return a recorded order without ids that no longer exist, and with new ones at the end.

    Raises
    ------
    msgspec.MsgspecError
        When it is not a list of ids.
    """
    order = [name for name in decoded_order(shown) if name in present]
    return encoded_order([*order, *(name for name in present if name not in order)])
