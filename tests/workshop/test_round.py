from dataclasses import replace
from typing import Any

import pytest
from etiquette_kit.workshop import Hands, HandsError, Round, RoundPhase
from etiquette_kit.workshop.round import MAX_HANDS, ROUND_PHASES
from hypothesis import given
from hypothesis import strategies as st
from workshop_examples import round_of

ORDER = round_of().exercise.order
counts = st.dictionaries(st.sampled_from(ORDER), st.integers(0, MAX_HANDS))
few = st.dictionaries(st.sampled_from(ORDER), st.integers(0, 40))


@given(counts)
def test_hands_are_counted_for_every_option_and_their_shares_add_up(given_counts: dict[str, int]):
    counted = round_of().count(given_counts).first
    if not sum(given_counts.values()):
        assert counted is None
        return
    assert counted is not None
    assert set(counted.counts) == set(ORDER)
    assert counted.total == sum(given_counts.values())
    assert sum(counted.share(option) for option in ORDER) == pytest.approx(1)


def test_where_there_were_no_hands_every_share_is_nought():
    assert [Hands(dict.fromkeys(ORDER, 0)).share(option) for option in ORDER] == [0] * len(ORDER)


@given(few, few)
def test_the_share_at_what_fits_best_adds_up_the_hands_of_every_such_option(first: dict[str, int], second: dict[str, int]):
    entry = round_of().count(first).go("revote").count(second)
    key = entry.exercise.scenario.key()
    assert set(entry.best) == {option for option, grade in key.items() if grade == 4}
    assert len(entry.best) == 2
    for hands, given_counts in ((entry.first, first), (entry.second, second)):
        each = [key[option] == 4 for option, number in given_counts.items() for _ in range(number)]
        assert entry.share_at_best(hands) == (pytest.approx(sum(each) / len(each)) if each else None)


@given(counts, counts, counts)
def test_numbers_are_corrected_after_the_answer_and_nothing_else_changes(
    before: dict[str, int], after: dict[str, int], new: dict[str, int]
):
    entry = round_of().count(before).go("revote").count(after).go("reveal")
    fresh = round_of().count(new).first
    assert entry.correct("first", new) == replace(entry, first=fresh)
    assert entry.correct("second", new) == replace(entry, second=fresh)


@pytest.mark.parametrize("phase", ["vote", "discuss", "revote"])
def test_before_the_answer_one_counts_again_instead_of_correcting(phase: RoundPhase):
    with pytest.raises(HandsError, match=f"not in '{phase}'") as error:
        round_of().go(phase).correct("first", {"a": 1})
    assert error.value.refusal == "closed"


def test_each_vote_is_noted_in_its_place_and_can_be_counted_again():
    entry = round_of().count({"a": 3}).count({"a": 4}).go("discuss").go("revote").count({"b": 5}).count({"b": 6})
    assert (entry.first, entry.second) == (Hands(dict.fromkeys(ORDER, 0) | {"a": 4}), Hands(dict.fromkeys(ORDER, 0) | {"b": 6}))


@given(st.lists(st.sampled_from(ROUND_PHASES)))
def test_what_was_revealed_stays_revealed_and_its_hands_stay(phases: list[RoundPhase]):
    entry = round_of().count({"a": 3}).go("reveal")
    for phase in phases:
        entry = entry.go(phase)
    assert (entry.phase, entry.first) == ("reveal", round_of().count({"a": 3}).first)


def test_an_unknown_phase_changes_nothing():
    entry = round_of()
    assert entry.go("end") == entry  # type: ignore[arg-type]


@pytest.mark.parametrize("phase", ["discuss", "reveal"])
def test_hands_are_counted_only_while_they_are_up(phase: RoundPhase):
    with pytest.raises(HandsError, match=f"not in '{phase}'") as error:
        round_of().go(phase).count({"a": 1})
    assert error.value.refusal == "closed"


@pytest.mark.parametrize(
    ("given_counts", "refusal", "told"),
    [
        ({"z": 1}, "unknown_option", f"has no option 'z'; it has: {', '.join(ORDER)}$"),
        ({"a": -1}, "no_number", "option 'a': -1 is not a whole number"),
        ({"a": 1.5}, "no_number", "1.5"),
        ({"a": "7"}, "no_number", "'7'"),
        ({"a": True}, "no_number", "True"),
        ({"a": None}, "no_number", "None"),
        ({"a": MAX_HANDS + 1}, "too_many", "at most 9999"),
    ],
)
def test_what_is_no_count_is_refused_with_the_reason(given_counts: dict[str, Any], refusal: str, told: str):
    before: Round = round_of().count({"a": 2})
    with pytest.raises(HandsError, match=told) as error:
        before.count(given_counts)
    assert (error.value.refusal, error.value.option, error.value.which) == (refusal, next(iter(given_counts)), "first")
    assert before.first is not None
    assert before.first.counts["a"] == 2
