"""A folder is read piece by piece, and again where something has changed."""

import re
from pathlib import Path

from author_folder import FIRST, written_folder
from etiquette_kit.authoring import Folder
from etiquette_kit.authoring.folder import SCHEMA, make_folder
from etiquette_kit.bank.schema import schema_text
from etiquette_kit.content.shipped import shipped
from good_scenario import HEAD, scenario


def test_what_is_in_the_files_is_there_by_its_id(tmp_path: Path):
    folder = Folder(written_folder(tmp_path))
    assert list(folder.entries) == ["one", "two"]
    assert folder.languages == ("de", "en")
    assert folder.themes["first.toml"].title("en") == "Sample"
    assert folder.themes["first.toml"].title("fr") == "Probe"
    assert [found.id for found in folder.others("one")] == ["two"]


def test_a_folder_that_is_missing_is_empty(tmp_path: Path):
    folder = Folder(tmp_path / "none")
    assert (folder.entries, folder.languages, folder.is_complete) == ({}, (), True)
    folder.refresh()
    assert not (tmp_path / "none").exists()


def test_a_doubled_or_missing_id_has_a_key_of_its_own_and_is_not_played(tmp_path: Path):
    text = FIRST + scenario("one") + scenario("x").replace('id = "x"\n', "")
    folder = Folder(written_folder(tmp_path, text))
    assert list(folder.entries) == ["one", "two", "first.toml:2", "first.toml:3"]
    assert [folder.played(entry) is None for entry in folder.entries.values()] == [False, False, True, True]


def test_files_are_read_one_at_a_time_where_there_is_no_time(tmp_path: Path):
    path = written_folder(tmp_path)
    for number in range(3):
        (path / f"more-{number}.toml").write_text(HEAD + scenario(f"more-{number}"), encoding="utf-8")
    folder = Folder(path, 0.0)
    counts = [len(folder.entries)]
    while not folder.is_complete:
        folder.refresh(0.0)
        counts.append(len(folder.entries))
    assert counts == [2, 3, 4, 5]
    generation = folder.generation
    folder.refresh()
    assert folder.generation == generation


def test_what_others_change_add_or_remove_is_seen(tmp_path: Path):
    path = written_folder(tmp_path)
    folder = Folder(path)
    (path / "first.toml").write_text(FIRST.replace('"two"', '"three"'), encoding="utf-8")
    folder.refresh()
    assert list(folder.entries) == ["one", "three"]
    (path / "below").mkdir()
    (path / "below" / "more.toml").write_text(HEAD + scenario("more"), encoding="utf-8")
    folder.refresh()
    assert folder.entries["more"].file == "below/more.toml"
    (path / "first.toml").unlink()
    folder.refresh()
    assert list(folder.entries) == ["more"]


def test_one_language_is_enough_where_all_is_written_in_one(tmp_path: Path):
    text = re.sub(r"\[scenario\.text\.en\].*?(?=\[\[scenario\.option)", "", FIRST, flags=re.DOTALL)
    text = re.sub(r"(?m)^(?:text|title)\.en.*\n", "", text)
    folder = Folder(written_folder(tmp_path, text))
    assert folder.languages == ("de",)
    assert all(folder.played(entry) for entry in folder.entries.values())


def test_other_files_are_left_alone(tmp_path: Path):
    path = written_folder(tmp_path)
    (path / "house.toml").write_text('[house]\ntext.de = "Bei uns gilt etwas."\n', encoding="utf-8")
    (path / "list.toml").write_text('title = "Freitag"\nscenarios = ["one"]\n', encoding="utf-8")
    (path / "inbox.toml").write_bytes((shipped("scenarios") / "inbox.toml").read_bytes())
    folder = Folder(path)
    assert list(folder.themes) == ["first.toml"]
    assert len(folder.ids) > 2


def test_a_folder_is_made_with_its_schema_and_one_that_is_there_is_left_alone(tmp_path: Path):
    path = tmp_path / "a" / "b"
    assert make_folder(path)
    assert (path / SCHEMA).read_text(encoding="utf-8") == schema_text()
    (path / SCHEMA).unlink()
    assert not make_folder(path)
    assert list(path.iterdir()) == []
