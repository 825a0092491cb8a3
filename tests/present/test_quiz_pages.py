"""The pages of a quiz say what is so: what it is about, how far one has come, and what is still open."""

from __future__ import annotations

from typing import Any

import pytest
from etiquette_kit.present.quiz_pages import ConsentForm, StartPage, question_page, standing, start_page
from session_examples import started


def start_of(mode: str = "practice", **options: Any) -> StartPage:
    known = {"topic": (), "left_out": 0, "saves": False, "consent": ConsentForm(), "round_number": 1}
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
    assert page.title.endswith("Can I add you as a friend?")
    assert ("choose a reaction, and then see at once" in page.lead) == (mode == "practice")
    assert [fact.term for fact in page.facts] == ["Measured by", "What comes first", "Your answers"]
    assert page.facts[0].text.startswith("The advice of a single career coach")
    assert "always come before this advice" in page.facts[1].text


@pytest.mark.parametrize(("mode", "name"), [("practice", "Practice"), ("test", "Test")])
def test_a_quiz_about_a_topic_is_named_after_it_and_takes_the_introduction_as_read(mode: str, name: str):
    page = start_of(mode, topic=("clients", "requests"))
    assert page.title == f"{name}: clients, requests"
    assert page.lead.startswith("You read what has happened")
    assert [fact.term for fact in page.facts] == ["Measured by", "Your answers"]
    assert page.facts[0].text.startswith("The advice of career coach")


def test_the_start_page_promises_to_keep_answers_only_where_it_does():
    kept, counted = (start_of(saves=saves).facts[-1].text for saves in (True, False))
    assert "after a reload you carry on" in kept
    assert counted == "An answer counts once it is given and cannot be changed."


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        (0, ""),
        (1, "One situation has errors and is missing here. `etiquette check` says why."),
        (4, "4 situations have errors and are missing here. `etiquette check` says why."),
    ],
)
def test_what_is_left_out_is_counted(left_out: int, told: str):
    assert start_of(left_out=left_out).left_out == told


@pytest.mark.parametrize(
    ("position", "answered", "missing"),
    [
        (0, set(), ""),  # what comes later is not missing
        (1, {0}, ""),
        (2, {0, 1}, ""),  # the one on the screen is not missing either
        (2, {0, 1, 2}, ""),
        (2, {1}, "One situation is still open; “Back” takes you there."),
        (2, {1, 2}, "One situation is still open; “Back” takes you there."),
        (2, {2}, "2 situations are still open; “Back” takes you there."),
        (2, set(), "2 situations are still open; “Back” takes you there."),
    ],
)
def test_at_the_last_question_the_other_open_ones_are_counted(position: int, answered: set[int], missing: str):
    page = question_page(reached(position, answered), "en", 1)
    assert page.missing == missing
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
