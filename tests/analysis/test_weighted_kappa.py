import math

import numpy as np
import pandas as pd
import pytest
from etiquette_kit.analysis.statistics.weighted_kappa import MIN_CLUSTERS, kappa_of_table, weighted_kappa
from sklearn.metrics import cohen_kappa_score  # comes with pingouin


def pairs(readers: int, situations: int, seed: int = 1, spread: float = 0.7) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = [
        (reader, f"s{situation}", int(np.clip(np.rint(rng.normal(key, spread)), 1, 4)), key)
        for reader in range(readers)
        for situation in range(situations)
        for key in rng.permutation([1, 2, 3, 4])
    ]
    return pd.DataFrame(rows, columns=["reader", "situation", "rating", "key"])


@pytest.mark.parametrize("seed", range(5))
def test_it_is_what_scikit_learn_computes(seed: int):
    frame = pairs(6, 7, seed)
    found = weighted_kappa(frame)
    assert found.kappa == pytest.approx(cohen_kappa_score(frame["rating"], frame["key"], weights="quadratic"), abs=1e-9)
    assert found.pairs == 6 * 7 * 4


def test_weights_of_agreement_give_the_same_as_those_of_disagreement():
    table = np.array([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    weights = 1 - np.array([[0, 1, 4], [1, 0, 1], [4, 1, 0]]) / 4
    share = table / table.sum()
    expected = (weights * np.outer(share.sum(1), share.sum(0))).sum()
    assert kappa_of_table(table) == pytest.approx(((weights * share).sum() - expected) / (1 - expected), abs=1e-12)


def test_the_interval_is_the_same_each_time_and_holds_the_figure():
    frame = pairs(8, 8)
    found = weighted_kappa(frame)
    assert found == weighted_kappa(frame.sample(frac=1, random_state=3))
    assert found.low < found.kappa < found.high
    assert weighted_kappa(frame, seed=2).low != found.low
    assert weighted_kappa(frame, level=0.5).high - weighted_kappa(frame, level=0.5).low < found.high - found.low


def test_readers_who_differ_make_it_wider_than_single_ratings_would():
    rng = np.random.default_rng(4)
    frame = pairs(12, 12, spread=0.3)
    erring = frame["reader"] < 4
    frame.loc[erring, "rating"] = rng.integers(1, 5, int(erring.sum()))
    found = weighted_kappa(frame)
    draws = rng.integers(len(frame), size=(500, len(frame)))
    ratings, keys = frame["rating"].to_numpy(), frame["key"].to_numpy()
    naive = [cohen_kappa_score(ratings[each], keys[each], weights="quadratic") for each in draws]
    assert found.high - found.low > 1.5 * np.ptp(np.quantile(naive, [0.025, 0.975]))


@pytest.mark.parametrize(("readers", "situations"), [(MIN_CLUSTERS - 1, 20), (20, MIN_CLUSTERS - 1)])
def test_with_few_readers_or_situations_there_is_no_interval(readers: int, situations: int):
    found = weighted_kappa(pairs(readers, situations))
    assert not math.isnan(found.kappa)
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_without_ratings_or_with_one_word_alone_there_is_no_figure():
    nothing = pairs(1, 1).iloc[:0]
    assert math.isnan(weighted_kappa(nothing).kappa)
    same = pairs(6, 6).assign(rating=3, key=3)
    assert math.isnan(weighted_kappa(same).kappa)
