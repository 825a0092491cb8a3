import numpy as np
import pandas as pd
import pytest
from etiquette_kit.analysis import cronbach_alpha, item_statistics
from etiquette_kit.analysis.statistics.frame import credits_of


@pytest.mark.parametrize(
    ("frame", "complaint"),
    [
        ([[1, 0]], r"a pandas.DataFrame is needed, participants × items, not list"),
        (pd.DataFrame(), "the frame has no columns"),
        (pd.DataFrame({"a": []}), "the frame has no rows"),
        (pd.DataFrame([[1, 0, 1]], columns=["a", "b", "a"]), "column 'a' is in the frame more than once"),
        (pd.DataFrame({"a": [1, 0], "b": [0, 1.5]}, index=["p", "q"]), r"row 'q', column 'b': .*1\.5.* is not a credit from 0 to 1"),
        (pd.DataFrame({"a": [-0.1, 2, 1]}), r"row 0, column 'a': .*-0\.1.* \(and 1 more in this column\)"),
        (pd.DataFrame({"a": [np.inf]}), "row 0, column 'a': .*inf.* is not a credit"),
        (pd.DataFrame({"a": ["1", "0"]}), r"column 'a'.*'1'.* not (a )?credit"),
        (pd.DataFrame({"a": pd.Series(["x", 1], dtype=object)}), "row 0, column 'a': 'x' is not a credit"),
        (pd.DataFrame({"a": pd.Series([1, None, [1]], dtype=object)}), r"row 2, column 'a': \[1\] is not a credit"),
        (pd.DataFrame({"a": pd.to_datetime(["2026-01-01"])}), "column 'a' holds datetime64"),
        (pd.DataFrame({"a": pd.Categorical(["x"])}), "column 'a' holds category such as 'x'"),
    ],
)
def test_what_is_no_table_of_credits_is_refused_with_what_and_where(frame: object, complaint: str):
    for statistic in (item_statistics, cronbach_alpha):
        with pytest.raises(ValueError, match=complaint):
            statistic(frame)


def test_all_that_means_not_seen_is_not_seen():
    frame = pd.DataFrame({"a": pd.Series([1, None, pd.NA, np.nan, True], dtype=object), "b": pd.array([1, 0, None, 1, 0], dtype="Int64")})
    np.testing.assert_array_equal(credits_of(frame), [[1, 1], [np.nan, 0], [np.nan, np.nan], [np.nan, 1], [1, 0]])
