"""The steps on the facilitator's page: each has its place, whether it is possible now or not."""

from __future__ import annotations

from typing import Any

import msgspec

from etiquette_kit.live.events import RoomPhase
from etiquette_kit.live.phases import CLOSED_BY, CLOSING
from etiquette_kit.live.room import Room
from etiquette_kit.locale import Catalog, plural

_GROUPS = {
    "situation": ("close", "vote", "discuss", "revote", "reveal"),
    "way": ("back", "skip", "next"),
    "closing": ("write", "questions", "end"),
}
"""The steps in their places, by group."""

_PRIMARY: dict[RoomPhase, str] = {
    "lobby": "next",
    "vote": "close",
    "closed": "discuss",
    "discuss": "revote",
    "revote": "close",
    "reclosed": "reveal",
    "write": "questions",
    "questions": "end",
}
"""The usual next step by phase, unless another one is suggested; after an answer it is the next situation, or writing after the last."""

_INTERRUPTED = ("vote", "discuss", "revote")
"""Phases in which showing the answer interrupts a vote or the discussion."""


class ControlStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step.

    Attributes
    ----------
    name : str
        Its name, the same in all phases.
    group : str
        The group of steps that it stands in.
    text : str
        What its button says.
    send : dict or None
        The message for the room; None where the step is not possible now.
    ask : str or None
        What is asked before it is taken.
    why : str or None
        Why it is not possible now.
    primary : bool
        Whether it is the usual next step.
    """

    name: str
    group: str
    text: str
    send: dict[str, Any] | None
    ask: str | None
    why: str | None
    primary: bool


def group_titles(words: Catalog) -> dict[str, str]:
    """Return the titles of the groups of steps, in order."""
    return {group: words(f"room.step_groups.{group}") for group in _GROUPS}


def steps(room: Room, hint: str | None, words: Catalog) -> list[dict[str, Any]]:
    """Return all steps; they and their order are always the same."""
    usual = _usual(room, hint)
    found = [_step(room, group, name, words, primary=name == usual) for group, names in _GROUPS.items() for name in names]
    return [dict(msgspec.to_builtins(step)) for step in found]


def main_step(room: Room, hint: str | None, words: Catalog) -> dict[str, Any] | None:
    """Return the usual next step for the large button; None at the end."""
    for step in steps(room, hint, words):
        if step["primary"]:
            return {**step, "text": words("room.steps.start") if room.phase == "lobby" else step["text"]}
    return None


def _usual(room: Room, hint: str | None) -> str | None:
    if room.phase == "reveal":
        return "write" if _is_last(room) else "next"
    return "reveal" if hint == "reveal" else _PRIMARY.get(room.phase)


def _step(room: Room, group: str, name: str, words: Catalog, *, primary: bool) -> ControlStep:
    why = _why_not(room, name)
    return ControlStep(
        name=name,
        group=group,
        text=_text(room, name, words),
        send=None if why else {**_message(room, name), "from": [room.position, room.phase]},
        ask=None if why else _question(room, name, words),
        why=words(f"room.not_now.{why}") if why else None,
        primary=primary,
    )


def _message(room: Room, name: str) -> dict[str, Any]:
    match name:
        case "close":
            return {"do": "go", "phase": CLOSED_BY[room.phase]}
        case "next" | "skip":
            return {"do": "next"}
        case "back":
            return {"do": "back"}
        case _:
            return {"do": "go", "phase": name}


def _text(room: Room, name: str, words: Catalog) -> str:
    if name != "back" or not room.started or room.position == 0:
        return words(f"room.steps.{name}")
    if room.phase in CLOSING[1:]:
        return words(f"room.steps.back_{CLOSING[CLOSING.index(room.phase) - 1]}")
    return words("room.steps.back_situation", number=room.position)


def _why_not(room: Room, name: str) -> str | None:
    """Return the key of the reason why a step is not possible now; None where it is."""
    if name == room.phase:
        return "here"
    if name == "back":
        return "start" if not room.started or room.position == 0 else None
    if name == "next":
        return _why_no_next(room)
    if not room.started:
        return "lobby"
    return None if name in CLOSING else _why_not_here(room, name)


def _why_not_here(room: Room, name: str) -> str | None:
    """Return the same for a step within a situation, or past it."""
    if room.phase in CLOSING:
        return "after"
    if room.phase == "reveal":
        return "shown"
    if name == "skip" or name in room.next_phases:
        return None
    if name == "close":
        return None if room.which else "no_vote"
    return "second" if name == "vote" else "first"


def _why_no_next(room: Room) -> str | None:
    if room.phase == "lobby" or (room.phase == "reveal" and not _is_last(room)):
        return None
    return "last" if room.phase in CLOSING or room.phase == "reveal" else "unfinished"


def _question(room: Room, name: str, words: Catalog) -> str | None:
    """Return what is asked before a step: always before an answer is shown, and where something would be left out."""
    ballot = room.ballot
    if name == "reveal":
        return words("room.ask.reveal_early" if room.phase in _INTERRUPTED else "room.ask.reveal")
    # While a vote is open, votes arrive without the page being described anew.
    if name == "skip" and ballot is not None and (room.which or ballot.first or ballot.second):
        return words("room.ask.skip")
    if name in CLOSING and ballot is not None:
        unfinished = sum(entry.phase != "reveal" for entry in room.ballots[room.position :])
        return plural(words, "room.ask.closing", unfinished) if unfinished else None
    return None


def _is_last(room: Room) -> bool:
    return room.position + 1 >= len(room.ballots)
