"""Answers out of a store, on SQLite and on PostgreSQL: the same, in batches, and without a trace of the driver when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from etiquette_kit.analysis.reports.stored_answers import answer_batches, batches_of, of_cohort, stored_answers
from etiquette_kit.analysis.statistics.columns import COLUMNS
from etiquette_kit.analysis.synthetic import synthetic_store
from etiquette_kit.bank import load_bank
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.cohorts import groups
from etiquette_kit.store.sql.raw_rows import raw_rows
from etiquette_kit.store.sql.store import Store
from sqlalchemy import ColumnElement, Connection, event, select

BANK = load_bank()
PEOPLE = 55


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "sqlite":
        address: str | Path = tmp_path_factory.mktemp("stored") / "store.sqlite3"
    else:
        address = request.getfixturevalue("cluster").new_schema()
    filled = Store(address)
    synthetic_store(filled, BANK, PEOPLE, "100% o'clock", seed=1)
    synthetic_store(filled, BANK, 8, "others", seed=2)
    with filled.writing() as connection:  # where a time was not measured
        connection.execute(tables.answers.update().where(tables.answers.c.session == 1).values(seconds=None))
    yield filled
    filled.close()


def frame_of(store: Store, where: ColumnElement[bool] | None = None) -> pd.DataFrame:
    return stored_answers(store, where, BANK, "de").frame


def rows_of(store: Store) -> list[Any]:
    """All answers by participant and time, straight from the table."""
    answers = tables.answers.c
    wanted = select(tables.answers).order_by(answers.participant, answers.session, answers.seq)
    return [row for rows in store.rows(wanted) for row in rows]


ALL = select(tables.answers).order_by(tables.answers.c.session, tables.answers.c.seq)


@pytest.mark.parametrize("size", [1, 7, 40, 5000])
def test_tuples_are_the_rows_with_times_as_they_are_stored(store: Store, size: int):
    wanted = ALL.where(tables.answers.c.participant <= 3, tables.answers.c.cohort == "100% o'clock")
    batches = list(store.raw_rows(wanted, size))
    rows = [tuple(row) for batch in store.rows(wanted) for row in batch]
    at = list(tables.answers.c.keys()).index("at")
    assert {len(batch) for batch in batches[:-1]} <= {size}
    for found, row in zip(chain.from_iterable(batches), rows, strict=True):
        assert type(found) is tuple
        assert found[at] == tables.Moment().process_bind_param(row[at], None)
        assert (*found[:at], *found[at + 1 :]) == (*row[:at], *row[at + 1 :])
    assert list(store.raw_rows(ALL.where(tables.answers.c.cohort == "nobody"))) == []


def test_conditions_on_times_are_those_of_the_tables(store: Store):
    at = tables.answers.c.at
    with store.reading() as connection:
        middle = connection.execute(select(at).order_by(at).offset(500).limit(1)).scalar_one()
        found = sum(map(len, raw_rows(connection, ALL.where(at < middle), 100)))
    assert found == sum(map(len, store.rows(ALL.where(at < middle)))) > 0


def test_in_postgresql_the_rows_stay_on_the_server(store: Store):
    if store.is_own_file:
        pytest.skip("SQLite reads on as rows are fetched")
    with store.reading() as connection:
        batches = raw_rows(connection, ALL, 10)
        next(batches)
        assert "FROM answers" in connection.exec_driver_sql("SELECT statement FROM pg_cursors").scalar_one()
        assert sum(map(len, batches)) == 40 * (PEOPLE + 8) - 10


def test_what_breaks_off_reading_is_told_as_trouble_of_the_store(store: Store):
    def broken_off() -> None:
        with store.reading() as connection:
            batches = raw_rows(connection, ALL, 10)
            next(batches)
            if store.is_own_file:
                connection.connection.driver_connection.interrupt()
            else:
                connection.exec_driver_sql("CLOSE ALL")
            list(batches)

    with pytest.raises(StoreError, match="interrupted" if store.is_own_file else "cursor .* does not exist"):
        broken_off()
    assert sum(map(len, store.raw_rows(ALL))) == 40 * (PEOPLE + 8)


def test_batches_are_answers_by_participant_and_time(store: Store):
    answers = list(chain.from_iterable(answer_batches(store)))
    told = rows_of(store)
    assert answers == [(row.participant, f"{row.material}@{row.content}", row.response, row.credit, row.seconds) for row in told]
    assert [(row.participant, row.at) for row in told] == sorted((row.participant, row.at) for row in told)
    assert {answer[4] is None for answer in answers} == {True, False}
    assert sum(map(len, answer_batches(store, of_cohort("others")))) == 40 * 8


def test_one_group_among_many_is_found_by_its_index(tmp_path: Path):
    store = Store(tmp_path / "store.sqlite3")
    store.prepare()
    plans: list[str] = []

    def explain(_connection: Connection, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        if "FROM answers" in statement:
            plans.extend(row[-1] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(store._engine, "before_cursor_execute", explain)
    frame_of(store, of_cohort("autumn"))
    list(answer_batches(store, of_cohort("autumn")))
    assert plans == ["SEARCH answers USING INDEX answers_of_cohort (cohort=?)"] * 2
    plans.clear()
    groups(store)
    assert plans[0] == "SCAN answers USING COVERING INDEX answers_of_cohort"
    store.close()


def test_the_frame_is_the_rows_in_small_columns(store: Store):
    frame = frame_of(store)
    called = {"scenario": "material", "option": "response"}
    rows = pd.DataFrame([[getattr(row, called.get(name, name)) for name in COLUMNS] for row in rows_of(store)], columns=COLUMNS)
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "participant": "int64",
        "session": "int64",
        "scenario": "category",
        "content": "category",
        "option": "category",
        "credit": "float64",
        "seconds": "float64",
        "at": "datetime64[us, UTC]",
        "lang": "category",
        "item": "category",
    }
    assert frame["item"].tolist() == [f"{row.scenario}@{row.content}" for row in rows.itertuples()]
    for name in COLUMNS:
        if name != "seconds":
            assert frame[name].tolist() == rows[name].tolist()
    np.testing.assert_array_equal(frame["seconds"], rows["seconds"].astype(float))
    assert frame["option"].cat.categories.tolist() == sorted(set(rows["option"]))
    assert frame.memory_usage(index=False, deep=True).sum() < 60 * len(frame) + 20_000


def test_a_frame_of_no_answers_has_the_same_columns(store: Store):
    nothing = stored_answers(store, of_cohort("nobody"), BANK, "de")
    assert nothing.frame.dtypes.astype(str).tolist() == frame_of(store).dtypes.astype(str).tolist()
    assert nothing.frame.columns.tolist() == [*COLUMNS, "item"]
    assert nothing.frame.empty
    assert list(batches_of(nothing.frame)) == []
    assert (nothing.items, nothing.left_out) == ({}, set())


def test_the_frame_in_batches_is_what_the_store_gives_in_batches(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("etiquette_kit.analysis.reports.stored_answers._BATCH", 333)
    frame = frame_of(store)
    for found, answer in zip(chain.from_iterable(batches_of(frame)), chain.from_iterable(answer_batches(store)), strict=True):
        assert found[:4] == answer[:4]
        assert found[4] == answer[4] or (np.isnan(found[4]) and answer[4] is None)
