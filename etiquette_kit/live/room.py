"""A room as a state machine: requests become events, which determine its state. Deterministic, without clock and network."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.events import Joined, Opened, RoomEvent, RoomPhase, TalkSet, Timed, TookBack, Turned, Voted, Went
from etiquette_kit.live.phases import CLOSED_BY, CLOSING, TALKING, following
from etiquette_kit.live.room_state import OVERVIEW, RoomState
from etiquette_kit.workshop.round import WhichVote

_VIEWS = ("situation", OVERVIEW, "flow")
"""The views of an answer, in addition to one for each reaction."""


class Room(RoomState):
    """A room: what is asked of it is checked, and becomes an event; nothing changes before that is applied."""

    @classmethod
    def replay(cls, events: Iterable[RoomEvent]) -> Room:
        """Return the room with the state after these events.

        Raises
        ------
        ValueError
            When the first one is not the opening.
        """
        following = iter(events)
        first = next(following, None)
        if not isinstance(first, Opened):
            message = f"a room's events begin with its opening, not with {type(first).__name__}"
            raise ValueError(message)  # noqa: TRY004  the order is wrong, not the type
        room = cls(first)
        for event in following:
            room.apply(event)
        return room

    def join(self, token: str, at: datetime, *, limit: int, instead: int | None = None) -> Joined | None:
        """Give a phone a seat, unless it has one.

        Parameters
        ----------
        token : str
            The hash of the phone's token.
        at : datetime
            The time.
        limit : int
            The maximum number of seats.
        instead : int, optional
            The seat of a disconnected phone that never voted, which is reassigned; default a new one.

        Raises
        ------
        RoomError
            When all seats are taken, or a vote was cast from the seat to be reassigned.
        """
        if token in self.seats:
            return None
        if instead is not None:
            if instead not in self.tokens or self.has_voted(instead):
                message = f"seat {instead} cannot be reassigned"
                raise RoomError("unknown_seat", message)
            return Joined(at, instead, token)
        if len(self.seats) >= limit:
            message = f"all {limit} seats are taken"
            raise RoomError("full", message)
        return Joined(at, len(self.seats), token)

    def vote(
        self, seat: int, position: int, which: WhichVote, option: str, vote_id: str, at: datetime, number: int | None = None
    ) -> Voted | None:
        """Cast or change a vote; a repeated message counts once, and one that arrives after a newer one changes nothing.

        Parameters
        ----------
        seat : int
            The seat.
        position, which : int, {"first", "second"}
            The situation and the vote.
        option : str
            The chosen option.
        vote_id : str
            Identifies the vote.
        at : datetime
            The time.
        number : int, optional
            The place of the vote among those of the phone; without it, votes count in the order in which they arrive.

        Raises
        ------
        RoomError
            When the vote is not open, or there is no such option.
        """
        latest = self._latest_numbers.get((seat, position, which), 0)
        number = latest if number is None else number
        if self.cast(seat, vote_id) is not None or number < latest:
            return None
        if not 0 <= seat < len(self.seats):
            message = f"there is no seat {seat!r}"
            raise RoomError("unknown_seat", message)
        ballot = self.ballot
        if ballot is None or (position, which) != (self.position, self.which):
            message = f"the {which} vote on situation {position} is not open"
            raise RoomError("closed", message)
        if option not in ballot.exercise.order:
            message = f"{ballot.exercise.scenario.id!r} has no option {option!r}; it has: {', '.join(ballot.exercise.order)}"
            raise RoomError("unknown_option", message)
        return Voted(at, seat, position, which, option, vote_id, number)

    def go(self, phase: RoomPhase, at: datetime) -> Went:
        """Change to another phase of the situation, or to one after the last situation.

        Raises
        ------
        RoomError
            When it cannot follow.
        """
        if phase not in self.next_phases:
            message = f"after {self.phase!r} can come {', '.join(self.next_phases) or 'no other phase'}, not {phase!r}"
            raise RoomError("no_way", message)
        return Went(at, len(self.ballots) if phase in CLOSING else self.position, phase)

    @property
    def next_phases(self) -> tuple[RoomPhase, ...]:
        """The phases that can follow; none in the lobby."""
        return following(self.phase)

    def next(self, at: datetime) -> Went:
        """Move on: from the lobby to the first situation, to the next situation, or towards the end; a situation keeps its state.

        Raises
        ------
        RoomError
            When it is at the end.
        """
        if self.phase == "end":
            message = "the workshop is at its end"
            raise RoomError("no_way", message)
        if self.phase in CLOSING:
            return Went(at, self.position, CLOSING[CLOSING.index(self.phase) + 1])
        return self._move_to(self.position + 1 if self.started else self.position, at)

    def back(self, at: datetime) -> Went:
        """Return to what comes before: from the end step by step to the last situation, or to the previous situation; votes are kept.

        Raises
        ------
        RoomError
            When there is nothing before.
        """
        if not self.started or self.position == 0:
            message = "there is no situation before"
            raise RoomError("no_way", message)
        if self.phase in CLOSING[1:]:
            return Went(at, self.position, CLOSING[CLOSING.index(self.phase) - 1])
        return self._move_to(self.position - 1, at)

    def _move_to(self, position: int, at: datetime) -> Went:
        return Went(at, position, self.ballots[position].phase if position < len(self.ballots) else CLOSING[0])

    def take_back(self, at: datetime) -> TookBack:
        """Take the last step back; votes since then are kept.

        Raises
        ------
        RoomError
            When there is none that can be taken back, or it is too late.
        """
        if self._last_step is None or not self._last_step.takes(at):
            message = "there is no step to take back"
            raise RoomError("too_late", message)
        return TookBack(at)

    def taking_back(self, now: datetime) -> float:
        """Return for how many seconds the last step can still be taken back; 0 where it cannot."""
        return 0.0 if self._last_step is None else self._last_step.left(now)

    def time(self, length: timedelta | None, at: datetime) -> Timed:
        """Set a time limit for the open vote, or, with None, remove it.

        Raises
        ------
        RoomError
            When no vote is open.
        """
        if self.which is None:
            message = "no vote is open"
            raise RoomError("closed", message)
        return Timed(at, None if length is None else at + length)

    def set_talk(self, seconds: int | None, at: datetime) -> TalkSet:
        """Set the time for talking, now and from now on, or, with None, do without a countdown."""
        return TalkSet(at, seconds)

    def extend_talk(self, length: timedelta, at: datetime) -> Timed:
        """Give people more time to talk: after what is left, or, where nothing is left, from now on.

        Raises
        ------
        RoomError
            When nobody is asked to talk or write.
        """
        self._check_talk()
        return Timed(at, max(self.ends or at, at) + length)

    def stop_talk(self, at: datetime) -> Timed:
        """Stop the countdown of this talk.

        Raises
        ------
        RoomError
            When nobody is asked to talk or write.
        """
        self._check_talk()
        return Timed(at, None)

    def _check_talk(self) -> None:
        if self.phase not in TALKING:
            message = f"in the phase {self.phase!r} there is no talk"
            raise RoomError("no_way", message)

    def turn(self, view: str, at: datetime) -> Turned:
        """Switch the projector to a view of the answer: ``situation``, ``overview``, ``flow``, or a reaction's id.

        Raises
        ------
        RoomError
            When there is no such view, or no answer is shown.
        """
        if self.phase != "reveal" or self.ballot is None or view not in (*_VIEWS, *self.ballot.exercise.order):
            message = f"in the phase {self.phase!r} there is no view {view!r}"
            raise RoomError("no_way", message)
        return Turned(at, view)

    def due(self, now: datetime) -> Went | None:
        """Return the event that closes a vote whose time is over; None where there is none."""
        if self.closes is None or now < self.closes:
            return None
        return Went(now, self.position, CLOSED_BY[self.phase])
