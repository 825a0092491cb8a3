"""A store that cannot be written: the quiz goes on, says so, tries again, and saves what has piled up, once."""

import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.locale import catalog
from etiquette_kit.store.sql.damage import is_damaged
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from quiz_examples import KEY, OTHER, responses, saved_by, visited
from store_examples import counts, in_processes, stored_answers, unprivileged
from store_trouble import begun, check_recovered, go_on, trouble

pytestmark = pytest.mark.usefixtures("impatient")


LETTER = b"SQLite format 3\0" + b"This is a letter and no database. " * 200


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder into which everybody can look, unlike pytest's own."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def test_a_store_that_is_read_only_from_the_beginning(folder: Path):
    store = Store(folder / "answers.sqlite3")
    store.prepare()
    store.close()
    (folder / "answers.sqlite3").chmod(0o444)
    folder.chmod(0o555)
    with unprivileged():
        quiz, browser = visited(store, length=6)
        assert saved_by(quiz) == [0, *trouble("read_only", 0)]
        browser.start()
        browser.answer()
        go_on(browser, 2)
        assert (saved_by(quiz), len(responses(quiz))) == ([0, *trouble("read_only", 3)], 3)
        browser.tell(do="save")
        assert saved_by(quiz) == [0, *trouble("read_only", 3)]
    folder.chmod(0o755)
    (folder / "answers.sqlite3").chmod(0o600)
    check_recovered(quiz, browser, 3)
    store.close()


def test_a_store_that_becomes_read_only(folder: Path):
    store = Store(folder / "answers.sqlite3")
    quiz, browser = begun(store)
    store.close()
    (folder / "answers.sqlite3").chmod(0o444)
    folder.chmod(0o555)
    with unprivileged():
        go_on(browser, 2)
        assert saved_by(quiz) == [1, *trouble("read_only", 2)]
    folder.chmod(0o755)
    (folder / "answers.sqlite3").chmod(0o600)
    check_recovered(quiz, browser, 3)
    store.close()


def test_a_folder_that_cannot_be_made(folder: Path):
    folder.chmod(0o555)
    with unprivileged():
        quiz, browser = visited(Store(folder / "deeper" / "answers.sqlite3"), length=6)
        browser.start()
        browser.answer()
        assert saved_by(quiz) == [0, *trouble("read_only", 1)]
    folder.chmod(0o755)
    check_recovered(quiz, browser, 1)
    assert (folder / "deeper").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("space", [0, 700, 2000, 5000, 9000, 17_000, 40_000])
def test_a_full_disk(tmp_path: Path, space: int):
    def job(_number: int) -> None:
        store = Store(tmp_path / "answers.sqlite3")
        quiz, browser = begun(store, length=12)
        largest = max(path.stat().st_size for path in tmp_path.iterdir())
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + space, hard))  # Python ignores the signal that goes with it
        while len(saved_by(quiz)) == 1:  # as long as there is space
            go_on(browser, 1)
        saved = saved_by(quiz)[0]
        go_on(browser, 2)
        browser.tell(do="save")
        assert saved_by(quiz) == [saved, *trouble("full", len(responses(quiz)) - saved)]
        assert len(stored_answers(store)) == saved
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        check_recovered(quiz, browser, len(responses(quiz)), length=12)
        store.close()
        assert not is_damaged(store.url)
        assert store.set_aside is None

    in_processes(1, job)


def test_a_disk_that_is_full_from_the_beginning(tmp_path: Path):
    def job(_number: int) -> None:
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
        quiz, browser = visited(Store(tmp_path / "answers.sqlite3"), length=6)
        browser.start()
        browser.answer()
        assert saved_by(quiz) == [0, *trouble("full", 1)]
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        check_recovered(quiz, browser, 1)

    in_processes(1, job)


def test_a_small_disk_that_runs_full(tmp_path: Path):
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "none", tmp_path], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        store = Store(tmp_path / "answers.sqlite3")
        quiz, browser = begun(store)
        with (tmp_path / "ballast").open("wb") as ballast:
            space = os.statvfs(tmp_path)
            ballast.write(b"x" * space.f_bavail * space.f_frsize)
        go_on(browser, 3)
        assert saved_by(quiz) == [1, *trouble("full", 3)]
        (tmp_path / "ballast").unlink()
        check_recovered(quiz, browser, 4)
        store.close()
    finally:
        subprocess.run(["umount", tmp_path], check=True)


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_store_that_another_program_holds_for_long(tmp_path: Path, lock: str):
    store = Store(tmp_path / "answers.sqlite3")
    quiz, browser = begun(store)
    other = sqlite3.connect(tmp_path / "answers.sqlite3", isolation_level=None)
    other.execute(lock)
    go_on(browser, 2)
    for _ in range(10):  # as often as the page tries in fifty seconds
        browser.tell(do="save")
        assert saved_by(quiz) == [1, *trouble("locked", 2)]
    other.execute("ROLLBACK")
    other.close()
    check_recovered(quiz, browser, 3)
    store.close()


@pytest.mark.slow
def test_a_store_that_another_program_holds_for_thirty_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("etiquette_kit.store.sql.connect.PATIENCE", 2000)  # as it is outside of these tests
    store = Store(tmp_path / "answers.sqlite3")
    quiz, browser = begun(store)
    other = sqlite3.connect(tmp_path / "answers.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    end = time.monotonic() + 30
    go_on(browser, 2)
    while time.monotonic() < end:
        assert saved_by(quiz) == [1, *trouble("locked", 2)]
        time.sleep(1)
        browser.tell(do="save")
    other.execute("ROLLBACK")
    other.close()
    go_on(browser, 1)
    check_recovered(quiz, browser, 4)
    store.close()


def test_a_store_that_is_held_when_one_comes_back(tmp_path: Path):
    store = Store(tmp_path / "answers.sqlite3")
    quiz, _ = begun(store)
    store.close()
    other = sqlite3.connect(tmp_path / "answers.sqlite3", isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    again, browser = visited(Store(store.name), length=6)
    assert (again.page["kind"], saved_by(again)) == ("start", [0, *trouble("locked", 0)])
    other.execute("ROLLBACK")
    other.close()
    browser.tell(do="save")
    assert (again.page["kind"], saved_by(again), responses(again)) == ("question", [1], responses(quiz))


def test_a_folder_that_goes_away_and_comes_back(tmp_path: Path):
    folder = tmp_path / "disk"
    folder.mkdir()
    store = Store(folder / "answers.sqlite3")
    quiz, browser = begun(store)
    store.close()
    folder.rename(tmp_path / "pulled")
    folder.write_text("there is no folder here", encoding="utf-8")
    go_on(browser, 2)
    assert saved_by(quiz) == [1, *trouble("gone", 2)]
    folder.unlink()
    (tmp_path / "pulled").rename(folder)
    check_recovered(quiz, browser, 3)
    store.close()


def test_a_damaged_file_is_named_on_the_page_and_nothing_is_lost(tmp_path: Path):
    store = Store(tmp_path / "answers.sqlite3")
    quiz, browser = begun(store)
    for turn in range(2):
        store.close()
        (tmp_path / "answers.sqlite3").write_bytes(LETTER)
        notices = []
        for step in (lambda: browser.way("next"), browser.answer, lambda: browser.tell(do="save")):
            step()
            notices.append(quiz.notice)
        assert (saved_by(quiz), [notice for notice in notices if notice]) == (
            [turn + 2],
            [catalog("de")("store.set_aside", path=store.set_aside)],
        )
        assert store.set_aside is not None
        assert store.set_aside.read_bytes() == LETTER
    check_recovered(quiz, browser, 3)
    store.close()


def test_the_damaged_file_is_named_once(tmp_path: Path):
    (tmp_path / "answers.sqlite3").write_bytes(LETTER)
    quiz, browser = visited(Store(tmp_path / "answers.sqlite3"))
    assert quiz.notice == catalog("de")("store.set_aside", path=quiz.card.persistence.recorder.store.set_aside)
    browser.start()
    assert quiz.notice == ""


class TestLeftBehind:
    """What was answered before, in another round or by another person, and could not be saved."""

    @pytest.fixture
    def held(self, tmp_path: Path) -> Iterator[tuple[Store, Callable[[], None]]]:
        store = Store(tmp_path / "answers.sqlite3")
        store.prepare()
        other = sqlite3.connect(tmp_path / "answers.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield store, lambda: other.execute("ROLLBACK")
        other.close()
        store.close()

    def test_the_round_before_is_saved_too(self, held: Any):
        store, release = held
        quiz, browser = visited(store, length=2)
        browser.start()
        browser.answer()
        browser.to_end()
        browser.tell(do="restart", round=quiz.page["round"])
        browser.answer()
        assert saved_by(quiz) == [0, *trouble("locked", 2)]
        release()
        browser.tell(do="save")
        assert saved_by(quiz) == [2]
        assert [session for session, _, _ in stored_answers(store)] == [1, 2]
        assert list(verify(store)) == []

    def test_the_person_before_is_saved_too_under_her_own_pseudonym(self, held: Any):
        store, release = held
        quiz, browser = visited(store)
        browser.start()
        browser.answer()
        browser.hello(OTHER, anew=True)
        assert (quiz.page["kind"], saved_by(quiz)) == ("start", [0, *trouble("locked", 1)])
        browser.start()
        browser.answer()
        assert saved_by(quiz) == [0, *trouble("locked", 2)]
        release()
        browser.tell(do="save")
        assert saved_by(quiz) == [1]
        assert (counts(store)["participants"], counts(store)["answers"]) == (2, 2)
        for key in (KEY, OTHER):
            assert saved_by(visited(store, key=key)[0]) == [1]
        assert list(verify(store)) == []

    def test_on_the_start_page_as_well(self, held: Any):
        store, release = held
        quiz, browser = visited(store)
        browser.start()
        browser.answer()
        browser.hello(OTHER, anew=True)
        release()
        browser.tell(do="save")
        assert (quiz.page["kind"], saved_by(quiz), counts(store)["answers"]) == ("start", [0], 1)

    def test_what_was_erased_does_not_come_back(self, held: Any):
        store, release = held
        quiz, browser = visited(store)
        browser.start()
        browser.answer()
        browser.tell(do="mine")
        browser.tell(do="mine_erase")
        browser.tell(do="mine_erase_sure")  # nobody is in the store yet
        release()
        browser.tell(do="save")
        assert quiz.page["kind"] == "start"
        assert not any(counts(store).values())

    def test_erasing_that_fails_says_so_and_can_be_repeated(self, tmp_path: Path):
        store = Store(tmp_path / "answers.sqlite3")
        quiz, browser = begun(store)
        other = sqlite3.connect(tmp_path / "answers.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        browser.tell(do="mine")
        for turn in range(2):
            browser.tell(do="mine_erase")
            browser.tell(do="mine_erase_sure")
            if turn == 0:
                assert (quiz.notice, quiz.page["kind"]) == (catalog("de")("unsaved.locked"), "mine")
                other.execute("ROLLBACK")
        assert quiz.notice == catalog("de")("mine.erased")
        assert not any(counts(store).values())
        other.close()
        store.close()
