"""What happened in a session: values that are appended and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Mode = Literal["practice", "test"]


class Planned(msgspec.Struct, frozen=True):
    """An exercise of a session: a scenario with its options in the order shown; ``content`` tells one version of it from another."""

    scenario: str
    order: tuple[str, ...]
    format_name: str = "choice"
    content: str = ""


class _Event(msgspec.Struct, frozen=True, tag_field="event"):
    at: datetime  # UTC


class Started(_Event, frozen=True, tag="started"):
    """A session began; ``plan`` lists its exercises in order."""

    mode: Mode
    lang: str
    plan: tuple[Planned, ...]


class Shown(_Event, frozen=True, tag="shown"):
    """A place came on the screen: an exercise, or, where ``position`` equals their number, the end."""

    position: int


class Answered(_Event, frozen=True, tag="answered"):
    """A response was given to the exercise at ``position``; ``credit`` is 0..1."""

    position: int
    response: str
    credit: float


class LanguageChanged(_Event, frozen=True, tag="language_changed"):
    """The screen went over to another language."""

    lang: str


class Finished(_Event, frozen=True, tag="finished"):
    """The end was reached for the first time; from now on nothing can be answered."""


class Revised(_Event, frozen=True, tag="revised"):
    """The session was taken up again with scenarios that had been edited or removed in the meantime.

    ``sources`` names for each exercise of the new plan its place in the old one, in the same order; the exercises
    ``asked_again``, by their new place, lose their answers.
    """

    plan: tuple[Planned, ...]
    sources: tuple[int, ...]
    asked_again: tuple[int, ...]


Event = Started | Shown | Answered | LanguageChanged | Finished | Revised


def encode(event: Event) -> bytes:
    """Return an event as JSON."""
    return msgspec.json.encode(event)


def decode(raw: bytes) -> Event:
    """Read an event from JSON.

    Raises
    ------
    msgspec.ValidationError, msgspec.DecodeError
        When it is not one.
    """
    event: Event = msgspec.json.decode(raw, type=Event)
    return event
