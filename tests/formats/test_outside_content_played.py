"""Material from tables of a format from outside of the kit is drawn, played, kept, resumed and reported."""

import json
from collections.abc import Iterator
from pathlib import Path

import mailbox_format as mailbox
import msgspec
import pytest
from commands import run
from etiquette_kit import Quiz
from etiquette_kit.analysis.reports.group import group_results
from etiquette_kit.bank import Bank, SelectionError
from etiquette_kit.bank.selection import selected
from etiquette_kit.present.end_page import end_page
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from good_scenario import GOOD, HEAD, bank_of
from mailbox_examples import BOX, box, boxes, with_change

KEY = "k" * 32
NOW = {"client": "now", "boss": "later"}


@pytest.fixture(autouse=True)
def known() -> Iterator[None]:
    with mailbox.known():
        yield


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return boxes(tmp_path, BOX + box("tuesday"), other=GOOD)


def quiz(bank: Bank, **options: object) -> Quiz:
    return Quiz(bank, **{"lang": "en", "formats": [mailbox.NAME], "seed": 3, **options})  # type: ignore[arg-type]


def refusal(bank: Bank, **options: object) -> SelectionError:
    with pytest.raises(SelectionError) as found:
        quiz(bank, **options)
    assert found.value.text("de")
    return found.value


def test_it_is_played_to_its_end_and_its_items_count_by_relation_and_theme(bank: Bank):
    one = quiz(bank)
    while one.question is not None:
        result = one.answer(NOW)
        assert result is not None
        assert result.items == {"client": 1, "boss": None}
        one.next()
    summary = one.summary()
    assert (summary["credit"], summary["answered"], summary["total"]) == (1, 2, 2)
    assert summary["by_relation"]["boss"] == {"credit": None, "answered": 2, "total": 2}
    assert list(summary["by_theme"]) == ["morning"]
    end = end_page(one.session, bank, "en", 1)
    assert [row.name for row in end.by_theme] == ["In the morning"]


def test_a_quiz_without_formats_plays_scenarios_alone(bank: Bank):
    assert {exercise.format_name for exercise in Quiz(bank, lang="en").session.exercises} == {"choice"}
    both = quiz(bank, formats=["choice", mailbox.NAME])
    assert sorted(exercise.material.id for exercise in both.session.exercises) == ["first-request", "monday", "tuesday"]


def test_it_is_chosen_by_the_relation_and_the_event_of_any_item_and_by_its_theme(bank: Bank):
    for topic in (
        {"relation": "boss"},
        {"relation": "client"},
        {"event": "message"},
        {"theme": "morning"},
        {"relation": "boss", "theme": "morning"},
    ):
        assert len(quiz(bank, **topic).session.exercises) == 2
    assert refusal(bank, relation="colleague").refusal == "absent"
    assert refusal(bank, event="friend_request").refusal == "absent"
    unknown = refusal(bank, theme="mornign")
    assert (unknown.refusal, unknown.values["nearest"], unknown.values["allowed"]) == ("unknown", "morning", "morning")


def test_what_a_bank_lacks_is_said(tmp_path: Path):
    assert refusal(bank_of(tmp_path, GOOD)).refusal == "no_material"
    assert refusal(Bank([])).refusal == "empty"
    silent = with_change('relation = "client"', 'relation = "boss"')
    assert refusal(boxes(tmp_path, silent)).refusal == "no_choice"
    (tmp_path / "sample.toml").unlink()
    english = boxes(tmp_path, "".join(line for line in BOX.splitlines(keepends=True) if "text.de" not in line and "title.de" not in line))
    assert refusal(english, lang="de").refusal == "unwritten"


class Profile(msgspec.Struct, frozen=True):
    """Material without situations."""

    id: str
    theme: str = ""
    content: str = ""
    situations: tuple[()] = ()
    languages: tuple[str, ...] = ("de", "en")

    def title(self, lang: str) -> str:
        return f"{self.id} {lang}"

    def record(self) -> bytes:
        return b"{}"


def test_material_without_situations_is_found_by_its_own_theme_and_by_nothing_else():
    own, none = Profile("own", "profiles"), Profile("none")
    assert selected([own, none], {"relation": None, "theme": None}) == [own, none]
    assert selected([own, none], {"theme": "profiles"}) == [own]
    for topic in ({"relation": "boss"}, {"relation": "boss", "theme": "profiles"}):
        with pytest.raises(SelectionError) as found:
            selected([own, none], topic)
        assert found.value.refusal == "absent"
    bank = Bank([], materials={"profile": [own, none]})
    assert (bank.themes, list(bank.materials("profile")), bank.languages) == (("profiles",), ["own", "none"], ("de", "en"))


def test_an_id_of_material_is_checked_like_that_of_a_scenario():
    with pytest.raises(ValueError, match="cannot be an id"):
        Bank([], materials={"profile": [Profile("No id")]})


def test_it_goes_on_after_an_edit_and_without_what_is_gone(tmp_path: Path, bank: Bank):
    store = Store(tmp_path / "answers.sqlite3")
    one = quiz(bank, store=store, key=KEY)
    one.answer(NOW)
    one.next()
    first = one.session.exercises[0].material.id
    again = quiz(bank, store=store, key=KEY)
    assert (again.session.state.position, again.summary()["answered"]) == (1, 1)
    edited = BOX.replace("monday", first).replace("I am waiting", "We are waiting")
    asked = quiz(boxes(tmp_path, edited, other=GOOD), store=store, key=KEY)
    assert (asked.summary()["answered"], asked.summary()["total"]) == (0, 1)
    assert list(verify(store)) == []
    store.close()


def test_it_is_reported_item_by_item_by_the_key_it_was_stored_with(tmp_path: Path, bank: Bank, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "answers.sqlite3"
    store = Store(path)
    for person in range(12):
        one = quiz(bank, store=store, key=f"{person:032}", cohort="mornings")
        one.agree()
        while one.question is not None:
            one.answer({"client": "now" if person % 3 else "later", "boss": "now"})
            one.next()
    store.close()
    monkeypatch.setenv("ETIQUETTE_BANK", str(tmp_path))
    told = json.loads(run("report", "--lang", "en", "--store", str(path), "--cohort", "mornings", "--format", "json").stdout)
    items = {item["name"].partition("@")[0]: item for item in told["items"]}
    assert items.keys() == {f"{name}/{item}" for name in ("monday", "tuesday") for item in ("client", "boss")}
    assert items["monday/client"]["credit"] == pytest.approx(8 / 12)
    assert items["monday/boss"]["credit"] is None
    assert [(area["label"], area["persons"]) for area in told["report"]["by_theme"]] == [("In the morning", 12)]


def test_how_much_is_not_shown_does_not_tell_whether_one_person_played_it(tmp_path: Path, bank: Bank):
    store = Store(tmp_path / "answers.sqlite3")

    def play(person: int, name: str, response: object) -> None:
        one = quiz(bank, store=store, key=f"{person:032}", cohort="mornings", formats=[name])
        one.agree()
        while one.question is not None:
            one.answer(response)
            one.next()

    for person in range(12):
        play(person, "choice", "a")
    before = group_results(store, "mornings", bank, "en").report
    play(1, mailbox.NAME, NOW)
    after = group_results(store, "mornings", bank, "en").report
    assert before.withheld == after.withheld
    assert before.withheld >= 4  # the items of both boxes
    store.close()


def test_its_text_form_tells_the_question_and_the_answer(tmp_path: Path):
    one = quiz(boxes(tmp_path, HEAD + box()))
    assert "Monday morning" in repr(one)
    one.answer(NOW)
    assert json.dumps(dict(sorted(NOW.items()))) in repr(one)
