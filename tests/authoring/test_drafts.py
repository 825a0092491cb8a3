"""Drafts: what is written outlives its page, and two pages neither lose nor double anything."""

import datetime as dt
import math
from pathlib import Path

import pytest
from author_folder import Author, written_folder
from etiquette_kit.authoring import Draft, Drafts
from etiquette_kit.authoring.drafts import new_name
from hypothesis import given
from hypothesis import strategies as st


def _draft(page: str = "a", title: str = "Titel") -> Draft:
    return Draft(new_name(), page, "first.toml", None, {"id": "x", "text": {"de": {"title": title}}})


def _drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "situations", tmp_path / "drafts")


def test_a_draft_is_there_again_for_whoever_comes_next(tmp_path: Path):
    draft = _draft()
    _drafts(tmp_path).keep(draft)
    (found,) = _drafts(tmp_path).all()
    assert found == draft
    assert found.is_changed


def test_each_folder_has_its_own_drafts(tmp_path: Path):
    _drafts(tmp_path).keep(_draft())
    assert Drafts(tmp_path / "others", tmp_path / "drafts").all() == []


def test_what_only_toml_has_stays_what_it_is(tmp_path: Path):
    draft = _draft()
    draft.raw |= {
        "on": dt.date(2026, 5, 1),
        "at": dt.datetime(2026, 5, 1, 8, tzinfo=dt.UTC),
        "far": math.inf,
        "big": 2**70,
    }
    _drafts(tmp_path).keep(draft)
    assert _drafts(tmp_path).all()[0].raw == draft.raw


@given(title=st.text())
def test_any_text_is_kept(tmp_path_factory: pytest.TempPathFactory, title: str):
    drafts = _drafts(tmp_path_factory.mktemp("drafts"))
    drafts.keep(_draft(title=title))
    assert drafts.all()[0].raw["text"]["de"]["title"] == title


def test_one_page_alone_takes_a_draft_over(tmp_path: Path):
    first, second = _drafts(tmp_path), _drafts(tmp_path)
    _drafts(tmp_path).keep(_draft("gone"))
    (seen,), (also_seen,) = first.all(), second.all()
    taken = first.take(seen, "a")
    assert taken is not None
    assert taken.page == "a"
    assert second.take(also_seen, "b") is None
    assert len(first.all()) == 1


def test_a_page_that_lost_its_draft_goes_on_in_another(tmp_path: Path):
    mine, other = _drafts(tmp_path), _drafts(tmp_path)
    draft = _draft()
    mine.keep(draft)
    other.take(other.all()[0], "b")
    draft.raw["id"] = "typed-after"
    mine.keep(draft)
    assert sorted((found.page, found.raw["id"]) for found in other.all()) == [("a", "typed-after"), ("b", "x")]


def test_a_draft_that_another_page_has_written_since_is_not_overwritten(tmp_path: Path):
    mine, twin = _drafts(tmp_path), _drafts(tmp_path)
    draft = _draft()
    mine.keep(draft)
    (same,) = twin.all()
    twin.know(same)
    same.raw["id"] = "twin"
    twin.keep(same)
    draft.raw["id"] = "mine"
    mine.keep(draft)
    assert sorted(found.raw["id"] for found in mine.all()) == ["mine", "twin"]
    twin.drop(same)
    assert [found.raw["id"] for found in mine.all()] == ["mine"]


def test_a_draft_is_dropped_once_it_is_saved(tmp_path: Path):
    drafts = _drafts(tmp_path)
    draft = _draft()
    drafts.keep(draft)
    drafts.drop(draft)
    assert drafts.all() == []
    drafts.keep(draft)
    assert len(drafts.all()) == 1


def test_what_is_no_draft_is_left_alone(tmp_path: Path):
    drafts = _drafts(tmp_path)
    drafts.keep(_draft())
    for name, text in (("0" * 16, "{"), ("1" * 16, '{"name": 1}'), ("notes", "{}")):
        (drafts.path / f"{name}.json").write_text(text)
    assert len(drafts.all()) == 1


def test_drafts_are_for_their_owner_only_and_not_in_the_folder(tmp_path: Path):
    author = Author(written_folder(tmp_path))
    author.drafts.keep(author.draft("one"))
    assert author.drafts.path.stat().st_mode & 0o077 == 0
    assert [path.name for path in author.folder.path.iterdir()] == ["first.toml"]
