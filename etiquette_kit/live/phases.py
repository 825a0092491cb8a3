"""The phases of a room: which can follow which, in which a vote is open, and in which people talk or write."""

from __future__ import annotations

from etiquette_kit.live.events import RoomPhase
from etiquette_kit.workshop.round import WhichVote

OPEN_IN: dict[RoomPhase, WhichVote] = {"vote": "first", "revote": "second"}
"""The vote that is open in a phase."""

CLOSED_BY: dict[RoomPhase, RoomPhase] = {"vote": "closed", "revote": "reclosed"}
"""The phase that follows when an open vote is closed."""

TALKING: tuple[RoomPhase, ...] = ("discuss", "write")
"""The phases with a countdown that ends nothing by itself."""

CLOSING: tuple[RoomPhase, ...] = ("write", "questions", "end")
"""The phases after the last situation, in order; each of them can be left out."""

TRANSITIONS: dict[RoomPhase, tuple[RoomPhase, ...]] = {
    "vote": ("closed", "discuss", "reveal"),
    "closed": ("vote", "discuss", "revote", "reveal"),
    "discuss": ("vote", "revote", "reveal"),
    "revote": ("reclosed", "discuss", "reveal"),
    "reclosed": ("revote", "discuss", "reveal"),
}
"""The phases of a situation that can follow a phase; once the answer was shown, it stays shown."""


def following(phase: RoomPhase) -> tuple[RoomPhase, ...]:
    """Return the phases that can follow a phase: those of its situation, and those after the last situation; none in the lobby."""
    if phase == "lobby":
        return ()
    return (*TRANSITIONS.get(phase, ()), *(other for other in CLOSING if other != phase))
