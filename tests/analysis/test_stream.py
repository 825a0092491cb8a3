import statistics
import tracemalloc
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pytest
from analysis_examples import Row, answers_of, frames, lsat6
from etiquette_kit.analysis import answer_statistics, cronbach_alpha, item_statistics
from etiquette_kit.analysis.statistics.blocks import MAX_OPTIONS, Codes, blocks
from etiquette_kit.analysis.statistics.durations import MAX_SECONDS
from etiquette_kit.analysis.statistics.levels import Levels
from hypothesis import assume, given
from hypothesis import strategies as st


def cut(answers: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    return (answers[begin : begin + size] for begin in range(0, len(answers), size))


@given(frames(missing=True), st.integers(1, 20))
def test_a_stream_in_any_batches_gives_what_the_frame_gives(frame: pd.DataFrame, size: int):
    answers = answers_of(frame)
    assume(answers)
    found = answer_statistics(cut(answers, size))
    seen = frame.dropna(axis=1, how="all")
    pd.testing.assert_frame_equal(found.items.drop(columns="seconds"), item_statistics(seen), check_index_type=False, atol=1e-9)
    whole, alpha = cronbach_alpha(seen), found.alpha
    assert (alpha.alpha, alpha.low, alpha.high) == pytest.approx((whole.alpha, whole.low, whole.high), nan_ok=True, abs=1e-9)
    assert (found.persons, found.answers) == (len(frame.dropna(how="all")), len(answers))


def test_blocks_smaller_than_a_batch_give_the_same(monkeypatch: pytest.MonkeyPatch):
    frame = lsat6()
    answers = answers_of(frame)
    whole = answer_statistics([answers])
    monkeypatch.setattr("etiquette_kit.analysis.statistics.blocks._PIECE", 17)
    monkeypatch.setattr("etiquette_kit.analysis.statistics.blocks._PIECES", 2)
    monkeypatch.setattr("etiquette_kit.analysis.statistics.stream._DENSE", 11)
    parts = answer_statistics([answers])
    pd.testing.assert_frame_equal(parts.items, whole.items, atol=1e-9)
    pd.testing.assert_frame_equal(parts.options, whole.options, atol=1e-9)
    assert parts.alpha.alpha == pytest.approx(cronbach_alpha(frame).alpha, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abc"), st.sampled_from([0.0, 0.5, 1.0])), min_size=1), st.integers(1, 7))
def test_only_the_first_answer_to_an_item_counts(given_: list[tuple[int, str, float]], size: int):
    answers = [(person, item, str(credit), credit, None) for person, item, credit in sorted(given_, key=lambda answer: answer[0])]
    first = {(person, item): credit for person, item, credit in reversed([(a[0], a[1], a[3]) for a in answers])}
    frame = pd.Series(first).unstack().sort_index(axis=1)  # noqa: PD010
    found = answer_statistics(cut(answers, size))
    pd.testing.assert_frame_equal(found.items.drop(columns="seconds"), item_statistics(frame), check_names=False, check_index_type=False)
    assert found.answers == len(first)


def test_option_shares_are_told_overall_and_for_both_groups():
    answers: list[Row] = []
    for person in range(100):  # the odd ones know better; the groups hold 27 of the 50 on each side
        good = person % 2
        answers += [(person, f"i{item}", "right" if good else "wrong", float(good), None) for item in range(3)]
        answers += [(person, "trap", "lure" if person < 20 else "fine", 0.5, None)]
    found = answer_statistics([answers], {"i0": {"right": 1, "wrong": 0, "odd": 0}})
    assert found.options.loc[("trap", "lure"), ["share", "upper", "lower"]].tolist() == pytest.approx([0.2, 0.2, 0.2])
    assert found.options.loc[("trap", "lure"), "credit"] == 0.5
    assert found.options.groupby(level="item")[["share", "upper", "lower"]].sum().to_numpy() == pytest.approx(np.ones((4, 3)))
    assert found.options.loc[("i0", "right"), ["upper", "lower"]].tolist() == pytest.approx([1, 0])
    odd = found.options.loc[("i0", "odd")]
    assert (odd["n"], odd["share"], odd["upper"], odd["credit"], odd["flags"]) == (0, 0, 0, 0, ("option_unused",))
    assert found.items.loc["i0", "flags"] == ("option_unused",)
    assert found.options.loc["i0"].index.tolist() == ["odd", "right", "wrong"]


def trap() -> list[Row]:
    """200 persons; those who solve all else choose the lure, which earns nothing."""
    answers: list[Row] = []
    for person in range(200):
        good = person % 2
        answers += [(person, f"i{item}", "ab"[good], float(good), 5.0) for item in range(6)]
        answers.append((person, "trap", "lure" if good else "fine", float(not good), 5.0))
        answers.append((person, "gift", "yes", 1.0, 5.0))
    return answers


def test_flags_come_with_their_reasons():
    found = answer_statistics([trap()], {"trap": {"lure": 0.0, "fine": 1.0, "other": 0.0}})
    assert found.items.loc["trap", "flags"] == ("does_not_separate", "good_choose_wrong", "option_unused")
    assert found.items.loc["gift", "flags"] == ("too_easy",)
    assert found.items.loc["i0", "flags"] == ()
    reasons = found.reasons("en")
    assert set(reasons) == {"gift", "trap"}
    split, lure, other = reasons["trap"]
    assert "among 200 people" in split
    assert "100% of the strongest and 0% of the weakest choose reaction “lure”" in lure
    assert "“other” (0% of 200 people)" in other
    assert found.reasons("de")["gift"][0].startswith("Zu leicht: Die Reaktionen von 200 Personen")


def test_what_is_no_choice_among_options_has_none_listed():
    options = {"few": MAX_OPTIONS, "many": MAX_OPTIONS + 1}
    answers = [(person, item, f"{person % number}", 1.0, None) for person in range(50) for item, number in options.items()]
    found = answer_statistics(cut(answers, 7), {"many": {"x": 0.0}})
    assert set(found.options.index.get_level_values("item")) == {"few"}
    assert len(found.options) == MAX_OPTIONS
    assert found.items["n"].tolist() == [50, 50]
    only = answer_statistics([[answer for answer in answers if answer[1] == "many"]])
    assert only.options.empty
    assert only.options.index.names == ["item", "option"]


@given(st.lists(st.none() | st.floats(0, 700), min_size=1, max_size=30))
def test_median_seconds_are_exact_to_a_tenth(seconds: list[float | None]):
    found = answer_statistics([[(person, "i", "a", 1.0, taken) for person, taken in enumerate(seconds)]]).items.loc["i", "seconds"]
    measured = [min(taken, MAX_SECONDS) for taken in seconds if taken is not None]
    assert found == (pytest.approx(statistics.median(measured), abs=0.0501) if measured else pytest.approx(float("nan"), nan_ok=True))


def test_very_many_scores_are_told_apart_to_three_places():
    rng = np.random.default_rng(5)
    ability = rng.random((400, 1))
    frame = pd.DataFrame(np.clip(ability + 0.3 * rng.random((400, 8)) - 0.15, 0, 1), columns=[f"i{item}" for item in range(8)])
    answers = [(person, item, "a", credit, None) for person, item, _, credit, _ in answers_of(frame)]
    codes, levels = Codes(), Levels(max_cells=3000)
    for block in blocks(cut(answers, 240), codes):
        levels.add(block, len(codes.items), len(codes.options))
    found = levels.extreme_groups(np.arange(8)).upper_lower
    np.testing.assert_allclose(found, item_statistics(frame)["upper_lower"], atol=2e-3)
    # Batches of another size grow coarse at another time, and end where these end.
    codes, again = Codes(), Levels(max_cells=3000)
    for block in blocks([answers], codes):
        again.add(block, len(codes.items), len(codes.options))
    np.testing.assert_allclose(again.extreme_groups(np.arange(8)).upper_lower, found, atol=1e-12)


def test_memory_does_not_grow_with_the_number_of_answers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("etiquette_kit.analysis.statistics.blocks._PIECES", 2)
    credit = np.random.default_rng(1).integers(0, 4, 5000) / 3

    def peak(people: int) -> int:
        batches = ([(person, f"i{item}", "a", credit[(7 * person + item) % 5000], 3.0) for item in range(20)] for person in range(people))
        tracemalloc.start()
        answer_statistics(batches)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(8_000) < 1.05 * peak(2_000)


def test_one_person_who_answers_over_and_over_takes_no_more_memory_than_items():
    codes = Codes()
    repeated: list[Row] = [(1, "i", "a", 1.0, None)] * 300_000
    (block,) = blocks(cut(repeated, 1000), codes)
    assert len(block.item) == 1


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ([], "there are no answers"),
        ([(1, "i", "a", 1.0)], r"an answer is \(participant, item, response, credit, seconds\), not \(1, 'i', 'a', 1.0\)"),
        ([(1, "i", "a", 1.0, None), 7], "an answer is .*, not 7"),
        ([("1", "i", "a", 1.0, None)], "participant '1': a participant is a whole number"),
        ([(1, "i", "a", 1.0, None), (2.5, "i", "a", 1.0, None)], "participant 2.5: a participant is a whole number"),
        ([(1, "i", "a", 1.5, None)], "participant 1, item 'i': 1.5 is not a credit from 0 to 1"),
        ([(1, "i", "a", float("nan"), None)], "participant 1, item 'i': nan is not a credit"),
        ([(1, "i", "a", None, None)], "participant 1, item 'i': None is not a credit"),
        ([(1, "i", "a", "full", None)], "participant 1, item 'i': credit 'full' is not a number"),
        ([(1, "i", "a", 1.0, -2.0)], "participant 1, item 'i': -2.0 is not a number of seconds"),
        ([(1, "i", "a", 1.0, "long")], "participant 1, item 'i': seconds 'long' is not a number"),
        ([(2, "i", "a", 1.0, None), (1, "i", "a", 1.0, None)], "participant 1 comes after 2: answers must be sorted by participant"),
    ],
)
@pytest.mark.parametrize("size", [1, 10])
def test_what_is_no_answer_is_refused_with_what_and_where(answers: list[Row], complaint: str, size: int):
    with pytest.raises(ValueError, match=complaint):
        answer_statistics(cut(answers, size))
