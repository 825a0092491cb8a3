"""Votes of one phone may arrive in any order and any number of times: what counts in the end is the newest one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from etiquette_kit.live import messages
from etiquette_kit.live.events import Voted, decode, encode
from etiquette_kit.live.room import Room
from hypothesis import given
from hypothesis import strategies as st
from room_examples import AT, at_vote, exercises, go, state

EXERCISES = exercises(2)


def voted(room: Room, *votes: tuple[int, int | None], which: str = "first", seat: int = 0) -> Room:
    """Let votes arrive: which option, and which number."""
    order = room.ballots[room.position].exercise.order
    for option, number in votes:
        event = room.vote(seat, room.position, which, order[option], f"{which} {number} {option}", AT, number)  # type: ignore[arg-type]
        if event is not None:
            room.apply(event)
    return room


def counted(room: Room, which: str = "first", seat: int = 0) -> int:
    """Return the option that counts."""
    ballot = room.ballots[room.position]
    return ballot.exercise.order.index(ballot.votes(which)[seat])  # type: ignore[arg-type]


@given(
    st.lists(st.integers(0, 2), min_size=1, max_size=40).flatmap(
        lambda options: st.tuples(
            st.just(options), st.lists(st.integers(0, len(options) - 1), max_size=60), st.permutations(range(len(options)))
        )
    )
)
def test_in_any_order_and_repetition_the_newest_vote_counts(case: tuple[list[int], list[int], Sequence[int]]):
    options, repeated, order = case
    arriving = [*repeated, *order]
    room = voted(at_vote(1, EXERCISES), *((options[index], index + 1) for index in arriving))
    assert counted(room) == options[-1]
    assert room.voted == 1


@given(st.permutations([(0, 0), (1, 0), (0, 1), (1, 1)]))
def test_each_seat_counts_for_itself(arriving: list[tuple[int, int]]):
    room = at_vote(2, EXERCISES)
    for seat, index in arriving:
        voted(room, (index + seat, index + 1), seat=seat)
    assert (counted(room, seat=0), counted(room, seat=1)) == (1, 2)


def test_a_vote_that_was_overtaken_is_no_event_and_is_not_refused_even_when_the_vote_is_closed():
    room = voted(at_vote(1, EXERCISES), (1, 7))
    before = state(room)
    order = EXERCISES[0].order
    assert room.vote(0, 0, "first", order[0], "late", AT, 6) is None
    go(room, "closed")
    assert room.vote(0, 0, "first", order[0], "late", AT, 6) is None
    assert before[1][0][1] == {0: order[1]}
    assert room.ballots[0].first == {0: order[1]}


def test_the_second_vote_and_the_next_situation_have_an_order_of_their_own():
    room = voted(at_vote(1, EXERCISES), (0, 9))
    go(room, "closed", "revote")
    assert counted(voted(room, (1, 2), which="second"), "second") == 1
    room.apply(room.next(AT))
    assert counted(voted(room, (2, 1))) == 2


def test_without_numbers_votes_count_in_the_order_in_which_they_arrive():
    room = voted(at_vote(1, EXERCISES), (0, None), (1, None))
    assert counted(room) == 1
    room = voted(at_vote(1, EXERCISES), (2, 5), (0, None))  # a page of an earlier version in another tab
    assert counted(room) == 0
    assert counted(voted(room, (1, 4))) == 0


def test_the_order_outlives_a_restart():
    room = at_vote(1, EXERCISES)
    order = EXERCISES[0].order
    event = room.vote(0, 0, "first", order[1], "newer", AT, 3)
    assert event is not None
    room.apply(decode(encode(event)))
    assert room.vote(0, 0, "first", order[0], "older", AT, 2) is None


def test_a_first_vote_without_a_number_is_stored_without_one():
    room = at_vote(1)
    event = room.vote(0, 0, "first", room.ballots[0].exercise.order[0], "x", AT)
    assert event is not None
    assert event.number == 0


def test_events_of_earlier_versions_have_no_number():
    kept = {name: value for name, value in msgspec.json.decode(encode(Voted(AT, 0, 0, "first", "a", "x", 4))).items() if name != "number"}
    assert decode(msgspec.json.encode(kept)) == Voted(AT, 0, 0, "first", "a", "x", 0)


@pytest.mark.parametrize("number", [0, -1, 2**53, 1.5, "1", True])
def test_what_is_no_number_is_refused(number: object):
    vote = {"do": "vote", "id": "0123456789abcdef", "position": 0, "which": "first", "option": "a", "number": number}
    with pytest.raises(msgspec.ValidationError):
        messages.read_phone(msgspec.json.encode(vote))
