"""The events of a session: immutable, and only appended."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Mode = Literal["practice", "test"]


class Planned(msgspec.Struct, frozen=True):
    """An exercise of a session.

    Attributes
    ----------
    material : str
        The id of its material.
    shown : str
        The result of randomisation, as its format encodes it.
    format_name : str
        The format.
    content : str
        The hash of the material's version; empty where it is unknown.
    """

    material: str
    shown: str
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
    """A page was shown: an exercise, or, where ``position`` equals their number, the end."""

    position: int


class Answered(_Event, frozen=True, tag="answered", omit_defaults=True):
    """A response was given to the exercise at ``position``.

    Attributes
    ----------
    position : int
        The position of the exercise in the plan.
    response : str
        The response, as the format encodes it.
    credit : float or None
        0..1; None where the response is not scored.
    lang : str
        The language of the page.
    seconds : float or None
        The seconds since the exercise was last shown; None where that is unknown.
    submission : str or None
        The id of the browser's message; None where there was none.
    items : dict of str to (float or None)
        The credit of each situation by id; empty where the material has only one, with the total credit.
    """

    position: int
    response: str
    credit: float | None
    lang: str
    seconds: float | None = None
    submission: str | None = None
    items: dict[str, float | None] = {}

    def credit_for(self, situation: str) -> float | None:
        """Return the credit of one situation of the material; None where it is not scored."""
        return self.items.get(situation) if self.items else self.credit


class LanguageChanged(_Event, frozen=True, tag="language_changed"):
    """The language of the page was changed."""

    lang: str


class Finished(_Event, frozen=True, tag="finished"):
    """The end was reached for the first time; from then on nothing can be answered."""


class Revised(_Event, frozen=True, tag="revised"):
    """The session was resumed with scenarios that had been edited or removed in the meantime.

    ``sources`` has for each exercise of the new plan its position in the old one, in ascending order; the exercises at the new
    positions ``asked_again`` lose their answers.
    """

    plan: tuple[Planned, ...]
    sources: tuple[int, ...]
    asked_again: tuple[int, ...]


class Inserted(_Event, frozen=True, tag="inserted"):
    """The learner asked for another exercise, which was inserted into the plan at ``position``; those after it moved by one."""

    position: int
    exercise: Planned


Event = Started | Shown | Answered | LanguageChanged | Finished | Revised | Inserted


def encode(event: Event) -> bytes:
    """Return an event as JSON."""
    return msgspec.json.encode(event)


def decode(raw: bytes) -> Event:
    """Read an event from JSON.

    Raises
    ------
    msgspec.ValidationError, msgspec.DecodeError
        When it is not a valid event.
    """
    event: Event = msgspec.json.decode(raw, type=Event)
    return event
