"""A morning: what is done in which order, when the minutes run out, and the credit for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from etiquette_kit.rules import FITS_BEST

_LEFT_ALONE = {"friend_request": "ignore", "message": "no_reply"}
"""What becomes of an item that is not decided."""

PUT_OFF = {"reply_promptly": "reply_later"}
"""What becomes of an action for which the minutes no longer suffice."""


class ItemKey(msgspec.Struct, frozen=True):
    """The key of an item.

    Attributes
    ----------
    event : str
        What it is: a request or a message.
    grades : dict of str to (int or None)
        The grade of each possible action, 1..4; None where the article says nothing.
    minutes : dict of str to int
        The minutes that each takes.
    """

    event: str
    grades: dict[str, int | None]
    minutes: dict[str, int]

    @property
    def left_alone(self) -> str:
        """The action of leaving it alone."""
        return _LEFT_ALONE[self.event]

    def credit(self, action: str) -> float | None:
        """Return ``(grade - 1) / 3`` of an action; None where the article says nothing."""
        grade = self.grades[action]
        return None if grade is None else (grade - 1) / 3


class Step(msgspec.Struct, frozen=True):
    """What happens with an item.

    Attributes
    ----------
    item : str
        The item's id.
    chosen : str
        The action decided on; empty where nothing was decided.
    action : str
        What it amounts to, which is graded: an answer that comes too late, or leaving it alone.
    start, minutes : int
        The minute of the morning at which it begins, and how many it takes.
    """

    item: str
    chosen: str
    action: str
    start: int
    minutes: int

    @property
    def is_late(self) -> bool:
        """Whether the minutes did not suffice for the action decided on."""
        return bool(self.chosen) and self.action != self.chosen


def steps(decided: Sequence[tuple[str, str]], key: Mapping[str, ItemKey], budget: int) -> list[Step]:
    """Return what happens with each item: first those decided, in their order, then the others in the order of the key.

    Each decision takes its minutes, one after another. An answer that is not finished within the budget comes later instead: it is
    written at some other time. Other actions are the same whenever they are done.

    Parameters
    ----------
    decided : sequence of tuple of str and str
        The ids of items and the actions, in the order of the decisions; each item at most once.
    key : mapping of str to ItemKey
        All items.
    budget : int
        The minutes that there are.
    """
    found, now = [], 0
    for item, chosen in decided:
        minutes = key[item].minutes[chosen]
        action = PUT_OFF.get(chosen, chosen) if now + minutes > budget else chosen
        found.append(Step(item, chosen, action, now, minutes))
        now += minutes
    done = {step.item for step in found}
    return [*found, *(Step(name, "", entry.left_alone, now, 0) for name, entry in key.items() if name not in done)]


def credits_of(decided: Sequence[tuple[str, str]], key: Mapping[str, ItemKey], budget: int) -> dict[str, float | None]:
    """Return the credit of each item in the order of the key; None where the article says nothing of what was done."""
    actions = {step.item: step.action for step in steps(decided, key, budget)}
    return {name: entry.credit(actions[name]) for name, entry in key.items()}


def mean_credit(items: Mapping[str, float | None]) -> float | None:
    """Return the mean of the items that are scored; None where none is."""
    scored = [credit for credit in items.values() if credit is not None]
    return sum(scored) / len(scored) if scored else None


def least_minutes(key: Mapping[str, ItemKey]) -> int:
    """Return the minutes that suffice for the best action on each item; what the article is silent on can be left alone."""
    return sum(
        min((entry.minutes[action] for action, grade in entry.grades.items() if grade == FITS_BEST), default=0) for entry in key.values()
    )


def most_minutes(key: Mapping[str, ItemKey]) -> int:
    """Return the minutes that the longest action on each item takes together."""
    return sum(max(entry.minutes.values()) for entry in key.values())
