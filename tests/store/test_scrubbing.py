"""What is removed goes from the log beside a file as well, at once or the next time."""

import os
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Timer

import pytest
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.scrubbing import UNSCRUBBED
from etiquette_kit.store.sql.store import Store
from session_examples import AT
from sqlalchemy import select
from store_copies import anew, filled
from store_examples import in_processes
from stored_bytes import any_with, marks_of


def held_open(store: Store) -> sqlite3.Connection:
    """Return a connection that reads the store as it is now, until it is told to stop."""
    reader = sqlite3.connect(str(store.url.database), isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM participants").fetchall()
    return reader


def noted(store: Store) -> bool:
    with store.reading() as connection:
        return connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == UNSCRUBBED)).scalar() is not None


def test_readers_are_waited_for(tmp_path: Path):
    store, one, _ = filled(str(tmp_path / "answers.sqlite3"))
    marks = marks_of(store, one.recorder.person.id)
    reader = held_open(store)
    done = Timer(0.3, reader.execute, ("COMMIT",))
    done.start()
    assert privacy.erase(store, one.recorder.person.id).scrubbed
    done.join()
    assert any_with(tmp_path, marks) == []
    reader.close()
    store.close()


@pytest.mark.parametrize("next_time", [lambda store: anew(store).prepare(), privacy.purge])
def test_where_a_reader_stays_it_is_said_and_done_the_next_time(tmp_path: Path, next_time: Callable[[Store], object]):
    store, one, _ = filled(str(tmp_path / "answers.sqlite3"))
    marks = marks_of(store, one.recorder.person.id)
    reader = held_open(store)
    removed = privacy.erase(store, one.recorder.person.id)
    assert (removed.scrubbed, removed.complete, removed.answers) == (False, False, 3)
    assert any_with(tmp_path, marks) != []
    anew(store).prepare()  # which does not wait, and keeps the note
    assert noted(store)
    reader.execute("COMMIT")
    next_time(store)
    assert any_with(tmp_path, marks) == []
    assert not noted(store)
    reader.close()
    store.close()


def test_where_nothing_was_removed_nothing_is_left_in_the_log(tmp_path: Path):
    store, *_ = filled(str(tmp_path / "answers.sqlite3"))
    reader = held_open(store)
    assert privacy.purge(store, timedelta(days=36500)).complete
    reader.close()
    store.close()


def test_a_process_that_dies_after_removing_leaves_it_to_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store, one, _ = filled(str(tmp_path / "answers.sqlite3"))
    marks = marks_of(store, one.recorder.person.id)
    keeps_the_log = held_open(store)
    keeps_the_log.execute("COMMIT")
    store.close()

    def job(_number: int) -> None:
        monkeypatch.setattr(Store, "scrub", lambda _store: os._exit(0))
        privacy.erase(Store(str(store.url.database)), one.recorder.person.id)

    in_processes(1, job)
    assert any_with(tmp_path, marks) != []
    store = anew(store)
    store.prepare()
    assert any_with(tmp_path, marks) == []
    assert not noted(store)
    keeps_the_log.close()
    store.close()


def test_rooms_that_are_purged_are_waited_for_as_well(tmp_path: Path):
    store = Store(tmp_path / "answers.sqlite3")
    Rooms(store).begin("the-old-room-code", 8349, AT, [b'{"vote": "of-somebody"}'])
    reader = held_open(store)
    assert not privacy.purge(store).scrubbed
    reader.execute("COMMIT")
    assert privacy.purge(store).scrubbed
    assert any_with(tmp_path, ["the-old-room-code", "of-somebody"]) == []
    reader.close()
    store.close()
