"""Writing a session to a store: which of its events are stored, which are accepted, and which are still to be passed."""

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
    """A session that is being written to a store.

    Parameters
    ----------
    session : Session
        The session.

    Attributes
    ----------
    number : int or None
        Its number in the store; None before it has one.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.number: int | None = None
        self._name = secrets.token_hex(16)
        self._accepted = 0
        self._stored = 0

    @classmethod
    def read(cls, store: AnswerStore, number: int, bank: Bank, clock: Clock) -> SessionLog | None:
        """Read a session from a store; return None where it no longer exists, or the bank has none of its material any more."""
        name, entries = store.session(number)
        if not entries:
            return None
        try:
            run = cls(Session.resume([entry.event for entry in entries], bank, clock))
        except ReplayError:
            _log.warning("session %s cannot be resumed", number, exc_info=True)
            return None
        run.number, run._name, run._accepted = number, name, len(entries)
        run._stored = store.progress(number, run._accepted).kept
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
        own._accepted, other._stored = len(here), len(other.session.events)
        own.merge(other)
        added, counting = own._entries(), _responses(own.session)
        dropped = sum(counting.get(name) != response for name, response in _responses(other.session).items())
        return (added if any(isinstance(entry.event, Answered) for entry in added) else []), dropped

    @property
    def is_stored(self) -> bool:
        """Whether all of it is durably stored."""
        return self._stored == len(self.session.events)

    @property
    def unsaved(self) -> int:
        """The number of answers that are not durably stored yet."""
        return len(self._unsaved())

    def move(self) -> None:
        """Start to write the whole session to another store."""
        self.number, self._accepted, self._stored = None, 0, 0

    def write(self, store: AnswerStore, head: Callable[[str], SessionHead]) -> bool:
        """Pass the remaining events to the store, and update how many are stored.

        Parameters
        ----------
        store : AnswerStore
            The store.
        head : callable
            Returns the head for the session's name.

        Returns
        -------
        bool
            False when the session was continued elsewhere, or was erased.
        """
        while True:
            try:
                self._update_progress(store)
                if self._accepted == len(self.session.events):
                    return True
                self._pass_events(store, head)
            except ConflictError:
                if not self._was_written(store):
                    return False

    def _update_progress(self, store: AnswerStore) -> None:
        """Update how many events are stored; raise the store's error where it could not store some, which are then to be passed again."""
        if self.number is None:
            return
        found = store.progress(self.number, self._accepted)
        self._stored = found.kept
        if found.error is not None:
            self._accepted = found.kept
            if not found.kept:
                self.number = None
            raise found.error

    def _pass_events(self, store: AnswerStore, head: Callable[[str], SessionHead]) -> None:
        entries = self._entries()
        answers = [entry.answer for entry in entries if entry.answer is not None]
        bodies = {answer.content: self._materials[_name(answer)].record() for answer in answers}
        if self.number is None:
            self.number = store.begin(head(self._name), entries, bodies)
        else:
            store.append(self.number, self._accepted, entries, bodies)
        self._accepted += len(entries)

    def merge(self, other: SessionLog) -> int:
        """Append the answers that only another copy of this session has; for each exercise the first answer counts.

        Returns
        -------
        int
            How many unsaved answers do not count, because their exercise has another answer or no longer exists.
        """
        self._insert(other)
        plan, theirs = self.session.state.plan, other.session.state
        here = {_name(entry): place for place, entry in enumerate(plan)}
        places = {old: here.get(_name(entry)) for old, entry in enumerate(theirs.plan)}
        unsaved = {event.position for _, event in other._unsaved()}
        answers = [
            # If an answer is in the store, so is the id of its message, which must be unique there.
            replace(theirs.responses[old], position=place, submission=theirs.responses[old].submission if old in unsaved else None)
            for old, place in places.items()
            if place is not None and old in theirs.responses
        ]
        self.session.merge_answers(answers)
        given = {place: answer.response for place, answer in self.session.state.responses.items()}
        own = [(places[event.position], event.response) for _, event in other._unsaved()]
        return sum(place is None or given.get(place) != response for place, response in own)

    def _insert(self, other: SessionLog) -> None:
        """Insert exercises that only the other copy has, after the same exercise as there."""
        for place, exercise in enumerate(other.session.exercises):
            plan = [_name(entry) for entry in self.session.state.plan]
            name = _name(other.session.state.plan[place])
            asked_for = any(isinstance(event, Inserted) and _name(event.exercise) == name for event in other.session.events)
            before = _name(other.session.state.plan[place - 1])
            if asked_for and name not in plan and before in plan and not self.session.state.finished:
                self.session.insert(plan.index(before) + 1, exercise)

    def _was_written(self, store: AnswerStore) -> bool:
        """Return whether the conflict is with our own write, whose confirmation was lost; its events then count as accepted."""
        self.number = store.number(self._name)  # a store may give a session that was continued elsewhere another number
        if self.number is None:
            return False
        entries, there = self._entries(), store.entries(self.number, self._accepted)
        if not there or [entry.event for entry in there] != [entry.event for entry in entries[: len(there)]]:
            return False
        self._accepted += len(there)
        return True

    def _entries(self) -> list[StoredEvent]:
        """Return the events that the store has not accepted yet."""
        return [self._entry(place) for place in range(self._accepted, len(self.session.events))]

    def _unsaved(self) -> list[tuple[int, Answered]]:
        kept = self._stored
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
"""The identity of a version of material: format, id and content hash."""


def _name(entry: Planned | AnswerDetails) -> _Name:
    return entry.format_name, entry.material, entry.content


def plan_at(events: Sequence[Event], place: int) -> tuple[Planned, ...]:
    """Return the exercises of a session at a position in its events."""
    start = next(at for at in reversed(range(place)) if isinstance(events[at], Started | Revised))
    first = events[start]
    assert isinstance(first, Started | Revised)
    plan = list(first.plan)
    for event in events[start:place]:
        if isinstance(event, Inserted):
            plan.insert(event.position, event.exercise)
    return tuple(plan)
