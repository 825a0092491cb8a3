import numpy as np
import pandas as pd
import pytest
from analysis_examples import frames
from etiquette_kit.analysis.statistics.moments import Moments
from hypothesis import given
from hypothesis import strategies as st


def gathered(*blocks: np.ndarray) -> Moments:
    moments = Moments()
    for block in blocks:
        moments.add(block)
    return moments


@given(frames(missing=True))
def test_covariances_are_those_of_pandas_over_pairs(frame: pd.DataFrame):
    moments = gathered(frame.to_numpy())
    np.testing.assert_allclose(moments.covariance(), frame.cov(), atol=1e-14)
    np.testing.assert_allclose(moments.means, frame.mean(), rtol=1e-14)
    assert moments.counts.tolist() == frame.count().tolist()


@given(frames(missing=True), st.data())
def test_any_split_into_blocks_gives_the_same(frame: pd.DataFrame, data: st.DataObject):
    values = frame.to_numpy()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(values)), max_size=4)))
    blocks = np.split(values, cuts)
    whole = gathered(values).covariance()
    np.testing.assert_allclose(gathered(*blocks).covariance(), whole, atol=1e-14)
    merged = Moments()
    for block in blocks:
        merged.merge(gathered(block))
    np.testing.assert_allclose(merged.covariance(), whole, atol=1e-14)
    np.testing.assert_allclose(merged.means, frame.mean(), rtol=1e-14)


def test_items_may_come_up_later():
    early, late = np.array([[1.0], [0.0], [1.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    whole = np.vstack([np.column_stack([early, np.full(3, np.nan)]), late])
    np.testing.assert_allclose(gathered(early, late).covariance(), gathered(whole).covariance(), atol=1e-15)
    narrow, wide = gathered(early), gathered(late)
    narrow.merge(wide)
    np.testing.assert_allclose(narrow.covariance(), gathered(whole).covariance(), atol=1e-15)
    again = gathered(late)
    again.merge(gathered(early))
    np.testing.assert_allclose(again.covariance(), gathered(whole).covariance(), atol=1e-15)


def test_nearly_equal_credits_keep_their_digits():
    rng = np.random.default_rng(3)
    values = 0.9 + 1e-9 * rng.random((1000, 2))
    exact = np.cov((values - 0.9) * 1e9, rowvar=False) * 1e-18
    np.testing.assert_allclose(gathered(values[:300], values[300:]).covariance(), exact, rtol=1e-6)


@pytest.mark.parametrize("value", [0.0, 1 / 3, 0.1, 1.0])
def test_what_does_not_vary_has_no_variance_at_all(value: float):
    blocks = [np.column_stack([np.full(7, value), np.linspace(0, 1, 7)]), np.column_stack([np.full(3, value), np.zeros(3)])]
    assert gathered(*blocks).covariance()[0].tolist() == [0, 0]


def test_many_items_and_no_participants_are_fine():
    values = np.random.default_rng(1).random((40, 120))
    np.testing.assert_allclose(gathered(values).covariance(), np.cov(values, rowvar=False), atol=1e-14)
    assert np.isnan(gathered(np.empty((0, 2))).covariance()).all()
