import pytest
from chosen_situations import CLIENTS
from etiquette_kit.workshop import HandsError, Run
from hypothesis import given
from hypothesis import strategies as st
from workshop_examples import round_of

EXERCISES = [round_of(name).exercise for name in CLIENTS]


def test_a_run_goes_through_its_rounds_and_back():
    run = Run(EXERCISES)
    run.count({"a": 2})
    run.go("reveal")
    run.next()
    assert (run.position, run.round) == (1, run.rounds[1])
    run.next()
    assert run.round is None
    assert [entry.exercise for entry in run.played] == EXERCISES[:1]
    run.back()
    assert (run.position, run.round) == (1, run.rounds[1])
    run.back()
    assert run.round is not None
    assert run.round.phase == "reveal"


def test_a_correction_is_taken_as_a_whole_or_not_at_all():
    run = Run(EXERCISES)
    run.count({"a": 2})
    run.go("reveal")
    with pytest.raises(HandsError):
        run.correct({"first": {"a": 5}, "second": {"a": -1}})
    assert (run.rounds[0].first, run.rounds[0].second) == (round_of(CLIENTS[0]).count({"a": 2}).first, None)
    run.correct({"first": {"a": 5}, "second": {"b": 6}})
    assert run.rounds[0].first == round_of(CLIENTS[0]).count({"a": 5}).first
    assert run.rounds[0].second == round_of(CLIENTS[0]).count({"b": 6}).first


def test_a_run_has_counts_to_lose_once_hands_were_counted():
    run = Run(EXERCISES)
    run.count({"a": 0})
    run.go("reveal")
    assert not run.counted
    run.next()
    run.count({"a": 1})
    assert run.counted


@given(st.lists(st.sampled_from(["next", "back", "go", "count"]), max_size=30))
def test_no_order_of_steps_leaves_the_run(steps: list[str]):
    run = Run(EXERCISES)
    for step in steps:
        match step:
            case "next":
                run.next()
            case "back":
                run.back()
            case "go":
                run.go("reveal")
            case "count" if run.round is None or run.round.phase == "vote":
                run.count({"a": 1})
        assert 0 <= run.position <= len(EXERCISES)
        assert (run.round is None) == (run.position == len(EXERCISES))
