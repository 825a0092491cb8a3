"""The pages of a quiz say what is so: what it is about, how far one has come, and what is still open."""

from __future__ import annotations

from typing import Any

import pytest
from etiquette_kit.locale import catalog, plural
from etiquette_kit.present.quiz_pages import ConsentForm, StartPage, question_page, standing, start_page
from etiquette_kit.rules.passages import attributed
from session_examples import started

WORDS = catalog("en")


def start_of(mode: str = "practice", **options: Any) -> StartPage:
    known = {"topic": (), "left_out": 0, "saving": "Not saved.", "consent": ConsentForm(), "round_number": 1}
    return start_page(started(mode=mode), "en", **known | options)


def reached(positions: int, answered: set[int], length: int = 3, mode: str = "practice") -> Any:
    """Return a session that stands at its so-manieth question, with these answered."""
    session = started(length, mode)
    for position in range(positions + 1):
        if position:
            session.next()
        if position in answered:
            session.answer(session.exercise.order[0])
    return session


@pytest.mark.parametrize("mode", ["practice", "test"])
def test_a_quiz_about_everything_is_introduced_in_full(mode: str):
    page = start_of(mode)
    assert (page.title, page.lead) == (WORDS(f"start.title_{mode}"), WORDS(f"start.lead_{mode}"))
    assert [fact.term for fact in page.facts] == [WORDS("start.advice"), WORDS("start.first"), WORDS("start.keeping")]
    assert page.facts[0].text == attributed(WORDS, "start.advice_text")
    assert page.facts[1].text == WORDS("start.first_text")


@pytest.mark.parametrize(("mode", "name"), [("practice", "Practice"), ("test", "Test")])
def test_a_quiz_about_a_topic_is_named_after_it_and_takes_the_introduction_as_read(mode: str, name: str):
    page = start_of(mode, topic=("clients", "requests"))
    assert (page.title, page.lead) == (f"{name}: clients, requests", WORDS(f"start.topic_{mode}"))
    assert [fact.term for fact in page.facts] == [WORDS("start.advice"), WORDS("start.keeping")]
    assert page.facts[0].text == attributed(WORDS, "start.advice_topic")


def test_the_start_page_says_what_happens_to_the_answers():
    assert start_of(saving="Saved here.").facts[-1].text == "Saved here."


@pytest.mark.parametrize("left_out", [0, 1, 4])
def test_what_is_left_out_is_counted(left_out: int):
    assert start_of(left_out=left_out).left_out == (plural(WORDS, "quiz.left_out", left_out) if left_out else "")


@pytest.mark.parametrize(
    ("position", "answered", "missing"),
    [
        (0, set(), 0),  # what comes later is not missing
        (1, {0}, 0),
        (2, {0, 1}, 0),  # the one on the screen is not missing either
        (2, {0, 1, 2}, 0),
        (2, {1}, 1),
        (2, {1, 2}, 1),
        (2, {2}, 2),
        (2, set(), 2),
    ],
)
def test_at_the_last_question_the_other_open_ones_are_counted(position: int, answered: set[int], missing: int):
    page = question_page(reached(position, answered), "en", 1)
    assert page.missing == (plural(WORDS, "quiz.missing", missing) if missing else "")
    assert page.last == (position == 2)
    assert (page.position, page.progress.done, page.progress.total) == (position, position + 1, 3)
    assert page.progress.text == f"Situation {position + 1} of 3"


def test_after_the_end_nothing_is_missing_any_more():
    session = reached(2, {2})
    session.next()
    session.show(2)
    page = question_page(session, "en", 1)
    assert page.finished
    assert page.missing == ""


@pytest.mark.parametrize(
    ("mode", "position", "answered", "goes_on"),
    [
        ("practice", 0, set(), False),
        ("practice", 2, {0, 1}, False),
        ("test", 0, set(), True),
        ("test", 1, set(), True),
        ("test", 2, {0}, False),
        ("test", 2, {0, 1}, True),
    ],
)
def test_an_answer_leads_on_in_a_test_but_not_into_the_end_while_one_is_open(
    mode: str,
    position: int,
    answered: set[int],
    goes_on: bool,  # noqa: FBT001
):
    assert question_page(reached(position, answered, mode=mode), "en", 1).goes_on == goes_on


def test_a_question_is_open_until_it_is_answered_or_the_quiz_is_over():
    session = reached(0, set(), length=2)
    assert (standing(session, "en", None).open, standing(session, "en", None).chosen) == (True, None)
    option = session.exercise.order[0]
    session.answer(option)
    now = standing(session, "en", None)
    assert (now.open, now.chosen, now.revealed) == (False, option, True)
    session.next()
    assert standing(session, "en", None).open
    session.next()
    session.show(1)
    over = standing(session, "en", None)
    assert (over.open, over.chosen, over.revealed) == (False, None, False)


def test_a_test_reveals_nothing_before_its_end():
    session = reached(1, {0, 1}, length=2, mode="test")
    assert not standing(session, "en", None).revealed
    session.next()
    session.show(1)
    assert standing(session, "en", None).revealed
