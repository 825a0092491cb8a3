"""Answers out of a store, on SQLite and on PostgreSQL: the same, in batches, and without a trace of the driver when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import pytest
from etiquette_kit.analysis.stored import answer_batches, answer_rows, answers_frame, batches_of, groups, known_items, of_cohort
from etiquette_kit.analysis.synthetic import COLUMNS, synthetic_store
from etiquette_kit.bank import load_bank
from etiquette_kit.persistence.errors import StoreError
from etiquette_kit.records import tables
from etiquette_kit.records.store import Store
from etiquette_kit.records.tuples import tuples
from sqlalchemy import Connection, event, select

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


ALL = select(tables.answers).order_by(tables.answers.c.session, tables.answers.c.seq)


@pytest.mark.parametrize("size", [1, 7, 40, 5000])
def test_tuples_are_the_rows_with_times_as_they_are_stored(store: Store, size: int):
    wanted = ALL.where(tables.answers.c.participant <= 3, tables.answers.c.cohort == "100% o'clock")
    batches = list(store.tuples(wanted, size))
    rows = [tuple(row) for batch in store.rows(wanted) for row in batch]
    at = list(tables.answers.c.keys()).index("at")
    assert {len(batch) for batch in batches[:-1]} <= {size}
    for found, row in zip(chain.from_iterable(batches), rows, strict=True):
        assert type(found) is tuple
        assert found[at] == tables.Moment().process_bind_param(row[at], None)
        assert (*found[:at], *found[at + 1 :]) == (*row[:at], *row[at + 1 :])
    assert list(store.tuples(ALL.where(tables.answers.c.cohort == "nobody"))) == []


def test_conditions_on_times_are_those_of_the_tables(store: Store):
    at = tables.answers.c.at
    with store.reading() as connection:
        middle = connection.execute(select(at).order_by(at).offset(500).limit(1)).scalar_one()
        found = sum(map(len, tuples(connection, ALL.where(at < middle), 100)))
    assert found == sum(map(len, store.rows(ALL.where(at < middle)))) > 0


def test_in_postgresql_the_rows_stay_on_the_server(store: Store):
    if store.is_own_file:
        pytest.skip("SQLite reads on as rows are fetched")
    with store.reading() as connection:
        batches = tuples(connection, ALL, 10)
        next(batches)
        assert "FROM answers" in connection.exec_driver_sql("SELECT statement FROM pg_cursors").scalar_one()
        assert sum(map(len, batches)) == 40 * (PEOPLE + 8) - 10


def test_what_breaks_off_reading_is_told_as_trouble_of_the_store(store: Store):
    def broken_off() -> None:
        with store.reading() as connection:
            batches = tuples(connection, ALL, 10)
            next(batches)
            if store.is_own_file:
                connection.connection.driver_connection.interrupt()
            else:
                connection.exec_driver_sql("CLOSE ALL")
            list(batches)

    with pytest.raises(StoreError, match="interrupted" if store.is_own_file else "cursor .* does not exist"):
        broken_off()
    assert sum(map(len, store.tuples(ALL))) == 40 * (PEOPLE + 8)


def test_batches_are_answers_by_participant_and_time(store: Store):
    answers = list(chain.from_iterable(answer_batches(store)))
    told = list(answer_rows(store))
    assert answers == [(row.participant, f"{row.scenario}@{row.content}", row.option, row.credit, row.seconds) for row in told]
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
    answers_frame(store, of_cohort("autumn"))
    list(answer_batches(store, of_cohort("autumn")))
    assert plans == ["SEARCH answers USING INDEX answers_of_cohort (cohort=?)"] * 2
    plans.clear()
    groups(store)
    assert plans[0] == "SCAN answers USING COVERING INDEX answers_of_cohort"
    store.close()


def test_the_frame_is_the_rows_in_small_columns(store: Store):
    frame = answers_frame(store)
    rows = pd.DataFrame([tuple(row) for row in answer_rows(store)], columns=COLUMNS)
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
    }
    for name in COLUMNS:
        if name != "seconds":
            assert frame[name].tolist() == rows[name].tolist()
    np.testing.assert_array_equal(frame["seconds"], rows["seconds"].astype(float))
    assert frame["option"].cat.categories.tolist() == sorted(set(rows["option"]))
    assert frame.memory_usage(index=False, deep=True).sum() < 60 * len(frame) + 20_000


def test_a_frame_of_no_answers_has_the_same_columns(store: Store):
    nothing = answers_frame(store, of_cohort("nobody"))
    assert nothing.columns.tolist() == COLUMNS
    assert nothing.empty
    assert list(batches_of(nothing)) == []
    assert known_items(store, nothing, BANK).keys() == {f"{scenario.id}@{scenario.content}" for scenario in BANK}


def test_the_frame_in_batches_is_what_the_store_gives_in_batches(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("etiquette_kit.analysis.stored._BATCH", 333)
    frame = answers_frame(store)
    for found, answer in zip(chain.from_iterable(batches_of(frame)), chain.from_iterable(answer_batches(store)), strict=True):
        assert found[:4] == answer[:4]
        assert found[4] == answer[4] or (np.isnan(found[4]) and answer[4] is None)


def test_items_are_known_whose_options_the_bank_has_whoever_chose_them(tmp_path: Path):
    first, second, third, fourth = list(BANK)[:4]
    more = msgspec.structs.replace(first, options=(*first.options, msgspec.structs.replace(first.options[0], id="gone")))
    fewer = msgspec.structs.replace(second, options=second.options[:-1])
    moved = msgspec.structs.replace(third, id="moved")
    scenarios = [more, fewer, moved, fourth]
    store = Store(tmp_path / "store.sqlite3")
    synthetic_store(store, scenarios, 9, "old", seed=3)
    item = {scenario.id: f"{scenario.id}@{scenario.content}" for scenario in scenarios}
    frame = answers_frame(store)
    assert set(known_items(store, frame, BANK)) == {item[second.id], item[fourth.id]}
    nobody_chose_it = frame[frame["option"] != "gone"]
    assert len(nobody_chose_it) < len(frame)
    assert set(known_items(store, nobody_chose_it, BANK)) == {item[second.id], item[fourth.id]}
    with store.writing() as connection:
        connection.execute(tables.answers.update().where(tables.answers.c.material == fourth.id).values(response="never there"))
        connection.execute(tables.contents.update().where(tables.contents.c.material == second.id).values(body="{"))
    assert known_items(store, answers_frame(store), BANK) == {}
