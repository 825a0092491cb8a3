"""A write-ahead log that is damaged in the middle is told of and kept; what a crash cuts off is no damage."""

import random
import sqlite3
from pathlib import Path

import pytest
from etiquette_kit.cli import app
from etiquette_kit.locale import catalog
from etiquette_kit.store.sql.location import address as url_of
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.wal import copy_damaged_log, is_damaged_log
from store_examples import Tab, in_processes, killed
from typer.testing import CliRunner

FRAME = 24 + 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.sqlite3"


@pytest.fixture
def log(path: Path) -> Path:
    """The write-ahead log of a store whose process was killed after twenty answers."""
    store = Store(path)
    store.prepare()
    store.close()
    killed(lambda: play(path))
    return path.with_name(f"{path.name}-wal")


def play(path: Path) -> Tab:
    tab = Tab(Store(path), length=20)
    for _ in range(20):
        tab.answer()
        tab.next()
    assert (tab.problem, tab.saved) == ("", 20)
    return tab


def overwritten(log: Path, place: int, count: int) -> bytes:
    with log.open("r+b") as file:
        file.seek(place)
        file.write(random.Random(place).randbytes(count))  # noqa: S311  the chance here is no secret
    return log.read_bytes()


@pytest.mark.parametrize("place", [0, 16, 24, 32 + 24, 32 + 10, 32 + 3 * FRAME, 32 + 12 * FRAME + 1000])
def test_random_bytes_are_told_of_and_the_log_is_kept(log: Path, path: Path, place: int):
    before = overwritten(log, place, 200)
    done = CliRunner().invoke(app, ["data", "verify", "--store", str(path), "--lang", "en"])
    (copy,) = path.parent.glob("*.damaged-*-wal")
    assert done.exit_code == 1
    assert catalog("en")("verify.log", path=copy) in done.output
    assert copy.read_bytes() == before
    assert copy.stat().st_mode & 0o777 == 0o600


def test_it_is_told_of_by_the_first_that_opens_the_store_and_not_again_after_a_crash(log: Path, path: Path):
    overwritten(log, 32 + 4 * FRAME, 200)

    def job() -> Tab:
        tab = Tab(Store(path), "another token")
        assert tab.recorder.store.damaged_log is not None
        tab.answer()
        assert tab.saved == 1
        return tab

    killed(job)
    store = Store(path)
    store.prepare()
    assert store.damaged_log is None
    store.close()


def test_nothing_is_looked_at_while_another_process_is_connected(log: Path, path: Path):
    overwritten(log, 32 + 4 * FRAME, 200)
    other = sqlite3.connect(path)
    other.execute("SELECT * FROM meta").fetchall()

    def job(_number: int) -> None:
        assert copy_damaged_log(url_of(path)) is None

    in_processes(1, job)
    other.close()


@pytest.mark.parametrize("cut", [1, 24, 2000, FRAME, FRAME + 1, 3 * FRAME + 30])
def test_a_log_that_a_crash_has_cut_off_is_sound(log: Path, cut: int):
    whole = log.read_bytes()
    assert not is_damaged_log(whole)
    assert not is_damaged_log(whole[:-cut])
    assert not is_damaged_log(whole[:-FRAME] + bytes(FRAME))


def test_what_is_left_of_the_log_before_is_no_damage(log: Path, path: Path):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA wal_checkpoint(RESTART)")
    connection.execute("INSERT INTO meta VALUES ('more', '')")
    assert not is_damaged_log(log.read_bytes())
    connection.close()


def test_what_is_left_of_a_large_transaction_that_was_not_committed_is_no_damage(log: Path, path: Path):
    def job() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA cache_size=10")
        connection.execute("BEGIN")
        for number in range(300):
            connection.execute("INSERT INTO meta VALUES (?, ?)", (f"key {number}", "x" * 2000))
        return connection

    killed(job)

    def more() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("INSERT INTO meta VALUES ('more', '')")
        return connection

    large = log.stat().st_size
    killed(more)
    assert log.stat().st_size == large > 300 * 2000
    assert not is_damaged_log(log.read_bytes())


def test_an_empty_log_and_one_of_zeros_are_sound():
    assert not is_damaged_log(bytes(32 + 24 + 4096))
    assert not is_damaged_log(bytes(10 * FRAME))
