"""A session on its way into a store: what of it is kept there, what is taken, and what is not handed over yet."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec.structs import replace

from etiquette_kit.bank import Bank
from etiquette_kit.formats import Material
from etiquette_kit.quiz.answer_store import AnswerStore
from etiquette_kit.quiz.entries import AnswerDetails, SessionHead, StoredEvent
from etiquette_kit.quiz.events import Answered, Event, Inserted, Planned, Revised, Started
from etiquette_kit.quiz.session import Clock, Session
from etiquette_kit.quiz.state import ReplayError
from etiquette_kit.quiz.store_errors import ConflictError

_log = logging.getLogger(__name__)


class SessionLog:
    """A session on its way into a store.

    Parameters
    ----------
    session : Session
        The session.

    Attributes
    ----------
    number : int or None
        Its number in the store; None before it is there.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.number: int | None = None
        self._name = secrets.token_hex(16)
        self._taken = 0
        self._kept = 0

    @classmethod
    def read(cls, store: AnswerStore, number: int, bank: Bank, clock: Clock) -> SessionLog | None:
        """Take a session up from a store; None where it is gone, or nothing of what it was made of is in the bank any more."""
        name, entries = store.session(number)
        if not entries:
            return None
        try:
            run = cls(Session.resume([entry.event for entry in entries], bank, clock))
        except ReplayError:
            _log.warning("session %s cannot be taken up again", number, exc_info=True)
            return None
        run.number, run._name, run._taken = number, name, len(entries)
        run._kept = store.progress(number, run._taken).kept
        return run

    @classmethod
    def joined(cls, here: Sequence[Event], theirs: Sequence[Event], bank: Bank, clock: Clock) -> tuple[list[StoredEvent], int]:
        """Return what to put after a session so that it has, too, what was answered in another copy of it alone.

        Returns
        -------
        list of StoredEvent
            Nothing where no answer comes in.
        int
            How many answers of the other copy do not count: their exercise was answered otherwise, or is gone.

        Raises
        ------
        ReplayError
            When one of them cannot be taken up any more.
        """
        own, other = cls(Session.resume(here, bank, clock)), cls(Session.resume(theirs, bank, clock))
        own._taken, other._kept = len(here), len(other.session.events)
        own.take_over(other)
        added, counting = own._entries(), _responses(own.session)
        dropped = sum(counting.get(name) != response for name, response in _responses(other.session).items())
        return (added if any(isinstance(entry.event, Answered) for entry in added) else []), dropped

    @property
    def kept(self) -> bool:
        """Whether all of it is safely in the store."""
        return self._kept == len(self.session.events)

    @property
    def unsaved(self) -> int:
        """How many answers are not safely in the store yet."""
        return len(self._unsaved())

    def move(self) -> None:
        """Begin to write it all to another store."""
        self.number, self._taken, self._kept = None, 0, 0

    def write(self, store: AnswerStore, head: Callable[[str], SessionHead]) -> bool:
        """Hand over what the store has not taken yet, and learn what it has kept by now.

        Parameters
        ----------
        store : AnswerStore
            Where to.
        head : callable
            Returns, for the session's name, what is kept of it besides its events.

        Returns
        -------
        bool
            False when it went on elsewhere, or was erased.
        """
        while True:
            try:
                self._learn(store)
                if self._taken == len(self.session.events):
                    return True
                self._hand_over(store, head)
            except ConflictError:
                if not self._came_through(store):
                    return False

    def _learn(self, store: AnswerStore) -> None:
        """Learn what the store has kept; what it has taken and could not keep is to be handed over again, and is raised as its error."""
        if self.number is None:
            return
        found = store.progress(self.number, self._taken)
        self._kept = found.kept
        if found.error is not None:
            self._taken = found.kept
            if not found.kept:
                self.number = None
            raise found.error

    def _hand_over(self, store: AnswerStore, head: Callable[[str], SessionHead]) -> None:
        entries = self._entries()
        answers = [entry.answer for entry in entries if entry.answer is not None]
        bodies = {answer.content: self._materials[_name(answer)].record() for answer in answers}
        if self.number is None:
            self.number = store.begin(head(self._name), entries, bodies)
        else:
            store.append(self.number, self._taken, entries, bodies)
        self._taken += len(entries)

    def take_over(self, other: SessionLog) -> int:
        """Put after this session what was answered in another copy of it alone; for each exercise the first answer counts.

        Returns
        -------
        int
            How many answers that are in no store yet do not count: their exercise was answered otherwise, or is gone.
        """
        self._insert(other)
        plan, theirs = self.session.state.plan, other.session.state
        here = {_name(entry): place for place, entry in enumerate(plan)}
        places = {old: here.get(_name(entry)) for old, entry in enumerate(theirs.plan)}
        unsaved = {event.position for _, event in other._unsaved()}
        answers = [
            # An answer that is in the store already has its message there.
            replace(theirs.responses[old], position=place, submission=theirs.responses[old].submission if old in unsaved else None)
            for old, place in places.items()
            if place is not None and old in theirs.responses
        ]
        self.session.take_over(answers)
        given = {place: answer.response for place, answer in self.session.state.responses.items()}
        own = [(places[event.position], event.response) for _, event in other._unsaved()]
        return sum(place is None or given.get(place) != response for place, response in own)

    def _insert(self, other: SessionLog) -> None:
        """Put in what was put into the other copy alone, after the exercise that it follows there."""
        for place, exercise in enumerate(other.session.exercises):
            plan = [_name(entry) for entry in self.session.state.plan]
            name = _name(other.session.state.plan[place])
            asked_for = any(isinstance(event, Inserted) and _name(event.exercise) == name for event in other.session.events)
            before = _name(other.session.state.plan[place - 1])
            if asked_for and name not in plan and before in plan and not self.session.state.finished:
                self.session.insert(plan.index(before) + 1, exercise)

    def _came_through(self, store: AnswerStore) -> bool:
        """Tell whether the conflict is with our own write, whose confirmation was lost; then it counts as taken."""
        self.number = store.number(self._name)  # a store may give a session that went on elsewhere another number
        if self.number is None:
            return False
        entries, there = self._entries(), store.entries(self.number, self._taken)
        if not there or [entry.event for entry in there] != [entry.event for entry in entries[: len(there)]]:
            return False
        self._taken += len(there)
        return True

    def _entries(self) -> list[StoredEvent]:
        """Return the events that the store has not taken yet."""
        return [self._entry(place) for place in range(self._taken, len(self.session.events))]

    def _unsaved(self) -> list[tuple[int, Answered]]:
        kept = self._kept
        return [(place, event) for place, event in enumerate(self.session.events[kept:], kept) if isinstance(event, Answered)]

    def _entry(self, place: int) -> StoredEvent:
        events = self.session.events
        event = events[place]
        details = None
        if isinstance(event, Answered):
            planned = plan_at(events, place)[event.position]
            if _name(planned) in self._materials:
                details = AnswerDetails(planned.material, planned.content, planned.format_name, planned.shown)
        return StoredEvent(event, details)

    @cached_property
    def _materials(self) -> dict[_Name, Material]:
        return {(e.format_name, e.material.id, e.material.content): e.material for e in self.session.exercises}


def _responses(session: Session) -> dict[_Name, str]:
    state = session.state
    return {_name(state.plan[position]): answer.response for position, answer in state.responses.items()}


_Name = tuple[str, str, str]
"""What tells material in one version from all other: format, id and content."""


def _name(entry: Planned | AnswerDetails) -> _Name:
    return entry.format_name, entry.material, entry.content


def plan_at(events: Sequence[Event], place: int) -> tuple[Planned, ...]:
    """Return the exercises of a session as they were at a place in its events."""
    start = next(at for at in reversed(range(place)) if isinstance(events[at], Started | Revised))
    first = events[start]
    assert isinstance(first, Started | Revised)
    plan = list(first.plan)
    for event in events[start:place]:
        if isinstance(event, Inserted):
            plan.insert(event.position, event.exercise)
    return tuple(plan)
