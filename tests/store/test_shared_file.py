"""Stores on one file share its connections: none takes a lock from another, in whichever thread or process."""

import fcntl
import os
import sqlite3
import threading
from pathlib import Path

import pytest
from etiquette_kit.cli import app
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.tracked_connections import is_connected
from store_examples import Tab, begun, counts, in_processes, killed, stored_answers
from typer.testing import CliRunner

SHARED_FIRST, SHARED_SIZE = 0x40000002, 510  # what SQLite locks while it is connected


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.sqlite3"


def is_locked(path: Path) -> bool:
    """Tell, from another process, whether somebody holds SQLite's lock on a file."""
    child = os.fork()
    if child == 0:
        descriptor = os.open(path, os.O_RDWR)
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_SIZE, SHARED_FIRST)
        except OSError:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 1


def open_again(path: Path) -> None:
    store = Store(path)
    store.prepare()
    store.close()


def verify_here(path: Path) -> None:
    assert CliRunner().invoke(app, ["data", "verify", "--store", str(path)]).exit_code == 0


def open_by_a_link(path: Path) -> None:
    link = path.with_name("link")
    link.symlink_to(path)
    open_again(link)


@pytest.mark.parametrize("use", [open_again, verify_here, open_by_a_link])
def test_whoever_opens_the_file_as_well_leaves_the_lock_of_a_transaction(path: Path, use: object):
    assert callable(use)
    store = Store(path)
    begun(store)
    with store.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM meta").all()
        assert is_locked(path)
        use(path)
        assert is_locked(path)
    store.close()
    assert not is_locked(path)


def test_a_store_that_is_closed_leaves_the_connections_of_the_others(path: Path):
    first, second = Store(path), Store(path)
    begun(first)
    begun(second)
    file = path.stat().st_dev, path.stat().st_ino
    first.close()
    assert is_connected(file)
    assert counts(second)["sessions"] == 2
    first.close()
    second.close()
    assert not is_connected(file)
    assert not path.with_name(f"{path.name}-wal").exists()
    begun(first)
    assert counts(first)["sessions"] == 3
    first.close()


def test_a_store_that_nobody_has_any_more_holds_nothing_up(path: Path):
    begun(Store(path))
    store = Store(path)
    begun(store)
    store.close()
    file = path.stat().st_dev, path.stat().st_ino
    assert not is_connected(file)


def test_many_threads_open_and_close_one_file(path: Path):
    Store(path).prepare()
    failures = []

    def job(number: int) -> None:
        try:
            for turn in range(5):
                store = Store(path)
                for _ in range(50):
                    try:
                        begun(store, f"{number} {turn}")
                    except StoreError as error:
                        if error.kind != "locked":
                            raise
                    else:
                        break
                store.close()
        except Exception as error:  # noqa: BLE001  the test shows it
            failures.append(error)

    threads = [threading.Thread(target=job, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = Store(path)
    assert failures == []
    assert counts(store)["sessions"] == 30
    store.close()


def test_a_forked_process_opens_the_file_anew_and_both_go_on(path: Path):
    tab = Tab(Store(path))
    tab.answer()

    def job(number: int) -> None:
        other = Tab(Store(path), f"token {number}")
        other.answer()
        assert other.saved == 1
        tab.recorder.store.store.close()

    in_processes(2, job)
    tab.next()
    tab.answer()
    assert (tab.problem, tab.saved) == ("", 2)
    assert len(stored_answers(tab.recorder.store.store)) == 4
    tab.recorder.store.store.close()


def test_a_process_that_is_forked_during_a_transaction_leaves_the_file_to_its_parent(path: Path):
    store = Store(path)
    begun(store)

    def job(_number: int) -> None:
        with pytest.raises(StoreError, match="forked") as caught:
            Store(path).prepare()
        assert caught.value.kind == "locked"

    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = value")
        in_processes(1, job)
    begun(store)
    assert counts(store)["sessions"] == 2
    store.close()


def test_two_quizzes_in_one_process_lose_nothing_to_another_that_looks_at_the_store(path: Path):
    def play() -> list[Tab]:
        tabs = [Tab(Store(path), f"token {number}", length=20) for number in range(2)]
        for tab in tabs:
            tab.answer()
        in_processes(1, lambda _: open_again(path))
        for _ in range(10):
            for tab in tabs:
                tab.next()
                tab.answer()
                assert tab.problem == ""
        return tabs

    killed(play)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM answers").fetchone() == (22,)
    connection.close()
