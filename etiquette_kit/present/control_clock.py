"""The plan on the facilitator's page: the row where the room stands, and whether that is ahead of the plan or behind it."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Any

from etiquette_kit.live.events import RoomPhase
from etiquette_kit.live.phases import CLOSING
from etiquette_kit.live.room import Room
from etiquette_kit.locale import Catalog, plural
from etiquette_kit.present.sheets import plan_title
from etiquette_kit.workshop import Plan, plan_of
from etiquette_kit.workshop.plan import ROUND

_MINUTE = 60
_FORESEEN = 60
"""For how many minutes from now on the page has the words of the clock; it gets new ones with the next step at the latest."""

_PARTS: dict[RoomPhase, tuple[str, str]] = {
    "vote": ("read", "vote"),
    "closed": ("vote", "vote"),
    "discuss": ("discuss", "discuss"),
    "revote": ("revote", "revote"),
    "reclosed": ("revote", "revote"),
    "reveal": ("reveal", "reveal"),
}
"""The first and the last part of a situation's plan that go with a phase."""


def plan_for(room: Room) -> Plan:
    """Return the timing plan for the room's number of situations."""
    return plan_of(room.minutes).of(len(room.ballots))


def clock(room: Room, words: Catalog, now: datetime) -> dict[str, Any]:
    """Describe the plan; its clock starts with the first situation, after the welcome.

    ``passed`` are the seconds on that clock, None before it starts; ``row`` is where the room stands. ``says`` has pairs of a second on the
    clock and what is said from then on, so that the page needs no words of its own; it is empty before the first situation and at the end.
    """
    plan = plan_for(room)
    welcome = plan.steps[0].minutes * _MINUTE
    passed = None if room.begun is None else welcome + (now - room.begun).total_seconds()
    says: list[list[Any]] = []
    if passed is not None and room.phase not in ("lobby", "end"):
        start, end = _planned(plan, room)
        says = _texts(passed, start * _MINUTE, end * _MINUTE, words)
    return {
        "caption": plan_title(plan, words),
        "steps": [[step.start, words(f"room.plan.{step.name}"), step.minutes] for step in plan.steps],
        "total": plan.minutes,
        "row": _row(plan, room),
        "passed": passed,
        "says": says,
    }


def _row(plan: Plan, room: Room) -> int:
    if room.phase == "lobby":
        return 0
    if room.phase in CLOSING:
        return len(plan.steps) - (2 if room.phase == "write" else 1)
    return 1 + room.position


def _planned(plan: Plan, room: Room) -> tuple[int, int]:
    """Return from which minute of the plan to which the room is meant to be where it is."""
    step = plan.steps[_row(plan, room)]
    if room.phase not in _PARTS:
        return step.start, step.start + step.minutes
    names = list(ROUND)
    first, last = (names.index(part) for part in _PARTS[room.phase])
    lengths = list(ROUND.values())
    return step.start + sum(lengths[:first]), step.start + sum(lengths[: last + 1])


def _texts(passed: float, start: int, end: int, words: Catalog) -> list[list[Any]]:
    """Return from which second on the clock what is said, beginning with what is said now."""
    until = int(passed) + _FORESEEN * _MINUTE
    marks = (*range(start % _MINUTE, start + 1, _MINUTE), *range(end + _MINUTE, until + 1, _MINUTE))
    return [[second, _said(second, start, end, words)] for second in (passed, *(mark for mark in marks if mark > passed))]


def _said(second: float, start: int, end: int, words: Catalog) -> str:
    """Return how far the room is ahead of the plan or behind it from a second on, in whole minutes that are over."""
    ahead, behind = ceil((start - second) / _MINUTE) - 1, int((second - end) // _MINUTE)
    if ahead >= 1:
        return plural(words, "room.clock.ahead", ahead)
    return plural(words, "room.clock.behind", behind) if behind >= 1 else words("room.clock.on_time")
