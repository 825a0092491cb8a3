"""Rooms to test."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from etiquette_kit.bank import load_bank
from etiquette_kit.formats.choice import Choice, build
from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.events import Opened
from etiquette_kit.live.room import Room
from etiquette_kit.live.situations import planned
from etiquette_kit.workshop.round import WhichVote

AT = datetime(2025, 1, 1, 9, tzinfo=UTC)
BANK = load_bank()
LANGUAGES = ("de", "en")
PLAYABLE = [scenario for scenario in BANK if len(scenario.key()) >= 3 and min(scenario.key().values()) < 3]


def exercises(number: int = 4, seed: int = 1) -> list[Choice]:
    rng = random.Random(seed)  # noqa: S311  no secret
    return [build(scenario, rng) for scenario in rng.sample(PLAYABLE, number)]


def opened(situations: Sequence[Choice] | None = None, *, lang: str = "de", minutes: int = 60) -> Opened:
    return Opened(AT, lang, minutes, tuple(planned(exercise) for exercise in (exercises() if situations is None else situations)))


def seated(room: Room, number: int) -> Room:
    """Seat so many people."""
    for seat in range(number):
        joined = room.join(f"token {seat}", AT, limit=number)
        assert joined is not None
        room.apply(joined)
    return room


def at_vote(number: int, situations: Sequence[Choice] | None = None) -> Room:
    """Return a room whose first vote is open, with so many people."""
    room = seated(Room(opened(situations)), number)
    room.apply(room.next(AT))
    return room


def go(room: Room, *phases: str) -> Room:
    for phase in phases:
        room.apply(room.go(phase, AT))  # type: ignore[arg-type]
    return room


def vote(room: Room, which: WhichVote, options: Sequence[int | None]) -> None:
    """Let the first seat choose the first number's option, and so on; None does not vote."""
    ballot = room.ballot
    assert ballot is not None
    for seat, option in enumerate(options):
        if option is not None:
            event = room.vote(seat, room.position, which, ballot.exercise.order[option], f"{room.position}{which}{seat}", AT)
            assert event is not None
            room.apply(event)


def played(first: Sequence[int | None], second: Sequence[int | None] = (), situations: Sequence[Choice] | None = None) -> Room:
    """Return a room whose first situation was voted on twice and revealed."""
    room = at_vote(max(len(first), len(second)), situations)
    vote(room, "first", first)
    if second:
        vote(go(room, "closed", "discuss", "revote"), "second", second)
    return go(room, "reveal")


def ballot_of(first: Mapping[str, int], exercise: Choice) -> Ballot:
    """Return a situation on which so many chose each option, with a hint that rests on all of them."""
    choices = dict(enumerate(option for option, count in first.items() for _ in range(count)))
    return Ballot(exercise, first=choices, samples=[choices] if choices else [])


async def until(condition: Callable[[], Any], patience: float = 10.0) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(patience):
        while not condition():  # noqa: ASYNC110  what is waited for says nothing when it comes
            await asyncio.sleep(0.001)


def state(room: Room) -> Any:
    """Return all that a room knows."""
    return deepcopy({name: value for name, value in vars(room).items() if name != "ballots"}), [
        (ballot.phase, dict(ballot.first), dict(ballot.second), list(ballot.samples), ballot.seed) for ballot in room.ballots
    ]
