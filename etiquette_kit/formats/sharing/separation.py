"""How well a grid of posts and lists keeps private and professional contacts apart: a pure function of the grid, 0..1.

The article advises to split friends into private and professional ones, and to show the professional ones only little. It does not say
which posts those are. Therefore only numbers of posts count, never which posts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from etiquette_kit.rules import Facts, decide

PRIVATE: Final = ("friends", "family")
"""The lists of private contacts."""

PROFESSIONAL: Final = ("colleague", "boss", "client")
"""The lists of professional contacts, each named after the relation."""

LISTS: Final = (*PRIVATE, *PROFESSIONAL)
"""All lists, in the order of the page."""

ACTIONS: Final = ("show_everything", "stop_posting", "split_lists")
"""The actions of an audience between which a grid lies: all see all, nobody sees anything, and both kinds of contacts apart."""

Grid = Mapping[str, Collection[str]]
"""The lists that see a post, by the post's id."""

Grades = Mapping[str, int]
"""The grade of each of ``ACTIONS`` for a professional list, 1..4."""


def most_for_work(total: int) -> int:
    """Return how many of the posts are little: a third at most, but at least one."""
    return max(1, total // 3)


def least_in_private(total: int) -> int:
    """Return how many of the posts private contacts should still see: all but little."""
    return total - most_for_work(total)


def seen_by(grid: Grid, *lists: str) -> int:
    """Return how many posts at least one of the lists sees."""
    return sum(any(name in seeing for name in lists) for seeing in grid.values())


def restraint(seen: int, total: int) -> float:
    """Return how little a professional list sees: 1 for little or nothing, less with each further post, and 0 for everything."""
    return min(1.0, (total - seen) / (total - most_for_work(total)))


def openness(seen: int, total: int) -> float:
    """Return how much private contacts still see: 1 for enough, less with each post that is missing, and 0 for nothing."""
    return min(1.0, seen / least_in_private(total))


def credit_for(small: float, private: float, grades: Grades) -> float:
    """Return the credit for a professional list, 0..1.

    It lies between the credits that the decision table gives for the three actions: showing everything, where the list sees everything;
    posting no more, where nobody sees anything; and lists that are split, where it sees little and private contacts see enough. Between
    these it is linear in each of both.

    Parameters
    ----------
    small, private : float
        How little the list sees and how much private contacts see, as from `restraint` and `openness`.
    grades : mapping of str to int
        The grade of each of ``ACTIONS``.
    """
    show, stop, split = (grades[action] for action in ACTIONS)
    grade = show + small * (stop - show + private * (split - stop))
    return (grade - 1) / 3


def credits_of(grid: Grid, grades: Mapping[str, Grades]) -> dict[str, float]:
    """Return the credit for each professional list.

    Parameters
    ----------
    grid : mapping
        At least two posts.
    grades : mapping
        By professional list, the grade of each of ``ACTIONS``.
    """
    total = len(grid)
    private = openness(seen_by(grid, *PRIVATE), total)
    return {name: credit_for(restraint(seen_by(grid, name), total), private, grades[name]) for name in PROFESSIONAL}


def table_grades() -> dict[str, dict[str, int]]:
    """Return the grades of ``ACTIONS`` for each professional list, by the decision table."""
    advice = {name: decide(Facts.from_mapping({"event": "audience", "relation": name})).grades for name in PROFESSIONAL}
    return {name: {action: grades[action] for action in ACTIONS} for name, grades in advice.items()}
