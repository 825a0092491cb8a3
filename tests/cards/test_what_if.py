"""The other half of a pair, asked for after an answer in practice mode."""

from __future__ import annotations

from typing import Any

from etiquette_kit import Quiz
from etiquette_kit.quiz.events import Inserted
from paired_bank import paired_bank
from quiz_examples import AT, Browser

BANK = paired_bank(1, 0)


def playing(**options: Any) -> tuple[Quiz, Browser]:
    quiz = Quiz(BANK, lang="de", seed=1, clock=lambda: AT, **{"length": 1, **options})
    browser = Browser(quiz)
    browser.start()
    return quiz, browser


def inserted(quiz: Quiz) -> int:
    return sum(isinstance(event, Inserted) for event in quiz.session.events)


def test_nothing_is_offered_or_put_in_before_the_answer():
    quiz, browser = playing()
    assert not quiz.page.get("what_if")
    browser.way("what_if")
    assert inserted(quiz) == 0
    assert quiz.page["progress"]["total"] == 1


def test_the_twin_comes_next_laid_out_alike_and_says_afterwards_what_changed():
    quiz, browser = playing()
    first = quiz.question
    browser.answer(0)
    assert quiz.page["what_if"].startswith("Und wenn ")
    assert not quiz.page.get("contrast")
    browser.way("what_if")
    assert (quiz.question.id, quiz.question.options) == (BANK[first.id].twin, first.options)
    assert quiz.page["progress"]["total"] == 2
    assert not quiz.page.get("contrast")
    assert not quiz.feedback
    browser.answer(1)
    assert "Diesmal" in quiz.page["contrast"]
    assert not quiz.page.get("what_if"), "once a pair"
    browser.way("what_if")
    assert inserted(quiz) == 1
    browser.way("back")
    assert not quiz.page.get("contrast")
    assert not quiz.page.get("what_if")


def test_the_same_message_twice_puts_in_one():
    quiz, browser = playing()
    browser.answer(0)
    at = {"position": 0, "round": quiz.page["round"]}
    browser.tell(do="what_if", **at)
    browser.tell(do="what_if", **at)
    assert inserted(quiz) == 1
    assert quiz.session.state.position == 1


def test_a_test_offers_nothing():
    quiz, browser = playing(mode="test", length=None)
    browser.answer(0)
    browser.way("back")
    assert not quiz.page.get("what_if")
    browser.way("what_if")
    assert inserted(quiz) == 0


def test_after_the_end_nothing_is_put_in():
    quiz, browser = playing()
    browser.answer(0)
    browser.way("next")
    browser.tell(do="show", position=0, round=quiz.page["round"])
    assert not quiz.page.get("what_if")
    browser.way("what_if")
    assert inserted(quiz) == 0
