"""The content of the page of an inbox before the answer."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from etiquette_kit.formats.choice.pages import Paragraph
from etiquette_kit.formats.inbox.material import Inbox, Item
from etiquette_kit.formats.inbox.morning import PUT_OFF, ItemKey, most_minutes
from etiquette_kit.locale import Catalog, catalog, plural


class ActionLabel(msgspec.Struct, frozen=True, omit_defaults=True):
    """An action, its minutes, also in words, and what is said where they no longer suffice; empty where it may take longer."""

    id: str
    label: str
    minutes: int
    cost: str
    late: str = ""


class ItemQuestion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A request or a message with its actions; a request can be without a message, and a message has no wish."""

    id: str
    person: str
    initials: str
    role: str
    occasion: str
    time: str
    actions: tuple[ActionLabel, ...]
    message: str = ""
    wish: str = ""


class InboxQuestion(msgspec.Struct, frozen=True):
    """A morning: its items, and the words for the minutes.

    Attributes
    ----------
    stem : tuple of Paragraph
        Who one is.
    ask, rule : str
        How much time there is, what to do, and what happens when it has run out.
    decide : str
        The question about each item.
    undecided : str
        Marks an item without a decision.
    budget : int
        The minutes that there are.
    left : tuple of str
        What is left once 0, 1, 2 … minutes are used.
    waiting : tuple of str
        How many items are undecided: none, one, two …
    confirm : tuple of str
        What is said before one, two … undecided items are left alone.
    submit : str
        The button that ends the morning.
    nothing : str
        What is said where nothing is decided.
    """

    id: str
    format: str
    title: str
    stem: tuple[Paragraph, ...]
    ask: str
    rule: str
    decide: str
    undecided: str
    budget: int
    left: tuple[str, ...]
    waiting: tuple[str, ...]
    confirm: tuple[str, ...]
    submit: str
    nothing: str
    items: tuple[ItemQuestion, ...]


def label(item: Item, action: str, words: Catalog) -> str:
    """Return the name of an action on an item."""
    return words.get(f"inbox.actions.{action}") or item.place.action_name(action, words.lang)


def question(inbox: Inbox, order: Sequence[str], lang: str) -> InboxQuestion:
    """Return the items in the order shown, what each action takes, and the words for the minutes."""
    words, text, key = catalog(lang), inbox.text(lang), inbox.key()
    count = len(order)
    return InboxQuestion(
        inbox.id,
        "inbox",
        text.title,
        (Paragraph(text.intro),),
        plural(words, "inbox.ask", inbox.budget),
        words("inbox.rule"),
        words("inbox.decide"),
        words("inbox.undecided"),
        inbox.budget,
        tuple(_left(inbox.budget - used, inbox.budget, words) for used in range(most_minutes(key) + 1)),
        (words("inbox.all_decided"), *(plural(words, "inbox.waiting", number) for number in range(1, count + 1))),
        tuple(plural(words, "inbox.confirm", number) for number in range(1, count + 1)),
        words("inbox.submit"),
        words("inbox.nothing"),
        tuple(_item(inbox.item(name), key[name], words) for name in order),
    )


def question_lines(inbox: Inbox, order: Sequence[str], lang: str) -> list[str]:
    """Return the question as lines of text."""
    asked = question(inbox, order, lang)
    lines = [f"  {inbox.text(lang).intro}", f"  {asked.ask} {asked.rule}"]
    for item in asked.items:
        lines.append(f"  ({item.id}) {item.time} {item.person}, {item.role} · {item.occasion}")
        lines += [f"    {text}" for text in (item.message, item.wish) if text]
        lines.append("    " + " | ".join(f"{action.label}: {action.cost}" for action in item.actions))
    return lines


def _left(left: int, budget: int, words: Catalog) -> str:
    return plural(words, "inbox.left", left, budget=budget) if left >= 0 else plural(words, "inbox.over", -left, budget=budget)


def _item(item: Item, key: ItemKey, words: Catalog) -> ItemQuestion:
    text = item.texts[words.lang]
    actions = tuple(
        ActionLabel(
            action,
            label(item, action, words),
            minutes,
            plural(words, "inbox.cost", minutes),
            words("inbox.late") if action in PUT_OFF else "",
        )
        for action, minutes in key.minutes.items()
    )
    occasion = item.place.occasion(item.facts.event, words.lang)
    return ItemQuestion(item.id, item.person.name, item.person.initials, text.role, occasion, item.time, actions, text.message, text.wish)
