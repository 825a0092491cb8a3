"""The sessions of a participant: those in a store, and the one on the screen, stored or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from etiquette_kit.quiz.answer_store import AnswerStore
from etiquette_kit.quiz.entries import Participant
from etiquette_kit.quiz.events import Answered, Event
from etiquette_kit.quiz.state import State, replay


class PlayedSession(msgspec.Struct, frozen=True):
    """A session in which something was answered.

    Attributes
    ----------
    quiz : str
        The quiz's name.
    state : State
        Its state.
    at : datetime
        The time of the last answer.
    """

    quiz: str
    state: State
    at: datetime


def played_sessions(store: AnswerStore | None, person: Participant | None, quiz: str, running: Sequence[Event]) -> list[PlayedSession]:
    """Return the sessions of a participant in a store, and the running one as it is on the screen.

    Raises
    ------
    StoreError
        When the store cannot be read.
    """
    try:
        kept = store.export(person.id)["sessions"] if store is not None and person is not None else []
    except KeyError:  # erased meanwhile
        kept = []
    found = [(session["quiz"], msgspec.convert(session["events"], tuple[Event, ...])) for session in kept]
    others = [(name, events) for name, events in found if events[0] != running[0]]
    return [played for name, events in (*others, (quiz, tuple(running))) if (played := _played(name, events)) is not None]


def _played(quiz: str, events: Sequence[Event]) -> PlayedSession | None:
    answered = [event.at for event in events if isinstance(event, Answered)]
    return PlayedSession(quiz, replay(events), max(answered)) if answered else None
