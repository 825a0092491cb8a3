"""Who moved where: nobody is lost, nobody is counted twice, and of fewer than five nothing is told."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.voters import shown_votes
from etiquette_kit.locale import catalog
from etiquette_kit.present.vote_moves import flow, sentence
from hypothesis import given
from hypothesis import strategies as st
from room_examples import LANGUAGES, exercises

EXERCISE = exercises(1)[0]
BEST = EXERCISE.grade(EXERCISE.order[0]).best


def shown_flow(ballot: Ballot, lang: str) -> dict[str, Any] | None:
    return flow(shown_votes(ballot), EXERCISE.order, BEST, catalog(lang))


votes = st.dictionaries(st.integers(0, 30), st.sampled_from(EXERCISE.order), max_size=25)


@given(votes, votes)
def test_rows_and_columns_add_up_to_those_who_voted_both_times(first: dict[int, str], second: dict[int, str]):
    both = first.keys() & second.keys()
    shown = shown_flow(Ballot(EXERCISE, first=first, second=second), "en")
    if len(both) < 5:
        assert shown is None
        return
    assert shown is not None
    before, after = Counter[str](), Counter[str]()
    for left, right, count in shown["moves"]:
        assert count > 0
        before[left] += count
        after[right] += count
    assert before == Counter(first[seat] for seat in both)
    assert after == Counter(second[seat] for seat in both)
    pairs = [(left, right) for left, right, _ in shown["moves"]]
    assert len(set(pairs)) == len(pairs)
    assert pairs == sorted(pairs, key=lambda pair: [EXERCISE.order.index(option) for option in pair])


@given(votes, votes, st.sampled_from(LANGUAGES))
def test_the_sentence_tells_of_everyone_once(first: dict[int, str], second: dict[int, str], lang: str):
    shown = shown_flow(Ballot(EXERCISE, first=first, second=second), lang)
    if shown is None:
        return
    lead, parts = shown["text"].split({"de": ": ", "en": ", "}[lang])
    assert not re.search(r"\d", lead)
    told = sum(map(int, re.findall(r"\d+", parts))) + len(re.findall(r"\b(?:one|eine)\b", parts))
    assert told == len(first.keys() & second.keys())


@pytest.mark.parametrize("number", [0, 1, 4])
def test_of_fewer_than_five_nothing_is_told(number: int):
    everyone = dict.fromkeys(range(number), EXERCISE.order[0])
    others = {seat + 100: EXERCISE.order[1] for seat in range(50)}
    assert shown_flow(Ballot(EXERCISE, first={**everyone, **others}, second=everyone), "de") is None


def test_who_stays_and_who_goes_is_told_apart():
    good = BEST[0]
    bad, worse = [option for option in EXERCISE.order if option not in BEST][:2]
    first = [good, good, good, bad, bad, bad, bad, bad]
    second = [good, good, bad, good, good, good, worse, bad]
    shown = shown_flow(Ballot(EXERCISE, first=dict(enumerate(first)), second=dict(enumerate(second))), "en")
    assert shown is not None
    assert shown["text"] == (
        "Of those who voted both times, 3 stayed with their choice; 3 came over to what fits best; one moved away from what fits best; "
        "one switched to something else."
    )


def test_each_move_names_where_it_began_then_where_it_ended():
    here, there = EXERCISE.order[:2]
    first = {**dict.fromkeys(range(4), here), 4: there}
    shown = shown_flow(Ballot(EXERCISE, first=first, second=dict.fromkeys(range(5), there)), "en")
    assert shown is not None
    assert shown["moves"] == [[here, there, 4], [there, there, 1]]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("good", "good", "one stayed with their choice"),
        ("bad", "bad", "one stayed with their choice"),
        ("bad", "good", "one came over to what fits best"),
        ("good", "bad", "one moved away from what fits best"),
        ("good", "as good", "one switched to something else"),
        ("bad", "worse", "one switched to something else"),
    ],
)
def test_what_a_move_is_depends_on_both_its_ends(before: str, after: str, told: str):
    said = sentence({(before, after): 1}, frozenset({"good", "as good"}), catalog("en"))
    assert said == f"Of those who voted both times, {told}."


def test_all_moves_of_a_kind_are_added_up():
    found = {
        ("good", "good"): 1,
        ("bad", "bad"): 2,
        ("bad", "good"): 3,
        ("worse", "good"): 4,
        ("good", "bad"): 5,
        ("good", "worse"): 6,
        ("bad", "worse"): 7,
        ("worse", "bad"): 8,
    }
    counts = re.findall(r"\d+", sentence(found, frozenset({"good"}), catalog("en")))
    assert counts == ["3", "7", "11", "15"]
