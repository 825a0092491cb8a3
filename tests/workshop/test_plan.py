import pytest
from etiquette_kit.locale import catalog, languages
from etiquette_kit.workshop import PLANS, Plan, PlanError, plan_of
from etiquette_kit.workshop.plan import ROUND
from hypothesis import given
from hypothesis import strategies as st


def test_there_are_plans_for_sixty_and_ninety_minutes():
    assert [(plan.minutes, plan.situations) for plan in PLANS.values()] == [(60, 4), (90, 6)]


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: str(plan.minutes))
def test_a_plan_fills_its_time_without_gaps(plan: Plan):
    clock = 0
    for step in plan.steps:
        assert step.start == clock
        assert step.minutes > 0
        clock += step.minutes
    assert clock == plan.minutes
    assert [step.minutes for step in plan.steps if step.name == "situation"] == [sum(ROUND.values())] * plan.situations


@given(st.sampled_from(list(PLANS.values())), st.integers(1, 30))
def test_a_plan_for_another_number_of_situations_only_takes_another_time(plan: Plan, situations: int):
    other = plan.of(situations)
    assert (other.situations, other.minutes) == (situations, plan.minutes + (situations - plan.situations) * sum(ROUND.values()))
    assert [step.minutes for step in other.steps if step.name != "situation"] == [s.minutes for s in plan.steps if s.name != "situation"]
    assert other.of(plan.situations) == plan


@pytest.mark.parametrize("lang", languages())
def test_every_step_has_words_and_those_of_a_situation_name_its_minutes(lang: str):
    words = catalog(lang)
    for plan in PLANS.values():
        for step in plan.steps:
            assert words(f"workshop_steps.{step.name}")
    told = words("workshop_steps.situation")
    assert [int(word) for word in told.replace(",", " ").split() if word.isdigit()] == list(ROUND.values())


@pytest.mark.parametrize("minutes", [0, 45, 61, -60])
def test_another_length_is_refused_with_those_that_there_are(minutes: int):
    with pytest.raises(PlanError, match="there are plans for: 60, 90"):
        plan_of(minutes)
