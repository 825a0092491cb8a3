"""The confirmation of participation: what was played by one person, in words, and no name."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from browser_tab import KEY, BrowserTab
from etiquette_kit.bank import load_bank
from etiquette_kit.locale import catalog
from fake_database import FakeDatabase

BANK = load_bank()


def played(database: FakeDatabase | None, key: str = KEY, **options: Any) -> BrowserTab:
    tab = BrowserTab(BANK, database, key, **{"seed": 1, "length": 2, **options})
    tab.play(0, 1)
    while tab.page["kind"] == "question":
        tab.go("next")
    return tab


def confirmed(tab: BrowserTab) -> dict[str, Any]:
    assert tab.page["confirmation"] == catalog(tab.parts["lang"])("confirmation.title")
    tab.send(do="confirmation")
    assert tab.page["kind"] == "confirmation"
    return tab.page


@pytest.mark.parametrize("kept", [True, False])
def test_it_tells_what_was_played_and_by_when(kept: bool):  # noqa: FBT001
    tab = played(FakeDatabase() if kept else None)
    page = confirmed(tab)
    ((row),) = page["rows"]
    assert (row["title"], row["answered"]) == (catalog("en")("start.title_practice"), 2)
    assert row["last"] == max(given.at for given in tab.session.state.responses.values()).isoformat()
    assert "%" in page["score"]
    assert "Nobody has checked" in page["words"]["self_made"]


def test_rounds_of_all_quizzes_count_and_those_of_one_title_are_one_line():
    database = FakeDatabase()
    played(database)
    played(database, length=3)
    tab = played(database, relation="client", length=2)
    tab.go("restart")
    tab.play(1, 1)
    while tab.page["kind"] == "question":
        tab.go("next")
    rows = [(row["title"], row["answered"]) for row in confirmed(tab)["rows"]]
    assert rows == [("Practice: clients", 4), ("Can I add you as a friend?", 4)]
    tab.send(do="language", lang="de")
    assert tab.page["rows"][0]["title"].startswith("Übung: ")


def test_what_somebody_else_played_here_is_not_on_it():
    database = FakeDatabase()
    tab = played(database)
    tab.send(do="hello", key="o" * 32, anew=True)
    tab.play(2)
    while tab.page["kind"] == "question":
        tab.go("next")
    assert [row["answered"] for row in confirmed(tab)["rows"]] == [1]


def test_an_answer_that_is_not_saved_is_on_it():
    database = FakeDatabase()
    tab = BrowserTab(BANK, database, seed=1, length=2)
    tab.play(0)
    database.moods = ["full"] * 9
    tab.answer(1)
    tab.go("next")
    assert tab.trouble
    assert [row["answered"] for row in confirmed(tab)["rows"]] == [2]


def test_the_credit_of_a_test_that_is_not_finished_is_not_told():
    database = FakeDatabase()
    tab = BrowserTab(BANK, database, seed=1, length=4, mode="test")
    tab.send(do="start")
    tab.answer(0)
    other = played(database, length=2)
    page = confirmed(other)
    assert [row["answered"] for row in page["rows"]] == [2, 1]
    own = other.session.summary()["credit"]
    assert page["score"] == catalog("en")("confirmation.score", credit=f"{round(100 * own)}%")


def test_it_closes_with_its_button_and_with_whatever_leads_elsewhere():
    tab = played(FakeDatabase())
    for leave in ("confirmation_close", "mine"):
        confirmed(tab)
        tab.send(do="save")
        assert tab.page["kind"] == "confirmation", "what the page sends by itself does not close it"
        tab.send(do=leave)
        assert tab.page["kind"] == ("end" if leave == "confirmation_close" else "mine")
        tab.send(do="mine_close")
        assert tab.page["kind"] == "end"


def test_no_quiz_elsewhere_offers_it():
    from quiz_examples import Browser, playing

    quiz, browser = playing(length=2)
    browser.answer()
    browser.to_end()
    assert quiz.page["confirmation"] == ""
    Browser(quiz, "y").tell(do="confirmation")
    assert quiz.page["kind"] == "end"


def test_a_message_with_a_name_is_none():
    tab = played(FakeDatabase())
    tab.send(do="confirmation", name="Ada")
    assert tab.page["kind"] == "end"
    assert "Ada" not in msgspec.json.encode(tab.parts).decode()
