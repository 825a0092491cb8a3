"""Two windows share a session: who was overtaken is told, and goes on where the other is."""

from typing import Any

import pytest
from etiquette_kit.bank import Bank
from etiquette_kit.quiz.recorder import Recorder, SupersededError
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.sql_answers import SqlAnswers
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from session_examples import BANK, ticking
from store_examples import KEY, Tab, counts, played, stored_answers


class TestTwoWindows:
    def test_the_loser_is_told_and_goes_on_where_the_other_is(self, store: Store):
        first = Tab(store)
        first.answer()
        second = Tab(store)
        second.next()
        second.answer(1)
        first.next()
        assert first.overtaken == [0]
        assert first.session.state == second.session.state
        assert len(stored_answers(store)) == 2

    def test_an_answer_given_here_alone_is_taken_over_with_its_submission(self, store: Store):
        first = Tab(store)
        first.keep()
        second = Tab(store)
        second.next()
        second.answer(1)
        first.answer(0, "my-message")
        assert first.overtaken == [0]
        assert sorted(first.session.state.responses) == [0, 1]
        assert first.session.knows("my-message")
        assert Log(store).entries(1)[-1].submission == "my-message"
        assert (first.saved, len(stored_answers(store))) == (2, 2)
        assert list(verify(store)) == []

    def test_of_two_answers_to_the_same_question_the_first_counts_and_the_loser_learns_it(self, store: Store):
        first = Tab(store)
        first.keep()
        second = Tab(store)
        second.answer(1)
        first.answer(0)
        assert first.overtaken == [1]
        assert played(first) == played(second) == [second.session.exercises[0].order[1]]
        assert len(stored_answers(store)) == 1

    def test_the_same_answer_in_both_counts_once(self, store: Store):
        first = Tab(store)
        first.keep()
        second = Tab(store)
        second.answer(0)
        first.answer(0)
        assert len(stored_answers(store)) == 1

    def test_what_comes_after_the_end_in_the_other_window_does_not_count_and_is_told(self, store: Store):
        first = Tab(store, length=2)
        first.keep()
        second = Tab(store)
        second.next()
        second.next()
        assert second.session.state.finished
        first.answer()
        assert first.overtaken == [1]
        assert first.session.state.finished
        assert stored_answers(store) == []

    def test_a_pile_of_answers_is_taken_over_whole(self, store: Store, failing: Any):
        first = Tab(store)
        first.keep()
        second = Tab(store)
        with failing():
            for _ in range(3):
                first.answer()
                first.next()
        second.answer(1)
        first.keep()
        assert first.overtaken == [1]
        assert sorted(first.session.state.responses) == [0, 1, 2]
        assert (first.saved, len(stored_answers(store))) == (3, 3)

    def test_the_other_is_overtaken_in_turn(self, store: Store):
        first = Tab(store)
        first.keep()
        second = Tab(store)
        for position in range(4):
            (first if position % 2 else second).answer()
            (first if position % 2 else second).next()
            if position < 3:
                loser = second if position % 2 else first
                loser.next()
        assert len(stored_answers(store)) == len({(s, p) for s, p, _ in stored_answers(store)})
        assert Tab(store).session.state.finished

    def test_being_overtaken_again_while_taking_over(self, store: Store, monkeypatch: pytest.MonkeyPatch):
        first = Tab(store)
        first.keep()
        others = [Tab(store), Tab(store)]
        others[0].next()
        real, turns = Log.append, iter([others[0], others[1]])

        def append(log: Log, *arguments: Any) -> None:
            if log is first.recorder.store.log and (other := next(turns, None)) is not None:
                other.next()
            real(log, *arguments)

        monkeypatch.setattr(Log, "append", append)
        first.answer()
        assert first.saved == 1
        assert counts(store)["sessions"] == 1
        assert first.session.state == Tab(store).session.state

    def test_when_others_are_always_faster_it_is_tried_again_later(self, store: Store, monkeypatch: pytest.MonkeyPatch):
        first = Tab(store)
        first.keep()
        real = Log.append

        def append(log: Log, number: int, *arguments: Any) -> None:
            last = len(log.entries(number))
            real(log, number, last, log.entries(number)[1:2])
            real(log, number, *arguments)

        with monkeypatch.context() as patch:
            patch.setattr(Log, "append", append)
            first.answer()
            assert (first.problem, first.recorder.status.unsaved) == ("locked", 1)
        first.keep()
        assert (first.saved, first.problem) == (1, "")

    def test_answers_go_to_their_scenarios_though_the_other_window_has_a_newer_bank(self, store: Store):
        first = Tab(store)
        first.keep()
        gone = first.session.exercises[0].scenario.id
        bank = Bank([scenario for scenario in BANK if scenario.id != gone])
        recorder = Recorder(SqlAnswers(store), "practice", KEY)
        newer = recorder.resume(bank, ticking())
        assert newer is not None
        recorder.save(newer, bank, ticking())
        first.session.next()
        asked = first.session.exercise
        first.session.answer(asked.order[1])
        with pytest.raises(SupersededError) as caught:
            first.recorder.save(first.session, bank, ticking())
        assert caught.value.dropped == 0
        session = caught.value.session
        (place,) = session.state.responses
        assert session.state.plan[place].material == asked.scenario.id
        assert list(verify(store)) == []


def test_two_windows_admit_the_same_new_token(address: str):
    stores = [Store(address), Store(address)]
    tabs = [Tab(one) for one in stores]
    for tab in tabs:
        tab.answer()
    assert tabs[0].recorder.person == tabs[1].recorder.person
    assert counts(stores[0])["participants"] == 1
    for one in stores:
        one.close()
