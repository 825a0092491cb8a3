"""A quiz keeps its answers: whose, from when on, with whose consent, and what becomes of them."""

import json
import sqlite3
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit import Quiz
from etiquette_kit.locale import catalog
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from quiz_examples import KEY, Browser, quiz_of, responses, saved_by, visited
from sqlalchemy import select
from store_examples import counts, stored_answers

OTHER = "o" * 32


@pytest.fixture
def store(tmp_path: Path) -> Any:
    opened = Store(tmp_path / "answers.sqlite3")
    yield opened
    opened.close()


def told(key: str, lang: str = "de", **values: object) -> str:
    return catalog(lang)(key, **values)


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


class TestMine:
    def test_the_page_tells_and_hands_out(self, store: Store, monkeypatch: pytest.MonkeyPatch):
        quiz, browser = visited(store)
        browser.start()
        browser.answer()
        browser.tell(do="mine")
        assert (quiz.page["kind"], quiz.page["kept"]) == ("mine", True)
        sent: list[dict[str, Any]] = []
        monkeypatch.setattr(quiz, "send", sent.append)
        for form in ("json", "csv", "exe"):
            browser.tell(do="mine_file", **{"as": form})
        assert [file["file"] for file in sent] == [f"{told('mine.file')}.json", f"{told('mine.file')}.csv"]
        assert len(json.loads(sent[0]["text"])["sessions"]) == 1
        assert len(sent[1]["text"].splitlines()) == 2
        browser.tell(do="mine_close")
        assert quiz.page["kind"] == "question"

    def test_erasing_takes_two_steps_and_leaves_nothing(self, store: Store):
        quiz, browser = visited(store)
        browser.start()
        browser.answer()
        browser.tell(do="mine")
        browser.tell(do="mine_erase_sure")
        assert counts(store)["answers"] == 1
        browser.tell(do="mine_erase")
        browser.tell(do="mine_erase_sure")
        assert (quiz.notice, quiz.page["kind"]) == (told("mine.erased"), "start")
        assert not any(counts(store).values())
        browser.start()
        browser.answer()
        assert (saved_by(quiz), counts(store)["answers"]) == ([1], 1)

    def test_erased_in_one_window_the_other_says_so_and_brings_nothing_back(self, store: Store):
        quiz, browser = visited(store)
        browser.start()
        browser.answer()
        other, two = visited(store)
        browser.tell(do="mine")
        browser.tell(do="mine_erase")
        browser.tell(do="mine_erase_sure")
        two.way("next")
        two.answer()
        assert saved_by(other) == [0, told("unsaved.erased")]
        two.tell(do="mine")
        for deed, more in (("mine_code", {}), ("mine_file", {"as": "csv"})):
            two.tell(do=deed, **more)
            assert other.notice == told("mine.nothing")
        assert not any(counts(store).values())
        assert quiz.page["kind"] == "start"

    def test_what_is_still_in_the_file_or_in_a_copy_is_said(self, store: Store, tmp_path: Path):
        quiz, browser = visited(store)
        browser.start()
        browser.answer()
        pseudonym = quiz.card.persistence.recorder.person.pseudonym
        copy = tmp_path / "answers.sqlite3.version-1"
        others = [sqlite3.connect(path, isolation_level=None) for path in (tmp_path / "answers.sqlite3", copy)]
        others[0].execute("BEGIN")
        others[0].execute("SELECT * FROM participants").fetchall()
        others[1].execute("CREATE TABLE participants (id)")
        others[1].execute("BEGIN EXCLUSIVE")
        browser.tell(do="mine")
        browser.tell(do="mine_erase")
        browser.tell(do="mine_erase_sure")
        keys = ("erased_from_store", "unsettled", "unreached_copies", "unreached_pseudonym")
        assert quiz.notice == " ".join(told(f"mine.{key}", names=str(copy), pseudonym=pseudonym) for key in keys)
        assert quiz.page["kind"] == "start"
        assert not any(counts(store).values())
        for other in others:
            other.close()

    def test_who_is_not_in_the_store_is_erased_from_a_damaged_file(self, store: Store, tmp_path: Path):
        quiz, browser = visited(store)
        damaged = tmp_path / f"answers.sqlite3.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        damaged.write_bytes(b"SQLite format 3\0" + sha256(KEY.encode()).hexdigest().encode())
        browser.tell(do="mine")
        browser.tell(do="mine_erase")
        browser.tell(do="mine_erase_sure")
        assert quiz.notice == told("mine.erased")
        assert not damaged.exists()

    def test_a_code_takes_the_answers_to_another_browser(self, store: Store):
        quiz, browser = visited(store)
        browser.start()
        browser.answer()
        browser.tell(do="mine")
        browser.tell(do="mine_code")
        code = quiz.page["code"]
        other, two = visited(store, key=OTHER)
        two.tell(do="mine")
        for typed in ("AAAAA-AAAAA", "", "x" * 1000, "\ud800", "\0"):
            two.tell(do="mine_take", code=typed)
            assert other.notice == told("mine.no_code")
        two.tell(do="mine_take", code=f"{code[:5]}-{code[5:]}".lower())
        assert (other.page["kind"], responses(other), saved_by(other)) == ("question", responses(quiz), [1])
        two.way("next")
        two.answer()
        assert counts(store)["participants"] == 1
        assert saved_by(visited(store, key=OTHER)[0]) == [2]

    def test_somebody_else_sits_down(self, store: Store):
        quiz, browser = visited(store)
        browser.start()
        browser.answer()
        browser.hello(OTHER)
        assert (quiz.page["kind"], saved_by(quiz)) == ("question", [1])
        browser.hello(OTHER, anew=True)
        assert (quiz.page["kind"], saved_by(quiz)) == ("start", [0])
        browser.start()
        browser.answer(1)
        assert counts(store)["participants"] == 2
        browser.hello(KEY, anew=True)
        assert (quiz.page["kind"], saved_by(quiz)) == ("question", [1])
        assert list(verify(store)) == []


class TestConsent:
    def test_it_is_asked_for_a_cohort_and_kept_in_the_words_shown(self, store: Store):
        quiz, browser = visited(store, cohort="autumn")
        facts = quiz.page["consent"]["facts"]
        browser.start(agree=True)
        browser.answer()
        assert self.cohorts(store) == ["autumn"]
        with store.reading() as connection:
            (text,) = connection.execute(select(tables.consents.c.text)).scalars()
        assert all(fact["text"] in text for fact in facts)
        assert list(verify(store)) == []

    def test_declined_nothing_counts_for_the_cohort_not_even_after_a_reload(self, store: Store):
        _, browser = visited(store, cohort="autumn")
        browser.start(agree=False)
        browser.answer()
        again, other = visited(store, cohort="autumn")
        assert again.page["kind"] == "question"
        other.to_end()
        other.tell(do="restart", round=again.page["round"])
        other.answer()
        assert self.cohorts(store) == [None, None]
        assert counts(store)["consents"] == 0

    def test_agreed_once_the_next_quiz_of_the_cohort_does_not_ask_again(self, store: Store):
        _, browser = visited(store, cohort="autumn")
        browser.start(agree=True)
        quiz, other = visited(store, cohort="autumn", seed=8)
        assert quiz.page["consent"] == {}
        other.start()
        assert self.cohorts(store) == ["autumn", "autumn"]

    def test_driven_from_python_nothing_counts_before_it_was_agreed_to(self, store: Store):
        quiz = quiz_of(length=2, store=store, cohort="autumn")
        quiz.answer(quiz.question.options[0])
        agreed = quiz_of(length=2, store=store, cohort="autumn")
        agreed.agree()
        assert counts(store)["consents"] == 1
        agreed.answer(agreed.question.options[0])
        assert self.cohorts(store) == [None, "autumn"]
        assert list(verify(store)) == []

    def test_there_is_nothing_to_agree_to_where_nothing_is_kept(self):
        with pytest.raises(ValueError, match="give the quiz a store"):
            quiz_of(cohort="autumn").agree()

    def test_a_store_on_a_server_keeps_nothing_without_consent(self, cluster: Any):
        store = Store(cluster.new_schema())
        quiz, browser = visited(store)
        browser.start(agree=False)
        browser.answer()
        assert saved_by(quiz) == [0]
        assert not any(counts(store).values())
        agreed, other = visited(store, key=OTHER)
        other.start(agree=True)
        other.answer()
        assert (saved_by(agreed), counts(store)["answers"]) == ([1], 1)
        assert saved_by(visited(store, key=OTHER)[0]) == [1]
        driven = quiz_of(store=store)
        driven.answer(driven.question.options[0])
        assert counts(store)["answers"] == 1
        store.close()

    @pytest.mark.parametrize("name", ["x" * 101, "a\0b", "a\nb", " ", "\ud800", "\u202e"])
    def test_a_cohort_whose_name_cannot_be_shown_is_refused(self, name: str, monkeypatch: pytest.MonkeyPatch):
        with pytest.raises(ValueError, match="cohort"):
            Quiz(cohort=name)
        if "\0" not in name and "\ud800" not in name:
            monkeypatch.setenv("ETIQUETTE_COHORT", name)
            with pytest.raises(ValueError, match="cohort"):
                Quiz()

    @staticmethod
    def cohorts(store: Store) -> list[str | None]:
        with store.reading() as connection:
            return list(connection.execute(select(tables.sessions.c.cohort).order_by(tables.sessions.c.id)).scalars())


def test_purged_while_playing_it_is_said(store: Store):
    quiz, browser = visited(store)
    browser.start()
    browser.answer()
    privacy.purge(store, -privacy.RETENTION)
    browser.way("next")
    assert saved_by(quiz) == [0, told("unsaved.erased")]
