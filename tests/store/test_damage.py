"""A damaged file is set aside as it is, a lost one is made anew, and the running session goes on in the new one."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql.damage import is_damaged, set_aside
from etiquette_kit.store.sql.location import address as url_of
from etiquette_kit.store.sql.location import file_id
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from filelock import FileLock
from session_examples import started
from store_examples import BODIES, KEY, Tab, answer, begun, counts, in_processes, shown, stored_answers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.sqlite3"


def filled(path: Path) -> None:
    store = Store(path)
    number = begun(store)
    Log(store).append(number, 2, [answer(), *(shown(place % 2) for place in range(400))], BODIES)
    store.close()
    assert path.stat().st_size > 10 * 4096


HEADER = b"SQLite format 3\0"
GARBAGE = HEADER + b"and then a letter, no database. " * 200


def garbage(path: Path) -> None:
    path.write_bytes(GARBAGE)


def truncated(path: Path) -> None:
    filled(path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def header_only(path: Path) -> None:
    filled(path)
    with path.open("r+b") as file:
        file.truncate(100)


def flipped_in_the_middle(path: Path) -> None:
    filled(path)
    with path.open("r+b") as file:
        for page in range(2, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(bytes(range(256)))


def without_most_of_its_beginning(path: Path) -> None:
    filled(path)
    with path.open("r+b") as file:
        file.seek(len(HEADER))
        file.write(b"\0" * 4000)


DAMAGES = [garbage, truncated, header_only, flipped_in_the_middle, without_most_of_its_beginning]


@pytest.mark.parametrize("damage", DAMAGES)
def test_it_is_set_aside_unchanged_and_a_new_one_takes_its_place(path: Path, damage: Callable[[Path], None]):
    damage(path)
    before = path.read_bytes()
    store = Store(path)
    number = begun(store)
    assert store.set_aside is not None
    assert store.set_aside.parent == path.parent
    assert store.set_aside.read_bytes() == before
    assert Log(store).saved(number).since is not None
    assert path.stat().st_mode & 0o777 == 0o600
    store.close()
    assert not is_damaged(url_of(path))
    again = Store(path)
    again.prepare()
    assert again.set_aside is None
    again.close()


def test_a_second_damaged_file_takes_nobody_s_place(path: Path):
    aside = []
    for text in (b"first", b"second"):
        path.write_bytes(HEADER + text * 1000)
        store = Store(path)
        store.prepare()
        aside.append(store.set_aside)
        store.close()
    assert [found.read_bytes()[len(HEADER) :][:5] for found in aside if found] == [b"first", b"secon"]


@pytest.mark.parametrize("start", [b"", b"SQLite format 3\0"])
def test_an_empty_file_is_a_new_store_but_a_mere_beginning_is_damage(path: Path, start: bytes):
    path.write_bytes(start)
    store = Store(path)
    begun(store)
    assert (store.set_aside is None) == (start == b"")
    store.close()


def test_what_stands_in_the_log_beside_the_file_goes_with_it(path: Path):
    filled(path)
    other = sqlite3.connect(path)
    other.execute("INSERT INTO meta VALUES ('kept', 'in the log')")
    other.commit()
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0
    with path.open("r+b") as file:
        file.seek(len(HEADER))
        file.write(b"\0" * 84)
    store = Store(path)
    store.prepare()
    assert store.set_aside is not None
    assert store.set_aside.with_name(f"{store.set_aside.name}-wal").stat().st_size > 0
    other.close()
    store.close()


def test_damage_that_is_met_while_playing_and_everything_goes_into_the_new_file(path: Path):
    tab = Tab(Store(path))
    tab.answer()
    tab.next()
    tab.recorder.store.store.close()
    with path.open("r+b") as file:
        size = path.stat().st_size
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    tab.answer()
    tab.keep(at_once=True)
    store = tab.recorder.store.store
    assert store.set_aside is not None
    assert (tab.problem, tab.saved) == ("", 2)
    assert len(stored_answers(store)) == 2
    assert list(verify(store)) == []
    assert Tab(store).session.state == tab.session.state
    store.close()


def test_another_process_sets_it_aside_and_both_go_on_in_the_new_file(path: Path):
    first, second = Tab(Store(path)), Tab(Store(path), "another token")
    for tab in (first, second):
        tab.answer()
        tab.next()
    first.recorder.store.store.scrub()
    for store in (first.recorder.store.store, second.recorder.store.store):
        store.close()
    with path.open("r+b") as file:
        file.seek(len(HEADER))
        file.write(b"\0" * 4080)

    def job(_number: int) -> None:
        other = Store(path)
        other.prepare()
        assert other.set_aside is not None

    in_processes(1, job)
    third = Store(path)
    for _ in range(2):
        for tab in (first, second):
            tab.answer()
            tab.next()
    assert [tab.saved for tab in (first, second)] == [3, 3]
    assert len(stored_answers(third)) == 6
    for tab in (first, second):
        tab.recorder.store.store.close()
    assert len(stored_answers(third)) == 6  # their going took nothing from the new file
    assert list(verify(third)) == []
    assert len(list(path.parent.glob("*.damaged-*"))) == len({entry.name for entry in path.parent.glob("*.damaged-*")})
    third.close()
    assert not is_damaged(url_of(path))


@pytest.mark.parametrize("kept_open", [True, False])
def test_a_file_that_is_deleted_meanwhile_is_made_anew_with_all_of_the_session(path: Path, kept_open: bool):  # noqa: FBT001
    store = Store(path)
    tab = Tab(store)
    tab.answer()
    tab.next()
    if not kept_open:
        store.close()
    for part in path.parent.iterdir():
        part.unlink()
    tab.answer()
    assert (tab.problem, tab.saved, tab.overtaken) == ("", 2, [])
    store.close()
    again = Store(path)
    assert len(stored_answers(again)) == 2
    assert list(verify(again)) == []
    again.close()


def test_a_folder_that_is_gone_is_made_anew(tmp_path: Path):
    path = tmp_path / "folder" / "answers.sqlite3"
    tab = Tab(Store(path))
    tab.answer()
    path.parent.rename(tmp_path / "elsewhere")
    tab.next()
    tab.answer()
    assert (tab.problem, tab.saved) == ("", 2)
    tab.recorder.store.store.close()


def test_a_file_that_was_away_and_comes_back_has_nothing_twice(path: Path):
    store = Store(path)
    tab = Tab(store)
    tab.answer()
    tab.next()
    store.close()
    away = path.rename(path.with_name("away"))
    tab.answer()
    tab.next()
    store.close()
    path.rename(path.with_name("other"))
    away.rename(path)
    tab.answer()
    assert (tab.problem, tab.saved, tab.overtaken) == ("", 3, [])
    assert len(stored_answers(store)) == 3
    assert counts(store)["sessions"] == 1
    store.close()


def test_what_an_older_copy_lacks_is_written_again(path: Path):
    store = Store(path)
    tab = Tab(store)
    tab.answer()
    tab.next()
    store.close()
    copy = path.read_bytes()
    tab.answer()
    tab.next()
    store.close()
    path.with_name("copy").write_bytes(copy)
    path.with_name("copy").rename(path)
    tab.answer()
    assert (tab.problem, tab.saved) == ("", 3)
    assert len(stored_answers(store)) == 3
    assert list(verify(store)) == []
    store.close()


def test_consent_moves_along_with_the_words_agreed_to_and_without_them_nothing_counts(path: Path):
    store = Store(path)
    tab = Tab(store, cohort="autumn")
    tab.recorder.consent_text = "the words"
    tab.answer()
    resumed = Tab(store, cohort="autumn")
    for part in path.parent.iterdir():
        part.unlink()
    resumed.next()
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT cohort FROM sessions").scalars().all() == [None]
    for part in path.parent.iterdir():
        part.unlink()
    tab.next()
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT cohort FROM sessions").scalars().all() == ["autumn"]
    assert list(verify(store)) == []
    store.close()


def test_someone_erased_does_not_come_back_through_a_new_file(path: Path):
    store = Store(path)
    tab = Tab(store)
    tab.answer()
    privacy.erase(store, tab.recorder.person.id)
    tab.next()
    assert tab.problem == "erased"
    for part in path.parent.iterdir():
        part.unlink()
    tab.next()
    tab.keep(at_once=True)
    assert tab.problem == "erased"
    store.close()


def test_a_folder_in_the_place_of_the_file_is_no_crash(path: Path):
    path.mkdir()
    with pytest.raises(StoreError) as caught:
        Store(path).prepare()
    assert caught.value.kind == "foreign"
    tab = Tab(Store(path))
    tab.answer()
    assert (tab.problem, tab.recorder.status.unsaved) == ("foreign", 1)


def test_several_processes_find_the_damage_at_once(path: Path):
    garbage(path)

    def job(number: int) -> None:
        tab = Tab(Store(path), f"token {number}" + KEY, length=2)
        for _ in range(100):
            if tab.session.state.responses:
                tab.keep(at_once=True)
            else:
                tab.answer()
            if not tab.problem:
                break
        assert tab.problem == ""

    in_processes(4, job)
    store = Store(path)
    assert len(stored_answers(store)) == 4
    (aside,) = (part for part in path.parent.glob("*.damaged-*") if not part.name.endswith(("-wal", "-shm")))
    assert aside.read_bytes() == GARBAGE
    store.close()


def test_the_good_file_that_came_meanwhile_is_not_moved(path: Path):
    garbage(path)
    found = file_id(path)
    assert found is not None
    first = Store(path)
    first.prepare()
    assert first.set_aside is not None
    good = file_id(path)
    assert set_aside(url_of(path), found) is None
    assert file_id(path) == good
    first.close()


def test_one_process_waits_while_another_sets_the_damage_aside(path: Path):
    garbage(path)
    with FileLock(f"{path}.lock"):
        tab = Tab(Store(path))
        tab.answer()
        assert (tab.problem, tab.recorder.status.unsaved) == ("locked", 1)
        assert path.read_bytes() == GARBAGE
    tab.keep(at_once=True)
    assert (tab.problem, tab.saved) == ("", 1)
    tab.recorder.store.store.close()


def test_a_large_file_shows_its_damage_where_it_is_met(path: Path, monkeypatch: pytest.MonkeyPatch):
    filled(path)
    with path.open("r+b") as file:
        for page in range(4, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(bytes(range(256)))
    monkeypatch.setattr("etiquette_kit.store.sql.damage._MAX_CHECKED", 1000)
    assert not is_damaged(url_of(path))
    tab = Tab(Store(path))
    tab.session = started(2)
    tab.answer()
    tab.keep(at_once=True)
    assert (tab.problem, tab.saved) == ("", 1)
    assert tab.recorder.store.set_aside is not None
    tab.recorder.store.store.close()
