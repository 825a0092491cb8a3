import math

import numpy as np
import pandas as pd
import pytest
from analysis_examples import expected, frames, lsat6, lsat7, upper_lower_by_definition
from etiquette_kit.analysis import cronbach_alpha, item_statistics
from hypothesis import given

NAN = float("nan")
COLUMNS = ["n", "mean", "sd", "item_rest", "upper_lower", "alpha_if_dropped", "flags"]


@pytest.mark.parametrize(("name", "frame", "close"), [("lsat6", lsat6(), 1e-9), ("lsat7", lsat7(), 5.01e-4)])
def test_published_values_are_found(name: str, frame: pd.DataFrame, close: float):
    table = item_statistics(frame)
    assert list(table.columns) == COLUMNS
    for item in expected(name)["items"]:
        for column, value in item.items():
            if column != "item":
                assert table.loc[item["item"], column] == pytest.approx(value, abs=close), (item["item"], column)


@given(frames(missing=False))
def test_complete_data_give_what_pandas_gives(frame: pd.DataFrame):
    table = item_statistics(frame)
    np.testing.assert_allclose(table["mean"], frame.mean(), rtol=1e-12)
    np.testing.assert_allclose(table["sd"], frame.std(ddof=1), atol=1e-12)
    for item in frame:
        rest = frame.drop(columns=item).sum(axis=1)
        if min(np.ptp(frame[item]), np.ptp(rest)) > 1e-9:
            assert table.loc[item, "item_rest"] == pytest.approx(frame[item].corr(rest), abs=1e-9)
        else:
            assert math.isnan(table.loc[item, "item_rest"])


@given(frames(missing=True, items=(3, 6)))
def test_alpha_if_dropped_is_alpha_of_the_frame_without_the_item(frame: pd.DataFrame):
    table = item_statistics(frame)
    for item in frame:
        alone = cronbach_alpha(frame.drop(columns=item)).alpha
        assert table.loc[item, "alpha_if_dropped"] == pytest.approx(alone, nan_ok=True, abs=1e-9)


@given(frames(missing=True))
def test_upper_lower_is_what_its_definition_gives(frame: pd.DataFrame):
    assert item_statistics(frame)["upper_lower"].to_dict() == pytest.approx(upper_lower_by_definition(frame), nan_ok=True, abs=1e-9)


@given(frames(missing=True))
def test_the_order_of_people_and_items_makes_no_difference(frame: pd.DataFrame):
    shuffled = frame.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
    pd.testing.assert_frame_equal(item_statistics(shuffled).loc[frame.columns], item_statistics(frame), check_names=False, atol=1e-9)


def test_missing_answers_are_no_answers():
    frame = pd.DataFrame({"a": [1, 0, None, 1], "b": [None, 0, 1, 1], "c": [1, 0, 1, None]}, dtype="Float64")
    table = item_statistics(frame)
    assert table["n"].tolist() == [3, 3, 3]
    assert table["mean"].tolist() == pytest.approx([2 / 3] * 3)
    plain = frame.to_numpy(dtype=float, na_value=NAN)
    pairs = pd.DataFrame(plain).cov().to_numpy()
    rest = pairs[1:, 1:].sum()
    assert table.loc["a", "item_rest"] == pytest.approx(pairs[0, 1:].sum() / math.sqrt(pairs[0, 0] * rest))


@pytest.mark.parametrize(
    ("columns", "unknown"),
    [
        ({"a": [1.0], "b": [0.0]}, ["sd", "item_rest", "upper_lower", "alpha_if_dropped"]),
        ({"a": [0, 1, 1]}, ["item_rest", "alpha_if_dropped"]),
        ({"a": [1, 1, 1], "b": [1, 1, 1]}, ["item_rest", "alpha_if_dropped"]),
        ({"a": [0, 1, NAN, NAN], "b": [NAN, NAN, 0, 1]}, ["item_rest", "alpha_if_dropped"]),
        ({"a": [NAN, NAN], "b": [NAN, NAN]}, ["mean", "sd", "item_rest", "upper_lower", "alpha_if_dropped"]),
    ],
)
def test_a_figure_that_does_not_exist_is_nan(columns: dict[str, list[float]], unknown: list[str]):
    table = item_statistics(pd.DataFrame(columns)).drop(columns="flags")
    assert [column for column in table if table[column].isna().all()] == unknown
    assert not table.drop(columns=unknown).isna().any().any()


def test_items_keep_their_names_whatever_these_are():
    frame = pd.DataFrame([[0, 1, 1], [1, 0, 1]], columns=[3, "b", ("c", 1)])
    assert item_statistics(frame).index.tolist() == [3, "b", ("c", 1)]
    assert item_statistics(frame).index.name == "item"


def test_truth_values_are_credits():
    frame = pd.DataFrame({"a": [True, False, True], "b": [True, True, False]})
    pd.testing.assert_frame_equal(item_statistics(frame), item_statistics(frame.astype(float)))
