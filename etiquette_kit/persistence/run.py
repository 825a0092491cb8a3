"""A session on its way into a store: what of it is written there, and what is not yet."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from etiquette_kit.bank import Bank
from etiquette_kit.events import Answered, Event, Planned, Revised, Started
from etiquette_kit.formats import Material
from etiquette_kit.persistence.entries import AnswerDetails, Entry, Head
from etiquette_kit.persistence.errors import ConflictError
from etiquette_kit.records.log import Log
from etiquette_kit.session import Clock, ReplayError, Session

_log = logging.getLogger(__name__)


class Run:
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
        self._written = 0

    @classmethod
    def read(cls, log: Log, number: int, bank: Bank, clock: Clock) -> Run | None:
        """Take a session up from a store; None where it is gone, or nothing of what it was made of is in the bank any more."""
        name, entries = log.session(number)
        if not entries:
            return None
        try:
            run = cls(Session.resume([entry.event for entry in entries], bank, clock))
        except ReplayError:
            _log.warning("session %s cannot be taken up again", number, exc_info=True)
            return None
        run.number, run._name, run._written = number, name, len(entries)
        return run

    @property
    def complete(self) -> bool:
        """Whether all of it is written."""
        return self._written == len(self.session.events)

    @property
    def unsaved(self) -> int:
        """How many answers are not written yet."""
        return len(self._unsaved())

    def move(self) -> None:
        """Begin to write it all to another store."""
        self.number, self._written = None, 0

    def write(self, log: Log, head: Callable[[str], Head]) -> bool:
        """Write what is not written yet.

        Parameters
        ----------
        log : Log
            Where to.
        head : callable
            Returns, for the session's name, what is kept of it besides its events.

        Returns
        -------
        bool
            False when it went on elsewhere, or was erased.
        """
        while not self.complete:
            end = len(self.session.events)
            entries = [self._entry(place) for place in range(self._written, end)]
            known = self._materials()
            answers = [entry.answer for entry in entries if entry.answer is not None]
            bodies = {answer.content: known[_name(answer)].record() for answer in answers}
            try:
                if self.number is None:
                    self.number = log.begin(head(self._name), entries, bodies)
                else:
                    log.append(self.number, self._written, entries, bodies)
                self._written = end
            except ConflictError:
                if not self._came_through(log, entries):
                    return False
        return True

    def take_over(self, other: Run) -> int:
        """Put after this session what was answered in another copy of it alone; for each exercise the first answer counts.

        Returns
        -------
        int
            How many answers that the other has not written yet do not count: their exercise was answered otherwise, or is gone.
        """
        plan, theirs = self.session.state.plan, other.session.state
        here = {_name(entry): place for place, entry in enumerate(plan)}
        places = {old: here.get(_name(entry)) for old, entry in enumerate(theirs.plan)}
        unwritten = {event.position for _, event in other._unsaved()}
        answers = [
            # The message that brought an answer which is written already was told of there.
            replace(theirs.responses[old], position=place, submission=theirs.responses[old].submission if old in unwritten else None)
            for old, place in places.items()
            if place is not None and old in theirs.responses
        ]
        self.session.take_over(answers)
        given = {place: answer.response for place, answer in self.session.state.responses.items()}
        own = [(places[event.position], event.response) for _, event in other._unsaved()]
        return sum(place is None or given.get(place) != response for place, response in own)

    def _came_through(self, log: Log, entries: Sequence[Entry]) -> bool:
        """Tell whether the conflict is with our own write, whose confirmation was lost; then it counts as written."""
        if self.number is None:
            self.number = log.number(self._name)
        if self.number is None:
            return False
        there = log.entries(self.number, self._written)
        if not there or there != [Entry(entry.event) for entry in entries[: len(there)]]:
            return False
        self._written += len(there)
        return True

    def _unsaved(self) -> list[tuple[int, Answered]]:
        written = self._written
        return [(place, event) for place, event in enumerate(self.session.events[written:], written) if isinstance(event, Answered)]

    def _entry(self, place: int) -> Entry:
        events = self.session.events
        event = events[place]
        details = None
        if isinstance(event, Answered):
            planned = plan_at(events, place)[event.position]
            if _name(planned) in self._materials():
                details = AnswerDetails(planned.material, planned.content, planned.format_name, planned.shown)
        return Entry(event, details)

    def _materials(self) -> dict[_Name, Material]:
        return {(e.format_name, e.material.id, e.material.content): e.material for e in self.session.exercises}


_Name = tuple[str, str, str]
"""What tells material in one version from all other: format, id and content."""


def _name(entry: Planned | AnswerDetails) -> _Name:
    return entry.format_name, entry.material, entry.content


def plan_at(events: Sequence[Event], place: int) -> tuple[Planned, ...]:
    """Return the exercises of a session as they were at a place in its events."""
    return next(event.plan for event in reversed(events[:place]) if isinstance(event, Started | Revised))
