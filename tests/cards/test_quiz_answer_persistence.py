"""A quiz keeps its answers: whose, from when on, with whose consent, and what becomes of them."""

from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from quiz_examples import OTHER, Browser, quiz_of, responses, saved_by, told, visited
from store_examples import counts, stored_answers


class TestFromWhenOn:
    def test_nothing_is_kept_before_the_browser_says_whose_it_is(self, tmp_path: Path):
        quiz = quiz_of(length=2)
        Browser(quiz).start()
        Browser(quiz, "y").answer()
        assert (saved_by(quiz), quiz.since) == ([], "")
        assert list(tmp_path.iterdir()) == []

    def test_a_visit_without_a_start_leaves_nothing_about_anybody(self, store: Store):
        quiz, _ = visited(store)
        assert saved_by(quiz) == [0]
        assert not any(counts(store).values())

    def test_the_count_follows_the_answers_and_the_beginning_stands_beside_it(self, store: Store):
        quiz, browser = visited(store)
        browser.start()
        assert (saved_by(quiz), quiz.since[:2]) == ([0], "20")
        for number in (1, 2):
            browser.answer()
            assert saved_by(quiz) == [number]
            assert len(stored_answers(store)) == number
            browser.way("next")
        assert list(verify(store)) == []

    @pytest.mark.parametrize("way", ["repeat", "restart"])
    def test_a_further_round_counts_on_and_so_does_a_reload(self, store: Store, way: str):
        quiz, browser = visited(store, length=2)
        browser.start()
        browser.answer()
        since = quiz.since
        browser.to_end()
        browser.way(way)
        assert (quiz.page["round"], saved_by(quiz), quiz.since) == (2, [1], since)
        browser.answer()
        assert saved_by(quiz) == [2]
        again, _ = visited(store, length=2)
        assert (saved_by(again), again.since) == ([2], since)
        assert saved_by(visited(store, length=2, key=OTHER)[0]) == [0]
        assert saved_by(visited(store, length=3)[0]) == [0]

    def test_driven_from_python_it_keeps_where_that_was_asked_for(self, store: Store):
        quiz = quiz_of(length=2, store=store)
        quiz.answer(quiz.question.options[0])
        quiz.next()
        assert (saved_by(quiz), len(stored_answers(store))) == ([1], 1)

    def test_driven_from_python_it_keeps_where_the_variable_says(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("ETIQUETTE_STORE", str(tmp_path / "named"))
        quiz = quiz_of(length=2)
        quiz.answer(quiz.question.options[0])
        assert len(stored_answers(Store())) == 1
        monkeypatch.setenv("ETIQUETTE_STORE", "")
        other = quiz_of(length=2)
        other.answer(other.question.options[0])
        assert saved_by(other) == []

    def test_an_address_that_cannot_be_one_is_said_on_the_page_and_the_quiz_goes_on(self):
        quiz, browser = visited("mysql://u:secret@h/d")
        browser.start()
        browser.answer()
        assert (saved_by(quiz), len(responses(quiz))) == ([0, told("unsaved.address")], 1)


class TestResuming:
    def test_after_a_reload_it_goes_on_at_the_same_question(self, store: Store):
        quiz, browser = visited(store)
        browser.start()
        browser.answer()
        browser.way("next")
        again, other = visited(store)
        assert again.page["question"]["id"] == quiz.page["question"]["id"]
        assert (again.page["position"], saved_by(again), responses(again)) == (1, [1], responses(quiz))
        other.answer()
        assert saved_by(again) == [2]

    def test_the_end_is_taken_up_again_as_well(self, store: Store):
        _, browser = visited(store, length=2)
        browser.start()
        browser.answer()
        browser.to_end()
        again, _ = visited(store, length=2)
        assert again.page["kind"] == "end"

    def test_somebody_else_begins_anew(self, store: Store):
        _, browser = visited(store)
        browser.start()
        browser.answer()
        assert visited(store, key=OTHER)[0].page["kind"] == "start"

    @pytest.mark.parametrize("options", [{"seed": 8}, {"mode": "test"}, {"length": 3}, {"relation": "boss"}, {"cohort": "autumn"}])
    def test_another_quiz_begins_anew(self, store: Store, options: dict[str, Any]):
        _, browser = visited(store)
        browser.start()
        browser.answer()
        assert visited(store, **options)[0].page["kind"] == "start"

    def test_the_language_that_was_switched_to_comes_back_and_another_page_s_wins(self, store: Store):
        _, browser = visited(store)
        browser.start()
        browser.tell(do="language", lang="en")
        assert visited(store)[0].lang == "en"
        assert visited(store, lang="en")[0].lang == "en"

    def test_by_the_key_from_python(self, store: Store):
        quiz = quiz_of(length=3, store=store, key="my own key")
        quiz.answer(quiz.question.options[0])
        quiz.next()
        quiz.lang = "en"
        again = quiz_of(length=3, store=store, key="my own key")
        assert (again.question, again.lang, responses(again)) == (quiz.question, "en", responses(quiz))
        assert again.page["words"] == quiz.page["words"] if "words" in quiz.page else True
        again.answer(again.question.options[0])
        assert len(stored_answers(store)) == 2

    @pytest.mark.parametrize("key", ["", "short", "x" * 65, "ä" * 32, "\ud800" * 32, "k" * 31 + "\0", None, 7, ["k" * 32]])
    def test_what_is_no_token_is_nobody_s(self, store: Store, key: Any):
        quiz = quiz_of(length=2, store=store)
        browser = Browser(quiz)
        browser.hello(key)
        assert (saved_by(quiz), quiz.notice, quiz.ack) == ([], "", "x-1")


class TestSubmissions:
    def test_the_id_of_the_message_is_kept_with_the_answer(self, store: Store):
        _, browser = visited(store)
        browser.start()
        browser.answer()
        assert Log(store).entries(1)[-1].submission == f"{browser.name}-{browser.count}"

    def test_one_that_comes_again_later_is_no_fault_and_counts_once(self, store: Store):
        quiz, browser = visited(store)
        browser.start()
        page = quiz.page
        message = {
            "do": "answer",
            "n": "sent-once",
            "question": page["question"]["id"],
            "response": page["question"]["options"][0]["id"],
            "position": 0,
            "round": page["round"],
        }
        browser.send(message)
        browser.way("next")
        browser.send(message)
        assert (quiz.notice, quiz.ack, saved_by(quiz)) == ("", "sent-once", [1])
        again, other = visited(store)
        other.send({**message, "round": again.page["round"]})
        assert (again.notice, saved_by(again), len(stored_answers(store))) == ("", [1], 1)

    def test_an_id_that_two_windows_happen_to_share_costs_no_answer(self, store: Store):
        _, browser = visited(store)
        browser.start()
        browser.answer()
        browser.way("next")
        again, other = visited(store)
        other.name, other.count = browser.name, browser.count - 2
        other.answer()
        assert (again.notice, saved_by(again), len(stored_answers(store))) == ("", [2], 2)
        assert list(verify(store)) == []

    @pytest.mark.parametrize("name", ["", "\0", "x" * 65, "x" * 100_000, "☕", "\ud800", "'; DROP TABLE events; --"])
    def test_any_id_is_no_crash(self, store: Store, name: str):
        quiz, browser = visited(store)
        browser.start()
        page = quiz.page
        browser.send(
            {
                "do": "answer",
                "n": name,
                "question": page["question"]["id"],
                "response": page["question"]["options"][0]["id"],
                "position": 0,
                "round": page["round"],
            }
        )
        assert (quiz.notice, quiz.ack, saved_by(quiz)) == ("", name, [1])


class TestTwoWindows:
    def test_the_loser_is_told_and_sees_the_same(self, store: Store):
        first, one = visited(store)
        one.start()
        second, two = visited(store)
        two.answer()
        two.way("next")
        one.way("next")
        assert first.notice == told("store.overtaken")
        assert (first.page["position"], responses(first), saved_by(first)) == (second.page["position"], responses(second), [1])

    def test_whose_answer_does_not_count_learns_that(self, store: Store):
        first, one = visited(store)
        one.start()
        second, two = visited(store)
        two.answer(1)
        one.answer(0)
        assert first.notice == told("store.overtaken_first")
        assert responses(first) == responses(second)
        assert (saved_by(first), len(stored_answers(store))) == ([1], 1)

    def test_being_overtaken_again_on_the_way_begins_no_second_session(self, store: Store, monkeypatch: pytest.MonkeyPatch):
        first, one = visited(store)
        one.start()
        _, two = visited(store, lang="en")
        two.answer()
        real, turns = Log.append, iter([two, two, two])

        def append(log: Log, *arguments: Any) -> None:
            if log is first.card.persistence.recorder.store.log and (other := next(turns, None)) is not None:
                with monkeypatch.context() as patch:
                    patch.setattr(Log, "append", real)
                    other.way("next")
            real(log, *arguments)

        monkeypatch.setattr(Log, "append", append)
        one.way("next")
        one.answer()
        assert counts(store)["sessions"] == 1
        assert list(verify(store)) == []
        assert responses(first) == responses(visited(store)[0])


def test_purged_while_playing_it_is_said(store: Store):
    quiz, browser = visited(store)
    browser.start()
    browser.answer()
    privacy.purge(store, -privacy.RETENTION)
    browser.way("next")
    assert saved_by(quiz) == [0, told("unsaved.erased")]
