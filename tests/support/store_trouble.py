"""A quiz whose store cannot be written for a while: what its page says, and that nothing is lost."""

from typing import Any

from etiquette_kit import Quiz
from etiquette_kit.locale import catalog
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from quiz_examples import Browser, responses, saved_by, visited
from store_examples import counts, stored_answers


def trouble(kind: str, waiting: int) -> list[str]:
    """Return what the page says of a trouble while so many answers wait."""
    words = catalog("de")
    rest = {0: words("unsaved.go_on"), 1: words("unsaved.waiting_one")}.get(waiting) or words("unsaved.waiting", count=waiting)
    return [f"{words(f'unsaved.{kind}')} {rest}"]


def begun(store: Store, **options: Any) -> tuple[Quiz, Browser]:
    """Return a quiz with one answer, which is saved."""
    quiz, browser = visited(store, **{"length": 6, **options})
    browser.start(agree=True)
    browser.answer()
    assert saved_by(quiz) == [1]
    return quiz, browser


def go_on(browser: Browser, answers: int) -> None:
    for _ in range(answers):
        browser.way("next")
        browser.answer()


def check_recovered(quiz: Quiz, browser: Browser, answers: int, length: int = 6) -> None:
    """Let the page try again, as it does every few seconds; then everything is in the store, once."""
    browser.tell(do="save")
    assert saved_by(quiz) == [answers]
    store = quiz.card.persistence.recorder.store.store
    assert sorted(place for _, place, _ in stored_answers(store)) == list(range(answers))
    assert counts(store)["sessions"] == 1
    assert list(verify(store)) == []
    again, _ = visited(store, length=length)
    assert (responses(again), again.page["position"]) == (responses(quiz), quiz.page["position"])
