"""Talking pays where between 30 and 70 percent chose well (Crouch & Mazur 2001)."""

import pytest
from etiquette_kit.live.suggestion import suggestion
from hypothesis import given
from hypothesis import strategies as st
from room_examples import PLAYABLE, ballot_of, exercises

EXERCISE = exercises(1)[0]
BEST = EXERCISE.grade(EXERCISE.order[0]).best
OTHER = next(option for option in EXERCISE.order if option not in BEST)


@pytest.mark.parametrize(
    ("best", "other", "expected"),
    [
        (0, 0, "few"),
        (0, 5, "explain"),
        (1, 4, "explain"),
        (2, 3, "discuss"),
        (5, 0, "reveal"),
        (29, 71, "explain"),
        (3, 7, "discuss"),
        (30, 70, "discuss"),
        (6, 14, "discuss"),
        (70, 30, "discuss"),
        (7, 3, "discuss"),
        (71, 29, "reveal"),
        (3, 8, "explain"),
        (8, 3, "reveal"),
    ],
)
def test_the_borders_are_30_and_70_percent_and_belong_to_the_talk(best: int, other: int, expected: str):
    assert suggestion(ballot_of({BEST[0]: best, OTHER: other}, EXERCISE)) == expected


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_the_borders_are_exact_for_every_size_of_room(best: int, other: int):
    found = suggestion(ballot_of({BEST[0]: best, OTHER: other}, EXERCISE))
    total = best + other
    if not total:
        assert found == "few"
    elif 10 * best < 3 * total:
        assert found == "explain"
    else:
        assert found == ("discuss" if 10 * best <= 7 * total else "reveal")


def test_only_what_fits_best_counts_as_good():
    grades = {scenario.key()[option] for scenario in PLAYABLE for option in scenario.key()}
    assert 3 in grades
    for exercise in exercises(10):
        for option, grade in exercise.scenario.key().items():
            assert suggestion(ballot_of({option: 9}, exercise)) == ("reveal" if grade == 4 else "explain")


def test_the_second_vote_changes_nothing():
    ballot = ballot_of({BEST[0]: 5, OTHER: 5}, EXERCISE)
    ballot.second.update(dict.fromkeys(range(10), BEST[0]))
    assert suggestion(ballot) == "discuss"
