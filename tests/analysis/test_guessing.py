import pytest
from etiquette_kit.analysis.statistics.guessing import guesses
from scipy import stats


@pytest.mark.parametrize("total", [1, 4, 9])
@pytest.mark.parametrize("share", [0.25, 1 / 3, 0.5])
def test_with_equal_shares_it_is_the_binomial_test(total: int, share: float):
    for right in range(total + 1):
        found = guesses(right, [share] * total)
        expected = stats.binomtest(right, total, share, alternative="greater").pvalue
        assert found.p == pytest.approx(expected, abs=1e-9)
        assert found.by_chance == pytest.approx(share * total)


def test_with_different_shares_it_is_counted_out():
    assert guesses(2, [0.5, 0.25]).p == pytest.approx(0.125)
    assert guesses(1, [0.5, 0.25]).p == pytest.approx(1 - 0.5 * 0.75)
    assert guesses(0, [0.5, 0.25]).p == pytest.approx(1)


@pytest.mark.parametrize(("right", "total", "gives_away"), [(1, 1, False), (2, 2, False), (3, 3, True), (3, 5, False), (4, 5, True)])
def test_two_readers_who_are_right_are_no_sign_yet(right: int, total: int, gives_away: bool):  # noqa: FBT001
    # 2 of 2 has a probability of 1/16 by chance among four options
    assert guesses(right, [0.25] * total).gives_away is gives_away
