"""The schema is brought up to date, with a copy kept before; a newer one is refused."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import migrate, tables
from etiquette_kit.store.sql.location import address as url_of
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from older_schema import to_version_1
from sqlalchemy import Connection, create_engine, inspect, select, text
from store_examples import BODIES, answer, begun, counts, in_processes, stored_answers


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store with one answer; it has a database of its own, because a copy goes into another schema there."""
    address = str(tmp_path / "answers.sqlite3") if request.param == "sqlite" else request.getfixturevalue("cluster").new_database()
    store = Store(address)
    Log(store).append(begun(store), 2, [answer("sent")], BODIES)
    store.close()
    return address


THIS, NEXT = "3", "4"


def to_next(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE sessions ADD COLUMN note TEXT DEFAULT 'none'"))


def knows_next(monkeypatch: pytest.MonkeyPatch, step: Any = to_next) -> None:
    monkeypatch.setattr(tables, "VERSION", 4)
    monkeypatch.setattr(migrate, "MIGRATIONS", {3: step})


def version(store: Store) -> str | None:
    with store.reading() as connection:
        return connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "version")).scalar()


def columns(address: str) -> set[str]:
    engine = create_engine(url_of(address))
    names = {column["name"] for column in inspect(engine).get_columns("sessions")}
    engine.dispose()
    return names


def copied_events(address: str, copy: str) -> list[Any]:
    """Return the events of a copy, read without the kit."""
    if "://" not in address:
        connection = sqlite3.connect(f"{Path(copy).as_uri()}?mode=ro", uri=True)
        try:
            return connection.execute("SELECT session, seq, submission FROM events ORDER BY seq").fetchall()
        finally:
            connection.close()
    engine = create_engine(url_of(address))
    with engine.connect() as reading:
        rows = [tuple(row) for row in reading.execute(text(f"SELECT session, seq, submission FROM {copy}.events ORDER BY seq"))]  # noqa: S608  a name that the kit made
    engine.dispose()
    return rows


def copies(address: str) -> list[str]:
    if "://" not in address:
        return sorted(str(path) for path in Path(address).parent.glob("*.version-*"))
    engine = create_engine(url_of(address))
    names = [name for name in inspect(engine).get_schema_names() if name.startswith("etiquette")]
    engine.dispose()
    return sorted(names)


def test_a_store_of_this_version_is_left_alone(filled: str):
    store = Store(filled)
    assert version(store) == THIS
    assert (store.migrated_copy, copies(filled)) == (None, [])
    store.close()


def test_a_store_from_before_there_were_rooms_gets_them(filled: str):
    store = Store(filled)
    with store.writing() as connection:
        to_version_1(connection)
    store.close()
    store = Store(filled)
    at = datetime(2026, 11, 3, 9, tzinfo=UTC)
    head = Rooms(store).begin("ABC", 8349, at, [b"{}"])
    assert Rooms(store).open(at) == head
    assert len(stored_answers(store)) == 1
    assert copies(filled) == [store.migrated_copy]
    store.close()


def test_an_older_one_is_migrated_and_the_copy_can_be_read(filled: str, monkeypatch: pytest.MonkeyPatch):
    knows_next(monkeypatch)
    store = Store(filled)
    before = store.identity
    assert version(store) == NEXT
    assert "note" in columns(filled)
    assert len(stored_answers(store)) == 1
    assert copies(filled) == [store.migrated_copy]
    assert copied_events(filled, str(store.migrated_copy)) == [(1, 0, None), (1, 1, None), (1, 2, "sent")]
    begun(store)
    assert len(copied_events(filled, str(store.migrated_copy))) == 3
    assert before is None
    store.close()


def test_the_copy_is_for_the_owner_alone_and_takes_nobody_s_place(filled: str, monkeypatch: pytest.MonkeyPatch):
    knows_next(monkeypatch)
    if "://" not in filled:
        Path(f"{filled}.version-3").write_text("mine", encoding="utf-8")
    else:
        engine = create_engine(url_of(filled))
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA etiquette_version_3"))
        engine.dispose()
    store = Store(filled)
    store.prepare()
    assert str(store.migrated_copy).endswith(("version-3-2", "version_3_2"))
    if "://" not in filled:
        assert Path(str(store.migrated_copy)).stat().st_mode & 0o777 == 0o600
        assert Path(f"{filled}.version-3").read_text(encoding="utf-8") == "mine"
    store.close()


def test_a_migration_that_fails_changes_nothing_and_is_tried_again(filled: str, monkeypatch: pytest.MonkeyPatch):
    def fails(connection: Connection) -> None:
        to_next(connection)
        connection.execute(text("SELECT nonsense FROM nowhere"))

    knows_next(monkeypatch, fails)
    store = Store(filled)
    for _ in range(2):
        with pytest.raises(StoreError):
            store.prepare()
    assert "note" not in columns(filled)
    monkeypatch.setattr(migrate, "MIGRATIONS", {3: to_next})
    assert version(store) == NEXT
    assert len(stored_answers(store)) == 1
    store.close()


def test_several_versions_are_gone_through_in_order(filled: str, monkeypatch: pytest.MonkeyPatch):
    steps: list[int] = []
    monkeypatch.setattr(tables, "VERSION", 6)
    monkeypatch.setattr(migrate, "MIGRATIONS", {number: lambda _, number=number: steps.append(number) for number in (5, 3, 4)})
    store = Store(filled)
    assert version(store) == "6"
    assert (steps, len(copies(filled))) == ([3, 4, 5], 1)
    store.close()


def test_a_newer_one_is_refused_and_not_touched(filled: str, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        knows_next(patch)
        store = Store(filled)
        store.prepare()
        store.close()
    before = copies(filled)
    store = Store(filled)
    for call in (lambda: begun(store), lambda: counts(store)):
        with pytest.raises(StoreError) as caught:
            call()
        assert caught.value.kind == "newer"
    assert copies(filled) == before
    assert "note" in columns(filled)
    store.close()


def test_two_processes_at_once_migrate_once(filled: str, monkeypatch: pytest.MonkeyPatch):
    knows_next(monkeypatch)

    def job(_number: int) -> None:
        store = Store(filled)
        assert version(store) == NEXT
        begun(store)

    in_processes(4, job)
    store = Store(filled)
    assert counts(store)["sessions"] == 5
    (copy,) = copies(filled)
    assert len(copied_events(filled, copy)) == 3
    store.close()


def test_two_processes_at_once_make_the_schema_once(address: str):
    def job(_number: int) -> None:
        store = Store(address)
        begun(store, f"token {_number}")

    in_processes(6, job)
    store = Store(address)
    assert counts(store)["sessions"] == 6
    with store.reading() as connection:
        assert len(connection.execute(select(tables.meta)).all()) == 2
    store.close()


def test_a_new_file_that_somebody_else_is_just_setting_up_is_waited_for(tmp_path: Path):
    path = tmp_path / "answers.sqlite3"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # SQLite gives up at once where somebody wants to switch to write-ahead logging now
    done = Timer(0.3, other.execute, ("COMMIT",))
    done.start()
    store = Store(path)
    store.prepare()
    assert counts(store)["sessions"] == 0
    done.join()
    other.close()
    store.close()


def test_each_store_has_an_identity_that_stays(address: str, tmp_path: Path):
    stores = [Store(address), Store(address), Store(tmp_path / "another")]
    assert stores[0].identity is None
    for store in stores:
        store.prepare()
    assert stores[0].identity == stores[1].identity != stores[2].identity
    for store in stores:
        store.close()
