"""What a room is shown keeps the first vote and the second apart, and says of each what is so."""

from __future__ import annotations

from typing import Any

import pytest
from etiquette_kit.live.room import Room
from etiquette_kit.present.room_pages import as_round, screen_page, share
from room_examples import AT, exercises, played

EXERCISE = exercises(1)[0]
GOOD = EXERCISE.order.index(EXERCISE.grade(EXERCISE.order[0]).best[0])
BAD = next(place for place, option in enumerate(EXERCISE.order) if option not in EXERCISE.grade(option).best)


def revealed(first: list[int | None], second: list[int | None] | tuple[()] = ()) -> dict[str, Any]:
    shown: dict[str, Any] = screen_page(played(first, second, [EXERCISE]), "en", AT)["revealed"]
    return shown


def learned() -> Room:
    """Return a room in which one of five chose well before the talk, and four after it."""
    return played([GOOD, BAD, BAD, BAD, BAD], [GOOD, GOOD, GOOD, GOOD, BAD], [EXERCISE])


def test_the_share_before_the_talk_is_of_the_first_vote_and_the_one_after_it_of_the_second():
    entry = as_round(learned().ballots[0], 5)
    assert share(entry, "first") == pytest.approx(0.2)
    assert share(entry, "second") == pytest.approx(0.8)


def test_the_summary_tells_first_what_was_before_the_talk():
    shown = screen_page(learned(), "en", AT)["revealed"]
    assert shown["summary"] == "At first 20% went for the reaction that fits best (★); after talking it was 80%."


def test_the_bars_of_each_vote_have_its_name_and_its_numbers():
    votes = screen_page(learned(), "en", AT)["revealed"]["votes"]
    assert list(votes) == list(EXERCISE.order)
    assert votes[EXERCISE.order[GOOD]] == [["first", "at first", 0.2, "20% · one vote"], ["second", "after talking", 0.8, "80% · 4 votes"]]
    assert votes[EXERCISE.order[BAD]] == [["first", "at first", 0.8, "80% · 4 votes"], ["second", "after talking", 0.2, "20% · one vote"]]


def test_at_the_end_a_row_goes_from_before_the_talk_to_after_it():
    room = learned()
    room.apply(room.next(AT))
    (row,) = screen_page(room, "en", AT)["end"]["rows"]
    assert row == [EXERCISE.scenario.text("en").title, "20%", "80%", "+60 percentage points"]
