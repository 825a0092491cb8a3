"""Answers stored per second, one transaction each, compared with a bare ``INSERT`` of the same durability, in both databases."""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import Any

import psycopg
from etiquette_kit import __version__
from etiquette_kit.bank import load_bank
from etiquette_kit.quiz.entries import AnswerDetails, SessionHead, StoredEvent
from etiquette_kit.quiz.events import Answered, Planned, Shown, Started, encode
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from tests.support.cluster import Cluster, programs

from benchmarks.interleaved import medians
from benchmarks.row import Row

_EVENT, _ROWS = "a bare `INSERT` of the event", "bare `INSERT`s of the same rows into the same tables"
_BARE = "CREATE TABLE bare (session BIGINT, seq INTEGER, submission TEXT, body TEXT NOT NULL, PRIMARY KEY (session, seq))"

Do = Callable[[], object]


def measure(*, quick: bool) -> list[Row]:
    """Store answers in turn: in the kit's store, only the event, only the rows."""
    each, times = (20, 3) if quick else (50, 60)
    rows: list[Row] = []
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        addresses = {"SQLite": [str(folder / name) for name in ("ours", "event", "rows")]}
        if programs():
            cluster = opened.enter_context(Cluster(durable=True))
            addresses["PostgreSQL"] = [cluster.new_database() for _ in range(3)]
        else:
            print("records: without PostgreSQL, of which there is no server here; Debian's package is postgresql", file=sys.stderr)
        for database, (ours, event, same) in addresses.items():
            answers = list(islice(_answers(), each * (times + 1)))
            with closing(Store(ours)) as store, closing(_connected(event)) as to_event, closing(_connected(same)) as to_rows:
                things = {
                    "ours": _in_batches(_ours(store), answers, each),
                    _EVENT: _in_batches(_event(to_event), answers, each),
                    _ROWS: _in_batches(_same_rows(same, to_rows, answers[0]), answers, each),
                }
                rate = {name: each / seconds for name, seconds in medians(things, times).items()}
            what = f"{database}: answers kept, each in a transaction"
            rows.append(Row("records", what, rate["ours"], "1/s", {_EVENT: rate[_EVENT]}, least_ratio=0.5))
            rows.append(Row("records", f"{what}, against the same rows", rate["ours"], "1/s", {_ROWS: rate[_ROWS]}))
    return rows


def _answers() -> Iterator[StoredEvent]:
    """Yield answers to one scenario, as a quiz passes them to a store."""
    order = [option.id for option in _SCENARIO.options]
    details = AnswerDetails(_SCENARIO.id, _SCENARIO.content, "choice", json.dumps(order))
    for number in count():
        option, submission = order[number % len(order)], f"3f9ac0d1e2b4-{number}"
        yield StoredEvent(Answered(datetime.now(UTC), number, option, 1 / 3, "de", 12.5, submission), details)


def _in_batches(keep: Callable[[int, StoredEvent], object], answers: Sequence[StoredEvent], each: int) -> Do:
    """Return a function that stores the next answers, each in its own transaction."""
    numbered = enumerate(answers, 2)  # after the first two events of a session

    def some() -> None:
        for place, answer in islice(numbered, each):
            keep(place, answer)

    return some


def _ours(store: Store) -> Callable[[int, StoredEvent], object]:
    session, bodies = _begun(store), {_SCENARIO.content: _SCENARIO.record()}
    log = Log(store)
    return lambda place, answer: log.append(session, place, [answer], bodies)


def _begun(store: Store) -> int:
    """Return the number of a new session."""
    at, shown = datetime.now(UTC), json.dumps([option.id for option in _SCENARIO.options])
    entries = [
        StoredEvent(Started(at, "practice", "de", (Planned(_SCENARIO.id, shown, content=_SCENARIO.content),))),
        StoredEvent(Shown(at, 0)),
    ]
    return Log(store).begin(SessionHead("benchmark", People(store).admit("k" * 32).id, "practice", __version__), entries, {})


def _event(connection: Any) -> Callable[[int, StoredEvent], object]:
    connection.execute(_BARE)
    insert = f"INSERT INTO bare VALUES ({_marks(connection, 4)})"  # noqa: S608  only question marks
    return lambda place, answer: connection.execute(insert, (1, place, answer.submission, encode(answer.event).decode()))


def _same_rows(address: str, connection: Any, answer: StoredEvent) -> Callable[[int, StoredEvent], object]:
    """Insert the rows that the kit's store has for one answer repeatedly, at other positions."""
    with closing(Store(address)) as store:
        _ours(store)(2, answer)
    rows = {table: connection.execute(f"SELECT * FROM {table} WHERE seq = 2").fetchone() for table in ("events", "answers")}  # noqa: S608
    inserts = {table: f"INSERT INTO {table} VALUES ({_marks(connection, len(row))})" for table, row in rows.items()}  # noqa: S608
    begin = "BEGIN IMMEDIATE" if isinstance(connection, sqlite3.Connection) else "BEGIN"
    details = rows["answers"][2:]

    def keep(place: int, answer: StoredEvent) -> None:
        connection.execute(begin)
        connection.execute(inserts["events"], (1, place + 1, f"{answer.submission}+", encode(answer.event).decode()))
        connection.execute(inserts["answers"], (1, place + 1, *details))
        connection.execute("COMMIT")

    return keep


def _marks(connection: Any, number: int) -> str:
    return ", ".join(["?" if isinstance(connection, sqlite3.Connection) else "%s"] * number)


def _connected(address: str) -> Any:
    """Return a driver connection that commits each statement to disk, with the durability of the kit's store."""
    if "://" in address:
        return psycopg.connect(address.replace("+psycopg", ""), autocommit=True)
    connection = sqlite3.connect(address, isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")
    return connection


_SCENARIO = next(iter(load_bank()))
