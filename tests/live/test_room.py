"""What a room takes, what it refuses and why, and what it knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.events import Joined, Keyed, Opened, TalkSet, Timed, TookBack, Turned, Voted, Went, decode, encode
from etiquette_kit.live.room import Room
from etiquette_kit.live.voters import sample, sampling_seed
from room_examples import AT, at_vote, exercises, go, opened, seated, state, vote

EXERCISES = exercises(3)


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
    assert (room.phase, room.position, room.ballot, room.voted, room.which) == ("write", 1, None, 0, None)
    room.apply(room.next(later))
    room.apply(room.next(later))
    assert (room.phase, room.position, room.ballot, room.voted, room.which) == ("end", 1, None, 0, None)
    for call in (room.next, lambda at: room.go("reveal", at), lambda at: room.time(None, at)):
        with pytest.raises(RoomError):
            call(later)
    for phase in ("questions", "write", "vote"):
        room.apply(room.back(later))
        assert (room.phase, room.begun) == (phase, AT)


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
        TookBack(AT),
        Timed(AT, None),
        TalkSet(AT, 120),
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
        (lambda: room.go("revote", AT), "after 'vote' can come closed, discuss, reveal, write, questions, end, not 'revote'"),
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
