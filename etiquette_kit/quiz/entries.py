"""What is written to a store and read back from it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from etiquette_kit.quiz.events import Answered, Event


class Participant(msgspec.Struct, frozen=True):
    """Someone whose answers are kept, known by a pseudonym alone.

    Attributes
    ----------
    id : int
        In this store.
    pseudonym : str
        Random; it says nothing about the person.
    """

    id: int
    pseudonym: str


class AnswerDetails(msgspec.Struct, frozen=True):
    """What is kept of an answer besides its event: which exercise it is about.

    Attributes
    ----------
    material, content, format_name : str
        Which material in which version, and in which format.
    shown : str
        How the exercise was laid out, as its format encodes it.
    """

    material: str
    content: str
    format_name: str
    shown: str


class StoredEvent(msgspec.Struct, frozen=True):
    """An event to append.

    Attributes
    ----------
    event : Event
        What happened.
    answer : AnswerDetails or None
        For an answer; None where its material as it was is not at hand any more.
    """

    event: Event
    answer: AnswerDetails | None = None

    @property
    def submission(self) -> str | None:
        """The id of the message that brought an answer; it occurs once in a session."""
        return self.event.submission if isinstance(self.event, Answered) else None


class Saved(msgspec.Struct, frozen=True):
    """What a store holds of someone's runs of a quiz, as read from it.

    Attributes
    ----------
    answers : int
        How many answers.
    since : datetime or None
        When the first of them began, in UTC; None when none is in the store.
    """

    answers: int = 0
    since: datetime | None = None


class SessionHead(msgspec.Struct, frozen=True):
    """What is kept of a session besides its events.

    Attributes
    ----------
    name : str
        Random; one session of this name is kept, however often it is begun.
    participant : int
        Whose.
    quiz : str
        Which quiz it is a run of.
    kit : str
        The kit's version.
    cohort : str or None
        The cohort that it counts for.
    """

    name: str
    participant: int
    quiz: str
    kit: str
    cohort: str | None = None
