"""Stores with simulated answers, 20 for each person, filled in bulk; without events, which no analysis reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from etiquette_kit.bank import Bank
    from sqlalchemy import Connection, Table

EACH = 20
COHORT = "made up"
_BATCH = 100_000


def fill(address: str, people: int, sessions: int) -> int:
    """Fill a new store, or a DuckDB file where the address ends so; return how many answers are in it.

    Parameters
    ----------
    address : str
        Of the store, or ``….duckdb``.
    people : int
        How many people there are.
    sessions : int
        Into how many sessions each one's answers are divided, all with the same scenarios.
    """
    from etiquette_kit import load_bank
    from etiquette_kit.analysis.synthetic import synthetic_cohort

    bank = load_bank()
    frame = synthetic_cohort(bank, people, sessions=sessions, length=EACH // sessions)
    if address.endswith(".duckdb"):
        _fill_duckdb(address, frame)
    else:
        _fill_store(address, frame, bank)
    return len(frame)


def _fill_store(address: str, frame: pd.DataFrame, bank: Bank) -> None:
    from etiquette_kit.store.sql import tables
    from etiquette_kit.store.sql.store import Store

    at = frame["at"].dt.as_unit("us").astype("int64")
    runs = frame.assign(at=at).groupby("session", sort=False).agg({"participant": "first", "at": "first"})
    people = runs.groupby("participant", sort=False)["at"].first()
    store = Store(address)
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # disables foreign key checks
        _write(connection, tables.contents, ((scenario.content, scenario.id, scenario.record().decode()) for scenario in bank))
        _write(connection, tables.participants, ((number, f"pseudonym {number}", since) for number, since in people.items()))
        _write(connection, tables.consents, ((number, COHORT, since, "") for number, since in people.items()))
        heads = zip(runs.index.tolist(), runs["participant"].tolist(), runs["at"].tolist(), strict=True)
        _write(connection, tables.sessions, ((run, f"name {run}", person, "practice", COHORT, "0", at) for run, person, at in heads))
        _write(connection, tables.answers, _answers(frame.assign(at=at), bank))
    if not store.is_own_file:
        with store.writing() as connection:
            connection.exec_driver_sql("ANALYZE")  # a server that has been running for some time has done that
    store.close()


def _answers(frame: pd.DataFrame, bank: Bank) -> Iterator[tuple[Any, ...]]:
    shown = {scenario.id: json.dumps([option.id for option in scenario.options]) for scenario in bank}
    columns = {name: frame[name].tolist() for name in frame}
    return zip(
        columns["session"],
        frame.groupby("session", sort=False).cumcount().tolist(),
        columns["participant"],
        repeat(COHORT),
        columns["scenario"],
        columns["content"],
        repeat("choice"),
        columns["option"],
        columns["credit"],
        repeat(None),
        map(shown.__getitem__, columns["scenario"]),
        columns["seconds"],
        columns["at"],
        columns["lang"],
        repeat("0"),
        strict=False,
    )


def _write(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.cursor().copy(f"COPY {table.name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    left = iter(rows)
    places = ", ".join("?" * len(table.columns))
    while batch := list(islice(left, _BATCH)):
        connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({places})", batch)  # noqa: S608  names of the kit's own


def _fill_duckdb(address: str, frame: pd.DataFrame) -> None:
    import duckdb

    answers = frame[["participant", "option", "credit", "seconds"]].assign(  # noqa: F841  DuckDB finds it by its name
        item=frame["scenario"] + "@" + frame["content"], place=frame.groupby("participant").cumcount()
    )
    Path(address).unlink(missing_ok=True)
    with duckdb.connect(address) as own:
        own.execute("CREATE TABLE answers AS SELECT * FROM answers ORDER BY participant, place")
