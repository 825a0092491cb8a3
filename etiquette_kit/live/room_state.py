"""The state of a room, and how events change it. Deterministic, without clock and network."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.events import Joined, Keyed, Opened, RoomEvent, RoomPhase, TalkSet, Timed, TookBack, Turned, Voted, Went
from etiquette_kit.live.last_step import LastStep
from etiquette_kit.live.phases import CLOSING, OPEN_IN, TALKING
from etiquette_kit.live.situations import exercise_of
from etiquette_kit.live.voters import sample, sampling_seed
from etiquette_kit.workshop.round import WhichVote

OVERVIEW = "overview"
"""The first view of an answer: an overview of all reactions."""

_MAX_KNOWN_VOTES = 16
"""How many of a seat's latest vote ids are stored; a vote is repeated within seconds, not after sixteen others."""


class RoomState:
    """The state of a room, which its events change.

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
        When the running time ends: that of the open vote, which is closed then, or that of a talk, after which nothing happens by itself.
    talk : int or None
        The seconds for talking; None means without a countdown.
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
        self.talk = opened.talk
        self.view = OVERVIEW
        self.turns = 0
        self.keys: set[str] = set()
        self.seats: dict[str, int] = {}
        self.tokens: dict[int, str] = {}
        self._closing: RoomPhase = CLOSING[0]
        self._last_step: LastStep | None = None
        self._known_votes: dict[int, dict[str, tuple[int, WhichVote]]] = {}
        self._latest_numbers: dict[tuple[int, int, WhichVote], int] = {}

    @property
    def phase(self) -> RoomPhase:
        """The current phase."""
        if not self.started:
            return "lobby"
        return self.ballot.phase if self.ballot else self._closing

    @property
    def ballot(self) -> Ballot | None:
        """The current situation; None after the last one."""
        return self.ballots[self.position] if self.position < len(self.ballots) else None

    @property
    def which(self) -> WhichVote | None:
        """The open vote; None where there is none."""
        return OPEN_IN.get(self.phase)

    @property
    def closes(self) -> datetime | None:
        """When the open vote is closed by itself; None where that does not happen."""
        return self.ends if self.which else None

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

    # ---- events -----------------------------------------------------------------------------------------------------------

    def apply(self, event: RoomEvent) -> None:
        """Update the state by an event; it was validated when it was created."""
        match event:
            case Voted():
                self._voted(event)
            case Joined():
                self._joined(event)
            case Went():
                self._went(event)
            case TookBack():
                self._took_back(event.at)
            case Timed():
                self.ends = event.ends
            case TalkSet():
                self._talk_set(event)
            case Turned():
                self.view = event.view
                self.turns += 1
            case Keyed():
                self.keys.add(event.key)
            case Opened():
                message = "a room is opened once"
                raise ValueError(message)

    def _voted(self, event: Voted) -> None:
        self.ballots[event.position].votes(event.which)[event.seat] = event.response
        self._latest_numbers[event.seat, event.position, event.which] = event.number
        known = self._known_votes.setdefault(event.seat, {})
        known[event.id] = (event.position, event.which)
        if len(known) > _MAX_KNOWN_VOTES:
            del known[next(iter(known))]

    def _joined(self, event: Joined) -> None:
        before = self.tokens.get(event.seat)
        if before is not None:
            del self.seats[before]
        self.seats[event.token] = event.seat
        self.tokens[event.seat] = event.token

    def _talk_set(self, event: TalkSet) -> None:
        self.talk = event.seconds
        if self.phase in TALKING:
            self.ends = self._end_of_talk(event.at)

    def _went(self, event: Went) -> None:
        self._last_step = self._step_to(event)
        self.started = event.phase != "lobby"
        self.position = event.position
        self.view = OVERVIEW
        if self.ballot is not None and self.started:
            self.ballot.phase = event.phase
            self.begun = self.begun or event.at
            if event.phase == "closed":
                self._sample(self.ballot)
        elif self.ballot is None:
            self._closing = event.phase
        self.ends = self._end_of_talk(event.at) if self.phase in TALKING else None

    def _end_of_talk(self, at: datetime) -> datetime | None:
        return None if self.talk is None else at + timedelta(seconds=self.talk)

    def _step_to(self, event: Went) -> LastStep | None:
        """Return what can be taken back of a step: nothing where it shows an answer, or closes a vote whose time is over."""
        phases = tuple(ballot.phase for ballot in self.ballots)
        shows = event.phase == "reveal" and phases[event.position] != "reveal"
        if shows or (self.closes is not None and event.at >= self.closes):
            return None
        return LastStep(event.at, self.started, self.begun, self.position, phases, self._closing, self.ends, self.view)

    def _took_back(self, at: datetime) -> None:
        last = self._last_step
        if last is None:
            message = "there is no step to take back"
            raise ValueError(message)
        self.started, self.begun, self.position, self._closing = last.started, last.begun, last.position, last.closing
        for position, phase in enumerate(last.phases):
            self.ballots[position].phase = phase
        self.view, self.ends = last.view, last.ends_from(at)
        self._last_step = None
        if self.ballot is not None and self.phase == "closed":
            self._sample(self.ballot)

    def _sample(self, ballot: Ballot) -> None:
        """Draw the sample of votes for the next hint."""
        voters = [self.tokens[seat] for seat in ballot.first]
        found = sample(ballot.first, voters, seed := ballot.seed or sampling_seed(voters), ballot.samples)
        if found is not None:
            ballot.samples.append(found)
            ballot.seed = seed
