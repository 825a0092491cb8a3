"""The form of the author's page: what is asked, found and taken back, without a browser."""

import shutil
from pathlib import Path

import pytest
from etiquette_kit import load_bank
from etiquette_kit.content.shipped import shipped
from etiquette_kit.lint.fairness.similarity import _runs
from etiquette_kit.locale import catalog
from writing import STEM, Writing, write_situation

WORDS = catalog("de")


def test_a_new_situation_is_written_saved_and_played(tmp_path: Path):
    folder = tmp_path / "mine"
    page = Writing(folder)
    assert page.page["found"] == WORDS("writer.found_nothing")
    write_situation(page)
    assert page.page["values"]["id"] == "anfrage-nach-einer-lieferung"
    assert page.notes() == {}
    assert page.page["summary"] == WORDS("writer.summary.fine")
    assert page.page["can_play"]
    page.edit(theme__de="Aus unserem Haus")
    page.do("keep")
    assert page.page["said"] == WORDS("writer.saved", file="aus-unserem-haus.toml")
    bank = load_bank(folder)
    (found,) = bank
    assert bank.findings == []
    assert found.text("de").stem.startswith(STEM[:40])
    assert "„Wir reden" in found.text("de").stem
    assert bank.theme_title("aus-unserem-haus", "de") == "Aus unserem Haus"


def test_only_questions_that_apply_are_asked_and_the_grades_follow(folder: Path):
    page = Writing(folder)
    page.do("new")

    def asked() -> list[str]:
        return [field["name"] for field in page.page["groups"][0]["fields"]]

    assert asked() == ["facts.event", "facts.relation", "platform"]
    page.edit(facts__event="friend_request", facts__relation="boss", platform="facebook")
    assert asked()[3:] == ["facts.wanted", "facts.sensitive"]
    page.edit(facts__wanted="true", facts__sensitive="true")
    assert {action["name"]: action["grade"] for action in page.page["actions"]}["annehmen, auf eine Liste mit wenig Einblick"] == 4
    page.edit(facts__wanted="false")
    assert asked()[3:] == ["facts.wanted"]
    assert page.card._desk.draft.raw["facts"] == {"event": "friend_request", "relation": "boss", "network": "private", "wanted": False}
    page.edit(platform="xing")
    assert page.card._desk.draft.raw["facts"]["network"] == "professional"
    page.edit(facts__event="message")
    assert asked()[3:] == ["facts.personal"]


def test_every_shipped_situation_opens_without_a_finding_and_nothing_to_save(tmp_path: Path):
    shutil.copytree(shipped("scenarios"), tmp_path / "scenarios")
    page = Writing(tmp_path / "scenarios")
    for found in load_bank():
        page.do("open", key=found.id)
        assert page.page["values"]["text.de.title"] == found.title("de")
        assert (page.page["can_save"], page.page["can_play"], page.notes("error"), page.notes("missing")) == (False, True, {}, {})
        page.do("close")
    assert list((tmp_path / "drafts").rglob("*.json")) == []


def test_findings_stand_beside_their_field(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.edit(text__de__stem="Kurz.", option__0__action="decline_silently", option__1__text__de__label="")
    assert WORDS("writer.findings.empty_text") in page.notes("missing")["option.1.text.de.label"]
    assert page.notes("error")["option.2.action"] == [WORDS("writer.findings.doubled_action", action="ablehnen ohne ein Wort")]
    assert any("50" in text for text in page.notes("warning")["text.de.stem"])
    page.edit(id="two")
    assert page.notes("error")["id"] == [WORDS("writer.findings.doubled_id")]


def test_the_checklist_ticks_itself_and_says_where_it_cannot(tmp_path: Path):
    page = Writing(tmp_path / "mine")
    page.do("new")
    assert {part["told"] for part in page.page["checklists"]["de"]} == {"unsure"}
    write_situation(page)
    told = [part["told"] for part in page.page["checklists"]["de"]]
    assert told == ["yes", "yes", "yes", "unsure", "yes", "unsure"]
    page.edit(text__de__stem="Frau Beispiel schreibt.")
    assert [part["told"] for part in page.page["checklists"]["de"]][:3] == ["no", "no", "no"]


def test_a_letter_makes_one_text_be_compared_anew_however_many_there_are(tmp_path: Path):
    shutil.copytree(shipped("scenarios"), tmp_path / "scenarios")
    page = Writing(tmp_path / "scenarios")
    page.do("open", key="client-from-the-city-run")
    stem = page.page["values"]["text.de.stem"]
    page.edit(text__de__stem=stem + " ")  # reads the texts of the others
    for number in range(9):
        before = _runs.cache_info().misses
        page.do("edit", key="client-from-the-city-run", field="text.de.stem", value=f"{stem} {number}")
        assert _runs.cache_info().misses - before == 1


def test_a_second_language_is_written_beside_the_first_or_left_out(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.do("write_in", code="en", on=False)
    assert [value["code"] for value in page.page["written"]] == ["de"]
    assert not any(".en." in name for name in page.page["values"])
    page.do("write_in", code="de", on=False)  # one is left
    assert [value["code"] for value in page.page["written"]] == ["de"]
    page.do("write_in", code="en", on=True)
    assert page.page["values"]["option.0.text.en.label"] == ""
    page.do("undo")
    page.do("undo")
    assert page.page["values"]["text.en.title"] == "A request"
    assert not page.page["can_save"]


def test_options_are_added_moved_and_removed_up_to_what_can_be_played(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    for _ in range(4):
        page.do("option", step="add")
    assert (page.page["more_options"], page.page["last_place"]) == (False, 4)
    page.do("option", step="down", place=0)
    page.do("option", step="remove", place=4)
    page.do("option", step="remove", place=3)
    page.do("option", step="remove", place=40)
    page.do("keep")
    assert [option.id for option in load_bank(folder)["one"].options] == ["b", "a", "c"]


def test_steps_are_taken_back_one_field_at_a_time(folder: Path):
    now = [0.0]
    page = Writing(folder, clock=lambda: now[0])
    page.do("open", key="one")
    for text in ("E", "Ei", "Ein", "Eins"):
        page.edit(text__de__title=text)
    page.edit(person__name="Eva")
    page.do("undo")
    assert (page.page["values"]["person.name"], page.page["values"]["text.de.title"]) == ("Ada Beispiel", "Eins")
    page.do("undo")
    assert page.page["values"]["text.de.title"] == "Eine Anfrage"
    assert not page.page["can_undo"]
    assert list((folder.parent / "drafts").rglob("*.json")) == []
    # After a pause, what is typed in the same field is a step of its own.
    page.edit(text__de__title="Eins")
    now[0] = 60.0
    page.edit(text__de__title="Eins zwei")
    page.do("undo")
    assert page.page["values"]["text.de.title"] == "Eins"


def test_pasted_text_is_tidied(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.edit(text__de__stem="Frau\u00a0Bei\u00adspiel sagt:\r\n\r\n“Hallo!”\u2028\tGut.", text__de__title="Zwei\r\nZeilen")
    assert page.page["values"]["text.de.stem"] == "Frau Beispiel sagt:\n\n„Hallo!“\n Gut."
    assert page.page["values"]["text.de.title"] == "Zwei Zeilen"


def test_hostile_text_is_text(folder: Path):
    hostile = "<img src=x onerror=alert(1)> \"]]\n[[scenario]]\nid = 'x'"
    page = Writing(folder)
    page.do("open", key="one")
    page.edit(text__de__stem=hostile, person__name=hostile, option__0__text__de__label='"""' * 3 + "\\")
    page.do("keep")
    again = Writing(folder, tab="other")
    assert len(again.page["rows"]) == 2
    assert "[[scenario]]" in load_bank(folder)["one"].text("de").stem


@pytest.mark.parametrize(
    "message",
    [
        {"do": "edit", "key": "one", "field": "option.9.action", "value": "x"},
        {"do": "edit", "key": "one", "field": "option.0.id", "value": "x"},
        {"do": "edit", "key": "one", "field": "facts.wanted", "value": "maybe"},
        {"do": "edit", "key": "one", "field": "platform", "value": "../../etc"},
        {"do": "edit", "key": "one", "field": "file", "value": "../other.toml"},
        {"do": "edit", "key": "one", "field": "theme.de", "value": "x"},
        {"do": "edit", "key": "two", "field": "id", "value": "x"},
        {"do": "edit", "key": "one", "field": "id", "value": "x" * 30_000},
        {"do": "write_in", "code": "xx", "on": True},
        {"do": "option", "step": "up", "place": 0},
        {"do": "settle", "keep": "mine"},
        {"do": "take_over", "name": "0" * 16},
        {"do": "answer", "position": 0, "round": 1, "question": "x", "response": "a"},
        {"do": "open"},
        {"do": "search", "text": "x"},
    ],
)
def test_what_makes_no_sense_changes_nothing(folder: Path, message: dict[str, object]):
    page = Writing(folder)
    page.do("open", key="one")
    before = page.page
    page.card.take({**message, "n": "odd"})
    assert page.page == before
    assert list((folder.parent / "drafts").rglob("*.json")) == []
