import numpy as np
import pytest
from etiquette_kit.analysis.statistics.extreme_groups import extreme_group_weights, ranked
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.integers(1, 50), min_size=1, max_size=20))
def test_each_group_holds_exactly_27_percent(persons: list[int]):
    lower, upper = extreme_group_weights(np.array(persons))
    for weights in (lower, upper):
        assert (weights @ persons) == pytest.approx(0.27 * sum(persons), rel=1e-12)
        assert ((weights >= 0) & (weights <= 1)).all()
    assert (np.diff(lower) <= 1e-15).all()
    assert (np.diff(upper) >= -1e-15).all()
    assert lower.tolist() == extreme_group_weights(np.array(persons[::-1]))[1][::-1].tolist()


def test_ties_at_the_border_share_what_room_is_left():
    lower, upper = extreme_group_weights(np.array([10, 40, 50]))  # 27 persons a group
    assert lower.tolist() == pytest.approx([1, 17 / 40, 0])
    assert upper.tolist() == pytest.approx([0, 0, 27 / 50])


def test_where_all_are_tied_both_groups_are_the_same():
    lower, upper = extreme_group_weights(np.array([8]))
    assert lower.tolist() == upper.tolist() == [0.27]


def test_the_order_of_adding_up_makes_no_difference_to_ties():
    scores = np.array([(1 / 3 + 2 / 3 + 0.1) / 3, (0.1 + 1 / 3 + 2 / 3) / 3, (2 / 3 + 0.1 + 1 / 3) / 3])
    assert len(set(scores)) > 1
    assert len(set(ranked(scores).tolist())) == 1


def test_scores_are_told_apart_by_a_billionth_and_no_finer():
    grains = ranked(np.array([0, 0.25, 0.25 + 1e-10, 0.25 + 1e-9, 1]))
    assert grains.tolist() == [0, 250_000_000, 250_000_000, 250_000_001, 1_000_000_000]
    assert grains.dtype == np.int64


def test_a_score_that_nobody_has_weighs_nothing():
    lower, upper = extreme_group_weights(np.array([0, 10, 0, 10, 0]))  # 5.4 persons a group
    assert lower.tolist() == pytest.approx([0, 0.54, 0, 0, 0])
    assert upper.tolist() == pytest.approx([0, 0, 0, 0.54, 0])
