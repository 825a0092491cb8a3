"""Saving: nothing is lost, nothing doubled, and nothing that somebody else wrote is overwritten."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from author_folder import FIRST, Author, written_folder
from etiquette_kit import load_bank
from etiquette_kit.authoring import Conflict, Draft, Folder, SaveError
from etiquette_kit.authoring.folder import SCHEMA, make_folder
from etiquette_kit.content import atomic_file
from etiquette_kit.content.shipped import shipped
from good_scenario import scenario


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(written_folder(tmp_path))


def _text(author: Author, name: str = "first.toml") -> str:
    return (author.folder.path / name).read_bytes().decode()


def _new(author: Author, name: str = "new", file: str = "first.toml", **more: Any) -> Draft:
    raw = {**author.folder.entries["one"].raw, "id": name}
    return Draft("1" * 16, author.page, file, None, raw, **more)


def test_a_situation_is_saved_and_nothing_else_changes(author: Author):
    draft = author.draft("one", platform="instagram")
    assert author.saving.save(draft) is None
    assert _text(author) == FIRST.replace('platform = "facebook"', 'platform = "instagram"', 1)
    assert draft.base == draft.raw == author.folder.entries["one"].raw
    assert list(author.folder.entries) == ["one", "two"]


def test_what_is_saved_unchanged_is_the_same_file(author: Author):
    path = author.folder.path / "first.toml"
    before = path.stat()
    assert author.saving.save(author.draft("one")) is None
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_shipped_bank_saved_unchanged_has_no_difference(tmp_path: Path):
    copy = tmp_path / "scenarios"
    shutil.copytree(shipped("scenarios"), copy)
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=copy, check=True)
    author = Author(copy)
    assert len(author.folder.entries) == len(load_bank())
    for key in author.folder.entries:
        assert author.saving.save(author.draft(key)) is None
    # Not only because nothing is written then: there and back again is the same, too.
    for key in list(author.folder.entries)[::11]:
        old = dict(author.folder.entries[key].raw)
        for platform in ("snapchat", old["platform"]):
            assert author.saving.save(author.draft(key, platform=platform)) is None
    assert subprocess.run(["git", "diff"], cwd=copy, check=True, capture_output=True, text=True).stdout == ""


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_windows_file_keeps_its_line_ends_and_its_mark(tmp_path: Path, bom: str):
    author = Author(written_folder(tmp_path, bom + FIRST.replace("\n", "\r\n")))
    author.saving.save(author.draft("two", platform="instagram"))
    author.saving.save(_new(author))
    assert _text(author).startswith(f"{bom}#:schema")
    assert _text(author).count("\n") == _text(author).count("\r\n")
    assert list(author.folder.entries) == ["one", "two", "new"]


def test_permissions_and_links_stay(author: Author):
    path = author.folder.path / "first.toml"
    path.rename(author.folder.path / "real.txt")
    path.symlink_to("real.txt")
    path.chmod(0o640)
    author.folder.refresh()
    author.saving.save(author.draft("one", platform="instagram"))
    assert path.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "instagram" in _text(author)


# ---- others --------------------------------------------------------------------------------------------------------------


def test_two_pages_save_different_situations_of_one_file(author: Author, tmp_path: Path):
    other = Author(tmp_path / "situations", "other")
    one, two = author.draft("one", platform="instagram"), other.draft("two", platform="whatsapp")
    assert author.saving.save(one) is None
    assert other.saving.save(two) is None
    assert other.folder.entries["one"].raw["platform"] == "instagram"
    assert other.folder.entries["two"].raw["platform"] == "whatsapp"


def test_a_situation_that_changed_meanwhile_is_not_overwritten_and_both_are_told(author: Author):
    draft = author.draft("one", platform="instagram")
    theirs = FIRST.replace('name = "Ada Beispiel"', 'name = "Eva Beispiel"', 1)
    (author.folder.path / "first.toml").write_text(theirs, encoding="utf-8")
    conflict = author.saving.save(draft)
    assert conflict == Conflict({**draft.base, "person": {"name": "Eva Beispiel", "gender": "female"}})
    assert _text(author) == theirs
    assert conflict.theirs is not None
    draft.base = dict(conflict.theirs)  # the author keeps her own
    assert author.saving.save(draft) is None
    assert author.folder.entries["one"].raw == draft.raw


def test_a_comment_of_somebody_else_is_no_conflict_and_stays(author: Author):
    draft = author.draft("one", platform="instagram")
    (author.folder.path / "first.toml").write_text(FIRST.replace("# the first one", "# rewritten"), encoding="utf-8")
    assert author.saving.save(draft) is None
    assert "# rewritten" in _text(author)
    assert "instagram" in _text(author)


def test_a_situation_that_is_gone_is_told_and_can_be_saved_anew(author: Author):
    draft = author.draft("two", platform="instagram")
    author.saving.delete(author.folder.entries["two"])
    assert author.saving.save(draft) == Conflict(None)
    draft.base, draft.own_id = None, True
    assert author.saving.save(draft) is None
    assert list(author.folder.entries) == ["one", "two"]


def test_saving_twice_saves_once(author: Author, tmp_path: Path):
    other = Author(tmp_path / "situations", "other")
    mine, same = author.draft("one", platform="instagram"), other.draft("one", platform="instagram")
    assert author.saving.save(mine) is None
    assert other.saving.save(same) is None


def test_a_broken_file_is_left_as_it_is(author: Author):
    draft = author.draft("one", platform="instagram")
    (author.folder.path / "first.toml").write_text(FIRST + 'broken = "\n', encoding="utf-8")
    with pytest.raises(SaveError) as caught:
        author.saving.save(draft)
    assert (caught.value.kind, caught.value.file) == ("broken", "first.toml")
    assert _text(author).endswith('broken = "\n')
    author.folder.refresh()
    assert [finding.kind for finding in author.folder.broken] == ["broken_toml"]
    assert draft.is_changed


# ---- new, moved, deleted ---------------------------------------------------------------------------------------------------


def test_a_new_situation_makes_the_folder_the_schema_and_the_theme(tmp_path: Path):
    known = Author(written_folder(tmp_path))
    author = Author(tmp_path / "some" / "where")
    raw = {**known.folder.entries["one"].raw, "id": "new"}
    author.saving.save(Draft("1" * 16, "page", "own.toml", None, raw, titles={"de": "Eigene", "en": "Own"}))
    head = '#:schema ./schema.json\n\n[theme]\ntitle.de = "Eigene"\ntitle.en = "Own"\n\n[[scenario]]\nid = "new"\n'
    assert _text(author, "own.toml").startswith(head)
    assert (author.folder.path / SCHEMA).exists()
    bank = load_bank(author.folder.path)
    assert (len(bank), bank.left_out) == (1, 0)
    assert not make_folder(author.folder.path)


def test_an_id_that_is_taken_is_not_given_twice_but_an_own_one_is_kept(author: Author):
    author.saving.save(_new(author, "one"))
    assert list(author.folder.entries) == ["one", "two", "one-2"]
    author.saving.save(_new(author, "two", own_id=True))
    assert list(author.folder.entries) == ["one", "two", "one-2", "first.toml:3"]


def test_a_situation_moves_with_its_comments(author: Author):
    author.saving.move(author.folder.entries["two"], "other.toml", {"de": "Anderes"})
    assert "# the second one" not in _text(author)
    assert "# the second one\n[[scenario]]" in _text(author, "other.toml")
    assert [entry.file for entry in author.folder.entries.values()] == ["first.toml", "other.toml"]
    author.saving.move(author.folder.entries["two"], "first.toml")
    assert _text(author) == FIRST


def test_what_is_deleted_is_kept_where_no_bank_reads_it_and_comes_back(author: Author):
    name = author.saving.delete(author.folder.entries["two"])
    assert name == "deleted/two.txt"
    assert "# the second one" in _text(author, name)
    assert list(load_bank(author.folder.path).scenarios) == ["one"]
    assert load_bank(author.folder.path).findings == Folder(author.folder.path).findings()
    author.saving.save(_new(author, "two"))
    assert author.saving.delete(author.folder.entries["two"]) == "deleted/two-2.txt"
    author.saving.bring_back(name)
    assert _text(author) == FIRST
    assert not (author.folder.path / name).exists()


@pytest.mark.parametrize("first", ["# ../outside.toml, 2026", "# /tmp/outside.toml, 2026", "# notes.txt, 2026", "", "[["])
def test_what_is_no_deleted_situation_of_this_folder_is_not_brought_back(author: Author, first: str):
    name = author.saving.delete(author.folder.entries["two"])
    path = author.folder.path / name
    path.write_text(path.read_text(encoding="utf-8").replace(path.read_text(encoding="utf-8").split("\n")[0], first, 1), encoding="utf-8")
    with pytest.raises(SaveError):
        author.saving.bring_back(name)
    assert path.exists()
    assert list(author.folder.entries) == ["one"]


def test_a_lone_situation_leaves_its_theme_behind(tmp_path: Path):
    author = Author(written_folder(tmp_path, '[theme]\ntitle.de = "Eins"\n' + scenario("one")))
    name = author.saving.delete(author.folder.entries["one"])
    assert list(author.folder.themes) == ["first.toml"]
    author.saving.bring_back(name)
    assert list(author.folder.entries) == ["one"]


def test_a_situation_in_an_unusual_form_is_told_and_not_touched(tmp_path: Path):
    author = Author(written_folder(tmp_path, 'scenario = [{ id = "one", platform = "facebook" }]\n[theme]\ntitle.de = "Eins"\n'))
    with pytest.raises(SaveError) as caught:
        author.saving.save(author.draft("one", platform="xing"))
    assert caught.value.kind == "unwritable"


# ---- the disk --------------------------------------------------------------------------------------------------------------


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


STEPS: dict[str, Callable[[Author], Any]] = {
    "save": lambda author: author.saving.save(author.draft("one", platform="instagram")),
    "new": lambda author: author.saving.save(_new(author)),
    "move": lambda author: author.saving.move(author.folder.entries["one"], "other.toml"),
    "delete": lambda author: author.saving.delete(author.folder.entries["one"]),
}


@pytest.mark.parametrize("step", STEPS)
def test_on_a_full_disk_everything_is_as_it_was(author: Author, monkeypatch: pytest.MonkeyPatch, step: str):
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(SaveError) as caught:
        STEPS[step](author)
    assert (caught.value.kind, caught.value.reason) == ("disk", os.strerror(errno.ENOSPC))
    assert _text(author) == FIRST
    assert [path.name for path in author.folder.path.rglob("*") if path.is_file()] == ["first.toml"]


@pytest.mark.parametrize("step", ["move", "delete"])
def test_what_is_written_first_is_taken_back_where_the_second_file_cannot_be(author: Author, step: str):
    path = author.folder.path / "first.toml"
    path.chmod(0o444)
    with pytest.raises(SaveError):
        STEPS[step](author)
    assert [found for found in author.folder.path.rglob("*") if found.is_file()] == [path]


def test_a_write_protected_file_is_not_replaced(author: Author):
    path = author.folder.path / "first.toml"
    path.chmod(0o444)
    with pytest.raises(SaveError) as caught:
        author.saving.save(author.draft("one", platform="instagram"))
    assert (caught.value.kind, caught.value.reason) == ("disk", os.strerror(errno.EACCES))
    assert _text(author) == FIRST


def test_a_write_that_is_cut_short_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        atomic_file.write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
