# ruff: noqa: S311  the chance here is no secret
import json
import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats import FormatError, ResponseError, format_named, formats, register
from etiquette_kit.formats.choice import Choice, build, item_options, read, rebuild, revise, summarise
from etiquette_kit.rules.passages import source
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
    assert result.credit == CREDITS[result.grade] == (result.grade - 1) / 3 == exercise.credit(response)
    assert (response in result.best) == (result.grade == 4)
    assert set(result.best) == {name for name, grade in scenario.key().items() if grade == 4}
    assert (result.material, result.response, result.items) == (scenario.id, response, {scenario.id: result.credit})
    (item,) = summarise(scenario, response)
    assert (item.item, item.option, item.credit, item.relation) == ("", response, result.credit, scenario.facts.relation)
    assert item.theme == scenario.theme


@given(scenarios, st.integers())
def test_the_order_is_a_permutation_and_the_same_for_the_same_seed(scenario: Scenario, seed: int):
    exercise = build(scenario, random.Random(seed))
    assert sorted(exercise.order) == sorted(option.id for option in scenario.options)
    assert build(scenario, random.Random(seed)).order == exercise.order
    assert rebuild(scenario, exercise.shown) == exercise
    assert revise(scenario, exercise.shown) == exercise.shown


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
    exercise = Choice(scenario, tuple(option.id for option in reversed(scenario.options)))
    question = msgspec.to_builtins(exercise.question(lang))
    assert set(question) == {"id", "format", "title", "person", "initials", "role", "platform", "occasion", "stem", "options"}
    labels = [{"id": option.id, "label": option.text(lang).label} for option in reversed(scenario.options)]
    assert list(question["options"]) == labels
    assert " ".join(part["text"] for part in question["stem"]).split() == scenario.text(lang).stem.split()
    told = repr(question)
    for option in scenario.options:
        assert option.action not in told
        assert option.text(lang).feedback not in told
        assert scenario.advice.reason(option.action, lang) not in told


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_the_feedback_tells_every_option_s_grade_reason_and_passages(scenario: Scenario, lang: str):
    exercise = Choice(scenario, tuple(option.id for option in scenario.options))
    response = scenario.options[0].id
    told = msgspec.to_builtins(exercise.reveal(response, lang))
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
    assert all(set(passage) == {"text", "source"} and all(passage.values()) for passage in told["passages"].values())


@pytest.mark.parametrize("lang", ["de", "en"])
def test_in_front_of_a_room_the_feedback_is_the_same_but_for_what_was_chosen(lang: str):
    exercise = build(SCENARIOS[0], random.Random(2))
    shown = exercise.key_page(lang)
    assert list(shown.options) == list(exercise.order)
    for response in exercise.order:
        told = exercise.reveal(response, lang)
        assert (shown.id, shown.options, shown.passages) == (told.id, told.options, told.passages)
    assert (shown.chosen, shown.grade, shown.summary, shown.best, shown.why) == ("", 0, "", "", "")


@given(scenarios, st.integers())
def test_what_is_kept_of_a_scenario_grades_and_names_as_it_did(scenario: Scenario, seed: int):
    kept = read(scenario.content, scenario.record())
    exercise = build(scenario, random.Random(seed))
    again = rebuild(kept, exercise.shown)
    assert (kept.id, kept.content, kept.record(), kept.key()) == (scenario.id, scenario.content, scenario.record(), scenario.key())
    assert [(found.relation, found.event) for found in kept.situations] == [(scenario.facts.relation, scenario.facts.event)]
    assert set(kept.languages) == set(scenario.languages)
    for lang in scenario.languages:
        assert kept.title(lang) == scenario.title(lang)
        assert item_options(kept, lang) == item_options(scenario, lang)
    for option in exercise.order:
        assert again.grade(option) == exercise.grade(option)


def test_what_is_kept_counts_even_where_the_table_knows_its_action_no_more():
    record = msgspec.json.decode(SCENARIOS[0].record())
    record["scenario"]["option"][0]["action"] = "send_a_pigeon"
    record["scenario"]["facts"]["moon"] = "full"
    kept = read("0123", msgspec.json.encode(record))
    assert rebuild(kept, '["a"]').credit(SCENARIOS[0].options[0].id) == (record["key"][SCENARIOS[0].options[0].id] - 1) / 3
    with pytest.raises(TypeError, match="only for its key"):
        rebuild(kept, '["a"]').question("de")


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.pop("key"),
        lambda record: record["key"].update(a=5),
        lambda record: record["key"].update(zz=4),
        lambda record: record["scenario"].update(text={}),
        lambda record: record.update(scenario=[]),
    ],
)
def test_what_is_no_kept_scenario_is_refused(change: Callable[[Any], object]):
    record = msgspec.json.decode(SCENARIOS[0].record())
    change(record)
    with pytest.raises(msgspec.MsgspecError):
        read("0123", msgspec.json.encode(record))


@given(scenarios, st.lists(st.sampled_from("abcdexyz"), unique=True))
def test_an_edited_scenario_keeps_the_order_of_what_is_left(scenario: Scenario, before: list[str]):
    order = rebuild(scenario, revise(scenario, json.dumps(before))).order
    present = [option.id for option in scenario.options]
    assert sorted(order) == sorted(present)
    assert [name for name in order if name in before] == [name for name in before if name in present]


EXAMPLE = next(scenario for scenario in SCENARIOS if min(scenario.key().values()) < 4)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_question_as_text_has_who_and_where_the_stem_and_the_options_in_order(lang: str):
    exercise = build(EXAMPLE, random.Random(4))
    text, person = EXAMPLE.text(lang), EXAMPLE.person.name
    lines = exercise.question_lines(lang)
    occasion = EXAMPLE.place.occasion(EXAMPLE.facts.event, lang)
    assert lines[0] == f"{person}, {text.role} · {occasion}"
    number = len(exercise.order)
    assert lines[-number:] == [f"  ({name}) {EXAMPLE.option(name).text(lang).label}" for name in exercise.order]
    assert " ".join(lines[1:-number]).split() == text.stem.split()


def test_an_answer_as_text_tells_how_it_fits_only_where_that_may_be_told():
    exercise = build(EXAMPLE, random.Random(4))
    for name in exercise.order:
        assert exercise.response_line(name, "en", revealed=False) == f"Your answer: {name}"
        verdict = EXAMPLE.advice.verdict(EXAMPLE.option(name).action, "en")
        assert exercise.response_line(name, "en", revealed=True) == f"Your answer: {name} – {verdict}"


def test_a_recap_names_what_fits_best_where_it_is_something_else():
    exercise = build(EXAMPLE, random.Random(4))
    for name, grade in EXAMPLE.key().items():
        action = EXAMPLE.option(name).action
        found = exercise.recap(name, "en")
        spoken = EXAMPLE.place.action_name(action, "en")
        assert found.yours == f"You: {spoken} – {EXAMPLE.advice.verdict(action, 'en')}"
        assert found.best.startswith("Fits best: ") if grade < 4 else found.best == ""
        assert found.about.startswith(f"{EXAMPLE.person.name}, {EXAMPLE.text('en').role}")


def test_a_decision_is_the_action_in_its_situation_with_its_grade():
    exercise = build(EXAMPLE, random.Random(4))
    for name, grade in EXAMPLE.key().items():
        (decision,) = exercise.decisions(name)
        assert (decision.facts, decision.action, decision.grade) == (EXAMPLE.facts, EXAMPLE.option(name).action, grade)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_more_is_read_than_what_stands_in_the_question(lang: str):
    exercise = build(EXAMPLE, random.Random(4))
    asked = sum(len(line.split()) for line in exercise.question_lines(lang))
    longest = max(len(option.text(lang).feedback.split()) for option in EXAMPLE.options)
    assert asked + longest / 2 < exercise.words_to_read(lang) < 4 * asked
    assert exercise.words_to_read("de") != exercise.words_to_read("en")


def test_formats_are_found_by_their_folders():
    assert formats()[0] == "choice"
    assert "protocol" not in formats()


def test_a_format_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(FormatError, match=r"no format 'chioce'; there are: choice.*did you mean 'choice'"):
        format_named("chioce")


def test_the_protocol_s_module_is_no_format():
    with pytest.raises(FormatError):
        format_named("protocol")


def test_a_format_of_the_kit_cannot_be_replaced():
    class Another:
        NAME = "choice"

    with pytest.raises(FormatError, match="already"):
        register(Another())  # type: ignore[arg-type]
