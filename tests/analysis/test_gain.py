import numpy as np
import pytest
from etiquette_kit.analysis.statistics.gain import DRAWS, Gain, _drawn, normalised_gain
from hypothesis import given
from hypothesis import strategies as st


def gain_of(before: list[float], after: list[float], *, fewest: int = 2, seed: int = 0) -> Gain:
    return normalised_gain("all", "all", np.array(before), np.array(after), pairs=len(before), fewest=fewest, seed=seed)


def test_the_gain_is_the_share_of_what_was_missing():
    found = gain_of([0.2, 0.6, 0.4], [0.6, 0.8, 0.7])
    assert (found.before, found.after) == pytest.approx((0.4, 0.7))
    assert found.gain == pytest.approx(0.5)
    assert (found.persons, found.pairs) == (3, 3)


def test_a_loss_is_below_nought_and_where_nothing_was_missing_there_is_no_gain():
    assert gain_of([0.5, 0.5], [0.25, 0.25]).gain == pytest.approx(-0.5)
    full = gain_of([1.0, 1.0], [1.0, 0.5])
    assert (full.before, full.after) == (1, 0.75)
    assert (full.gain, full.low, full.high) == (None, None, None)


def test_too_few_persons_give_no_figure():
    found = gain_of([0.2] * 9, [0.8] * 9, fewest=10)
    assert [found.before, found.after, found.gain, found.low, found.high] == [None] * 5
    assert found.persons == 9
    assert gain_of([0.2] * 10, [0.8] * 10, fewest=10).gain == pytest.approx(0.75)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=15))
def test_the_interval_is_the_same_each_time_and_in_order(pairs: list[tuple[float, float]]):
    before, after = map(list, zip(*pairs, strict=True))
    found = gain_of(before, after)
    assert found == gain_of(before, after)
    if found.low is not None and found.high is not None:
        assert found.low <= found.high


def test_the_interval_agrees_with_one_drawn_otherwise():
    rng = np.random.default_rng(2)
    before = rng.uniform(0.2, 0.7, 60)
    after = np.clip(before + rng.normal(0.2, 0.15, 60), 0, 1)
    found = gain_of(before.tolist(), after.tolist())
    draws = []
    for _ in range(4000):
        chosen = rng.integers(0, 60, 60)
        draws.append((after[chosen].mean() - before[chosen].mean()) / (1 - before[chosen].mean()))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(draws, [0.025, 0.975])), abs=0.02)


def test_many_persons_are_drawn_in_parts(monkeypatch: pytest.MonkeyPatch):
    rng = np.random.default_rng(3)
    before, after = rng.uniform(0, 0.6, 30), rng.uniform(0.3, 1, 30)
    whole = gain_of(before.tolist(), after.tolist())
    monkeypatch.setattr("etiquette_kit.analysis.statistics.gain._CELLS", 100)
    parts = gain_of(before.tolist(), after.tolist())
    assert (parts.low, parts.high) == pytest.approx((whole.low, whole.high), abs=1e-12)


def test_where_many_persons_are_alike_the_interval_is_that_of_drawing_each(monkeypatch: pytest.MonkeyPatch):
    rng = np.random.default_rng(4)
    before = rng.integers(0, 3, 2000) / 4
    after = np.minimum(before + rng.integers(0, 2, 2000) / 4, 1)
    alike = gain_of(before.tolist(), after.tolist())
    monkeypatch.setattr("etiquette_kit.analysis.statistics.gain._MIN_PERSONS_PER_PAIR", 2001)
    each = gain_of(before.tolist(), after.tolist())
    assert (alike.before, alike.after, alike.gain) == (each.before, each.after, each.gain)
    assert (alike.low, alike.high) != (each.low, each.high)
    assert (alike.low, alike.high) == pytest.approx((each.low, each.high), abs=0.003)


@pytest.mark.parametrize(
    ("before", "after", "fewest"),
    [([0.2, 0.4], [0.6, 0.8], 3), ([1.0, 1.0], [1.0, 0.5], 2), ([0.2, 0.4], [0.6, 0.8], 2)],
    ids=["too few persons", "nothing was missing", "a gain"],
)
def test_each_gain_says_what_it_is_about_and_from_how_many(before: list[float], after: list[float], fewest: int):
    found = normalised_gain("boss", "Vorgesetzte", np.array(before), np.array(after), pairs=7, fewest=fewest)
    assert (found.name, found.label, found.persons, found.pairs) == ("boss", "Vorgesetzte", 2, 7)


def test_the_draws_are_the_same_for_everybody_who_names_no_seed():
    rng = np.random.default_rng(5)
    before, after = rng.uniform(0, 0.6, 30), rng.uniform(0.3, 1, 30)
    found = normalised_gain("all", "all", before, after, pairs=30, fewest=2)
    assert found == gain_of(before.tolist(), after.tolist(), seed=0) != gain_of(before.tolist(), after.tolist(), seed=1)


@pytest.mark.parametrize("person", [0, 4, 8])
def test_everybody_can_be_drawn(person: int):
    after = [0.5] * 9
    after[person] = 1.0
    found = gain_of([0.5] * 9, after)
    assert found.high is not None
    assert found.high > found.gain


@pytest.mark.parametrize("persons", [3, 300])
@pytest.mark.parametrize("cells", [1, 700, 100_000])
def test_as_many_gains_are_drawn_as_it_says(monkeypatch: pytest.MonkeyPatch, persons: int, cells: int):
    monkeypatch.setattr("etiquette_kit.analysis.statistics.gain._CELLS", cells)
    gains = _drawn(np.full(persons, 0.25), np.full(persons, 0.5), np.random.default_rng(0))
    assert gains == pytest.approx(np.full(DRAWS, 1 / 3))
