"""What is erased goes from the copies that the kit has made as well, and what could not be reached is named."""

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.privacy.thresholds import COPY_RETENTION
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.connect import connect_server
from etiquette_kit.store.sql.copies import CopyChanges
from etiquette_kit.store.sql.location import address as url_of
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from session_examples import started
from sqlalchemy import inspect, select, text
from store_copies import anew, filled, migrated_from_old
from store_examples import Tab, in_processes, unprivileged
from stored_bytes import any_with, marks_of

NOTE = "I would rather answer her in the office"
DAY = timedelta(days=1)


def note(store: Store, participant: int) -> None:
    """Let someone have answered in words of her own."""
    with store.writing() as connection:
        connection.execute(tables.answers.update().where(tables.answers.c.participant == participant).values(response=NOTE))


def stamped(path: Path, at: datetime | None = None) -> Path:
    return path.with_name(f"{path.name}.damaged-{at or datetime.now(UTC):%Y%m%d-%H%M%S-%f}")


def set_aside(path: Path) -> Path:
    """Lay a damaged file beside a store, of which the last answers stand in its log."""
    aside = stamped(path)
    for ending in ("", "-wal", "-shm"):
        shutil.copyfile(f"{path}{ending}", f"{aside}{ending}")
    with aside.open("r+b") as file:
        file.write(b"\0" * 100)
    return aside


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Tab, Tab]]:
    """A store with two people that was migrated, in a database of its own because the copy is another schema there."""
    address = str(tmp_path / "answers.sqlite3") if request.param == "sqlite" else request.getfixturevalue("cluster").new_database()
    store, *tabs = filled(address)
    note(store, tabs[0].recorder.person.id)
    store = migrated_from_old(store)
    yield store, *tabs
    store.close()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder into which everybody can look, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


@contextmanager
def reading_copy(store: Store) -> Iterator[Any]:
    """Lend a connection on which the tables without a schema are those of a migration's copy."""
    copy = str(store.migrated_copy)
    if store.is_own_file:
        reader = sqlite3.connect(copy)
        yield lambda statement: reader.execute(statement).fetchall()
        reader.close()
        return
    engine = connect_server(store.url)
    with engine.connect() as connection:
        connection.execute(text(f"SET search_path TO {copy}"))
        yield lambda statement: [tuple(row) for row in connection.execute(text(statement))]
    engine.dispose()


def rows(store: Store) -> dict[str, int]:
    """Return how many rows the tables of a copy have."""
    names = ("participants", "keys", "sessions", "events", "answers")
    with reading_copy(store) as ask:
        return {name: ask(f"SELECT count(*) FROM {name}")[0][0] for name in names}  # noqa: S608  our own names


def short(store: Store) -> str:
    return str(store.migrated_copy)


class TestErase:
    def test_it_goes_from_the_copy_of_a_migration_and_of_the_other_everything_stays(self, migrated: Any):
        store, one, other = migrated
        assert rows(store) == {"participants": 2, "keys": 3, "sessions": 2, "events": 16, "answers": 6}
        told = privacy.erase(store, one.recorder.person.id, dry_run=True)
        assert told.copies == CopyChanges(cleaned=(short(store),))
        assert rows(store)["participants"] == 2
        assert privacy.erase(store, one.recorder.person.id) == told
        assert rows(store) == {"participants": 1, "keys": 1, "sessions": 1, "events": 8, "answers": 3}
        with reading_copy(store) as ask:
            assert ask("SELECT pseudonym FROM participants") == [(other.recorder.person.pseudonym,)]
            assert ask(f"SELECT count(*) FROM answers WHERE response = '{NOTE}'") == [(0,)]  # noqa: S608  our own words

    def test_it_is_found_there_by_the_pseudonym_and_not_by_its_number(self, migrated: Any):
        store, one, other = migrated
        moved = "UPDATE {} SET {} = {} + 1000"
        columns = [("participants", "id"), ("keys", "participant"), ("sessions", "participant"), ("answers", "participant")]
        statements = [moved.format(f"{table}", column, column) for table, column in columns]
        if store.is_own_file:
            writer = sqlite3.connect(store.migrated_copy)
            for statement in statements:
                writer.execute(statement)
            writer.commit()
            writer.close()
        else:
            with store.writing() as connection:
                for statement in statements:
                    connection.execute(text(statement.replace("UPDATE ", f"UPDATE {store.migrated_copy}.")))
        privacy.erase(store, one.recorder.person.id)
        with reading_copy(store) as ask:
            assert ask("SELECT id, pseudonym FROM participants") == [(other.recorder.person.id + 1000, other.recorder.person.pseudonym)]
        assert rows(store)["answers"] == 3

    def test_who_is_no_more_in_the_store_is_found_in_a_copy(self, migrated: Any):
        store, one, _ = migrated
        people = tables.participants
        pseudonym = one.recorder.person.pseudonym
        with store.writing() as connection:  # as a version of the kit did that left the copies alone
            privacy.delete_rows(connection, tables.metadata.tables, [1], [1])
            assert connection.execute(select(people.c.id)).scalars().all() == [2]
        assert privacy.participant_number(store, pseudonym) is None
        assert privacy.erase_from_copies(store, pseudonym=pseudonym, dry_run=True).copies.cleaned == (short(store),)
        assert privacy.erase_from_copies(store, pseudonym=pseudonym).copies.cleaned == (short(store),)
        assert privacy.erase_from_copies(store, pseudonym=pseudonym).copies == CopyChanges()
        assert privacy.erase_from_copies(store, pseudonym="a\0b").copies == CopyChanges()
        assert rows(store)["participants"] == 1


class TestBytes:
    @pytest.mark.parametrize("others_open", [False, True])
    def test_none_is_left_in_any_file_of_the_folder(self, tmp_path: Path, others_open: bool):  # noqa: FBT001
        path = tmp_path / "answers.sqlite3"
        store, one, other = filled(str(path))
        note(store, one.recorder.person.id)
        store = migrated_from_old(store)
        damaged = set_aside(path)
        second = Store(path)
        if others_open:
            second.prepare()
            Tab(second, "a third token").answer()
        marks = marks_of(store, one.recorder.person.id)
        kept = marks_of(store, other.recorder.person.id)
        assert {NOTE, "a-message-of-0-2"} < set(marks)
        assert {path.name, damaged.name, f"{path.name}.version-1"} <= set(any_with(tmp_path, marks[:1]))
        removed = privacy.erase(store, one.recorder.person.id)
        assert removed.complete
        assert removed.copies == CopyChanges((f"{path}.version-1",), (str(damaged),))
        assert any_with(tmp_path, marks) == []
        assert any_with(tmp_path, kept) == [path.name, f"{path.name}.version-1"]
        assert list(tmp_path.glob("*.damaged-*")) == []
        assert list(verify(store)) == []
        store.close()
        second.close()
        assert any_with(tmp_path, marks) == []

    @pytest.mark.parametrize("seed", range(3))
    def test_none_is_left_of_anybody_however_the_rows_lie(self, tmp_path: Path, seed: int):
        rng = random.Random(seed)  # noqa: S311  no secret
        store = Store(tmp_path / "answers.sqlite3")
        tabs = [Tab(store, f"token {number}") for number in range(25)]
        for turn in range(80):
            tab = rng.choice(tabs)
            if tab.session.exercise is None:
                tab.session = started(4, seed=turn)
            tab.answer(0, f"message-{seed}-{turn}-{'x' * rng.randrange(200)}")
            tab.next()
        left = [tab for tab in tabs if tab.recorder.person is not None]
        rng.shuffle(left)
        assert len(left) > 10
        for tab in left[:-2]:
            marks = marks_of(store, tab.recorder.person.id)
            privacy.erase(store, tab.recorder.person.id)
            assert any_with(tmp_path, marks) == []
        assert list(verify(store)) == []
        store.close()


class TestDamaged:
    def test_one_that_has_nothing_of_the_person_stays_and_is_no_copy_of_another_store(self, tmp_path: Path):
        path = tmp_path / "answers.sqlite3"
        store, one, _ = filled(str(path))
        others = stamped(path)
        others.write_bytes(b"SQLite format 3\0 of somebody else")
        foreign = tmp_path / "other.sqlite3.damaged-20260101-120000-000000"
        foreign.write_text(one.recorder.person.pseudonym, encoding="utf-8")
        assert privacy.erase(store, one.recorder.person.id).copies == CopyChanges()
        assert (others.exists(), foreign.exists()) == (True, True)
        store.close()

    @pytest.mark.parametrize("which", range(4))
    def test_any_mark_of_the_person_is_enough(self, tmp_path: Path, which: int):
        path = tmp_path / "answers.sqlite3"
        store, one, _ = filled(str(path))
        note(store, one.recorder.person.id)
        marks = marks_of(store, one.recorder.person.id)
        mark = [marks[0], marks[1], next(mark for mark in marks if len(mark) == 32), NOTE][which]  # a session's name has 32 characters
        damaged = stamped(path)
        part = damaged.with_name(f"{damaged.name}-wal")
        damaged.write_bytes(b"SQLite format 3\0")
        part.write_bytes(b"\1" * ((1 << 20) - 5) + mark.encode() + b"\1" * 100)  # across the border of what is read at once
        assert privacy.erase(store, one.recorder.person.id).copies == CopyChanges(removed=(str(damaged),))
        assert list(tmp_path.glob("*.damaged-*")) == []
        store.close()

    def test_what_was_said_under_the_pseudonym_of_before_goes_too(self, tmp_path: Path):
        path = tmp_path / "answers.sqlite3"
        tab = Tab(Store(path))
        tab.answer()
        tab.next()
        before = tab.recorder.person.pseudonym
        tab.recorder.store.store.close()
        with path.open("r+b") as file:
            file.write(b"\0" * 100)
        path.with_name(path.name).rename(stamped(path))
        tab.answer()
        assert tab.recorder.person.pseudonym != before
        assert len(any_with(tmp_path, [before])) == 1
        assert len(privacy.erase(tab.recorder.store.store, tab.recorder.person.id).copies.removed) == 1
        assert any_with(tmp_path, [before]) == []
        tab.recorder.store.store.close()

    def test_a_copy_of_a_migration_that_cannot_be_read_counts_as_one(self, tmp_path: Path):
        path = tmp_path / "answers.sqlite3"
        store, one, _ = filled(str(path))
        copy = path.with_name(f"{path.name}.version-1")
        copy.write_text(f"cut off, with {one.recorder.person.pseudonym}", encoding="utf-8")
        path.with_name(f"{path.name}.version-1-2").write_text("of somebody else", encoding="utf-8")
        assert privacy.erase(store, one.recorder.person.id).copies == CopyChanges(removed=(str(copy),))
        assert path.with_name(f"{path.name}.version-1-2").exists()
        store.close()


class TestUnreached:
    @pytest.fixture
    def place(self, tmp_path: Path) -> Iterator[tuple[Store, Tab, Path]]:
        store, one, _ = filled(str(tmp_path / "answers.sqlite3"))
        store = migrated_from_old(store)
        yield store, one, Path(str(store.migrated_copy))
        store.close()

    def test_a_copy_that_is_locked_is_named_and_reached_the_next_time(self, place: tuple[Store, Tab, Path]):
        store, one, copy = place
        pseudonym = one.recorder.person.pseudonym
        other = sqlite3.connect(copy, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        removed = privacy.erase(store, one.recorder.person.id)
        assert removed.copies == CopyChanges(unreached=(str(copy),))
        assert (removed.answers, removed.complete) == (3, False)
        other.execute("ROLLBACK")
        other.close()
        assert any_with(copy.parent, [pseudonym]) == [copy.name]
        assert privacy.erase_from_copies(store, pseudonym=pseudonym).copies == CopyChanges(cleaned=(str(copy),))
        assert any_with(copy.parent, [pseudonym]) == []

    def test_one_that_was_opened_as_a_store_and_is_read_is_named(self, place: tuple[Store, Tab, Path]):
        store, one, copy = place
        pseudonym = one.recorder.person.pseudonym
        other = sqlite3.connect(copy, isolation_level=None)
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN")
        other.execute("SELECT * FROM meta").fetchall()
        assert privacy.erase(store, one.recorder.person.id).copies == CopyChanges(unreached=(str(copy),))
        assert any_with(copy.parent, [pseudonym]) != []
        other.execute("COMMIT")
        assert privacy.erase_from_copies(store, pseudonym=pseudonym).copies.unreached == ()
        assert any_with(copy.parent, [pseudonym]) == []
        other.close()

    @pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
    def test_what_is_no_file_is_named_and_left_alone(self, tmp_path: Path, place: tuple[Store, Tab, Path], kind: str):
        store, one, copy = place
        copy.unlink()
        target = tmp_path / "diary.txt"
        target.write_text(one.recorder.person.pseudonym, encoding="utf-8")
        {"folder": copy.mkdir, "link": lambda: copy.symlink_to(target), "pipe": lambda: os.mkfifo(copy)}[kind]()
        assert privacy.erase(store, one.recorder.person.id).copies == CopyChanges(unreached=(str(copy),))
        assert privacy.purge(store, timedelta(0), now=datetime.now(UTC) + DAY).copies == CopyChanges(unreached=(str(copy),))
        assert os.path.lexists(copy)
        assert target.exists()

    @pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
    def test_one_that_may_not_be_written_is_named(self, open_folder: Path):
        store, one, _ = filled(str(open_folder / "answers.sqlite3"))
        store = migrated_from_old(store)
        store.close()
        copy = open_folder / "answers.sqlite3.version-1"
        copy.chmod(0o400)
        if os.geteuid() == 0:  # the store becomes somebody's who is not root, and the copy stays root's
            os.chown(open_folder, 65534, 65534)
            os.chown(open_folder / "answers.sqlite3", 65534, 65534)

        def job(_number: int) -> None:
            with unprivileged():
                own = anew(store)
                assert privacy.erase(own, one.recorder.person.id).copies == CopyChanges(unreached=(str(copy),))
                own.close()

        in_processes(1, job)

    def test_schemas_that_may_not_be_used_are_named(self, cluster: Any):
        address = cluster.new_database()
        store, one, _ = filled(address)
        store = migrated_from_old(store)
        name = url_of(address).database
        cluster.do("DROP ROLE IF EXISTS stranger")
        cluster.do("CREATE ROLE stranger")
        cluster.do(f"ALTER SCHEMA {store.migrated_copy} OWNER TO stranger", name)
        cluster.do(f"ALTER TABLE {store.migrated_copy}.meta OWNER TO stranger", name)
        cluster.do("CREATE ROLE learner LOGIN")
        cluster.do("GRANT ALL ON ALL TABLES IN SCHEMA public TO learner", name)
        own = Store(store.url.set(username="learner").render_as_string(hide_password=False))
        assert privacy.erase(own, one.recorder.person.id).copies == CopyChanges(unreached=("etiquette_version_1",))
        own.close()
        store.close()


class TestAge:
    def test_old_ones_go_when_a_store_is_opened_and_younger_ones_stay(self, tmp_path: Path):
        path = tmp_path / "answers.sqlite3"
        store, *_ = filled(str(path))
        store = migrated_from_old(store)
        now = datetime.now(UTC)
        old, young = stamped(path, now - COPY_RETENTION - DAY), stamped(path, now - COPY_RETENTION + DAY)
        for damaged in (old, young):
            for ending in ("", "-wal", "-shm"):
                damaged.with_name(damaged.name + ending).write_bytes(b"SQLite format 3\0")
        copies = [path.with_name(f"{path.name}.version-1{ending}") for ending in ("", "-2")]
        shutil.copyfile(*copies)
        os.utime(copies[0], (0, (now - COPY_RETENTION - DAY).timestamp()))
        os.utime(copies[1], (0, (now - COPY_RETENTION + DAY).timestamp()))
        store.close()
        store = Store(path)
        store.prepare()
        left = {found.name for found in tmp_path.iterdir() if ".version-" in found.name or ".damaged-" in found.name}
        assert left == {young.name, f"{young.name}-wal", f"{young.name}-shm", copies[1].name}
        store.close()

    def test_a_file_that_is_no_database_is_never_removed_for_its_age(self, tmp_path: Path):
        path = tmp_path / "answers.sqlite3"
        store, *_ = filled(str(path))
        letters = [path.with_name(f"{path.name}.version-1"), stamped(path, datetime(2020, 1, 1, tzinfo=UTC))]
        for letter in letters:
            letter.write_text("Dear diary", encoding="utf-8")
            os.utime(letter, (0, 0))
        store.close()
        removed = privacy.purge(Store(path))
        assert set(removed.copies.unreached) == {str(letter) for letter in letters}
        assert all(letter.exists() for letter in letters)

    def test_erasing_does_not_make_a_copy_younger(self, tmp_path: Path):
        store, one, _ = filled(str(tmp_path / "answers.sqlite3"))
        store = migrated_from_old(store)
        copy = Path(str(store.migrated_copy))
        made = (datetime.now(UTC) - COPY_RETENTION + DAY).timestamp()
        os.utime(copy, (made, made))
        assert privacy.erase(store, one.recorder.person.id).copies.cleaned
        assert copy.stat().st_mtime == pytest.approx(made)
        store.close()

    def test_purging_goes_by_the_age_of_sessions_in_a_copy_and_keeps_those_who_came_later(self, migrated: Any):
        store, *_ = migrated
        told = privacy.purge(store, timedelta(days=20), dry_run=True)
        assert (told.sessions, told.participants) == (2, 0)
        assert rows(store)["sessions"] == 2
        assert privacy.purge(store, timedelta(days=20)) == told
        assert told.copies == CopyChanges(cleaned=(short(store),))
        assert rows(store) == {"participants": 2, "keys": 3, "sessions": 0, "events": 0, "answers": 0}
        assert privacy.purge(store, timedelta(days=20)).copies == CopyChanges()

    @pytest.mark.parametrize(("days", "older"), [(29, 180), (19, 20)])
    def test_a_copy_stays_thirty_days_or_the_retention_period_where_that_is_shorter(self, migrated: Any, days: int, older: int):
        store, *_ = migrated
        gone = (short(store),)
        now = datetime.now(UTC)
        assert privacy.purge(store, timedelta(days=older), now=now + days * DAY).copies.removed == ()
        later = now + (days + 1) * DAY + timedelta(hours=1)
        assert privacy.purge(store, timedelta(days=older), now=later, dry_run=True).copies.removed == gone
        assert copies_left(store) == [short(store)]
        assert privacy.purge(store, timedelta(days=older), now=later).copies.removed == gone
        assert copies_left(store) == []

    def test_a_schema_that_does_not_say_when_it_was_made_counts_from_the_next_opening(self, cluster: Any):
        store, *_ = filled(cluster.new_database())
        store = migrated_from_old(store)
        with store.writing() as connection:
            connection.execute(text(f"COMMENT ON SCHEMA {store.migrated_copy} IS NULL"))
        store.close()
        again = anew(store)
        again.prepare()
        with again.reading() as connection:
            comment = connection.execute(text("SELECT obj_description('etiquette_version_1'::regnamespace, 'pg_namespace')")).scalar_one()
        assert abs(datetime.fromisoformat(comment) - datetime.now(UTC)) < DAY
        with again.writing() as connection:
            connection.execute(text(f"COMMENT ON SCHEMA {store.migrated_copy} IS '2020-01-01T00:00:00+00:00'"))
        for opened in (store, again):
            opened.close()
        again.prepare()
        assert copies_left(again) == [store.migrated_copy]  # it is open already
        third = anew(store)
        third.prepare()
        assert copies_left(third) == []
        for opened in (again, third):
            opened.close()

    def test_schemas_of_another_store_in_the_same_database_stay(self, cluster: Any):
        store, one, _ = filled(cluster.new_database())
        store = migrated_from_old(store)
        with store.writing() as connection:
            connection.execute(text(f"UPDATE {store.migrated_copy}.meta SET value = 'another' WHERE key = 'identity'"))  # noqa: S608  a name that the kit made
            connection.execute(text("CREATE SCHEMA etiquette_version_9"))
        assert privacy.erase(store, one.recorder.person.id).copies == CopyChanges()
        assert privacy.purge(store, timedelta(0)).copies == CopyChanges()
        assert copies_left(store) == ["etiquette_version_1", "etiquette_version_9"]
        store.close()


def copies_left(store: Store) -> list[str]:
    if store.is_own_file:
        path = Path(str(store.url.database))
        return sorted(str(found) for found in path.parent.glob(f"{path.name}.version-*"))
    engine = connect_server(store.url)
    names = sorted(name for name in inspect(engine).get_schema_names() if name.startswith("etiquette"))
    engine.dispose()
    return names


def test_a_folder_that_cannot_be_listed_is_an_error_and_nothing_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store, one, _ = filled(str(tmp_path / "answers.sqlite3"))

    def fails(_path: Path) -> Any:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", fails)
        with pytest.raises(StoreError):
            privacy.erase(store, one.recorder.person.id)
    assert privacy.participant_number(store, one.recorder.person.pseudonym) == one.recorder.person.id
    store.close()
