"""The events of a room: immutable, and only appended."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

import msgspec

from etiquette_kit.workshop.round import WhichVote

RoomPhase = Literal["lobby", "vote", "closed", "discuss", "revote", "reclosed", "reveal", "write", "questions", "end"]
ROOM_PHASES: tuple[RoomPhase, ...] = get_args(RoomPhase)


class PlannedSituation(msgspec.Struct, frozen=True):
    """An exercise of a room: its complete material, so that later changes of files have no effect, and its order of options."""

    material: msgspec.Raw
    shown: str
    format_name: str
    content: str


class _Event(msgspec.Struct, frozen=True, tag_field="event"):
    at: datetime  # UTC


class Opened(_Event, frozen=True, tag="opened"):
    """A room was opened.

    ``lang`` is its own language, ``minutes`` its timing plan, and ``talk`` the seconds for talking; None means without a countdown, as in
    rooms of earlier versions.
    """

    lang: str
    minutes: int
    plan: tuple[PlannedSituation, ...]
    talk: int | None = None


class Keyed(_Event, frozen=True, tag="keyed"):
    """A key for the facilitator was issued; only its hash is stored."""

    key: str


class Joined(_Event, frozen=True, tag="joined"):
    """A participant took a seat, a new one or one that was free again; ``token`` is the hash of the phone's token for reconnecting."""

    seat: int
    token: str


class Voted(_Event, frozen=True, tag="voted"):
    """A vote was cast or changed.

    ``id`` identifies it, so that a repeated message is recognised; ``number`` counts the votes of the phone, so that one which arrives
    after a newer one is recognised as well. It is 0 in rooms of earlier versions, which had no numbers.
    """

    seat: int
    position: int
    which: WhichVote
    response: str
    id: str
    number: int = 0


class Went(_Event, frozen=True, tag="went"):
    """The room moved to a situation and a phase."""

    position: int
    phase: RoomPhase


class TookBack(_Event, frozen=True, tag="took_back"):
    """The last step was taken back."""


class Timed(_Event, frozen=True, tag="timed"):
    """A time limit was set for a vote or removed, or the countdown of a talk was extended or stopped."""

    ends: datetime | None


class TalkSet(_Event, frozen=True, tag="talk_set"):
    """The seconds for talking were set for the whole room; None means without a countdown."""

    seconds: int | None


class Turned(_Event, frozen=True, tag="turned"):
    """The projector was switched to a view of the answer."""

    view: str


RoomEvent = Opened | Keyed | Joined | Voted | Went | TookBack | Timed | TalkSet | Turned

encode = msgspec.json.Encoder().encode
"""Return an event as JSON."""

decode = msgspec.json.Decoder(RoomEvent).decode
"""Read an event from JSON."""
