"""Stems and options that are like each other."""

import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import pytest
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness import Check
from etiquette_kit.lint.fairness import similarity as likeness
from fairness_examples import crowd, kinds_of, label, line, with_labels, with_stems
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace


def _pair(runs: int, shared: int) -> tuple[str, str]:
    """Return two texts of so many runs of three words each, of which so many are shared."""
    common = line(0, shared + 2)
    return f"{common} {line(1000, runs - shared)}", f"{common} {line(2000, runs - shared)}"


@pytest.mark.parametrize(("runs", "shared", "share"), [(10, 4, "25%"), (10, 3, ""), (100, 40, "25%"), (100, 39, ""), (100, 41, "26%")])
def test_stems_are_similar_from_a_quarter_of_their_runs_on(runs: int, shared: int, share: str):
    scenarios = [with_stems(name, de=text) for name, text in zip("xy", _pair(runs, shared), strict=True)]
    warned = list(likeness.similar_stems(scenarios))
    assert [(entry.scenario, entry.where, entry.values["other"], entry.values["share"]) for entry in warned] == [
        ("y", ("text", "de", "stem"), "x", share)
    ] * bool(share)


@pytest.mark.parametrize(("runs", "shared", "share"), [(3, 2, "50%"), (3, 1, ""), (90, 60, "50%"), (90, 59, ""), (90, 61, "51%")])
def test_options_are_similar_from_half_of_their_runs_on(runs: int, shared: int, share: str):
    one, two = _pair(runs, shared)
    scenarios = [with_labels("x", "en", one, line(3000, 9), line(4000, 9)), with_labels("y", "en", line(5000, 9), line(6000, 9), two)]
    warned = list(likeness.similar_options(scenarios))
    assert [(entry.scenario, entry.where, entry.values["other"], entry.values["share"]) for entry in warned] == [
        ("y", label(2, "en"), "x", share)
    ] * bool(share)


def test_options_of_the_same_scenario_are_not_compared():
    assert kinds_of(likeness.similar_options, with_labels("x", "en", *["I let it be for now."] * 3)) == []


def test_a_scenario_like_itself_can_still_be_like_another():
    twins = [with_labels(name, "en", *["I let it be for now."] * 3) for name in "xy"]
    assert [(entry.scenario, entry.where[1], entry.values["other"]) for entry in likeness.similar_options(twins)] == [
        ("y", position, "x") for position in range(3)
    ]


def test_twins_are_not_compared_with_each_other_but_with_all_others():
    texts = [with_stems(name, de=line(0, 30)) for name in "xyz"]
    texts[0], texts[1] = replace(texts[0], twin="y"), replace(texts[1], twin="x")
    assert [(entry.scenario, entry.values["other"]) for entry in likeness.similar_stems(texts)] == [("z", "x")]
    labels = [with_labels(name, "en", *["I let it be for now."] * 3) for name in "xy"]
    assert list(likeness.similar_options([replace(labels[0], twin="y"), replace(labels[1], twin="x")])) == []


def test_languages_are_compared_with_themselves_only():
    text = line(0, 30)
    assert kinds_of(likeness.similar_stems, with_stems("x", de=text), with_stems("y", en=text)) == []


def test_texts_of_fewer_words_than_a_run_are_like_nothing():
    assert kinds_of(likeness.similar_stems, with_stems("x", de="so so"), with_stems("y", de="so so")) == []


def test_of_several_similar_texts_the_earliest_is_named():
    scenarios = [with_stems(name, de=line(0, 30)) for name in "xyz"]
    assert [(entry.scenario, entry.values["other"]) for entry in likeness.similar_stems(scenarios)] == [("y", "x"), ("z", "x")]


_lines = st.lists(st.sampled_from(["ada", "und", "sie", "Wir", "oft."]), max_size=9).map(" ".join)


@given(_lines, _lines)
def test_likeness_does_not_depend_on_which_text_comes_first(one: str, two: str):
    there = list(likeness.similar_stems([with_stems("x", de=one), with_stems("y", de=two)]))
    back = list(likeness.similar_stems([with_stems("y", de=two), with_stems("x", de=one)]))
    assert [entry.values["share"] for entry in there] == [entry.values["share"] for entry in back]
    assert [(entry.scenario, entry.values["other"]) for entry in there] == [(entry.values["other"], entry.scenario) for entry in back]


def _runs(text: str) -> set[tuple[str, ...]]:
    value_text = [word.strip(".").lower() for word in text.split()]
    return set(zip(value_text, value_text[1:], value_text[2:], strict=False))


@given(st.lists(_lines, max_size=7))
def test_the_index_finds_what_comparing_all_pairs_finds(texts: list[str]):
    scenarios = [with_stems(f"s{n}", de=text) for n, text in enumerate(texts)]
    expected = []
    for later, own in enumerate(map(_runs, texts)):
        for earlier, others in enumerate(map(_runs, texts[:later])):
            if own & others and len(own & others) / len(own | others) >= likeness.SIMILAR_STEMS:
                expected.append((f"s{later}", f"s{earlier}"))
                break
    assert [(entry.scenario, entry.values["other"]) for entry in likeness.similar_stems(scenarios)] == expected


def _lines_run(check: Check, scenarios: Sequence[Scenario]) -> int:
    """Return how many lines of Python a check runs: a measure of work that does not depend on the machine."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        list(check(scenarios))
    finally:
        sys.settrace(before)
    return count


def test_the_work_of_comparing_grows_with_the_scenarios_and_not_with_their_pairs():
    few, many = (_lines_run(likeness.similar_options, crowd(size)) for size in (500, 2000))
    assert many < 5 * few  # four times the scenarios; pairs would make it sixteen
