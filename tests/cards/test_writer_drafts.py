"""What is typed in the author's page and not saved: it outlives reloads, kernels and other pages."""

from pathlib import Path

import pytest
from etiquette_kit import load_bank
from etiquette_kit.authoring import Drafts
from etiquette_kit.locale import catalog
from writing import Writing

WORDS = catalog("de")


def test_what_was_typed_is_there_again_in_the_same_tab(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.edit(person__name="Eva Beispiel")
    again = Writing(folder, arrives=False)  # another kernel
    again.do("arrive", tab="tab", open="one", typed={"text.de.title": "Noch nicht angekommen"})
    assert again.page["values"]["person.name"] == "Eva Beispiel"
    assert again.page["values"]["text.de.title"] == "Noch nicht angekommen"
    again.do("close")
    assert {row["key"]: row["state"] for row in again.page["rows"]}["one"] == "draft"


def test_a_new_situation_that_is_not_saved_is_listed_first_and_opened_again(folder: Path):
    page = Writing(folder)
    page.do("new")
    page.edit(text__de__title="Nur ein Titel")
    key = page.page["key"]
    again = Writing(folder, arrives=False)
    again.do("arrive", tab="tab", open=key)
    assert again.page["values"]["text.de.title"] == "Nur ein Titel"
    other = Writing(folder, tab="other")
    first = other.page["rows"][0]
    assert (first["key"], first["title"], first["is_new"]) == (key, "Nur ein Titel", True)
    other.do("open", key=key)
    other.do("keep")
    assert len(load_bank(folder).findings) > 0
    assert [row["title"] for row in Writing(folder, tab="third").page["rows"]].count("Nur ein Titel") == 1


def test_what_was_typed_before_a_situation_was_saved_may_come_after(folder: Path):
    page = Writing(folder)
    page.do("new")
    key = page.page["key"]
    page.edit(text__de__title="Nur ein Titel")
    page.do("keep")
    assert page.page["key"] == "nur-ein-titel"
    page.do("edit", key=key, field="text.de.role", value="Kundin")
    assert page.page["values"]["text.de.role"] == "Kundin"


def test_a_kernel_that_ends_right_after_saving_doubles_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch):
    page = Writing(folder)
    page.do("new")
    page.edit(text__de__title=" Nur ein Titel ")
    key = page.page["key"]
    monkeypatch.setattr(Drafts, "drop", lambda *_: None)  # it is killed before that
    page.do("keep")
    monkeypatch.undo()
    again = Writing(folder, arrives=False)
    again.do("arrive", tab="tab", open=key)
    assert again.page["values"]["text.de.title"] == "Nur ein Titel"
    assert not again.page["can_save"]
    again.do("close")
    assert again.titles().count("Nur ein Titel") == 1
    old = Writing(folder)
    old.do("open", key="one")
    old.edit(person__name="Eva Beispiel")
    monkeypatch.setattr(Drafts, "drop", lambda *_: None)
    old.do("keep")
    monkeypatch.undo()
    last = Writing(folder)
    last.do("open", key="one")
    last.do("keep")
    assert (last.page["clash"], last.page["can_save"]) == (None, False)


def test_a_clash_names_reactions_that_only_one_version_has(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.do("option", step="remove", place=2)
    other = Writing(folder, tab="other")
    other.do("open", key="one")
    other.do("option", step="add")
    other.edit(option__3__text__de__label="Ich tue etwas Viertes.")
    other.do("keep")
    page.do("keep")
    theirs = {each["theirs"] for each in page.page["clash"]["differences"]}
    assert {"Ich tue etwas Viertes.", "Das bewirkt c."} <= theirs


def test_two_pages_write_in_one_situation_and_nothing_is_lost(folder: Path):
    mine, other = Writing(folder), Writing(folder, tab="other")
    mine.do("open", key="one")
    other.do("open", key="one")
    mine.edit(person__name="Eva Beispiel")
    other.edit(platform="instagram")
    (offered,) = mine.do("preview", open=False)["others"]
    mine.do("take_over", name=offered["name"])
    assert mine.page["values"]["platform"] == "instagram"
    mine.do("undo")
    assert mine.page["values"]["person.name"] == "Eva Beispiel"
    other.edit(platform="snapchat")  # it is not gone for the other page either
    other.do("keep")
    assert load_bank(folder)["one"].platform == "snapchat"
    mine.do("keep")
    assert mine.page["clash"] is not None


def test_a_page_whose_draft_was_taken_over_is_told_and_goes_on_in_a_second_version(folder: Path):
    page, other = Writing(folder), Writing(folder, tab="other")
    page.do("new")
    page.edit(text__de__title="Nur ein Titel")
    other.do("open", key=page.page["key"])
    page.edit(text__de__title="Noch ein Titel")
    assert page.page["said"] == WORDS("writer.second_version")
    assert {"Nur ein Titel", "Noch ein Titel"} <= set(Writing(folder, tab="third").titles())


def test_of_two_pages_that_take_a_draft_over_one_alone_has_it(folder: Path, monkeypatch: pytest.MonkeyPatch):
    gone = Writing(folder, tab="gone")
    gone.do("new")
    gone.edit(text__de__title="Nur ein Titel")
    page = Writing(folder)
    monkeypatch.setattr(Drafts, "take", lambda *_: None)  # another page was quicker
    page.do("open", key=gone.page["key"])
    assert (page.page["kind"], page.page["said"]) == ("list", WORDS("writer.taken"))


def test_a_language_that_no_other_situation_has_is_warned_of(tmp_path: Path):
    page = Writing(tmp_path / "mine")
    for title in ("Eins und zwei", "Drei und vier"):
        page.do("new")
        page.edit(text__de__title=title)
        page.do("keep")
        assert "text.de" not in page.notes("warning")
        page.do("close")
    page.do("open", key="eins-und-zwei")
    page.do("write_in", code="en", on=True)
    assert page.notes("warning")["text.en"] == [WORDS("writer.findings.lone_language")]


def test_what_somebody_else_saved_is_taken_up_where_nothing_is_changed(folder: Path):
    mine, other = Writing(folder), Writing(folder, tab="other")
    other.do("open", key="one")
    other.edit(person__name="Eva Beispiel")
    other.do("keep")
    mine.do("open", key="one")
    assert mine.page["values"]["person.name"] == "Eva Beispiel"


def test_a_draft_is_dropped_and_can_be_had_back(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.edit(person__name="Eva Beispiel")
    page.do("drop")
    assert page.page["values"]["person.name"] == "Ada Beispiel"
    assert list((folder.parent / "drafts").rglob("*.json")) == []
    page.do("undo")
    assert page.page["values"]["person.name"] == "Eva Beispiel"
    page.do("drop")
    page.do("close")
    page.do("new")
    page.edit(text__de__title="Nur ein Titel")
    page.do("drop")
    assert (page.page["kind"], page.page["said"]) == ("list", WORDS("writer.dropped"))
    page.do("bring_back")
    assert (page.page["said"], page.page["bring_back"]) == (WORDS("writer.draft_back"), "")
    (row,) = [row for row in page.page["rows"] if row.get("is_new")]
    assert row["title"] == "Nur ein Titel"


def test_a_draft_that_is_deleted_from_the_list_can_be_had_back(folder: Path):
    page = Writing(folder)
    page.do("new")
    page.edit(text__de__title="Nur ein Titel")
    page.do("close")
    (row,) = [row for row in page.page["rows"] if row.get("is_new")]
    page.do("delete", key=row["key"])
    assert not any(row.get("is_new") for row in page.page["rows"])
    page.do("bring_back")
    (again,) = [row for row in page.page["rows"] if row.get("is_new")]
    assert again["title"] == "Nur ein Titel"
    page.do("bring_back")  # once is enough
    assert len([row for row in page.page["rows"] if row.get("is_new")]) == 1
