import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from etiquette_kit.analysis.statistics.krippendorff import krippendorff_alpha
from hypothesis import given
from hypothesis import strategies as st

NAN = np.nan
# Krippendorff (2011), section C: four observers, twelve units, some missing.
PUBLISHED = pd.DataFrame(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T


def test_the_published_example():
    assert round(krippendorff_alpha(PUBLISHED), 3) == 0.849


@st.composite
def ratings(draw: st.DrawFn) -> pd.DataFrame:
    rows, raters = draw(st.integers(1, 12)), draw(st.integers(2, 6))
    cells = st.sampled_from([1.0, 2.0, 3.0, 4.0, NAN])
    return pd.DataFrame(draw(st.lists(st.lists(cells, min_size=raters, max_size=raters), min_size=rows, max_size=rows)))


@given(ratings())
def test_it_is_what_an_independent_package_computes(frame: pd.DataFrame):
    found = krippendorff_alpha(frame)
    pairable = frame[frame.notna().sum(axis=1) > 1]
    if len(np.unique(pairable.to_numpy()[pairable.notna().to_numpy()])) < 2:
        assert math.isnan(found)
        return
    expected = krippendorff.alpha(reliability_data=frame.T.to_numpy(), level_of_measurement="interval")
    assert found == pytest.approx(expected, abs=1e-9)


def test_the_order_of_raters_does_not_matter_and_a_single_rating_of_a_row_does_not_count():
    alone = pd.concat([PUBLISHED, pd.DataFrame([[NAN, 1, NAN, NAN]])], ignore_index=True)
    assert krippendorff_alpha(alone) == krippendorff_alpha(PUBLISHED)
    assert krippendorff_alpha(PUBLISHED[[3, 1, 0, 2]]) == pytest.approx(krippendorff_alpha(PUBLISHED), abs=1e-12)
