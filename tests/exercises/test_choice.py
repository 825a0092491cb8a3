# ruff: noqa: S311  the chance here is no secret
import random

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.exercises import FormatError, ResponseError, build, formats, rebuild, suits
from etiquette_kit.exercises import choice as choice_module
from etiquette_kit.exercises.choice import Choice
from etiquette_kit.rules.passages import source
from etiquette_kit.scenario import Scenario
from hypothesis import given
from hypothesis import strategies as st

SCENARIOS = list(load_bank())
CREDITS = {4: 1, 3: 2 / 3, 2: 1 / 3, 1: 0}

scenarios = st.sampled_from(SCENARIOS)


@given(scenarios, st.integers(), st.data())
def test_credit_is_grade_minus_one_over_three_and_best_are_the_fours(scenario: Scenario, seed: int, data: st.DataObject):
    exercise = build(scenario, random.Random(seed))
    response = data.draw(st.sampled_from(exercise.order))
    result = exercise.grade(response)
    assert result.grade == scenario.advice.grades[scenario.option(response).action]
    assert result.credit == CREDITS[result.grade] == (result.grade - 1) / 3
    assert (response in result.best) == (result.grade == 4)
    assert set(result.best) == {name for name, grade in scenario.key().items() if grade == 4}
    assert (result.scenario, result.response) == (scenario.id, response)


@given(scenarios, st.integers())
def test_the_order_is_a_permutation_and_the_same_for_the_same_seed(scenario: Scenario, seed: int):
    exercise = build(scenario, random.Random(seed))
    assert sorted(exercise.order) == sorted(option.id for option in scenario.options)
    assert build(scenario, random.Random(seed)).order == exercise.order
    assert rebuild(scenario, exercise.order) == exercise


def test_every_order_can_come_up():
    scenario = next(scenario for scenario in SCENARIOS if len(scenario.options) == 3)
    assert len({build(scenario, random.Random(seed)).order for seed in range(200)}) == 6


@given(scenarios, st.text())
def test_a_response_that_is_not_offered_is_refused_with_those_that_are(scenario: Scenario, response: str):
    exercise = build(scenario, random.Random(1))
    if response in exercise.order:
        assert exercise.grade(response).response == response
        return
    with pytest.raises(ResponseError, match=", ".join(exercise.order)):
        exercise.grade(response)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_a_question_holds_what_is_read_and_nothing_of_the_key(scenario: Scenario, lang: str):
    exercise = rebuild(scenario, tuple(option.id for option in reversed(scenario.options)))
    question = exercise.question(lang)
    assert set(question) == {"id", "format", "title", "person", "role", "platform", "occasion", "stem", "options"}
    assert question["options"] == [[option.id, option.text(lang).label] for option in reversed(scenario.options)]
    assert " ".join(text for text, _ in question["stem"]).split() == scenario.text(lang).stem.split()
    told = repr(question)
    for option in scenario.options:
        assert option.action not in told
        assert option.text(lang).feedback not in told
        assert scenario.advice.reason(option.action, lang) not in told


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_the_feedback_tells_every_option_s_grade_reason_and_passages(scenario: Scenario, lang: str):
    exercise = rebuild(scenario, tuple(option.id for option in scenario.options))
    response = scenario.options[0].id
    told = exercise.feedback(response, lang)
    assert (told["id"], told["chosen"], told["grade"]) == (scenario.id, response, scenario.key()[response])
    assert {name: option["grade"] for name, option in told["options"].items()} == scenario.key()
    for option in scenario.options:
        shown = told["options"][option.id]
        assert shown["verdict"] == scenario.advice.verdict(option.action, lang)
        assert shown["reason"] == scenario.advice.reason(option.action, lang)
        assert shown["feedback"] == option.text(lang).feedback
        assert shown["tag"] == scenario.advice.tag(option.action, lang) != ""
        assert shown["source"] == source(shown["passages"], lang)
        assert shown["passages"]
    assert set(told["passages"]) == {passage for option in told["options"].values() for passage in option["passages"]}
    assert all(len(place) == 3 and all(place) for place in told["passages"].values())


def test_formats_are_found_by_their_modules():
    assert "choice" in formats()
    assert "exercise" not in formats()


def test_a_format_that_does_not_exist_is_refused_with_the_nearest():
    for call in (
        lambda: build(SCENARIOS[0], random.Random(1), "chioce"),
        lambda: rebuild(SCENARIOS[0], ("a",), "chioce"),
        lambda: suits(SCENARIOS[0], "chioce"),
    ):
        with pytest.raises(FormatError, match=r"no format 'chioce'; there are: choice.*did you mean 'choice'"):
            call()


def test_the_protocol_s_module_is_no_format():
    with pytest.raises(FormatError):
        build(SCENARIOS[0], random.Random(1), "exercise")


def test_grading_by_the_module_is_grading_by_the_exercise():
    exercise = Choice(SCENARIOS[0], tuple(option.id for option in SCENARIOS[0].options))
    assert choice_module.grade(exercise, exercise.order[0]) == exercise.grade(exercise.order[0])
