"""A room as a state machine: what is asked of it becomes events, and they make its state. No clock, no chance, no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.events import Joined, Keyed, Opened, RoomEvent, RoomPhase, Timed, Turned, Voted, Went
from etiquette_kit.live.situations import exercise_of
from etiquette_kit.live.voters import lot_of, sample
from etiquette_kit.workshop.round import WhichVote

OPEN_IN: dict[RoomPhase, WhichVote] = {"vote": "first", "revote": "second"}
"""Which vote is open in which phase."""

CLOSED_BY: dict[RoomPhase, RoomPhase] = {"vote": "closed", "revote": "reclosed"}
"""Where an open vote leads when it is closed."""

_WAYS: dict[RoomPhase, tuple[RoomPhase, ...]] = {
    "vote": ("closed", "discuss", "reveal"),
    "closed": ("vote", "discuss", "revote", "reveal"),
    "discuss": ("vote", "revote", "reveal"),
    "revote": ("reclosed", "discuss", "reveal"),
    "reclosed": ("revote", "discuss", "reveal"),
    "reveal": (),
}
"""From a phase of a situation, the phases that can follow; once the answer was shown, it stays shown."""

OVERVIEW = "overview"
"""The view of an answer that comes first: all reactions at a glance."""

_VIEWS = ("situation", OVERVIEW, "flow")
"""The views of an answer; after them comes one for each reaction."""

_REMEMBERED = 16
"""How many of a seat's latest votes are known by their ids; a vote is sent twice within seconds, not after sixteen others."""


class Room:
    """The state of a room.

    Parameters
    ----------
    opened : Opened
        Its first event.

    Attributes
    ----------
    lang : str
        The room's own language.
    minutes : int
        The length of its timing plan.
    ballots : list of Ballot
        Its situations in order.
    position : int
        The situation it is at; after the last one, their number.
    started, begun : bool, datetime or None
        Whether the lobby was left, and when that was first.
    ends : datetime or None
        When the open vote closes by itself.
    view : str
        The view of the answer that the projector was turned to last.
    turns : int
        How often it was turned; a projector that was turned at its own computer meanwhile follows the next one.
    keys : set of str
        Hashes of the facilitator's keys.
    seats : dict of str to int
        Seats by the hash of a phone's token; they count up from 0.
    tokens : dict of int to str
        The same the other way round.
    """

    def __init__(self, opened: Opened) -> None:
        self.lang = opened.lang
        self.minutes = opened.minutes
        self.ballots = [Ballot(exercise_of(situation)) for situation in opened.plan]
        self.position = 0
        self.started = False
        self.begun: datetime | None = None
        self.ends: datetime | None = None
        self.view = OVERVIEW
        self.turns = 0
        self.keys: set[str] = set()
        self.seats: dict[str, int] = {}
        self.tokens: dict[int, str] = {}
        self._known_votes: dict[int, dict[str, tuple[int, WhichVote]]] = {}

    @classmethod
    def replay(cls, events: Iterable[RoomEvent]) -> Room:
        """Return the room that these events make.

        Raises
        ------
        ValueError
            When they do not begin with the opening.
        """
        following = iter(events)
        first = next(following, None)
        if not isinstance(first, Opened):
            message = f"a room's events begin with its opening, not with {type(first).__name__}"
            raise ValueError(message)  # noqa: TRY004  it is the order that is wrong
        room = cls(first)
        for event in following:
            room.apply(event)
        return room

    # ---- where it stands --------------------------------------------------------------------------------------------------

    @property
    def phase(self) -> RoomPhase:
        """What is going on."""
        if not self.started:
            return "lobby"
        return self.ballot.phase if self.ballot else "end"

    @property
    def ballot(self) -> Ballot | None:
        """The situation it is at; None at the end."""
        return self.ballots[self.position] if self.position < len(self.ballots) else None

    @property
    def which(self) -> WhichVote | None:
        """The vote that is open now."""
        return OPEN_IN.get(self.phase)

    @property
    def voted(self) -> int:
        """How many have voted in the vote that is open or was closed last; 0 where there is none."""
        if self.ballot is None or not self.started:
            return 0
        return len(self.ballot.votes("second" if self.phase in ("revote", "reclosed") else "first"))

    @property
    def revealed(self) -> Sequence[Ballot]:
        """The situations whose answer was shown."""
        return [ballot for ballot in self.ballots if ballot.phase == "reveal"]

    def has_voted(self, seat: int) -> bool:
        """Tell whether anybody ever voted from a seat."""
        return any(seat in ballot.first or seat in ballot.second for ballot in self.ballots)

    def chosen(self, seat: int) -> list[tuple[str | None, str | None]]:
        """Return what a seat chose, by situation: before and after the talk."""
        return [(ballot.first.get(seat), ballot.second.get(seat)) for ballot in self.ballots]

    def cast(self, seat: int, vote_id: str) -> tuple[int, WhichVote] | None:
        """Return the situation and the vote in which a seat's vote with this id counted; None where no such vote is known."""
        return self._known_votes.get(seat, {}).get(vote_id)

    # ---- what is asked of it: each returns an event, or None where nothing changes ---------------------------------------------

    def join(self, token: str, at: datetime, *, most: int, instead: int | None = None) -> Joined | None:
        """Give a phone a seat, unless it has one.

        Parameters
        ----------
        token : str
            The hash of the phone's token.
        at : datetime
            The time.
        most : int
            How many seats there are.
        instead : int, optional
            The seat of a phone that is gone and never voted, to be taken over; default a further one.

        Raises
        ------
        RoomError
            When all seats are taken, or somebody voted from the one that was to be taken over.
        """
        if token in self.seats:
            return None
        if instead is not None:
            if instead not in self.tokens or self.has_voted(instead):
                message = f"seat {instead} cannot be taken over"
                raise RoomError("unknown_seat", message)
            return Joined(at, instead, token)
        if len(self.seats) >= most:
            message = f"all {most} seats are taken"
            raise RoomError("full", message)
        return Joined(at, len(self.seats), token)

    def vote(self, seat: int, position: int, which: WhichVote, option: str, vote_id: str, at: datetime) -> Voted | None:
        """Cast or change a vote; one that was sent twice counts once.

        Raises
        ------
        RoomError
            When that vote is not open, or there is no such option.
        """
        if self.cast(seat, vote_id) is not None:
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
        return Voted(at, seat, position, which, option, vote_id)

    def go(self, phase: RoomPhase, at: datetime) -> Went:
        """Go over to another phase of the situation.

        Raises
        ------
        RoomError
            When it cannot follow.
        """
        if phase not in self.ways:
            message = f"after {self.phase!r} can come {', '.join(self.ways) or 'no other phase'}, not {phase!r}"
            raise RoomError("no_way", message)
        return Went(at, self.position, phase)

    @property
    def ways(self) -> tuple[RoomPhase, ...]:
        """The phases of the situation that can follow; none in the lobby and at the end."""
        return _WAYS.get(self.phase, ())

    def next(self, at: datetime) -> Went:
        """Go on: out of the lobby, to the next situation, or to the end; a situation that was begun stays as it is.

        Raises
        ------
        RoomError
            When it is at the end.
        """
        if self.phase == "end":
            message = "the workshop is at its end"
            raise RoomError("no_way", message)
        return self._to(self.position + 1 if self.started else self.position, at)

    def back(self, at: datetime) -> Went:
        """Go back to the situation before; all its votes are still there.

        Raises
        ------
        RoomError
            When there is none before.
        """
        if not self.started or self.position == 0:
            message = "there is no situation before"
            raise RoomError("no_way", message)
        return self._to(self.position - 1, at)

    def _to(self, position: int, at: datetime) -> Went:
        return Went(at, position, self.ballots[position].phase if position < len(self.ballots) else "end")

    def time(self, length: timedelta | None, at: datetime) -> Timed:
        """Let the open vote close by itself after a while, or, with None, not any more.

        Raises
        ------
        RoomError
            When no vote is open.
        """
        if self.which is None:
            message = "no vote is open"
            raise RoomError("closed", message)
        return Timed(at, None if length is None else at + length)

    def turn(self, view: str, at: datetime) -> Turned:
        """Turn the projector to a view of the answer: ``situation``, ``overview``, ``flow``, or a reaction's id.

        Raises
        ------
        RoomError
            When there is no such view, or no answer to be seen.
        """
        if self.phase != "reveal" or self.ballot is None or view not in (*_VIEWS, *self.ballot.exercise.order):
            message = f"in the phase {self.phase!r} there is no view {view!r}"
            raise RoomError("no_way", message)
        return Turned(at, view)

    def due(self, now: datetime) -> Went | None:
        """Return the closing of a vote whose time is over."""
        if self.ends is None or now < self.ends or self.phase not in CLOSED_BY:
            return None
        return Went(now, self.position, CLOSED_BY[self.phase])

    # ---- what happened ----------------------------------------------------------------------------------------------------

    def apply(self, event: RoomEvent) -> None:
        """Let an event change the state; it was checked when it was made."""
        match event:
            case Voted():
                self.ballots[event.position].votes(event.which)[event.seat] = event.response
                known = self._known_votes.setdefault(event.seat, {})
                known[event.id] = (event.position, event.which)
                if len(known) > _REMEMBERED:
                    del known[next(iter(known))]
            case Joined():
                before = self.tokens.get(event.seat)
                if before is not None:
                    del self.seats[before]
                self.seats[event.token] = event.seat
                self.tokens[event.seat] = event.token
            case Went():
                self._went(event)
            case Timed():
                self.ends = event.ends
            case Turned():
                self.view = event.view
                self.turns += 1
            case Keyed():
                self.keys.add(event.key)
            case Opened():
                message = "a room is opened once"
                raise ValueError(message)

    def _went(self, event: Went) -> None:
        self.started = event.phase != "lobby"
        self.position = event.position
        self.ends = None
        self.view = OVERVIEW
        if self.ballot is not None and self.started:
            self.ballot.phase = event.phase
            self.begun = self.begun or event.at
            if event.phase == "closed":
                self._sample(self.ballot)

    def _sample(self, ballot: Ballot) -> None:
        """Draw the votes on which the hint rests that is given now."""
        voters = [self.tokens[seat] for seat in ballot.first]
        found = sample(ballot.first, voters, lot := ballot.lot or lot_of(voters), ballot.samples)
        if found is not None:
            ballot.samples.append(found)
            ballot.lot = lot
