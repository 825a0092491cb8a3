"""What is no store of the kit is refused in words and left alone, whatever it is."""

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from etiquette_kit.cli import app
from etiquette_kit.locale import catalog
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql.store import Store
from store_examples import Tab, begun, counts
from typer.testing import CliRunner

COMMANDS = [["data", "verify"], ["data", "purge"], ["data", "erase", "x"], ["data", "export", "x"], ["report"]]


def a_diary(path: Path) -> None:
    path.write_text("Dear diary, today nobody asked me anything.\n" * 300, encoding="utf-8")


def one_letter(path: Path) -> None:
    path.write_text("x", encoding="utf-8")


def a_damaged_beginning(path: Path) -> None:
    path.write_bytes(b"SQLite format 4\0" + bytes(4080))


def a_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name)")
    connection.commit()
    connection.close()


def a_database_with_a_table_of_the_same_name(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE meta (author)")
    connection.commit()
    connection.close()


FILES = [a_diary, one_letter, a_damaged_beginning, a_database, a_database_with_a_table_of_the_same_name]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "something"


def refused(path: Path) -> None:
    """Try to use what lies at a path as a store, in every way."""
    for lang in ("de", "en"):
        for command in COMMANDS:
            done = CliRunner().invoke(app, [*command, "--store", str(path), "--lang", lang])
            assert (done.exit_code, type(done.exception)) == (1, SystemExit)
            assert catalog(lang)("data.foreign") in done.output
    tab = Tab(Store(path))
    tab.answer()
    assert (tab.problem, tab.recorder.status.unsaved) == ("foreign", 1)


@pytest.mark.parametrize("make", FILES)
def test_a_file_is_left_as_it_is(path: Path, make: Callable[[Path], None]):
    make(path)
    before = path.read_bytes()
    refused(path)
    assert path.read_bytes() == before
    assert [part for part in path.parent.iterdir() if not part.name.endswith(("-wal", "-shm"))] == [path]


def test_a_pipe_is_not_waited_for_and_a_device_not_renamed(path: Path):
    os.mkfifo(path)
    refused(path)
    assert stat.S_ISFIFO(path.stat().st_mode)
    made = path.with_name("full")
    try:
        os.mknod(made, stat.S_IFCHR | 0o666, os.makedev(1, 7))
    except PermissionError:
        pytest.skip("needs the right to make a device")
    refused(made)
    assert stat.S_ISCHR(made.stat().st_mode)


def test_an_empty_file_becomes_a_store(path: Path):
    path.touch()
    store = Store(path)
    begun(store)
    assert counts(store)["sessions"] == 1
    store.close()


def test_a_link_is_followed_and_stays(path: Path):
    real = path.with_name("real") / "answers.sqlite3"
    path.symlink_to(real)
    store = Store(path)
    begun(store)
    store.close()
    assert real.is_file()
    with real.open("r+b") as file:
        file.seek(16)
        file.write(b"\0" * 84)
    store = Store(path)
    begun(store)
    assert store.set_aside is not None
    assert store.set_aside.parent == real.parent
    assert path.is_symlink()
    assert counts(store)["sessions"] == 1
    store.close()


def test_a_link_to_something_else_is_refused_and_so_is_one_that_leads_nowhere(path: Path):
    diary = path.with_name("diary.txt")
    a_diary(diary)
    path.symlink_to(diary)
    refused(path)
    assert path.is_symlink()
    round_about = path.with_name("loop")
    round_about.symlink_to(round_about)
    with pytest.raises(StoreError):
        Store(round_about).prepare()
    assert round_about.is_symlink()
