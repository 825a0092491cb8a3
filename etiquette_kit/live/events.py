"""What happened in a room: values that are appended and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

import msgspec

from etiquette_kit.workshop.round import WhichVote

RoomPhase = Literal["lobby", "vote", "closed", "discuss", "revote", "reclosed", "reveal", "end"]
ROOM_PHASES: tuple[RoomPhase, ...] = get_args(RoomPhase)


class PlannedSituation(msgspec.Struct, frozen=True):
    """An exercise of a room: its material whole, so that no file that is edited meanwhile matters, and how it is laid out."""

    material: msgspec.Raw
    shown: str
    format_name: str
    content: str


class _Event(msgspec.Struct, frozen=True, tag_field="event"):
    at: datetime  # UTC


class Opened(_Event, frozen=True, tag="opened"):
    """A room was opened; ``lang`` is its own language and ``minutes`` its timing plan."""

    lang: str
    minutes: int
    plan: tuple[PlannedSituation, ...]


class Keyed(_Event, frozen=True, tag="keyed"):
    """A key for the facilitator was given out; only its hash is kept."""

    key: str


class Joined(_Event, frozen=True, tag="joined"):
    """Somebody took a seat, a further one or one that was given up; ``token`` is the hash of what her phone shows when it comes back."""

    seat: int
    token: str


class Voted(_Event, frozen=True, tag="voted"):
    """A vote was cast or changed; ``id`` tells it from itself when it is sent twice."""

    seat: int
    position: int
    which: WhichVote
    response: str
    id: str


class Went(_Event, frozen=True, tag="went"):
    """The room went over to a situation and a phase."""

    position: int
    phase: RoomPhase


class Timed(_Event, frozen=True, tag="timed"):
    """A vote was given an end, or none any more."""

    ends: datetime | None


class Turned(_Event, frozen=True, tag="turned"):
    """The projector was turned to a view of the answer."""

    view: str


RoomEvent = Opened | Keyed | Joined | Voted | Went | Timed | Turned

encode = msgspec.json.Encoder().encode
"""Return an event as JSON."""

decode = msgspec.json.Decoder(RoomEvent).decode
"""Read an event from JSON."""
