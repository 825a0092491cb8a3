"""A store may take answers at once and keep them later: until then the quiz says that they are not saved."""

import pytest
from delayed_answers import DelayedAnswers
from etiquette_kit.cards.quiz import QuizCard
from etiquette_kit.quiz.recorder import Recorder, SupersededError
from etiquette_kit.quiz.session import Session
from etiquette_kit.quiz.store_errors import StoreError
from session_examples import BANK, started, ticking

KEY = "k" * 32


class Window:
    """A session that is played, and what keeps it."""

    def __init__(self, store: DelayedAnswers) -> None:
        self.recorder = Recorder(store, "practice", KEY, pause=0.0)
        self.clock = ticking()
        self.session: Session = self.recorder.resume(BANK, self.clock) or started(4)

    def keep(self) -> None:
        while True:
            try:
                self.recorder.save(self.session, BANK, self.clock)
            except SupersededError as overtaken:
                self.session = overtaken.session
            else:
                return

    def answer(self, choice: int = 0) -> None:
        exercise = self.session.exercise
        assert exercise is not None
        self.session.answer(exercise.options[choice])
        self.keep()

    @property
    def standing(self) -> tuple[int, int, str]:
        status = self.recorder.status
        return status.saved, status.unsaved, status.problem


@pytest.fixture
def store() -> DelayedAnswers:
    return DelayedAnswers()


def test_an_answer_counts_as_saved_when_it_is_kept(store: DelayedAnswers):
    window = Window(store)
    window.answer()
    assert window.standing == (0, 1, "")
    assert window.recorder.has_unsaved
    store.settle()
    window.keep()
    assert window.standing == (1, 0, "")
    assert not window.recorder.has_unsaved


def test_nothing_is_handed_over_twice(store: DelayedAnswers):
    window = Window(store)
    window.answer()
    window.keep()
    window.session.next()
    window.answer(1)
    assert [len(entries) for _, _, entries, _ in store.waiting] == [3, 2]
    store.settle()
    window.keep()
    assert window.standing == (2, 0, "")
    assert len(store.entries(1 + 1)) == len(window.session.events)


def test_a_page_says_so_when_the_store_has_kept_an_answer(store: DelayedAnswers):
    card = QuizCard(BANK, lang="en", seed=3, length=3, store=store)
    heard: list[frozenset[str]] = []
    card.on_change = heard.append

    def send(**message: object) -> None:
        card.take({**message, "n": f"message-{len(heard)}"})

    send(do="hello", key=KEY)
    send(do="start")
    store.settle()
    question = card.question
    assert question is not None
    send(do="answer", question=question.id, response=question.options[0], position=0, round=1)
    assert card.save_status is not None
    assert card.save_status.saved == 0
    store.fail(StoreError("full", "no room"))
    assert (card.save_status.saved, card.save_status.trouble != "") == (0, True)
    heard.clear()
    send(do="save")
    store.settle()
    assert (card.save_status.saved, card.save_status.trouble) == (1, "")
    assert "save_status" in heard[-1]


@pytest.mark.parametrize("before", [0, 1])
def test_what_could_not_be_kept_is_handed_over_again(store: DelayedAnswers, before: int):
    window = Window(store)
    for _ in range(before):
        window.answer()
        window.session.next()
        window.keep()
        store.settle()
    window.answer(1)
    store.fail(StoreError("full", "no room"))
    window.keep()
    assert window.standing == (before, 1, "full")
    window.keep()
    store.settle()
    window.keep()
    assert window.standing == (before + 1, 0, "")


def test_of_two_windows_the_one_that_comes_second_follows(store: DelayedAnswers):
    first = Window(store)
    first.keep()
    store.settle()
    other = DelayedAnswers(store)
    second = Window(other)
    other.settle()
    for window, choice in ((second, 1), (first, 0)):
        window.answer(choice)
    other.settle()
    store.settle()
    for _ in range(3):
        for window in (first, second):
            window.keep()
        store.settle()
        other.settle()
    exercise = second.session.exercise
    assert exercise is not None
    for window in (first, second):
        assert [event.response for event in window.session.state.responses.values()] == [exercise.options[1]]
        assert window.standing == (1, 0, "")


def test_the_quiz_is_told_when_something_was_kept(store: DelayedAnswers):
    told: list[int] = []
    store.watchers.append(lambda: told.append(1))
    window = Window(store)
    window.answer()
    assert told == []
    store.settle()
    assert told == [1]
