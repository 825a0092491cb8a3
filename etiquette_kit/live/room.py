"""A room as a state machine: requests become events, which determine its state. Deterministic, without clock and network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.events import Joined, Keyed, Opened, RoomEvent, RoomPhase, Timed, Turned, Voted, Went
from etiquette_kit.live.situations import exercise_of
from etiquette_kit.live.voters import sample, sampling_seed
from etiquette_kit.workshop.round import WhichVote

OPEN_IN: dict[RoomPhase, WhichVote] = {"vote": "first", "revote": "second"}
"""The vote that is open in a phase."""

CLOSED_BY: dict[RoomPhase, RoomPhase] = {"vote": "closed", "revote": "reclosed"}
"""The phase that follows when an open vote is closed."""

_TRANSITIONS: dict[RoomPhase, tuple[RoomPhase, ...]] = {
    "vote": ("closed", "discuss", "reveal"),
    "closed": ("vote", "discuss", "revote", "reveal"),
    "discuss": ("vote", "revote", "reveal"),
    "revote": ("reclosed", "discuss", "reveal"),
    "reclosed": ("revote", "discuss", "reveal"),
    "reveal": (),
}
"""The phases of a situation that can follow a phase; once the answer was shown, it stays shown."""

OVERVIEW = "overview"
"""The first view of an answer: an overview of all reactions."""

_VIEWS = ("situation", OVERVIEW, "flow")
"""The views of an answer, in addition to one for each reaction."""

_MAX_KNOWN_VOTES = 16
"""How many of a seat's latest vote ids are stored; a vote is repeated within seconds, not after sixteen others."""


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
        The index of the current situation; after the last one, their number.
    started, begun : bool, datetime or None
        Whether the workshop has left the lobby, and when that was first.
    ends : datetime or None
        The time limit of the open vote.
    view : str
        The view of the answer to which the projector was last switched.
    turns : int
        How often it was switched; a projector on which another view was chosen locally follows the next change.
    keys : set of str
        Hashes of the facilitator's keys.
    seats : dict of str to int
        Seats by the hash of a phone's token, numbered from 0.
    tokens : dict of int to str
        The hashes of tokens by seat.
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
        self._latest_numbers: dict[tuple[int, int, WhichVote], int] = {}

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

    # ---- state ------------------------------------------------------------------------------------------------------------

    @property
    def phase(self) -> RoomPhase:
        """The current phase."""
        if not self.started:
            return "lobby"
        return self.ballot.phase if self.ballot else "end"

    @property
    def ballot(self) -> Ballot | None:
        """The current situation; None at the end."""
        return self.ballots[self.position] if self.position < len(self.ballots) else None

    @property
    def which(self) -> WhichVote | None:
        """The open vote; None where there is none."""
        return OPEN_IN.get(self.phase)

    @property
    def voted(self) -> int:
        """The number of voters in the open or last closed vote; 0 where there is none."""
        return len(self.voters)

    @property
    def voters(self) -> Collection[int]:
        """The seats from which somebody voted in the open or last closed vote."""
        if self.ballot is None or not self.started:
            return ()
        return self.ballot.votes("second" if self.phase in ("revote", "reclosed") else "first").keys()

    @property
    def revealed(self) -> Sequence[Ballot]:
        """The situations whose answer was shown."""
        return [ballot for ballot in self.ballots if ballot.phase == "reveal"]

    def has_voted(self, seat: int) -> bool:
        """Return whether any vote was cast from a seat."""
        return any(seat in ballot.first or seat in ballot.second for ballot in self.ballots)

    def chosen(self, seat: int) -> list[tuple[str | None, str | None]]:
        """Return the options chosen from a seat, by situation: before and after the discussion."""
        return [(ballot.first.get(seat), ballot.second.get(seat)) for ballot in self.ballots]

    def cast(self, seat: int, vote_id: str) -> tuple[int, WhichVote] | None:
        """Return the situation and the vote for which a seat's vote with this id was counted; None where the id is unknown."""
        return self._known_votes.get(seat, {}).get(vote_id)

    # ---- requests: each returns an event, or None where nothing changes --------------------------------------------------------

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
        """Change to another phase of the situation.

        Raises
        ------
        RoomError
            When it cannot follow.
        """
        if phase not in self.next_phases:
            message = f"after {self.phase!r} can come {', '.join(self.next_phases) or 'no other phase'}, not {phase!r}"
            raise RoomError("no_way", message)
        return Went(at, self.position, phase)

    @property
    def next_phases(self) -> tuple[RoomPhase, ...]:
        """The phases of the situation that can follow; none in the lobby and at the end."""
        return _TRANSITIONS.get(self.phase, ())

    def next(self, at: datetime) -> Went:
        """Move on: from the lobby to the first situation, to the next situation, or to the end; an unfinished situation keeps its state.

        Raises
        ------
        RoomError
            When it is at the end.
        """
        if self.phase == "end":
            message = "the workshop is at its end"
            raise RoomError("no_way", message)
        return self._move_to(self.position + 1 if self.started else self.position, at)

    def back(self, at: datetime) -> Went:
        """Return to the previous situation; all its votes are kept.

        Raises
        ------
        RoomError
            When there is no previous one.
        """
        if not self.started or self.position == 0:
            message = "there is no situation before"
            raise RoomError("no_way", message)
        return self._move_to(self.position - 1, at)

    def _move_to(self, position: int, at: datetime) -> Went:
        return Went(at, position, self.ballots[position].phase if position < len(self.ballots) else "end")

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
        if self.ends is None or now < self.ends or self.phase not in CLOSED_BY:
            return None
        return Went(now, self.position, CLOSED_BY[self.phase])

    # ---- events -----------------------------------------------------------------------------------------------------------

    def apply(self, event: RoomEvent) -> None:
        """Update the state by an event; it was validated when it was created."""
        match event:
            case Voted():
                self.ballots[event.position].votes(event.which)[event.seat] = event.response
                self._latest_numbers[event.seat, event.position, event.which] = event.number
                known = self._known_votes.setdefault(event.seat, {})
                known[event.id] = (event.position, event.which)
                if len(known) > _MAX_KNOWN_VOTES:
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
        """Draw the sample of votes for the next hint."""
        voters = [self.tokens[seat] for seat in ballot.first]
        found = sample(ballot.first, voters, seed := ballot.seed or sampling_seed(voters), ballot.samples)
        if found is not None:
            ballot.samples.append(found)
            ballot.seed = seed
