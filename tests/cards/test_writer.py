"""The author's page: what is listed, written, found, saved and played, without a browser."""

import shutil
import time
from pathlib import Path

import pytest
from author_folder import FIRST, written_folder
from etiquette_kit import load_bank
from etiquette_kit.authoring import Drafts
from etiquette_kit.content.shipped import shipped
from etiquette_kit.locale import catalog
from good_scenario import HEAD, scenario
from writing import Writing

WORDS = catalog("de")

STEM = (
    "Ihre Kundin Ada Beispiel kauft seit drei Jahren bei Ihnen Papier. Heute kommt auf Facebook eine Freundschaftsanfrage von ihr, und sie "
    'schreibt:\n\n"Wir reden so nett am Telefon. Da können wir uns doch auch hier verbinden."\n\nAuf Facebook sind nur Ihre Familie und '
    "Freunde. Sie möchten Frau Beispiel dort nicht haben. Aber der nächste Auftrag ist wichtig, und Sie wollen sie nicht kränken."
)
LABELS = {
    "accept_open": "Ich nehme die Anfrage an und freue mich auf ihre nächsten Fotos.",
    "decline_with_note": "Ich lehne ab und schreibe: „Danke! Hier bin ich nur privat.“",
    "decline_silently": "Ich lehne ab und schreibe nichts, wir reden ja bald wieder am Telefon.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written_folder(tmp_path)


def _write(page: Writing) -> None:
    page.do("new")
    page.edit(facts__event="friend_request", facts__relation="client", platform="facebook", facts__wanted="false")
    page.edit(person__name="Ada Beispiel", person__gender="female")
    page.edit(text__de__title="Anfrage nach einer Lieferung", text__de__role="Kundin, Inhaberin einer Druckerei", text__de__stem=STEM)
    for place, (action, label) in enumerate(LABELS.items()):
        page.edit(**{f"option__{place}__action": action, f"option__{place}__text__de__label": label})
        page.edit(**{f"option__{place}__text__de__feedback": "Frau Beispiel weiß nun, woran sie ist."})


# ---- the list --------------------------------------------------------------------------------------------------------------


def test_the_list_is_searched_and_narrowed_down(folder: Path):
    page = Writing(folder)
    assert (page.page["kind"], page.page["found"]) == ("list", WORDS("writer.listed", count=2))
    assert page.page["folder"] == str(folder)
    page.do("search", text="gibt es nicht")
    assert (page.page["rows"], page.page["found"]) == ([], WORDS("writer.found_none", total=2))
    page.do("show_all")
    for name, value, count in (("relation", "client", 2), ("relation", "boss", 0), ("event", "message", 0), ("theme", "first.toml", 2)):
        page.do("show_all")
        page.do("narrow", name=name, value=value)
        assert len(page.page["rows"]) == count, (name, value)


def test_the_list_finds_words_in_every_text(folder: Path):
    page = Writing(folder)
    for words in ("ONE", "druckerei scherz", "I choose b", "Ada"):
        page.do("search", text=words)
        assert page.page["rows"], words


def test_findings_are_looked_for_when_they_are_asked_for_and_filter_the_list(tmp_path: Path):
    broken = scenario("three").replace('action = "accept_open"', 'action = "accept"')
    page = Writing(written_folder(tmp_path, FIRST + broken))
    assert not page.page["surveyed"]
    page.do("survey")
    states = {row["key"]: row["state"] for row in page.page["rows"]}
    assert states == {"one": "fine", "two": "warning", "three": "error"}  # its stem resembles that of the first
    page.do("narrow", name="state", value="error")
    assert [row["key"] for row in page.page["rows"]] == ["three"]


def test_a_long_list_is_shown_in_parts(tmp_path: Path):
    page = Writing(written_folder(tmp_path, HEAD + "".join(scenario(f"number-{number}") for number in range(120))))
    assert (len(page.page["rows"]), page.page["more"]) == (50, WORDS("writer.more", count=70))
    page.do("more")
    page.do("more")
    assert (len(page.page["rows"]), page.page["more"]) == (120, "")


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_listed(folder: Path):
    (folder / "second.toml").write_text('[theme]\ntitle.de = "Zwei\n', encoding="utf-8")
    page = Writing(folder)
    assert len(page.page["rows"]) == 2
    (trouble,) = page.page["troubles"]
    assert "second.toml" in trouble


def test_an_unusual_situation_is_told_and_not_opened(tmp_path: Path):
    page = Writing(
        written_folder(
            tmp_path, HEAD + scenario("one").replace("[[scenario.option]]", "[scenario.option]", 1).split("[[scenario.option]]")[0]
        )
    )
    page.do("open", key="one")
    assert page.page["kind"] == "list"
    assert page.page["said"] == WORDS("writer.unusual", file="first.toml", number=1)


def test_a_situation_is_deleted_and_brought_back(folder: Path):
    page = Writing(folder)
    page.do("delete", key="two")
    assert [row["key"] for row in page.page["rows"]] == ["one"]
    assert page.page["said"] == WORDS("writer.deleted", title="Eine Anfrage", file="deleted/two.txt")
    page.do("bring_back")
    assert (folder / "first.toml").read_text(encoding="utf-8") == FIRST
    assert page.page["bring_back"] == ""


def test_a_copy_is_a_new_situation_without_a_twin(folder: Path):
    page = Writing(folder)
    page.do("duplicate", key="one")
    assert page.page["values"]["id"] == "one-2"
    page.edit(text__de__title="Noch eine Anfrage")
    page.do("keep")
    assert len(load_bank(folder)) == 3
    assert (folder / "first.toml").read_text(encoding="utf-8").startswith(FIRST)


# ---- writing ---------------------------------------------------------------------------------------------------------------


def test_a_new_situation_is_written_saved_and_played(tmp_path: Path):
    folder = tmp_path / "mine"
    page = Writing(folder)
    assert page.page["found"] == WORDS("writer.found_nothing")
    _write(page)
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
    _write(page)
    told = [part["told"] for part in page.page["checklists"]["de"]]
    assert told == ["yes", "yes", "yes", "unsure", "yes", "unsure"]
    page.edit(text__de__stem="Frau Beispiel schreibt.")
    assert [part["told"] for part in page.page["checklists"]["de"]][:3] == ["no", "no", "no"]


def test_an_edit_in_a_bank_of_sixty_takes_less_than_300_milliseconds(tmp_path: Path):
    shutil.copytree(shipped("scenarios"), tmp_path / "scenarios")
    page = Writing(tmp_path / "scenarios")
    page.do("open", key="client-from-the-city-run")
    stem = page.page["values"]["text.de.stem"]
    page.edit(text__de__stem=stem + " ")  # loads what counts syllables
    elapsed = []
    for number in range(9):
        begun = time.perf_counter()
        page.do("edit", key="client-from-the-city-run", field="text.de.stem", value=f"{stem} {number}")
        elapsed.append(time.perf_counter() - begun)
    assert min(elapsed) < 0.3


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


# ---- saving ----------------------------------------------------------------------------------------------------------------


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


# ---- drafts ----------------------------------------------------------------------------------------------------------------


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


# ---- looking and playing ---------------------------------------------------------------------------------------------------


def test_the_preview_shows_before_and_after_in_each_language(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.do("preview", open=True)
    assert page.page["preview"]["question"]["title"] == "Eine Anfrage"
    assert page.page["feedback"]["chosen"] == "a"
    page.do("preview", open=True, lang="en", narrow=True, option="b")
    assert (page.page["preview"]["question"]["title"], page.page["preview"]["narrow"]) == ("A request", True)
    assert (page.page["feedback"]["chosen"], page.page["feedback"]["grade"]) == ("b", 4)
    page.edit(text__en__title="")
    assert page.page["preview"]["question"]["title"] == "…"
    assert page.page["feedback"] == {}
    assert page.page["preview"]["missing"] == WORDS("writer.preview_missing")
    page.do("preview", open=False)
    assert page.page["preview"] is None


def test_a_situation_is_played_and_left_again(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.edit(text__de__title="Ein neuer Titel")
    page.do("play", on=True)
    question = page.page
    assert (question["kind"], question["question"]["title"]) == ("question", "Ein neuer Titel")
    page.do("answer", position=0, round=question["round"], question="one", response="b")
    assert page.page["revealed"]
    assert page.page["feedback"]["grade"] == 4
    page.do("next", position=0, round=question["round"])
    assert page.page["kind"] == "end"
    page.do("language", lang="en")
    assert page.page["kind"] == "end"
    page.do("play", on=False)
    assert page.page["values"]["text.de.title"] == "Ein neuer Titel"


def test_the_page_is_there_in_every_language(folder: Path):
    page = Writing(folder, lang="en")
    assert page.page["title"] == catalog("en")("writer.title")
    page.do("open", key="one")
    page.do("language", lang="de")
    assert page.page["groups"][0]["title"] == WORDS("writer.groups.facts")
