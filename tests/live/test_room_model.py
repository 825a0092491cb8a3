"""Whatever is done in a room, it does what a simpler model does, and what it keeps makes the same room again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.events import ROOM_PHASES, Keyed, decode, encode
from etiquette_kit.live.room import Room
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec import structs
from room_examples import AT, exercises, opened, state

SEATS = 4
SITUATIONS = 3
EXERCISES = exercises(SITUATIONS)

CLOSING = ["write", "questions", "end"]
FOLLOWING = {
    "lobby": set(),
    "vote": {"closed", "discuss", "reveal", *CLOSING},
    "closed": {"vote", "discuss", "revote", "reveal", *CLOSING},
    "discuss": {"vote", "revote", "reveal", *CLOSING},
    "revote": {"reclosed", "discuss", "reveal", *CLOSING},
    "reclosed": {"revote", "discuss", "reveal", *CLOSING},
    "reveal": {*CLOSING},
    "write": {"questions", "end"},
    "questions": {"write", "end"},
    "end": {"write", "questions"},
}
TALKING = ("discuss", "write")


class Model:
    """What a room must do, written down a second time and more simply."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.phases = ["vote"] * SITUATIONS
        self.place = -1  # the lobby
        self.closing = "write"
        self.talk: int | None = 90
        self.undo: dict[str, Any] | None = None
        self.stepped = AT
        self.votes: dict[tuple[int, str, int], str] = {}  # by situation, vote and seat
        self.ids: set[tuple[int, str]] = set()
        self.ends: datetime | None = None
        self.begun: datetime | None = None
        self.view, self.turns = "overview", 0

    @property
    def phase(self) -> str:
        if self.place < 0:
            return "lobby"
        return self.phases[self.place] if self.place < SITUATIONS else self.closing

    @property
    def open(self) -> str | None:
        return {"vote": "first", "revote": "second"}.get(self.phase)

    def step(self, now: datetime, place: int, phase: str | None = None, *, back: bool = True) -> None:
        """Go to a place, and there to a phase; unless it cannot be taken back, remember what there was."""
        was = {
            "place": self.place,
            "phases": list(self.phases),
            "closing": self.closing,
            "view": self.view,
            "ends": self.ends,
            "begun": self.begun,
        }
        over = self.open is not None and self.ends is not None and now >= self.ends
        self.undo, self.stepped = (was if back and not over else None), now
        self.place, self.view = place, "overview"
        if place == SITUATIONS:
            self.closing = phase or "write"
        else:
            self.begun = self.begun or now
            self.phases[place] = phase or self.phases[place]
        self.ends = now + timedelta(seconds=self.talk) if self.phase in TALKING and self.talk else None


class Rooms(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = AT
        self.model = Model()
        self.shown: dict[int, Any] = {}  # what a situation was when its answer was shown

    @initialize()
    def open(self) -> None:
        self.events: list[Any] = [structs.replace(opened(EXERCISES), talk=90)]
        self.room = Room(self.events[0])

    def happen(self, event: Any) -> None:
        if event is not None:
            self.room.apply(event)
            self.events.append(event)

    def refused(self, refusal: str, call: Any) -> None:
        before = state(self.room)
        with pytest.raises(RoomError) as caught:
            call()
        assert caught.value.refusal == refusal
        assert state(self.room) == before

    @rule(token=st.sampled_from("abcdef"))
    def join(self, token: str) -> None:
        if token in self.model.tokens:
            assert self.room.join(token, self.now, limit=SEATS) is None
        elif len(self.model.tokens) == SEATS:
            self.refused("full", lambda: self.room.join(token, self.now, limit=SEATS))
        else:
            self.happen(self.room.join(token, self.now, limit=SEATS))
            self.model.tokens.append(token)

    @rule(token=st.sampled_from("abcdefgh"), seat=st.integers(-1, SEATS))
    def take_over(self, token: str, seat: int) -> None:
        model = self.model
        join = lambda: self.room.join(token, self.now, limit=SEATS, instead=seat)  # noqa: E731
        if token in model.tokens:
            assert join() is None
        elif not 0 <= seat < len(model.tokens) or any(voter == seat for _, _, voter in model.votes):
            self.refused("unknown_seat", join)
        else:
            self.happen(join())
            model.tokens[seat] = token

    @rule(
        seat=st.integers(-1, SEATS),
        away=st.sampled_from([0, 0, 0, 0, -1, 1, 9999]),
        which=st.sampled_from(["first", "first", "second"]),
        option=st.integers(0, 3),
        vote_id=st.sampled_from("0123456789ab"),
    )
    def vote(self, seat: int, away: int, which: Any, option: int, vote_id: str) -> None:
        model, position = self.model, self.room.position + away
        order = EXERCISES[model.place].order if 0 <= model.place < SITUATIONS else ()
        name = order[option] if option < len(order) else "nonsense"
        cast = lambda: self.room.vote(seat, position, which, name, vote_id, self.now)  # noqa: E731
        before = state(self.room)
        if (seat, vote_id) in model.ids:
            assert cast() is None
            assert self.room.cast(seat, vote_id) is not None
        elif not 0 <= seat < len(model.tokens):
            self.refused("unknown_seat", cast)
        elif model.open != which or position != model.place:
            self.refused("closed", cast)
        elif name == "nonsense":
            self.refused("unknown_option", cast)
        else:
            event = cast()
            assert state(self.room) == before  # what is asked changes nothing; what happens does
            self.happen(event)
            model.votes[position, which, seat] = name
            model.ids.add((seat, vote_id))

    @rule(phase=st.sampled_from(ROOM_PHASES))
    def go(self, phase: Any) -> None:
        assert set(self.room.next_phases) == FOLLOWING[self.model.phase]
        if phase not in FOLLOWING[self.model.phase]:
            self.refused("no_way", lambda: self.room.go(phase, self.now))
            return
        self.happen(self.room.go(phase, self.now))
        self.model.step(self.now, SITUATIONS if phase in CLOSING else self.model.place, phase, back=phase != "reveal")

    @rule()
    def next(self) -> None:
        if self.model.phase == "end":
            self.refused("no_way", lambda: self.room.next(self.now))
            return
        self.happen(self.room.next(self.now))
        if self.model.place == SITUATIONS:
            self.model.step(self.now, SITUATIONS, CLOSING[CLOSING.index(self.model.closing) + 1])
        else:
            self.model.step(self.now, self.model.place + 1)

    @rule()
    def back(self) -> None:
        if self.model.place <= 0:
            self.refused("no_way", lambda: self.room.back(self.now))
            return
        self.happen(self.room.back(self.now))
        if self.model.phase in ("questions", "end"):
            self.model.step(self.now, SITUATIONS, CLOSING[CLOSING.index(self.model.closing) - 1])
        else:
            self.model.step(self.now, self.model.place - 1)

    @rule()
    def take_back(self) -> None:
        model, was = self.model, self.model.undo
        if was is None or self.now > model.stepped + timedelta(seconds=12):
            self.refused("too_late", lambda: self.room.take_back(self.now))
            return
        self.happen(self.room.take_back(self.now))
        model.place, model.phases, model.closing, model.view = was["place"], was["phases"], was["closing"], was["view"]
        model.ends = None if was["ends"] is None else was["ends"] + (self.now - model.stepped)
        model.begun, model.undo = was["begun"], None

    @rule(seconds=st.sampled_from([None, 60, 180]))
    def set_talk(self, seconds: int | None) -> None:
        self.happen(self.room.set_talk(seconds, self.now))
        self.model.talk = seconds
        if self.model.phase in TALKING:
            self.model.ends = None if seconds is None else self.now + timedelta(seconds=seconds)

    @rule(stop=st.booleans())
    def change_talk(self, stop: bool) -> None:  # noqa: FBT001
        def change() -> Any:
            return self.room.stop_talk(self.now) if stop else self.room.extend_talk(timedelta(minutes=1), self.now)

        if self.model.phase not in TALKING:
            self.refused("no_way", change)
            return
        self.happen(change())
        self.model.ends = None if stop else max(self.model.ends or self.now, self.now) + timedelta(minutes=1)

    @rule(length=st.one_of(st.none(), st.integers(1, 90)))
    def time(self, length: int | None) -> None:
        span = None if length is None else timedelta(seconds=length)
        if self.model.open is None:
            self.refused("closed", lambda: self.room.time(span, self.now))
            return
        self.happen(self.room.time(span, self.now))
        self.model.ends = None if span is None else self.now + span

    @rule(view=st.sampled_from(["situation", "overview", "flow", "first reaction", "nonsense"]))
    def turn(self, view: str) -> None:
        if view == "first reaction" and 0 <= self.model.place < SITUATIONS:
            view = EXERCISES[self.model.place].order[0]
        if self.model.phase != "reveal" or view in ("first reaction", "nonsense"):
            self.refused("no_way", lambda: self.room.turn(view, self.now))
            return
        self.happen(self.room.turn(view, self.now))
        self.model.view = view
        self.model.turns += 1

    @rule(seconds=st.integers(0, 60))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        over = self.model.open is not None and self.model.ends is not None and self.now >= self.model.ends
        event = self.room.due(self.now)
        assert (event is not None) == over
        if over:
            self.happen(event)
            self.model.step(self.now, self.model.place, {"vote": "closed", "revote": "reclosed"}[self.model.phase])

    @rule(key=st.sampled_from(["x", "y"]))
    def give_key(self, key: str) -> None:
        self.happen(Keyed(self.now, key))

    @invariant()
    def does_what_the_model_does(self) -> None:
        room, model = self.room, self.model
        assert (room.phase, room.position, room.started) == (model.phase, max(model.place, 0), model.place >= 0)
        assert (room.which, room.ends, room.talk) == (model.open, model.ends, model.talk)
        assert room.closes == (model.ends if model.open else None)
        left = 0.0 if model.undo is None else max(0.0, 10 - (self.now - model.stepped).total_seconds())
        assert room.taking_back(self.now) == left
        assert room.begun == model.begun
        assert (room.view, room.turns) == (model.view, model.turns)
        assert room.seats == {token: seat for seat, token in enumerate(model.tokens)}
        assert room.tokens == dict(enumerate(model.tokens))
        for position, ballot in enumerate(room.ballots):
            assert ballot.phase == model.phases[position]
            for which in ("first", "second"):
                votes = {seat: option for (place, kind, seat), option in model.votes.items() if (place, kind) == (position, which)}
                assert ballot.votes(which) == votes
                counted = [list(votes.values()).count(option) for option in ballot.exercise.order]
                assert list(ballot.tally(votes).values()) == counted
        counting = "second" if model.phase in ("revote", "reclosed") else "first"
        assert room.voted == sum((place, which) == (model.place, counting) for place, which, _ in model.votes)
        for seat in range(len(model.tokens)):
            mine = [tuple(model.votes.get((place, which, seat)) for which in ("first", "second")) for place in range(SITUATIONS)]
            assert room.chosen(seat) == mine

    @invariant()
    def what_was_shown_stays(self) -> None:
        for position, ballot in enumerate(self.room.ballots):
            now = (ballot.phase, dict(ballot.first), dict(ballot.second))
            if ballot.phase == "reveal":
                assert self.shown.setdefault(position, now) == now
            else:
                assert position not in self.shown
        assert [ballot.phase for ballot in self.room.revealed] == ["reveal"] * len(self.shown)

    def teardown(self) -> None:
        again = Room.replay(decode(encode(event)) for event in self.events)
        assert state(again) == state(self.room)
        assert [ballot.exercise for ballot in again.ballots] == EXERCISES


Rooms.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestRooms = Rooms.TestCase
