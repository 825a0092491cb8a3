import math

import numpy as np
import pandas as pd
import pingouin
import pytest
from analysis_examples import alpha_by_definition, expected, frames, lsat6, lsat7
from etiquette_kit.analysis import cronbach_alpha
from etiquette_kit.analysis.statistics.alpha import alpha_of
from etiquette_kit.analysis.statistics.moments import Moments
from hypothesis import given
from scipy import stats

NAN = float("nan")


def test_lsat6_agrees_with_psych():
    assert cronbach_alpha(lsat6()).alpha == pytest.approx(expected("lsat6")["alpha"], abs=1e-9)


def test_lsat7_agrees_with_mirt():
    assert cronbach_alpha(lsat7()).alpha == pytest.approx(expected("lsat7")["alpha"], abs=5e-4)


@given(frames(missing=False))
def test_complete_data_give_what_the_definition_gives(frame: pd.DataFrame):
    assert cronbach_alpha(frame).alpha == pytest.approx(alpha_by_definition(frame), nan_ok=True, abs=1e-9)


@pytest.mark.parametrize(("level", "share"), [(0.95, 0.05), (0.8, 0.2)])
def test_the_interval_is_feldt_s(level: float, share: float):
    found = cronbach_alpha(lsat6(), level)
    quantile = stats.f(999, 999 * 4).ppf
    assert found.persons == 1000
    assert found.low == pytest.approx(1 - (1 - found.alpha) * quantile(1 - share / 2), abs=1e-9)
    assert found.high == pytest.approx(1 - (1 - found.alpha) * quantile(share / 2), abs=1e-9)
    low, high = pingouin.cronbach_alpha(lsat6(), ci=level)[1]
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-4)  # it rounds to three places


def test_missing_answers_agree_with_pingouin():
    scale = pingouin.read_dataset("cronbach_wide_missing") / 10
    assert scale.isna().any().any()
    found = cronbach_alpha(scale)
    assert found.alpha == pytest.approx(pingouin.cronbach_alpha(scale, nan_policy="pairwise")[0], abs=1e-9)
    assert found.alpha == pytest.approx(0.732660835214447, abs=1e-9)  # as pingouin's documentation prints it


def test_with_missing_answers_the_interval_counts_the_harmonic_mean_of_how_many_saw_each_pair():
    credits_ = {"a": [0, 1, 1, 0, 1, NAN], "b": [0, 1, 0, NAN, 1, 1], "c": [1, 1, NAN, NAN, 0, 1]}
    found = cronbach_alpha(pd.DataFrame(credits_))
    assert found.persons == pytest.approx(3 / (1 / 4 + 1 / 3 + 1 / 4))  # a and b, a and c, b and c
    quantile = stats.f(found.persons - 1, (found.persons - 1) * 2).ppf
    assert found.low == pytest.approx(1 - (1 - found.alpha) * quantile(0.975), abs=1e-9)


def test_two_who_saw_each_pair_are_enough_for_an_interval():
    found = cronbach_alpha(pd.DataFrame({"a": [0, 1, 1, NAN], "b": [NAN, 0, 1, 0]}))
    assert found.persons == 2
    assert math.isnan(found.alpha) == math.isnan(found.low)


def test_with_missing_answers_the_interval_holds_at_least_as_often_as_it_says():
    rng = np.random.default_rng(11)
    people, items, seen, loading, rounds = 150, 12, 4, 0.5, 300
    shared = loading**2 / (loading**2 + 1)
    true = items * shared / (1 + (items - 1) * shared)
    held = as_rows = 0
    for _ in range(rounds):
        values = loading * rng.standard_normal((people, 1)) + rng.standard_normal((people, items))
        values[np.argsort(rng.random((people, items)), axis=1) >= seen] = np.nan
        moments = Moments()
        moments.add(values)
        found = alpha_of(moments)
        held += found.low <= true <= found.high
        quantile = stats.f(people - 1, (people - 1) * (items - 1)).ppf
        as_rows += 1 - (1 - found.alpha) * quantile(0.975) <= true <= 1 - (1 - found.alpha) * quantile(0.025)
    assert held / rounds >= 0.95
    assert as_rows / rounds < 0.9  # why the number of rows is not used


@given(frames(missing=True))
def test_the_order_of_people_and_items_and_items_turned_round_make_no_difference(frame: pd.DataFrame):
    alpha = cronbach_alpha(frame).alpha
    shuffled = frame.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
    assert cronbach_alpha(shuffled).alpha == pytest.approx(alpha, nan_ok=True, abs=1e-9)
    assert cronbach_alpha(1 - frame).alpha == pytest.approx(alpha, nan_ok=True, abs=1e-9)
    assert cronbach_alpha(frame / 2 + 0.25).alpha == pytest.approx(alpha, nan_ok=True, abs=1e-9)


def test_the_same_item_twice_is_perfectly_consistent():
    found = cronbach_alpha(pd.DataFrame({"a": [0, 1, 1, 0], "b": [0, 1, 1, 0]}))
    assert (found.alpha, found.low, found.high) == pytest.approx((1, 1, 1))


@pytest.mark.parametrize(
    "columns",
    [
        {"a": [0, 1, 1]},  # one item
        {"a": [0, 1, 1], "b": [1, 1, 1]},  # only one that varies
        {"a": [1.0], "b": [0.0]},  # one person
        {"a": [0, 1, NAN, NAN], "b": [NAN, NAN, 0, 1]},  # never seen together
        {"a": [0, 1, 0], "b": [1, 0, 1]},  # the sum does not vary
        {"a": [NAN, NAN], "b": [NAN, NAN]},  # nothing seen
    ],
)
def test_where_there_is_no_alpha_it_is_nan(columns: dict[str, list[float]]):
    found = cronbach_alpha(pd.DataFrame(columns))
    assert [math.isnan(value) for value in (found.alpha, found.low, found.high)] == [True] * 3


def test_items_that_do_not_vary_are_left_out_as_in_psych():
    frame = lsat6()
    with_constant = frame.assign(constant=1 / 3, unseen=NAN, once=[1.0, *[NAN] * 999])
    assert cronbach_alpha(with_constant) == cronbach_alpha(frame)
    assert cronbach_alpha(with_constant).items == 5


@pytest.mark.parametrize("level", [0, 1, -0.5, 95])
def test_a_level_that_is_no_confidence_is_refused(level: float):
    with pytest.raises(ValueError, match=r"level = .*between 0 and 1"):
        cronbach_alpha(lsat6(), level)
