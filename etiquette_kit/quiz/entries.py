"""The records that are written to a store and read from it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from etiquette_kit.quiz.events import Answered, Event


class Participant(msgspec.Struct, frozen=True):
    """A person whose answers are stored, known only by a pseudonym.

    Attributes
    ----------
    id : int
        The id in this store.
    pseudonym : str
        Random; it contains no information about the person.
    """

    id: int
    pseudonym: str


class AnswerDetails(msgspec.Struct, frozen=True):
    """The exercise of an answer, which is stored with its event.

    Attributes
    ----------
    material, content, format_name : str
        The id of the material, the hash of its version, and its format.
    shown : str
        The result of randomisation, as its format encodes it.
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
        Only for an answer; None where that version of its material is no longer available.
    """

    event: Event
    answer: AnswerDetails | None = None

    @property
    def submission(self) -> str | None:
        """The id of the message with the answer; unique in a session."""
        return self.event.submission if isinstance(self.event, Answered) else None


class Saved(msgspec.Struct, frozen=True):
    """What is stored of a participant's sessions of a quiz.

    Attributes
    ----------
    answers : int
        The number of answers.
    since : datetime or None
        The start of the first session, in UTC; None where none is stored.
    """

    answers: int = 0
    since: datetime | None = None


class SessionHead(msgspec.Struct, frozen=True):
    """The data of a session apart from its events.

    Attributes
    ----------
    name : str
        Random; only one session of this name is stored, so that ``begin`` can be repeated.
    participant : int
        The participant's id.
    quiz : str
        The name of the quiz.
    kit : str
        The kit's version.
    cohort : str or None
        The cohort to which it belongs.
    """

    name: str
    participant: int
    quiz: str
    kit: str
    cohort: str | None = None
