from etiquette_kit.workshop import Run
from hypothesis import given
from hypothesis import strategies as st
from workshop_examples import round_of

EXERCISES = [round_of(name).exercise for name in ("frying-pan-saddle", "eleven-pages-of-reproach")]


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
    run.back()
    assert run.round is not None
    assert run.round.phase == "reveal"


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
