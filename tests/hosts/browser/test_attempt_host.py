"""A page in a learning management system: what it reports, and how it goes on with what the system, or this browser, has kept."""

from __future__ import annotations

from typing import Any

import pytest
from browser_tab import BrowserTab
from etiquette_kit.bank import load_bank
from etiquette_kit.hosts.browser.attempt_host import Attempt
from etiquette_kit.locale import catalog
from etiquette_kit.quiz.round_code import read_round
from etiquette_kit.quiz.state import replay
from fake_database import FakeDatabase

BANK = load_bank()
TOKEN = "t" * 32


def page(database: FakeDatabase | None, code: str = "", *, token: str = TOKEN, card: str = "1", **options: Any) -> BrowserTab:
    return BrowserTab(BANK, database, attempt=Attempt(token, code, card), **options)


def place(tab: BrowserTab) -> tuple[str, int]:
    return tab.page["kind"], tab.page.get("position", -1)


def test_nothing_is_reported_before_something_has_begun():
    tab = page(FakeDatabase())
    tab.send(do="language", lang="de")
    tab.send(do="mine")
    tab.send(do="mine_close")
    assert tab.reports == []
    tab.send(do="start")
    assert [report["place"] for report in tab.reports] == ["1/4"]
    assert tab.reports[0]["score"] is None


def test_each_answer_is_reported_and_the_end_has_a_score():
    tab = page(FakeDatabase())
    tab.play(0, 1, 2, 3)
    last = tab.reports[-1]
    assert (last["place"], last["finished"]) == ("4/4", True)
    credit = tab.session.summary()["credit"]
    assert last["score"] == pytest.approx(100 * credit, abs=0.5)
    assert [report["score"] for report in tab.reports[:-1]] == [None] * (len(tab.reports) - 1)
    answered = [len(replay(read_round(report["round"], BANK)).responses) for report in tab.reports]
    assert answered == sorted(answered)
    assert {*answered} == {0, 1, 2, 3, 4}


def test_what_was_skipped_counts_as_nothing():
    tab = page(FakeDatabase())
    tab.send(do="start")
    best = tab.card.session.exercises[0].grade(tab.card.session.exercises[0].options[0]).best[0]  # type: ignore[attr-defined]
    at = {"position": 0, "round": tab.page["round"]}
    tab.send(do="answer", question=tab.page["question"]["id"], response=best, **at)
    for _ in range(4):
        tab.go("next")
    assert tab.session.summary()["credit"] == 1
    assert tab.reports[-1]["score"] == 25


@pytest.mark.parametrize("options", [{}, {"seed": 5}])
def test_on_another_computer_it_goes_on_where_it_was(options: dict[str, Any]):
    first = page(FakeDatabase(), **options)
    first.play(0, 1)
    elsewhere = FakeDatabase()
    second = page(elsewhere, first.reports[-1]["round"])
    assert place(second) == place(first) == ("question", 2)
    assert second.session.state.plan == first.session.state.plan
    assert second.session.state.responses.keys() == {0, 1}
    second.play(0, 0)
    assert second.page["kind"] == "end"
    assert second.reports[-1]["score"] is not None
    assert len(elsewhere.sessions) == 1, "it is kept there as one session"


def test_in_the_same_browser_its_own_log_is_used_and_nothing_is_doubled():
    database = FakeDatabase()
    first = page(database)
    first.play(0, 1)
    older = first.reports[1]["round"]
    again = page(database, older)
    assert place(again) == ("question", 2)
    assert again.session.events[: len(first.session.events)] == first.session.events
    assert len(database.sessions) == 1


def test_what_was_answered_elsewhere_comes_to_the_log_of_this_browser():
    here = FakeDatabase()
    first = page(here)
    first.play(0)
    second = page(FakeDatabase(), first.reports[-1]["round"])
    second.play(1, 2)
    back = page(here, second.reports[-1]["round"])
    assert back.session.state.responses.keys() == {0, 1, 2}
    assert len(here.sessions) == 1
    third = page(FakeDatabase(), back.reports[-1]["round"])
    assert {at: given.response for at, given in third.session.state.responses.items()} == {
        at: given.response for at, given in second.session.state.responses.items()
    }


def test_a_log_that_has_more_than_the_system_wins():
    database = FakeDatabase()
    first = page(database)
    first.play(0, 1, 2, 3)
    first.go("restart")
    first.play(1)
    assert place(page(database, first.reports[2]["round"])) == ("question", 1), "a round that began later"


def test_another_attempt_has_another_token_and_begins_anew():
    database = FakeDatabase()
    page(database).play(0, 1, 2, 3)
    fresh = page(database, token="u" * 32)
    assert fresh.page["kind"] == "start"


def test_the_token_of_the_browser_and_a_change_of_person_do_not_count():
    database = FakeDatabase()
    tab = page(database)
    tab.play(0)
    tab.send(do="hello", key="w" * 32, anew=True)
    assert place(tab) == ("question", 1)
    assert [person["key"] for person in database.people.values()] == [TOKEN]


def test_a_repetition_of_what_went_wrong_has_no_score():
    tab = page(FakeDatabase())
    tab.send(do="start")
    for number in range(4):
        exercise = tab.session.exercise
        assert exercise is not None
        best = exercise.grade(exercise.options[0]).best[0]  # type: ignore[attr-defined]
        wrong = next(option for option in exercise.options if option != best)
        at = {"position": number, "round": tab.page["round"]}
        tab.send(do="answer", question=tab.page["question"]["id"], response=best if number else wrong, **at)
        tab.go("next")
    score = tab.reports[-1]["score"]
    assert score is not None
    tab.go("repeat")
    tab.play(0)
    assert (tab.reports[-1]["finished"], tab.reports[-1]["score"]) == (True, None)
    tab.go("restart")
    tab.play(0, 0, 0, 0)
    assert tab.reports[-1]["score"] is not None


@pytest.mark.parametrize("database", [FakeDatabase(), None])
def test_the_pages_say_who_gets_the_answers(database: FakeDatabase | None):
    words = catalog("en")
    tab = page(database)
    assert words("start.keeping_platform") in [fact["text"] for fact in tab.page["facts"]]
    tab.send(do="mine")
    assert words("mine.where_platform") in [fact["text"] for fact in tab.page["facts"]]
    assert words("mine.how_long_platform") in [fact["text"] for fact in tab.page["facts"]]


def test_what_was_erased_is_reported_as_gone_from_every_page():
    for card in ("1", ""):
        tab = page(FakeDatabase(), card=card)
        tab.play(0)
        for do in ("mine", "mine_erase", "mine_erase_sure"):
            tab.send(do=do)
        assert tab.reports[-1]["round"] == tab.reports[-1]["place"] == ""
        assert tab.notice == catalog("en")("mine.erased_platform")


@pytest.mark.parametrize("moods", [["full"] * 9, ["other"] * 9])
def test_a_browser_that_keeps_nothing_goes_on_with_it_too(moods: list[str]):
    first = page(FakeDatabase())
    first.play(0, 1)
    database = FakeDatabase()
    database.moods = moods
    assert place(page(database, first.reports[-1]["round"])) == ("question", 2)
    assert place(page(None, first.reports[-1]["round"])) == ("question", 2)


@pytest.mark.parametrize("code", ["nonsense", "1.p.de.1.1.0.u~gone.00000000.0123.0.", "~" * 4000])
def test_what_cannot_be_read_begins_anew(code: str):
    tab = page(FakeDatabase(), code)
    assert tab.page["kind"] == "start"
    tab.play(0)
    assert tab.reports[-1]["place"] == "2/4"
