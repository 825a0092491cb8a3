"""Saving from the author's page: files change where they have to, and nothing is overwritten."""

from pathlib import Path

import pytest
from author_folder import FIRST
from etiquette_kit import load_bank
from etiquette_kit.authoring import Drafts
from etiquette_kit.locale import catalog
from good_scenario import HEAD, scenario
from writing import Writing

WORDS = catalog("de")


def test_saving_changes_the_line_of_the_field_alone(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.edit(text__en__title="Another request")
    page.do("keep")
    assert (folder / "first.toml").read_text(encoding="utf-8") == FIRST.replace('title = "A request"', 'title = "Another request"', 1)
    assert not page.page["can_save"]


def test_an_unfinished_situation_is_saved_and_left_out_of_the_quiz(folder: Path):
    page = Writing(folder)
    page.do("new")
    page.edit(text__de__title="Nur ein Titel")
    page.do("keep")
    assert page.page["said"] == WORDS("writer.saved", file="first.toml")
    bank = load_bank(folder)
    assert (len(bank), bank.left_out) == (2, 1)
    page.do("play", on=True)
    assert page.page["kind"] == "form"
    page.do("close")
    assert {row["key"]: row["state"] for row in page.page["rows"]}["nur-ein-titel"] == "error"


def test_an_unfinished_situation_is_opened_again_as_it_was(folder: Path):
    page = Writing(folder)
    page.do("new")
    page.edit(text__de__title="Nur ein Titel", option__0__text__de__label="Ich tue etwas.")
    page.do("keep")
    page.do("close")
    page.do("open", key="nur-ein-titel")
    assert page.page["values"]["option.0.text.de.label"] == "Ich tue etwas."
    assert not page.page["can_save"]
    page.edit(person__name="Ada Beispiel")
    page.do("keep")
    assert page.page["said"] == WORDS("writer.saved", file="first.toml")
    assert (folder / "first.toml").read_text(encoding="utf-8").startswith(FIRST)


def test_a_clash_shows_both_and_either_can_be_chosen(folder: Path):
    for keep, name in (("mine", "Eva Beispiel"), ("theirs", "Ida Beispiel")):
        (folder / "first.toml").write_text(FIRST, encoding="utf-8", newline="")
        page = Writing(folder)
        page.do("open", key="one")
        page.edit(person__name="Eva Beispiel")
        theirs = FIRST.replace('Ada Beispiel"', 'Ida Beispiel"', 1)
        (folder / "first.toml").write_text(theirs, encoding="utf-8", newline="")
        page.do("keep")
        (difference,) = page.page["clash"]["differences"]
        assert (difference["mine"], difference["theirs"]) == ("Eva Beispiel", "Ida Beispiel")
        assert (folder / "first.toml").read_text(encoding="utf-8") == theirs
        page.do("settle", keep=keep)
        assert page.page["clash"] is None
        assert page.page["values"]["person.name"] == name
        assert load_bank(folder)["one"].person.name == name
        assert not page.page["can_save"]
        page.do("undo")
        assert page.page["values"]["person.name"] in ("Eva Beispiel", "Ada Beispiel")
        page.do("drop")
        page.do("close")


def test_a_situation_that_somebody_deleted_is_saved_again_or_given_up(folder: Path):
    for keep in ("mine", "theirs"):
        (folder / "first.toml").write_text(FIRST, encoding="utf-8", newline="")
        page = Writing(folder)
        page.do("open", key="two")
        page.edit(person__name="Eva Beispiel")
        Writing(folder, tab="other").do("delete", key="two")
        page.do("keep")
        assert page.page["clash"]["gone"]
        page.do("settle", keep=keep)
        assert list(load_bank(folder).scenarios) == (["one", "two"] if keep == "mine" else ["one"])


def test_a_situation_moves_to_another_theme_with_what_is_not_saved(folder: Path):
    (folder / "other.toml").write_text(HEAD.replace("Probe", "Anderes") + scenario("three"), encoding="utf-8")
    page = Writing(folder)
    page.do("open", key="two")
    page.edit(person__name="Eva Beispiel")
    page.edit(file="other.toml")
    assert page.page["said"] == WORDS("writer.moved", theme="Anderes")
    assert page.page["values"]["person.name"] == "Eva Beispiel"
    assert load_bank(folder)["two"].theme == "other"
    assert load_bank(folder)["two"].person.name == "Ada Beispiel"
    page.do("keep")
    assert load_bank(folder)["two"].person.name == "Eva Beispiel"


def test_what_cannot_be_saved_is_told_and_stays(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.edit(person__name="Eva Beispiel")
    (folder / "first.toml").chmod(0o444)
    page.do("keep")
    assert "first.toml" in page.page["said"]
    assert page.page["can_save"]
    assert page.page["values"]["person.name"] == "Eva Beispiel"
    (folder / "first.toml").chmod(0o644)
    page.do("keep")
    assert load_bank(folder)["one"].person.name == "Eva Beispiel"


def test_a_full_disk_is_told_while_one_writes(folder: Path, monkeypatch: pytest.MonkeyPatch):
    page = Writing(folder)
    page.do("open", key="one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Drafts, "keep", full)
    page.edit(person__name="Eva Beispiel")
    assert page.page["state"] == WORDS("writer.not_kept", reason="No space left on device")
    monkeypatch.undo()
    page.edit(person__name="Eva Beispiele")
    assert page.page["state"] == WORDS("writer.state.changed")
