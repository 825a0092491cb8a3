import math

import numpy as np
import pandas as pd
import pingouin
import pytest
from etiquette_kit.analysis.statistics.intraclass import IntraclassCorrelation, intraclass_correlation

# Four judges rate six people: the example of Shrout and Fleiss (1979), table 2.
SHROUT_FLEISS = pd.DataFrame([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])


def test_the_example_of_shrout_and_fleiss():
    found = intraclass_correlation(SHROUT_FLEISS)
    assert round(found.icc, 2) == 0.62  # their table 4: ICC(2,4)
    assert (found.targets, found.raters) == (6, 4)


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # pingouin uses what pandas will drop
@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_pingouin_computes(monkeypatch: pytest.MonkeyPatch, seed: int):
    monkeypatch.setitem(pingouin.options, "round.column.CI95", 12)
    rng = np.random.default_rng(seed)
    rows, raters = int(rng.integers(3, 30)), int(rng.integers(2, 9))
    ratings = np.clip(np.rint(rng.normal(2.5, 1, (rows, 1)) + rng.normal(0, 0.7, (rows, raters))), 1, 4)
    frame = pd.DataFrame(ratings)
    found = intraclass_correlation(frame)
    long = frame.rename_axis("target").reset_index().melt("target", var_name="rater", value_name="rating")
    table = pingouin.intraclass_corr(long, "target", "rater", "rating").set_index("Type")
    expected = table.loc["ICC(A,k)" if "ICC(A,k)" in table.index else "ICC2k"]
    assert found.icc == pytest.approx(expected["ICC"], abs=1e-9)
    interval = next(expected[name] for name in ("CI95", "CI95%") if name in expected)
    assert (found.low, found.high) == pytest.approx(tuple(interval), abs=1e-9)


def test_rows_with_a_gap_are_left_out():
    gaps = pd.concat([SHROUT_FLEISS, pd.DataFrame([[1, 9, np.nan, 3]])], ignore_index=True)
    assert intraclass_correlation(gaps) == intraclass_correlation(SHROUT_FLEISS)


@pytest.mark.parametrize("frame", [[[1, 2, 3]], [[1], [2]], [[2, 2], [2, 2]], [[np.nan, 1], [2, np.nan]]])
def test_where_nothing_can_be_said_there_is_no_figure(frame: list[list[float]]):
    found = intraclass_correlation(pd.DataFrame(frame))
    assert math.isnan(found.icc)
    assert found.reliability is None


def test_full_agreement_is_one_and_has_no_interval():
    found = intraclass_correlation(pd.DataFrame([[1, 1], [2, 2], [4, 4]]))
    assert found.icc == 1
    assert math.isnan(found.low)
    assert found.reliability is None


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.91, 0.97, ("excellent", "excellent")),
        (0.75, 0.9, ("good", "excellent")),
        (0.2, 0.89, ("poor", "good")),
        (-0.4, 0.5, ("poor", "moderate")),
    ],
)
def test_the_words_of_koo_and_li_are_those_of_both_ends(low: float, high: float, words: tuple[str, str]):
    assert IntraclassCorrelation(0.8, low, high, 9, 5).reliability == words


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_a_probability(level: float):
    with pytest.raises(ValueError, match=r"for example 0\.95"):
        intraclass_correlation(SHROUT_FLEISS, level)


@pytest.mark.parametrize("frame", [[[1, 2]], pd.DataFrame([["x", 1]]), pd.DataFrame([[np.inf, 1.0]])])
def test_other_values_are_refused(frame: object):
    with pytest.raises(ValueError, match=r"(?i)frame"):
        intraclass_correlation(frame)  # type: ignore[arg-type]
