import pandas as pd
import pytest
from etiquette_kit import load_bank
from etiquette_kit.analysis import answer_statistics
from etiquette_kit.analysis.statistics.columns import COLUMNS
from etiquette_kit.analysis.synthetic import synthetic_answers, synthetic_cohort

BANK = load_bank()


def test_answers_are_to_scenarios_of_the_bank_and_earn_what_the_key_says():
    cohort = synthetic_cohort(BANK, 12, length=8)
    assert list(cohort.columns) == COLUMNS
    assert len(cohort) == 12 * 2 * 8
    for scenario, option, credit in cohort[["scenario", "option", "credit"]].itertuples(index=False):
        assert credit == pytest.approx((BANK.key(scenario)[option] - 1) / 3)
    assert cohort.groupby("session")["scenario"].nunique().tolist() == [8] * 24
    assert cohort.groupby("participant")["scenario"].nunique().tolist() == [8] * 12  # the same before and after
    assert cohort.equals(cohort.sort_values(["participant", "at"]))
    assert cohort["seconds"].min() > 0


def test_a_seed_makes_the_same_answers_and_another_makes_others():
    pd.testing.assert_frame_equal(synthetic_cohort(BANK, 5, seed=3), synthetic_cohort(BANK, 5, seed=3))
    assert not synthetic_cohort(BANK, 5, seed=3).equals(synthetic_cohort(BANK, 5, seed=4))


def test_people_learn_and_differ():
    cohort = synthetic_cohort(BANK, 300, learning=1.0)
    sessions = cohort.groupby(["participant", "session"])["credit"].mean().groupby(level="participant").agg(["first", "last"])
    assert sessions["last"].mean() - sessions["first"].mean() > 0.05
    assert 0.4 < answer_statistics(synthetic_answers(BANK, 3000)).alpha.alpha < 0.97


def test_batches_hold_whole_people_one_session_each():
    batches = list(synthetic_answers(BANK, 4100, length=3))
    people = [{answer[0] for answer in batch} for batch in batches]
    assert [len(some) for some in people] == [2000, 2000, 100]
    assert set.union(*people) == set(range(4100))
    assert all(len(batch) == 3 * len(some) for batch, some in zip(batches, people, strict=True))


def test_no_people_give_no_answers():
    assert list(synthetic_answers(BANK, 0)) == []
    assert synthetic_cohort(BANK, 0).columns.tolist() == COLUMNS
