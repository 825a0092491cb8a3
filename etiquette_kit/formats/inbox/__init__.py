"""A morning on the phone: requests and messages are decided in an order of one's own, within a number of minutes."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

from etiquette_kit.content.material import short_hash
from etiquette_kit.formats.display_order import decoded_order, revised_order
from etiquette_kit.formats.inbox.exercise import Morning
from etiquette_kit.formats.inbox.feedback import DayPart, InboxReveal, JudgedItem
from etiquette_kit.formats.inbox.material import Inbox, Item, Keyed
from etiquette_kit.formats.inbox.pages import InboxQuestion, ItemQuestion, question_lines
from etiquette_kit.formats.inbox.problems import problems
from etiquette_kit.formats.inbox.stored import StoredInbox, read
from etiquette_kit.formats.protocol import ItemAnswer, ItemOption, MaterialSource
from etiquette_kit.locale import catalog

__all__ = [
    "FOLDER",
    "FORM",
    "NAME",
    "TABLE",
    "DayPart",
    "Inbox",
    "InboxQuestion",
    "InboxReveal",
    "Item",
    "ItemQuestion",
    "JudgedItem",
    "Morning",
    "StoredInbox",
    "build",
    "convert",
    "fingerprint",
    "item_options",
    "materials",
    "problems",
    "read",
    "rebuild",
    "revise",
    "suits",
    "summarise",
]

NAME = TABLE = "inbox"
FORM = Inbox
FOLDER = Path(__file__).parent


def convert(raw: Mapping[str, Any], theme: str) -> Inbox:
    """Return the inbox of a table."""
    return msgspec.convert({**raw, "theme": theme}, Inbox)


def materials(bank: MaterialSource) -> Mapping[str, Inbox]:
    """Return the bank's inboxes by id."""
    return cast("Mapping[str, Inbox]", bank.materials(TABLE))


def suits(inbox: Inbox) -> bool:
    """Return whether any item can be scored."""
    return any(grade is not None for entry in inbox.key().values() for grade in entry.grades.values())


def build(inbox: Inbox, rng: random.Random) -> Morning:  # noqa: ARG001  the interface
    """Build a morning. The items stand as they arrived, not in an order by chance."""
    return Morning(inbox, tuple(item.id for item in inbox.items))


def rebuild(inbox: Keyed, shown: str) -> Morning:
    """Build a morning with its items in the recorded order.

    Raises
    ------
    msgspec.MsgspecError
        When it is not a list of items.
    """
    return Morning(inbox, decoded_order(shown))


def revise(inbox: Inbox, shown: str) -> str:
    """Return the order without items that no longer exist, and with new ones at the end."""
    return revised_order(shown, [item.id for item in inbox.items])


def summarise(inbox: Keyed, response: str) -> tuple[ItemAnswer, ...]:
    """Return what happened with each item, with its credit; an answer that came too late counts as what it amounts to.

    Raises
    ------
    ResponseError
        When the response is not the decisions on the inbox's items.
    """
    morning = Morning(inbox, ())
    actions, items = morning.actions(response), morning.grade(response).items
    return tuple(
        ItemAnswer(situation.id, actions[situation.id], items[situation.id], situation.relation, situation.theme)
        for situation in inbox.situations
    )


def item_options(inbox: Keyed, lang: str) -> Mapping[str, Sequence[ItemOption]]:
    """Return the possible actions on each item, with their credit.

    An action of a stored inbox that the kit no longer has is called by its id.
    """
    words = catalog(lang)
    return {
        name: [
            ItemOption(action, entry.credit(action), words.get(f"inbox.actions.{action}") or words.get(f"actions.{action}") or action)
            for action in entry.grades
        ]
        for name, entry in inbox.key().items()
    }


def fingerprint(inbox: Inbox, lang: str) -> str:
    """Return a short hash of the text before the answer, with the minutes."""
    lines = question_lines(inbox, [item.id for item in inbox.items], lang)
    return short_hash([inbox.title(lang), *lines])
