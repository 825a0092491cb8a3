"""Where answers are kept, and which addresses can be a store's."""

from pathlib import Path

import pytest
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql.location import address, default_path, is_own_file, shown_address
from etiquette_kit.store.sql.store import Store
from hypothesis import given
from hypothesis import strategies as st


def test_by_default_a_file_in_the_user_s_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert address().database == str(default_path())
    assert default_path().name == "answers.sqlite3"
    assert is_own_file(address())


def test_the_variable_names_another_one_and_what_is_given_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ETIQUETTE_STORE", str(tmp_path / "named"))
    assert address().database == str(tmp_path / "named")
    assert address(tmp_path / "given").database == str(tmp_path / "given")
    monkeypatch.setenv("ETIQUETTE_STORE", "")
    assert address().database == str(default_path())


def test_paths_are_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert address("a/b.sqlite3").database == str(tmp_path / "a" / "b.sqlite3")
    assert address("~/b.sqlite3").database == str(tmp_path / "home" / "b.sqlite3")
    assert address("sqlite:///c.sqlite3").database == str(tmp_path / "c.sqlite3")


@pytest.mark.parametrize("given", ["postgresql://h/d", "postgresql+psycopg://h/d", "postgresql+psycopg2://h/d", "postgresql+asyncpg://h/d"])
def test_postgresql_by_whichever_driver_is_spoken_to_by_psycopg(given: str):
    assert address(given).drivername == "postgresql+psycopg"
    assert not is_own_file(address(given))


@pytest.mark.parametrize(
    "given",
    [
        "mysql://u:secret@h/d",
        "mysql://h/d?password=secret",
        "nonsense://",
        "://",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://u:secret@[::1/d",
        "postgresql://u:secret@h:port/d",
        "~nobody-of-this-name/answers",
        "answers\0.sqlite3",
        "\ud800",
    ],
)
def test_what_can_be_no_store_is_refused_in_words_without_a_password(given: str):
    with pytest.raises(StoreError) as caught:
        Store(given)
    assert caught.value.kind == "address"
    assert "secret" not in str(caught.value)


@given(st.text())
def test_any_text_is_an_address_or_refused(given: str):
    try:
        kind = address(given).get_backend_name()
    except StoreError as error:
        kind = error.kind
    assert kind in ("sqlite", "postgresql", "address")


@pytest.mark.parametrize(
    "given", ["postgresql://u:secret@h/d", "postgresql://u@h/d?password=secret", "postgresql://h/d?sslpassword=secret&host=/tmp/socket"]
)
def test_a_password_is_never_shown(given: str):
    store = Store(given)
    assert "secret" not in store.name
    assert "/d" in store.name


def test_a_password_is_not_in_the_message_of_a_failure():
    store = Store("postgresql://u:secret@/d?host=/nowhere-at-all&password=secret")
    with pytest.raises(StoreError) as caught:
        store.prepare()
    assert caught.value.kind == "gone"
    assert "secret" not in str(caught.value)


def test_a_file_is_spoken_of_by_its_path(tmp_path: Path):
    assert shown_address(address(tmp_path / "x")) == str(tmp_path / "x")


def test_the_file_and_its_folder_are_for_the_owner_alone(tmp_path: Path):
    path = tmp_path / "new" / "folder" / "answers.sqlite3"
    store = Store(path)
    assert not store.exists
    store.prepare()
    assert store.exists
    assert path.parent.stat().st_mode & 0o777 == 0o700
    beside = {entry.name: entry.stat().st_mode & 0o777 for entry in path.parent.iterdir()}
    assert set(beside.values()) == {0o600}
    store.close()


@pytest.mark.parametrize("name", ["with space", "100%", "question?mark", "hash#", "plus+", "ä☕", "'quoted\"", "file:x"])
def test_files_of_any_name(tmp_path: Path, name: str):
    store = Store(tmp_path / name)
    store.prepare()
    store.close()
    assert {entry.name for entry in tmp_path.iterdir()} == {name}
