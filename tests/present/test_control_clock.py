"""The plan's clock goes by where the facilitator is, and says by how much that is ahead of the plan or behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from etiquette_kit.live.phases import CLOSING
from etiquette_kit.live.room import Room
from etiquette_kit.locale import catalog
from etiquette_kit.present.control_clock import clock
from hypothesis import given
from hypothesis import strategies as st
from room_examples import AT, at_vote, exercises, go, opened

EXERCISES = exercises(4)
WORDS = catalog("en")
WELCOME = 5  # minutes of the plan


def said(room: Room, minute: float, later: float = 0.0) -> str:
    """Return what the clock says so many minutes after the plan's beginning, on a page that was drawn some minutes before."""
    plan = clock(room, WORDS, AT + timedelta(minutes=minute - later - WELCOME))
    assert plan["passed"] == pytest.approx(60 * (minute - later))
    return [text for second, text in plan["says"] if second <= 60 * minute + 1e-6][-1]


@pytest.mark.parametrize(
    ("minute", "text"),
    [
        (5, "One minute ahead of the plan"),
        (5.9, "One minute ahead of the plan"),
        (6, "On time"),
        (10.9, "On time"),
        (11, "One minute behind the plan"),
        (12.5, "2 minutes behind the plan"),
        (69, "59 minutes behind the plan"),
    ],
)
@pytest.mark.parametrize("later", [0.0, 0.4, 3.0])
def test_a_talk_that_the_plan_has_from_minute_7_to_10_is_on_time_then(minute: float, text: str, later: float):
    assert said(go(at_vote(1, EXERCISES), "discuss"), minute, min(later, minute - WELCOME)) == text


def test_the_marked_row_moves_with_the_facilitator_and_not_with_the_clock():
    room = Room(opened(EXERCISES))
    assert clock(room, WORDS, AT)["row"] == 0
    rows = []
    for _ in range(7):
        room.apply(room.next(AT))
        assert {clock(room, WORDS, AT + timedelta(minutes=minute))["row"] for minute in (0, 30, 300)} == {clock(room, WORDS, AT)["row"]}
        rows.append(clock(room, WORDS, AT)["row"])
    assert rows == [1, 2, 3, 4, 5, 6, 6]
    assert len(clock(room, WORDS, AT)["steps"]) == 7


def test_before_the_first_situation_and_at_the_end_nothing_is_said():
    room = Room(opened(EXERCISES))
    assert (clock(room, WORDS, AT)["passed"], clock(room, WORDS, AT)["says"]) == (None, [])
    room.apply(room.next(AT))
    assert clock(go(room, "end"), WORDS, AT)["says"] == []


@pytest.mark.parametrize(("phase", "start", "end"), [("write", 49, 56), ("questions", 56, 60)])
def test_after_the_situations_the_plan_goes_on(phase: str, start: int, end: int):
    room = go(at_vote(1, EXERCISES), phase)
    assert said(room, start - 1.5) == "One minute ahead of the plan"
    assert said(room, start + 1) == said(room, end) == "On time"
    assert said(room, end + 1) == "One minute behind the plan"


@given(
    st.sampled_from(["vote", "closed", "discuss", "revote", "reclosed", "reveal", *CLOSING[:2]]),
    st.integers(0, 3600),
    st.integers(0, 3000),
)
def test_a_page_drawn_earlier_says_what_one_drawn_now_says(phase: str, drawn: int, later: int):
    ways = {"revote": ["closed", "revote"], "reclosed": ["closed", "revote", "reclosed"], "vote": []}
    room = go(at_vote(1, EXERCISES), *ways.get(phase, [phase]))
    early, now = (clock(room, WORDS, AT + timedelta(seconds=seconds)) for seconds in (drawn, drawn + later))
    assert [text for second, text in early["says"] if second <= now["passed"]][-1] == now["says"][0][1]
    assert [second for second, _ in early["says"]] == sorted({second for second, _ in early["says"]})
