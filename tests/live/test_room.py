"""Whatever is done in a room, it does what a simpler model does, and what it keeps makes the same room again."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.events import ROOM_PHASES, Joined, Keyed, Opened, Timed, Turned, Voted, Went, decode, encode
from etiquette_kit.live.room import Room
from etiquette_kit.live.voters import sample, sampling_seed
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from room_examples import AT, at_vote, exercises, go, opened, seated, vote

SEATS = 4
SITUATIONS = 3
EXERCISES = exercises(SITUATIONS)

FOLLOWING = {
    "lobby": set(),
    "end": set(),
    "reveal": set(),
    "vote": {"closed", "discuss", "reveal"},
    "closed": {"vote", "discuss", "revote", "reveal"},
    "discuss": {"vote", "revote", "reveal"},
    "revote": {"reclosed", "discuss", "reveal"},
    "reclosed": {"revote", "discuss", "reveal"},
}


def state(room: Room) -> Any:
    """Return all that a room knows."""
    return deepcopy({name: value for name, value in vars(room).items() if name != "ballots"}), [
        (ballot.phase, dict(ballot.first), dict(ballot.second), list(ballot.samples), ballot.seed) for ballot in room.ballots
    ]


class Model:
    """What a room must do, written down a second time and more simply."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.phases = ["vote"] * SITUATIONS
        self.place = -1  # the lobby
        self.votes: dict[tuple[int, str, int], str] = {}  # by situation, vote and seat
        self.ids: set[tuple[int, str]] = set()
        self.ends: datetime | None = None
        self.view, self.turns = "overview", 0

    @property
    def phase(self) -> str:
        if self.place < 0:
            return "lobby"
        return self.phases[self.place] if self.place < SITUATIONS else "end"

    @property
    def open(self) -> str | None:
        return {"vote": "first", "revote": "second"}.get(self.phase)

    def move(self, place: int) -> None:
        self.place, self.ends, self.view = place, None, "overview"


class Rooms(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = AT
        self.model = Model()
        self.shown: dict[int, Any] = {}  # what a situation was when its answer was shown

    @initialize()
    def open(self) -> None:
        self.events: list[Any] = [opened(EXERCISES)]
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
        self.model.phases[self.model.place] = phase
        self.model.move(self.model.place)

    @rule()
    def next(self) -> None:
        if self.model.place == SITUATIONS:
            self.refused("no_way", lambda: self.room.next(self.now))
            return
        self.happen(self.room.next(self.now))
        self.model.move(self.model.place + 1)

    @rule()
    def back(self) -> None:
        if self.model.place <= 0:
            self.refused("no_way", lambda: self.room.back(self.now))
            return
        self.happen(self.room.back(self.now))
        self.model.move(self.model.place - 1)

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
        over = self.model.ends is not None and self.now >= self.model.ends
        event = self.room.due(self.now)
        assert (event is not None) == over
        if over:
            self.happen(event)
            self.model.phases[self.model.place] = {"vote": "closed", "revote": "reclosed"}[self.model.phase]
            self.model.move(self.model.place)

    @rule(key=st.sampled_from(["x", "y"]))
    def give_key(self, key: str) -> None:
        self.happen(Keyed(self.now, key))

    @invariant()
    def does_what_the_model_does(self) -> None:
        room, model = self.room, self.model
        assert (room.phase, room.position, room.started) == (model.phase, max(model.place, 0), model.place >= 0)
        assert (room.which, room.ends) == (model.open, model.ends)
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


def test_a_vote_sent_again_counts_once_though_another_one_came_in_between():
    room = at_vote(1)
    ballot = room.ballot
    assert ballot is not None
    first, second = ballot.exercise.order[:2]
    for option, vote_id in ((first, "1"), (second, "2")):
        event = room.vote(0, 0, "first", option, vote_id, AT)
        assert event is not None
        room.apply(event)
    assert room.vote(0, 0, "first", first, "1", AT) is None
    assert ballot.first == {0: second}
    assert room.cast(0, "1") == (0, "first")
    assert room.cast(0, "3") is None


def test_an_id_that_is_used_for_another_vote_changes_nothing():
    room = at_vote(1)
    vote(room, "first", [0])
    go(room, "closed", "discuss", "revote")
    assert room.vote(0, 0, "second", room.ballots[0].exercise.order[1], "0first0", AT) is None
    assert room.vote(0, 9999, "second", "nonsense", "0first0", AT) is None
    assert room.cast(0, "0first0") == (0, "first")
    assert room.ballots[0].second == {}


def test_a_seat_s_latest_votes_are_known_and_no_more_than_that():
    room = at_vote(1)
    order = room.ballots[0].exercise.order
    for number in range(100):
        event = room.vote(0, 0, "first", order[number % 2], str(number), AT)
        assert event is not None
        room.apply(event)
    assert [number for number in range(100) if room.cast(0, str(number))] == list(range(84, 100))


def test_reopening_and_going_back_lose_no_vote():
    room = at_vote(3)
    vote(room, "first", [0, 1, 2])
    go(room, "closed", "vote", "closed", "discuss", "revote")
    vote(room, "second", [0, 0, 0])
    go(room, "reclosed", "revote", "discuss", "vote", "closed", "revote")
    before = state(room)[1]
    for event in (room.next, room.next, room.back, room.back):
        room.apply(event(AT))
    assert (room.position, room.phase, state(room)[1]) == (0, "revote", before)


def test_the_lobby_and_the_end_have_their_edges():
    room = Room(opened(exercises(1)))
    assert (room.phase, room.ballot is room.ballots[0], room.voted, room.begun) == ("lobby", True, 0, None)
    for call in (room.back, lambda at: room.go("vote", at), lambda at: room.time(None, at)):
        with pytest.raises(RoomError):
            call(AT)
    room.apply(room.next(AT))
    assert (room.phase, room.begun) == ("vote", AT)
    later = AT + timedelta(minutes=5)
    room.apply(room.next(later))
    assert (room.phase, room.position, room.ballot, room.voted, room.which) == ("end", 1, None, 0, None)
    for call in (room.next, lambda at: room.go("reveal", at), lambda at: room.time(None, at)):
        with pytest.raises(RoomError):
            call(later)
    room.apply(room.back(later))
    assert (room.phase, room.begun) == ("vote", AT)


def test_a_seat_can_be_taken_in_every_phase_and_only_once():
    room = Room(opened(exercises(1)))
    for number, move in enumerate([lambda: None, lambda: room.next(AT), lambda: room.go("reveal", AT), lambda: room.next(AT)]):
        event = move()
        if event is not None:
            room.apply(event)
        joined = room.join(str(number), AT, limit=9)
        assert joined == Joined(AT, number, str(number))
        room.apply(joined)
        assert room.join(str(number), AT, limit=9) is None


def test_a_vote_whose_time_is_over_closes_once():
    room = at_vote(1)
    assert room.due(AT) is None
    room.apply(room.time(timedelta(seconds=30), AT))
    assert room.due(AT + timedelta(seconds=29.999)) is None
    event = room.due(AT + timedelta(seconds=30))
    assert event == Went(AT + timedelta(seconds=30), 0, "closed")
    room.apply(event)
    assert room.due(AT + timedelta(hours=1)) is None
    assert room.ends is None


@pytest.mark.parametrize("move", ["closed", "discuss", "reveal", "next", "never"])
def test_whatever_ends_a_vote_ends_its_time(move: str):
    room = at_vote(1)
    room.apply(room.time(timedelta(seconds=30), AT))
    if move == "next":
        room.apply(room.next(AT))
    elif move == "never":
        room.apply(room.time(None, AT))
    else:
        go(room, move)
    assert room.due(AT + timedelta(hours=1)) is None


def test_the_projector_is_turned_to_a_view_of_an_answer_that_is_shown():
    room = at_vote(1, EXERCISES)
    order = EXERCISES[0].order
    with pytest.raises(RoomError):
        room.turn("overview", AT)
    go(room, "reveal")
    for turns, view in enumerate(["situation", "flow", *order, "overview"], 1):
        turned = room.turn(view, AT)
        assert turned == Turned(AT, view)
        room.apply(turned)
        assert (room.view, room.turns) == (view, turns)
    with pytest.raises(RoomError, match=r"^in the phase 'reveal' there is no view 'nonsense'$"):
        room.turn("nonsense", AT)


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_seat_from_which_one_of_two_votes_was_cast_is_kept(which: Any):
    room = at_vote(2)
    if which == "second":
        go(room, "discuss", "revote")
    vote(room, which, [None, 1])
    option = room.ballots[0].exercise.order[1]
    assert room.chosen(1)[0] == ((option, None) if which == "first" else (None, option))
    assert (room.has_voted(0), room.has_voted(1)) == (False, True)
    with pytest.raises(RoomError):
        room.join("another", AT, limit=2, instead=1)
    assert room.join("another", AT, limit=2, instead=0) == Joined(AT, 0, "another")


def test_the_second_vote_has_a_time_of_its_own():
    room = go(at_vote(1), "closed", "discuss", "revote")
    room.apply(room.time(timedelta(seconds=30), AT))
    event = room.due(AT + timedelta(seconds=31))
    assert event is not None
    assert event.phase == "reclosed"


@pytest.mark.parametrize("events", [[], [Keyed(AT, "key")], [Timed(AT, None), opened()]])
def test_events_that_do_not_begin_with_the_opening_make_no_room(events: list[Any]):
    name = type(events[0] if events else None).__name__
    with pytest.raises(ValueError, match=f"^a room's events begin with its opening, not with {name}$"):
        Room.replay(events)


def test_a_room_is_opened_once():
    with pytest.raises(ValueError, match=r"^a room is opened once$"):
        Room.replay([opened(), opened()])


def test_events_are_read_as_they_were_written():
    for event in (
        opened(),
        Keyed(AT, "k"),
        Joined(AT, 3, "t"),
        Voted(AT, 3, 1, "second", "b", "i"),
        Went(AT, 2, "end"),
        Timed(AT, None),
        Turned(AT, "flow"),
    ):
        read = decode(encode(event))
        assert encode(read) == encode(event)
        assert type(read) is type(event)
    assert isinstance(decode(encode(opened())), Opened)


def test_what_is_kept_of_a_situation_is_the_situation():
    first = exercises()
    assert [ballot.exercise for ballot in seated(Room(opened(first)), 2).ballots] == first


def test_a_refusal_tells_why():
    room = seated(Room(opened(EXERCISES)), 2)
    lobby = [
        (lambda: room.join("another", AT, limit=2), "all 2 seats are taken"),
        (lambda: room.join("another", AT, limit=9, instead=2), "seat 2 cannot be reassigned"),
        (lambda: room.go("vote", AT), "after 'lobby' can come no other phase, not 'vote'"),
        (lambda: room.back(AT), "there is no situation before"),
        (lambda: room.time(None, AT), "no vote is open"),
        (lambda: room.turn("flow", AT), "in the phase 'lobby' there is no view 'flow'"),
    ]
    first = EXERCISES[0]
    at_vote_ = [
        (lambda: room.vote(2, 0, "first", "a", "id", AT), "there is no seat 2"),
        (lambda: room.vote(0, 1, "second", "a", "id", AT), "the second vote on situation 1 is not open"),
        (lambda: room.vote(0, 0, "first", "z", "id", AT), f"{first.scenario.id!r} has no option 'z'; it has: {', '.join(first.order)}"),
        (lambda: room.go("revote", AT), "after 'vote' can come closed, discuss, reveal, not 'revote'"),
    ]
    for refused in (lobby, at_vote_):
        for call, told in refused:
            with pytest.raises(RoomError) as caught:
                call()
            assert str(caught.value) == told
        room.apply(room.next(AT))
    while room.phase != "end":
        room.apply(room.next(AT))
    with pytest.raises(RoomError, match=r"^the workshop is at its end$"):
        room.next(AT)


def test_what_a_room_knows_at_its_opening_is_what_it_was_opened_with():
    room = Room(opened(EXERCISES, lang="en", minutes=45))
    assert (room.lang, room.minutes, room.position, room.started, room.begun, room.ends) == ("en", 45, 0, False, None, None)
    assert (room.view, room.turns, room.keys, room.seats, room.tokens) == ("overview", 0, set(), {}, {})


def test_each_event_has_the_time_at_which_it_was_asked_for():
    room, later = Room(opened(EXERCISES)), AT + timedelta(minutes=1)
    for ask in (
        lambda: room.join("token", later, limit=2),
        lambda: room.next(later),
        lambda: room.vote(0, 0, "first", EXERCISES[0].order[0], "id", later),
        lambda: room.time(timedelta(seconds=30), later),
        lambda: room.go("reveal", later),
        lambda: room.turn("situation", later),
        lambda: room.next(later),
        lambda: room.back(later),
    ):
        event = ask()
        assert event is not None
        assert event.at == later
        room.apply(event)
    assert room.begun == later


def test_an_option_that_is_not_there_is_refused_as_such():
    with pytest.raises(RoomError) as caught:
        at_vote(1, EXERCISES).vote(0, 0, "first", "z", "id", AT)
    assert caught.value.refusal == "unknown_option"


def test_the_keys_of_the_facilitator_are_kept():
    room = Room(opened(EXERCISES))
    for key in ("one", "another", "one"):
        room.apply(Keyed(AT, key))
    assert room.keys == {"one", "another"}


def test_an_event_can_lead_back_into_the_lobby():
    room = at_vote(1, EXERCISES)
    room.apply(Went(AT, 0, "lobby"))
    assert (room.phase, room.started, room.which) == ("lobby", False, None)


def test_one_lot_decides_for_a_situation_though_others_vote_later():
    room = at_vote(40, EXERCISES)
    ballot = room.ballots[0]
    vote(room, "first", [0] * 5)
    go(room, "closed")
    assert (ballot.samples, ballot.seed) == ([], "")
    go(room, "vote")
    vote(room, "first", [None] * 5 + [0] * 15)
    go(room, "closed")
    lot = sampling_seed(f"token {seat}" for seat in range(20))
    assert (len(ballot.samples), ballot.seed) == (1, lot)
    go(room, "vote")
    vote(room, "first", [None] * 20 + [1] * 20)
    go(room, "closed")
    assert (len(ballot.samples), ballot.seed) == (2, lot)
    assert ballot.samples[1] == sample(ballot.first, [room.tokens[seat] for seat in ballot.first], lot, [])


def test_a_phone_that_takes_over_a_seat_is_the_only_one_in_it():
    room = seated(Room(opened(EXERCISES)), 2)
    joined = room.join("another", AT, limit=2, instead=1)
    assert joined == Joined(AT, 1, "another")
    room.apply(joined)
    assert (room.seats, room.tokens) == ({"token 0": 0, "another": 1}, {0: "token 0", 1: "another"})
