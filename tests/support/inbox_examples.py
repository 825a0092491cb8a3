"""Shipped inboxes, decisions on them by chance, and those that fit best."""

# ruff: noqa: S311  the chance here is no secret

import random

from etiquette_kit.bank import load_bank
from etiquette_kit.formats.inbox import (
    Inbox,
    Morning,
    build,
    materials,
)
from etiquette_kit.formats.inbox.morning import ItemKey
from hypothesis import strategies as st

INBOXES = list(materials(load_bank()).values())
BAKERY = next(inbox for inbox in INBOXES if inbox.id == "bakery")
NOW = "reply_promptly"

Pairs = list[tuple[str, str]]


def any_key(minutes: int) -> ItemKey:
    """Return the key of a personal message of a client."""
    return ItemKey("message", {NOW: 4, "reply_later": 2, "no_reply": 1}, {NOW: minutes, "reply_later": 1, "no_reply": 0})


def best(inbox: Inbox) -> Pairs:
    """Decide each item on the cheapest action of grade 4, and leave alone what the article is silent on."""
    found = []
    for name, entry in inbox.key().items():
        fitting = [action for action, grade in entry.grades.items() if grade == 4]
        found.append((name, min(fitting, key=entry.minutes.__getitem__) if fitting else entry.left_alone))
    return found


@st.composite
def mornings(draw: st.DrawFn, *, every: bool = False) -> tuple[Inbox, Pairs]:
    inbox = draw(st.sampled_from(INBOXES))
    names = draw(st.permutations(list(inbox.key())))
    some = names if every else names[: draw(st.integers(1, len(names)))]
    return inbox, [(name, draw(st.sampled_from(sorted(inbox.key()[name].grades)))) for name in some]


def morning(inbox: Inbox) -> Morning:
    return build(inbox, random.Random(1))
