"""Whose votes a hint rests on is drawn by a lot in which all who voted have a part, and changes by five people or not at all."""

from __future__ import annotations

import random

import pytest
from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.voters import LEFT_OUT, MIN_VOTES_SHOWN, difference, sample, sampling_seed, shown_votes
from hypothesis import given
from hypothesis import strategies as st
from room_examples import exercises

EXERCISE = exercises(1)[0]
TOKENS = [f"token {number}" for number in range(30)]


def drawn(tokens: list[str], lot: str) -> set[str]:
    """Return the tokens of those on whose votes the hint rests."""
    found = sample(dict.fromkeys(range(len(tokens)), "a"), tokens, lot, [])
    assert found is not None
    return {tokens[seat] for seat in found}


@given(st.integers(LEFT_OUT + MIN_VOTES_SHOWN, len(TOKENS)), st.randoms())
def test_nine_are_left_out_and_in_which_seats_they_are_makes_no_difference(people: int, chance: random.Random):
    tokens = TOKENS[:people]
    seated = chance.sample(tokens, people)
    assert len(drawn(tokens, "lot")) == people - LEFT_OUT
    assert drawn(seated, "lot") == drawn(tokens, "lot")


def test_another_lot_draws_others():
    assert len({frozenset(drawn(TOKENS, f"lot {number}")) for number in range(10)}) == 10


def test_everyone_has_a_part_in_the_lot():
    lots = [sampling_seed(TOKENS), sampling_seed(TOKENS[1:]), sampling_seed([*TOKENS[1:], "another"])]
    assert len(set(lots)) == 3
    assert sampling_seed(reversed(TOKENS)) == lots[0]


def test_below_fourteen_there_is_no_sample():
    assert sample(dict.fromkeys(range(13), "a"), TOKENS[:13], "lot", []) is None
    assert len(drawn(TOKENS[:14], "lot")) == 5


def test_there_is_a_token_to_each_vote():
    with pytest.raises(ValueError, match="shorter"):
        sample(dict.fromkeys(range(20), "a"), TOKENS[:19], "lot", [])


@pytest.mark.parametrize("changed", range(8))
def test_a_sample_follows_another_only_where_five_people_differ(changed: int):
    votes = dict.fromkeys(range(30), "a")
    found = sample(votes, TOKENS, "lot", [])
    assert found is not None
    before = {**found, **dict.fromkeys(list(found)[:changed], "b")}
    assert difference(found, before) == changed
    assert sample(votes, TOKENS, "lot", [before]) == (found if changed >= 5 else None)
    assert sample(votes, TOKENS, "lot", [before, found]) is None


def test_people_differ_who_are_in_one_vote_alone_or_chose_something_else():
    assert difference({1: "a", 2: "a", 3: "a"}, {2: "a", 3: "b", 4: "a"}) == 3
    assert difference({}, {}) == 0


@pytest.mark.parametrize("people", [4, 5, 6])
@pytest.mark.parametrize("which", ["first", "second"])
def test_one_vote_alone_is_shown_from_five_on(which: str, people: int):
    votes = dict.fromkeys(range(people), EXERCISE.order[0])
    shown = shown_votes(Ballot(EXERCISE, **{which: votes}))
    found = {"first": shown.first, "second": shown.second}
    assert found[which] == (votes if people >= 5 else None)
    assert [name for name, value in found.items() if value is not None] == ([which] if people >= 5 else [])


@pytest.mark.parametrize("changed", range(8))
def test_a_first_vote_is_shown_where_it_is_that_of_a_hint_or_differs_by_five(changed: int):
    votes = dict.fromkeys(range(20), EXERCISE.order[0])
    hinted = {**votes, **dict.fromkeys(range(changed), EXERCISE.order[1])}
    shown = shown_votes(Ballot(EXERCISE, first=votes, second=votes, samples=[hinted]))
    assert shown.second == votes
    assert (shown.first is None) == (0 < changed < 5)
