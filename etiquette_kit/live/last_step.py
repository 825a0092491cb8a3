"""What a step changed, so that it can be taken back for some seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from etiquette_kit.live.events import RoomPhase

TAKE_BACK = timedelta(seconds=10)
"""How long a step can be taken back."""

_ON_ITS_WAY = timedelta(seconds=2)
"""How much later than that a request may arrive, which was sent in time."""


@dataclass(frozen=True)
class LastStep:
    """Where a room stood before its last step.

    Votes are not a part of it, so that none is lost, nor are the samples for hints, which were shown already.

    Attributes
    ----------
    at : datetime
        The time of the step.
    started : bool
        Whether the workshop had left the lobby.
    begun : datetime or None
        When it had left it first.
    position : int
        The index of the situation.
    phases : tuple of str
        The phase of each situation.
    closing : str
        The phase after the last situation.
    ends : datetime or None
        The end of the time that was running.
    view : str
        The view of the answer on the projector.
    """

    at: datetime
    started: bool
    begun: datetime | None
    position: int
    phases: tuple[RoomPhase, ...]
    closing: RoomPhase
    ends: datetime | None
    view: str

    def left(self, now: datetime) -> float:
        """Return for how many seconds it can still be taken back; 0 where it is too late."""
        return max(0.0, (self.at + TAKE_BACK - now).total_seconds())

    def takes(self, now: datetime) -> bool:
        """Return whether a request to take it back comes in time."""
        return now <= self.at + TAKE_BACK + _ON_ITS_WAY

    def ends_from(self, now: datetime) -> datetime | None:
        """Return when the time that was running ends, if it goes on from now with what was left of it."""
        return None if self.ends is None else self.ends + (now - self.at)
