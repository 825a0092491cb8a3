"""What happened in a session: values that are appended and never changed."""

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
        The id of what it is made of.
    shown : str
        How it was laid out by chance, as its format encodes it.
    format_name : str
        The format.
    content : str
        A hash that tells one version of the material from another; empty where that cannot be told.
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
    """A place came on the screen: an exercise, or, where ``position`` equals their number, the end."""

    position: int


class Answered(_Event, frozen=True, tag="answered", omit_defaults=True):
    """A response was given to the exercise at ``position``.

    Attributes
    ----------
    position : int
        The place of the exercise in the plan.
    response : str
        What was given, as the format encodes it.
    credit : float or None
        0..1; None where the response is not scored.
    lang : str
        The language of the page.
    seconds : float or None
        How long the exercise had been on the page since it last came there; None where that is not known.
    submission : str or None
        The id of the message that brought it; None where no message did.
    items : dict of str to (float or None)
        By the id of a situation, its own credit; empty where the material has just one, whose credit is the whole.
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


class Inserted(_Event, frozen=True, tag="inserted"):
    """The learner asked for a further exercise, which was put into the plan at ``position``; those from there on moved one place down."""

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
        When it is not one.
    """
    event: Event = msgspec.json.decode(raw, type=Event)
    return event
