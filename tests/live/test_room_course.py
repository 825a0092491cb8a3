"""A room from its last situation to the end, its talks with a countdown, and steps that are taken back."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.events import TookBack, Went, decode, encode
from etiquette_kit.live.leading import step
from etiquette_kit.live.messages import Back, ExtendTalk, Go, Next, StepMessage, StopTalk, TakeBack, Talk, Timer, Turn
from etiquette_kit.live.phases import CLOSING
from etiquette_kit.live.room import Room
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from room_examples import AT, at_vote, exercises, go, opened, seated, state, vote

EXERCISES = exercises(2)


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def talking(talk: int | None = 180, phase: str = "discuss") -> Room:
    """Return a room that has just gone over to talking or writing."""
    room = Room(structs.replace(opened(EXERCISES), talk=talk))
    room.apply(room.next(AT))
    return go(room, phase)


# ---- the end ------------------------------------------------------------------------------------------------------------------


def test_after_the_last_situation_people_write_and_are_asked_before_the_end():
    room = at_vote(1, EXERCISES)
    room.apply(room.next(AT))
    for phase in CLOSING:
        room.apply(room.next(AT))
        assert (room.phase, room.position, room.ballot) == (phase, 2, None)
    for phase in ("questions", "write"):
        room.apply(room.back(AT))
        assert room.phase == phase
    room.apply(room.back(AT))
    assert (room.phase, room.position) == ("vote", 1)


@pytest.mark.parametrize("left_out", [["write"], ["questions"], ["write", "questions"]])
def test_writing_and_the_questions_can_be_left_out(left_out: list[str]):
    room = go(at_vote(1, EXERCISES), "reveal")
    for phase in CLOSING:
        if phase not in left_out:
            go(room, phase)
    assert (room.phase, room.position) == ("end", 2)


def test_a_room_that_was_stored_at_its_end_stays_there():
    events = [opened(EXERCISES), Went(AT, 0, "vote"), Went(AT, 1, "vote"), Went(AT, 2, "end")]
    room = Room.replay(events)
    assert (room.phase, room.position, room.ends, room.talk) == ("end", 2, None, None)


def test_an_opening_of_an_earlier_version_is_one_without_a_countdown():
    stored = encode(opened(EXERCISES)).replace(b',"talk":null', b"")
    assert b'"talk"' not in stored
    room = Room.replay([decode(stored), Went(AT, 0, "vote"), Went(AT, 0, "discuss")])
    assert (room.talk, room.ends) == (None, None)


# ---- the countdown ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["discuss", "write"])
def test_a_talk_has_the_time_of_the_room_and_nothing_happens_when_it_is_over(phase: str):
    room = talking(120, phase)
    assert room.ends == after(120)
    assert (room.closes, room.due(after(9999))) == (None, None)
    assert talking(None, phase).ends is None


def test_the_time_for_talking_is_remembered_for_the_room():
    room = talking(180)
    room.apply(room.set_talk(240, after(60)))
    assert (room.talk, room.ends) == (240, after(300))
    go(room, "revote")
    assert room.ends is None
    room.apply(room.set_talk(60, after(70)))
    assert room.ends is None
    go(room, "discuss")
    assert room.ends == after(60)
    room.apply(room.set_talk(None, after(1)))
    assert room.ends is None
    assert go(room, "revote", "discuss").ends is None


def test_a_press_gives_a_minute_more_even_when_the_time_is_up():
    room, minute = talking(180), timedelta(minutes=1)
    room.apply(room.extend_talk(minute, after(30)))
    assert room.ends == after(240)
    room.apply(room.extend_talk(minute, after(500)))
    assert room.ends == after(560)
    room.apply(room.stop_talk(after(510)))
    assert (room.ends, room.talk) == (None, 180)
    room.apply(room.extend_talk(minute, after(600)))
    assert room.ends == after(660)


@pytest.mark.parametrize("phase", ["vote", "closed", "revote", "reveal", "questions", "end"])
def test_where_nobody_talks_no_talk_is_extended_or_stopped(phase: str):
    room = at_vote(1, EXERCISES)
    if phase != "vote":
        go(room, *(["closed"] if phase == "revote" else []), phase)
    for call in (lambda: room.extend_talk(timedelta(minutes=1), AT), lambda: room.stop_talk(AT)):
        with pytest.raises(RoomError, match=f"^in the phase '{phase}' there is no talk$") as caught:
            call()
        assert caught.value.refusal == "no_way"


# ---- taking back --------------------------------------------------------------------------------------------------------------


def test_a_situation_that_was_skipped_comes_back_with_its_phase_its_time_and_its_votes():
    room = at_vote(3, EXERCISES)
    vote(room, "first", [0, 1, 0])
    room.apply(room.time(timedelta(seconds=60), AT))
    room.apply(room.next(after(20)))
    assert (room.position, room.ends) == (1, None)
    vote(room, "first", [1, 1, 1])
    room.apply(room.take_back(after(25)))
    assert (room.position, room.phase, room.ends) == (0, "vote", after(65))
    assert [list(ballot.first.values()) for ballot in room.ballots] == [
        [EXERCISES[0].order[place] for place in (0, 1, 0)],
        [EXERCISES[1].order[1]] * 3,
    ]


@pytest.mark.parametrize(("seconds", "left"), [(0, 10), (4, 6), (10, 0), (12, 0)])
def test_a_step_is_taken_back_within_ten_seconds_and_a_moment_on_the_way(seconds: float, left: float):
    room = go(at_vote(1, EXERCISES), "closed")
    assert room.taking_back(after(seconds)) == left
    room.apply(room.take_back(after(seconds)))
    assert room.phase == "vote"


def test_what_is_too_late_or_was_taken_back_already_is_refused():
    room = go(at_vote(1, EXERCISES), "closed")
    with pytest.raises(RoomError, match=r"^there is no step to take back$") as caught:
        room.take_back(after(12.1))
    assert caught.value.refusal == "too_late"
    room.apply(room.take_back(after(1)))
    assert room.taking_back(after(1)) == 0
    with pytest.raises(RoomError):
        room.take_back(after(1))
    with pytest.raises(RoomError):
        Room(opened(EXERCISES)).take_back(AT)
    with pytest.raises(ValueError, match=r"^there is no step to take back$"):
        Room.replay([opened(EXERCISES), TookBack(AT)])


def test_an_answer_that_was_shown_stays_shown():
    room = go(at_vote(1, EXERCISES), "closed", "reveal")
    with pytest.raises(RoomError):
        room.take_back(AT)
    room.apply(room.next(AT))
    room.apply(room.take_back(AT))
    assert (room.position, room.phase) == (0, "reveal")
    room.apply(room.next(AT))
    room.apply(room.back(AT))
    room.apply(room.take_back(AT))
    assert [ballot.phase for ballot in room.ballots] == ["reveal", "vote"]


def test_a_vote_that_closed_by_itself_is_reopened_and_not_taken_back():
    room = at_vote(1, EXERCISES)
    room.apply(room.time(timedelta(seconds=30), AT))
    event = room.due(after(30))
    assert event is not None
    room.apply(event)
    with pytest.raises(RoomError):
        room.take_back(after(30))


def test_the_first_step_leads_back_into_the_lobby_with_its_clock():
    room = seated(Room(opened(EXERCISES)), 2)
    room.apply(room.next(AT))
    vote(room, "first", [0, 1])
    room.apply(room.take_back(after(3)))
    assert (room.phase, room.begun) == ("lobby", None)
    room.apply(room.next(after(60)))
    assert (room.phase, room.begun, room.voted) == ("vote", after(60), 2)


def test_a_talk_goes_on_with_what_was_left_of_it():
    room = talking(180)
    room.apply(room.go("revote", after(100)))
    room.apply(room.take_back(after(108)))
    assert (room.phase, room.ends) == ("discuss", after(188))


def test_a_reopened_vote_that_is_taken_back_is_closed_with_a_hint_of_its_votes():
    room = at_vote(20, EXERCISES)
    go(room, "closed", "vote")
    vote(room, "first", [0] * 20)
    assert room.ballots[0].samples == []
    room.apply(room.take_back(AT))
    assert room.phase == "closed"
    assert [len(sample) for sample in room.ballots[0].samples] == [11]


def test_while_a_vote_goes_on_again_no_hint_is_drawn_from_it():
    room = at_vote(20, EXERCISES)
    vote(room, "first", [0] * 20)
    room.apply(room.next(AT))
    room.apply(room.take_back(AT))
    assert (room.phase, room.ballots[0].samples) == ("vote", [])


def test_the_projector_shows_again_what_it_showed():
    room = go(at_vote(1, EXERCISES), "reveal")
    room.apply(room.turn("flow", AT))
    room.apply(room.next(AT))
    assert room.view == "overview"
    room.apply(room.take_back(AT))
    assert (room.phase, room.view) == ("reveal", "flow")


# ---- what the facilitator's page sends ----------------------------------------------------------------------------------------

requests = st.one_of(
    st.builds(lambda phase: lambda place: Go(phase, place), st.sampled_from(["closed", "vote", "discuss", "revote", "reveal", *CLOSING])),
    st.sampled_from([Next, Back, TakeBack, TakeBack, ExtendTalk, StopTalk]),
    st.builds(lambda seconds: lambda place: Timer(seconds, place), st.sampled_from([None, 30, 90])),
    st.builds(lambda seconds: lambda place: Talk(seconds, place), st.sampled_from([None, 120, 180])),
    st.builds(lambda view: lambda place: Turn(view, place), st.sampled_from(["flow", "situation"])),
)


@given(st.lists(st.tuples(requests, st.integers(0, 20), st.sampled_from([None, 0, 1, 2])), max_size=40))
def test_after_any_sequence_of_steps_the_stored_room_is_the_one_that_is_led(asked: list[tuple[Any, int, int | None]]):
    """Votes are cast in between wherever one is open; none of them is ever lost."""
    events: list[Any] = [structs.replace(opened(EXERCISES), talk=90)]
    room, now = Room(events[0]), AT
    cast: dict[tuple[int, str], str] = {}

    def happen(event: Any) -> None:
        room.apply(event)
        events.append(event)

    happen(room.join("token", now, limit=1))
    for request, seconds, option in asked:
        now += timedelta(seconds=seconds)
        over = room.due(now)
        if over is not None:
            happen(over)
        with suppress(RoomError):  # what cannot follow changes nothing
            happen(step(room, request((room.position, room.phase)), now))
        if option is not None and room.which is not None and room.ballot is not None:
            name = room.ballot.exercise.order[option]
            happen(room.vote(0, room.position, room.which, name, f"{len(events)}", now))
            cast[room.position, room.which] = name
        assert {
            (place, which): ballot.votes(which)[0]
            for place, ballot in enumerate(room.ballots)
            for which in ("first", "second")
            if ballot.votes(which)
        } == cast
        again = Room.replay(decode(encode(event)) for event in events)
        assert state(again) == state(room)
        assert again.taking_back(now) == room.taking_back(now)


@pytest.mark.parametrize(
    "message", [Go("reveal", (1, "vote")), Next((0, "closed")), Back((0, "closed")), TakeBack((0, "closed")), Talk(60, (1, "vote"))]
)
def test_what_was_pressed_where_the_room_is_no_more_is_refused(message: StepMessage):
    with pytest.raises(RoomError) as caught:
        step(at_vote(1, EXERCISES), message, AT)
    assert caught.value.refusal == "moved"
