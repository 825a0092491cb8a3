"""What may be said about a group out of a store: enough people, too few, and far too few."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from etiquette_kit.analysis import StoredResults, cohort_report, cronbach_alpha, item_statistics
from etiquette_kit.analysis.reports.group import SmallGroupError, group_results
from etiquette_kit.analysis.reports.own_results import own_results
from etiquette_kit.analysis.reports.stored_answers import of_cohort, stored_answers
from etiquette_kit.analysis.reports.tidy import as_json, tidy
from etiquette_kit.analysis.synthetic import synthetic_cohort, synthetic_store
from etiquette_kit.bank import load_bank
from etiquette_kit.privacy.disclosure import ThresholdError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.cohorts import groups
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from sqlalchemy import ColumnElement

BANK = load_bank()


def frame_of(store: Store, where: ColumnElement[bool]) -> pd.DataFrame:
    return stored_answers(store, where, BANK, "de").frame


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store with groups of sixty, seven, six and three."""
    filled = Store(tmp_path_factory.mktemp("groups") / "store.sqlite3")
    for people in (60, 7, 6, 3):
        synthetic_store(filled, BANK, people, f"made up {people}", seed=people)
    return filled


def test_the_store_is_sound_and_names_its_groups(store: Store):
    assert list(verify(store)) == []
    assert [(group.name, group.persons, group.answers) for group in groups(store)] == [
        ("made up 3", 3, 120),
        ("made up 6", 6, 240),
        ("made up 60", 60, 2400),
        ("made up 7", 7, 280),
    ]


def test_what_comes_out_is_what_went_in(store: Store):
    went_in = synthetic_cohort(BANK, 7, seed=7)
    came_out = frame_of(store, of_cohort("made up 7"))
    for column in ("scenario", "content", "option", "seconds", "lang"):
        assert came_out[column].tolist() == went_in[column].tolist()
    np.testing.assert_allclose(came_out["credit"], went_in["credit"], rtol=0, atol=1e-12)
    assert str(cohort_report(came_out, BANK)) == str(cohort_report(went_in, BANK))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store with groups of people who all answered the same twenty situations twice."""
    filled = Store(tmp_path_factory.mktemp("shared") / "store.sqlite3")
    for people in (60, 20, 7):
        synthetic_store(filled, list(BANK)[::3][:20], people, f"shared {people}", seed=people)
    return filled


def wide(frame: pd.DataFrame) -> pd.DataFrame:
    item = frame["scenario"].astype(object) + "@" + frame["content"].astype(object)
    first = frame.assign(item=item).drop_duplicates(["participant", "item"])
    return first.pivot_table(index="participant", columns="item", values="credit")


def test_a_large_group_that_shared_its_rounds_gets_everything_and_the_same_figures_as_its_frame(shared: Store):
    results = group_results(shared, "shared 60", BANK)
    credits_ = wide(frame_of(shared, of_cohort("shared 60")))
    expected = item_statistics(credits_)
    assert results.same_situations
    assert results.items.index.tolist() == expected.index.tolist()
    for column in ("n", "mean", "sd", "item_rest", "alpha_if_dropped", "upper_lower"):
        np.testing.assert_allclose(results.items[column].astype(float), expected[column].astype(float), rtol=0, atol=1e-9)
    assert results.items["seconds"].notna().all()
    assert results.statistics.alpha.alpha == pytest.approx(cronbach_alpha(credits_).alpha)
    assert {entry.persons for entry in (*results.report.by_relation, *results.report.by_theme, *results.report.gains)} == {60}
    assert len(results.report.gains) == 4


def test_the_strongest_and_the_weakest_are_shown_where_they_are_enough(shared: Store):
    results = group_results(shared, "shared 20", BANK)
    assert results.items["item_rest"].notna().all()
    assert results.items["upper_lower"].isna().all()
    assert group_results(shared, "shared 20", BANK, least=5).items["upper_lower"].notna().all()


def test_a_round_that_all_seven_shared_is_shown(shared: Store):
    results = group_results(shared, "shared 7", BANK)
    assert (results.report.persons, len(results.items)) == (7, 20)
    assert {area.persons for area in results.report.by_theme} == {7}


def test_of_people_who_answered_different_situations_nothing_is_shown_that_compares_them(store: Store):
    results = group_results(store, "made up 60", BANK)
    frame = frame_of(store, of_cohort("made up 60"))
    assert not results.same_situations
    assert 50 < results.report.persons <= 60
    assert len(results.items) > 50
    for column in ("item_rest", "upper_lower", "alpha_if_dropped"):
        assert results.items[column].isna().all()
    assert np.isnan(results.statistics.alpha.alpha)
    assert {flag for flags in results.items["flags"] for flag in flags} <= {"too_easy", "option_unused"}
    everybody = wide(frame).count()
    assert (results.items["n"] <= everybody[results.items.index]).all()
    assert {area.persons for area in (*results.report.by_relation, *results.report.by_theme)} == {results.report.persons}


def test_people_who_stopped_early_are_left_out_and_the_rest_shown_in_full(shared: Store, tmp_path: Path):
    frame = frame_of(shared, of_cohort("shared 20"))
    early = sorted(set(frame["participant"]))[:4]
    store = Store(tmp_path / "store.sqlite3")
    synthetic_store(store, list(BANK)[::3][:20], 20, "shared 20", seed=20)
    with store.writing() as connection:
        number = tables.answers.c.participant
        connection.execute(tables.answers.delete().where(number <= 4, tables.answers.c.seq > 9))
    results = group_results(store, "shared 20", BANK)
    kept = wide(frame[~frame["participant"].isin(early)])
    assert (results.report.persons, results.same_situations) == (16, True)
    np.testing.assert_allclose(results.items["mean"], kept.mean()[results.items.index], rtol=0, atol=1e-9)


def test_a_median_time_is_shown_only_where_everybodys_was_measured(tmp_path: Path):
    store = Store(tmp_path / "store.sqlite3")
    synthetic_store(store, list(BANK)[:5], 9, "timed", sessions=1)
    with store.writing() as connection:
        answers = tables.answers.c
        connection.execute(
            tables.answers.update().where(answers.participant == 1, answers.material == next(iter(BANK)).id).values(seconds=None)
        )
    results = group_results(store, "timed", BANK)
    missing = results.items.index[results.items["seconds"].isna()]
    assert [item.partition("@")[0] for item in missing] == [next(iter(BANK)).id]


def test_seven_people_are_shown_with_what_concerns_fewer_left_out(store: Store):
    results = group_results(store, "made up 7", BANK)
    assert [area.persons for area in results.report.by_relation] == [7, 7, 7]
    assert all(area.credit is not None for area in results.report.by_relation)
    assert (results.items["n"] >= 7).all()
    assert len(results.items) < len(set(frame_of(store, of_cohort("made up 7"))["scenario"]))


def test_six_people_are_shown_only_to_who_set_a_lower_threshold(store: Store):
    with pytest.raises(SmallGroupError, match="fewer than 7"):
        group_results(store, "made up 6", BANK)
    assert group_results(store, "made up 6", BANK, least=5).report.persons == 6


@pytest.mark.parametrize("least", [5, 7])
def test_three_people_are_never_shown(store: Store, least: int):
    with pytest.raises(SmallGroupError):
        group_results(store, "made up 3", BANK, least=least)


def test_nobody_can_ask_for_less_than_five(store: Store):
    with pytest.raises(ThresholdError):
        group_results(store, "made up 3", BANK, least=3)


def test_a_large_threshold_is_compared_with_all_who_answered(store: Store):
    results = group_results(store, "made up 60", BANK, least=60)
    assert [area.persons for area in results.report.by_relation] == [60, 60, 60]
    assert results.items.empty
    with pytest.raises(SmallGroupError, match="fewer than 61"):
        group_results(store, "made up 60", BANK, least=61)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_table_and_the_json_hold_what_may_be_shown(store: Store, lang: str):
    results = group_results(store, "made up 60", BANK, lang)
    table = tidy(results)
    assert set(table["table"]) == {"relation", "theme", "item"}
    assert len(table[table["table"] == "item"]) == len(results.items)
    told = as_json(results)
    assert len(told["items"]) == len(results.items)
    assert told["report"]["persons"] == told["counted"]["persons"] == results.report.persons


def test_a_notebook_shows_large_groups_and_says_why_not_small_ones(store: Store):
    shown = StoredResults("en", store=store, bank=BANK)
    text = repr(shown)
    assert f"{group_results(store, 'made up 60', BANK).report.persons} people" in text
    assert text.count("fewer than 7 people") == 2
    assert shown._repr_html_().count("<iframe") == 2


def test_a_notebook_says_that_there_is_nothing_yet(tmp_path: Path):
    assert "No answers" in repr(StoredResults("en", store=tmp_path / "none.sqlite3"))
    assert not (tmp_path / "none.sqlite3").exists()


def test_ones_own_results_are_always_ones_own(store: Store):
    frame = frame_of(store, of_cohort("made up 3"))
    somebody = int(frame["participant"].iloc[0])
    own = own_results(store, somebody, BANK, "en")
    mine = frame[frame["participant"] == somebody]
    assert own["answers"] == len(mine) == 40
    assert own["credit"] == pytest.approx(mine["credit"].mean())
    assert sum(part["answers"] for part in own["by_relation"]) == 40
    assert sum(part["answers"] for part in own["by_theme"]) == 40
