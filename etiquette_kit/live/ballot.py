"""One situation in a room, with its votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etiquette_kit.formats.choice import Choice
from etiquette_kit.live.events import RoomPhase
from etiquette_kit.workshop.round import WhichVote

Votes = Mapping[int, str]
"""Options by seat."""


@dataclass
class Ballot:
    """One situation in the room.

    Attributes
    ----------
    exercise : Choice
        The situation with its options in the order shown.
    phase : str
        The room's phase for it.
    first, second : dict of int to str
        The options chosen before and after the discussion, by seat.
    samples : list of mapping of int to str
        The samples of the first vote on which the facilitator's hints were based, the latest one last.
    seed : str
        The seed of the samples; empty before the first of them.
    """

    exercise: Choice
    phase: RoomPhase = "vote"
    first: dict[int, str] = field(default_factory=dict)
    second: dict[int, str] = field(default_factory=dict)
    samples: list[Votes] = field(default_factory=list)
    seed: str = ""

    def votes(self, which: WhichVote) -> dict[int, str]:
        """Return one of the two votes: options by seat."""
        return self.first if which == "first" else self.second

    def tally(self, votes: Votes) -> dict[str, int]:
        """Return how many of these votes are for each option, for every option."""
        counts = dict.fromkeys(self.exercise.order, 0)
        for option in votes.values():
            counts[option] += 1
        return counts
