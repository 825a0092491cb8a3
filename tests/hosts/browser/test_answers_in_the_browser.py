"""What a page says about answers that are kept in the browser, and what becomes of them."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import msgspec
import pytest
from browser_tab import KEY, BrowserTab
from etiquette_kit.bank import load_bank
from etiquette_kit.hosts.browser.answers import BrowserAnswers
from etiquette_kit.hosts.browser.host import BrowserHost
from etiquette_kit.hosts.browser.records import Contents, WriteResult
from etiquette_kit.locale import catalog
from etiquette_kit.quiz.store_errors import StoreError
from fake_database import FakeDatabase
from session_examples import started
from store_examples import head, opening

BANK = load_bank()
WORDS = catalog("en")


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


def tab(database: FakeDatabase | None, key: str = KEY, **options: Any) -> BrowserTab:
    return BrowserTab(BANK, database, key, seed=3, **options)


def facts(page: dict[str, Any]) -> dict[str, str]:
    return {fact["term"]: fact["text"] for fact in page["facts"]}


class TestMyAnswers:
    def test_they_are_in_this_browser_alone_and_a_download_is_the_copy(self, database: FakeDatabase):
        mine = tab(database)
        assert facts(mine.page)[WORDS("start.keeping")] == WORDS("start.keeping_browser")
        mine.play(0)
        mine.send(do="mine")
        told = facts(mine.page)
        assert told[WORDS("mine.where")] == "In this browser, on this device only. Nobody else gets them."
        assert "A download is your copy." in told[WORDS("mine.how_long")]
        assert WORDS("mine.pseudonym") not in told
        assert (mine.page["along"], mine.page["kept"], mine.page["code"]) == ("file", True, "")
        assert not [text for text in (*told.values(), *mine.page["words"].values()) if re.search(r"server|database|computer", text)]

    def test_a_download_has_what_was_answered_in_another_tab(self, database: FakeDatabase):
        first, second = tab(database), tab(database, length=3)
        first.play(0)
        second.play(0, 1)
        first.send(do="mine")
        assert sorted(len(session["answers"]) for session in first.exported()["sessions"]) == [1, 2]

    def test_everything_is_deleted_once_the_database_says_so(self, database: FakeDatabase):
        mine = tab(database)
        mine.play(0)
        for moods, told in ((["full"], "mine.not_erased"), ([], "mine.erased")):
            mine.send(do="mine")
            mine.send(do="mine_erase")
            database.moods = moods
            mine.send(do="mine_erase_sure")
            assert mine.notice == WORDS(told)
            assert mine.page["kind"] == "start"
            assert bool(database.events) == (told == "mine.not_erased")
        assert tab(database).page["kind"] == "start"

    def test_in_a_tab_whose_answers_were_deleted_a_new_round_is_kept(self, database: FakeDatabase):
        first = tab(database)
        first.play(0)
        second = tab(database)
        first.send(do="mine")
        first.send(do="mine_erase")
        first.send(do="mine_erase_sure")
        second.answer(1)
        assert second.trouble == WORDS("unsaved_browser.erased")
        while second.page["kind"] == "question":
            second.go("next")
        second.go("restart")
        second.answer(2)
        assert (second.trouble, second.saved) == ("", 1)
        assert tab(database).saved == 1

    def test_what_it_learns_of_another_tab_is_not_taken_for_its_own(self, database: FakeDatabase):
        first = tab(database)
        first.play(0)
        second = tab(database)
        first.answer(1)
        first.go("next")
        first.answer(1)
        second.send(do="mine")
        second.send(do="mine_close")
        database.moods = ["full", "full"]
        second.answer(0)
        own = second.session.state.responses[1].response
        assert second.trouble or own == first.session.state.responses[1].response
        database.moods = []
        second.send(do="save")
        assert (second.trouble, second.saved) == ("", 3)
        assert second.session.state.responses == tab(database).session.state.responses


class TestTakingAFileUp:
    def file(self, *choices: int) -> dict[str, Any]:
        elsewhere = tab(FakeDatabase())
        elsewhere.play(*choices)
        elsewhere.send(do="mine")
        return elsewhere.exported()

    def test_the_quiz_on_its_start_page_goes_on_with_what_came(self, database: FakeDatabase):
        mine = tab(database)
        assert mine.take_up(self.file(0, 1)) == "2 answers were added."
        mine.send(do="mine_close")
        assert (mine.page["kind"], mine.page["position"], mine.saved) == ("question", 2, 2)
        again = tab(database)
        assert (again.page["position"], again.saved) == (2, 2)

    def test_twice_is_once(self, database: FakeDatabase):
        mine, file = tab(database), self.file(0)
        assert mine.take_up(file) == "One answer was added."
        events = dict(database.events)
        for again in (mine, tab(database)):
            again.send(do="mine_close")
            held = len(database.events)
            assert again.take_up(file) == "There is nothing new in this file."
            assert len(database.events) == held
        assert events.items() <= database.events.items()

    def test_a_quiz_that_is_being_played_goes_on(self, database: FakeDatabase):
        mine = tab(database)
        mine.play(3)
        assert mine.take_up(self.file(0, 1)) == "2 answers were added."
        mine.send(do="mine_close")
        assert mine.page["position"] == 1
        mine.answer(1)
        assert (mine.saved, mine.trouble) == (4, "")

    def test_what_went_on_in_both_places_is_joined(self, database: FakeDatabase):
        mine = tab(database)
        mine.play(0)
        file = mine.exported()
        elsewhere = tab(FakeDatabase())
        elsewhere.take_up(file)
        elsewhere.send(do="mine_close")
        elsewhere.go("next")
        elsewhere.answer(1)
        elsewhere.go("next")
        elsewhere.answer(2)
        mine.answer(0)
        mine.send(do="mine")
        told = mine.take_up(elsewhere.exported())
        assert "were added" in told or "was added" in told
        mine.send(do="mine_close")
        mine.go("next")
        assert mine.trouble == ""
        assert len(mine.session.state.responses) == mine.saved >= 3

    @pytest.mark.parametrize(("text", "told"), [("[]", "foreign"), ("x" * 5_000_001, "too_large")])
    def test_a_file_that_is_none_changes_nothing(self, database: FakeDatabase, text: str, told: str):
        mine = tab(database)
        assert mine.take_up(text) == WORDS(f"answer_file.{told}")
        assert mine.page["kind"] == "mine"
        assert not database.people

    def test_what_could_not_be_written_is_told_and_comes_with_the_next_attempt(self, database: FakeDatabase):
        mine, file = tab(database), self.file(0, 1)
        database.moods = ["full"]
        assert mine.take_up(file) == WORDS("answer_file.unfinished", reason=WORDS("unsaved_browser.full"))
        assert not database.events
        assert mine.take_up(file) == "2 answers were added."

    def test_a_notebook_takes_none(self):
        from quiz_examples import Browser, quiz_of

        quiz = quiz_of(length=2)
        Browser(quiz).tell(do="mine_import", text=json.dumps(self.file(0)))
        assert quiz.notice == ""


class TestTrouble:
    @pytest.mark.parametrize("mood", ["full", "gone", "other"])
    def test_it_is_told_in_words_for_a_browser(self, database: FakeDatabase, mood: str):
        mine = tab(database)
        mine.play(0)
        database.moods = [mood]
        mine.answer(1)
        assert mine.trouble.startswith(WORDS(f"unsaved_browser.{mood}"))
        assert "One answer is not saved yet" in mine.trouble
        assert not re.search(r"file|server|database|program", WORDS(f"unsaved_browser.{mood}"))
        mine.send(do="save")
        assert (mine.trouble, mine.saved) == ("", 2)

    def test_the_browser_cleared_its_data(self, database: FakeDatabase):
        mine = tab(database)
        mine.play(0)
        database.clear()
        mine.answer(1)
        assert mine.trouble == WORDS("unsaved_browser.erased")

    def test_what_was_told_still_stands_when_it_is_kept(self, database: FakeDatabase):
        first, second = tab(database), tab(database)
        first.play(0)
        second = tab(database)
        first.answer(1)
        second.answer(0)
        assert second.notice == WORDS("store.overtaken_first")
        assert second.session.state.responses[1].response == first.session.state.responses[1].response


class TestNothingIsKept:
    def test_the_start_page_and_my_answers_say_so(self):
        mine = tab(None)
        assert facts(mine.page)[WORDS("start.keeping")] == WORDS("start.keeping_memory")
        mine.play(0)
        mine.send(do="mine")
        assert facts(mine.page)[WORDS("mine.where")] == WORDS("mine.where_memory")
        assert mine.page["words"]["other_text"] == WORDS("mine.other_unkept")
        assert len(mine.exported()["sessions"]) == 1
        assert mine.trouble == ""

    def test_before_anybody_is_there_the_page_does_not_say_so(self):
        from etiquette_kit.cards.quiz import QuizCard

        scene = msgspec.to_builtins(QuizCard(BANK, lang="en").scene)
        assert facts(scene)[WORDS("start.keeping")] == WORDS("start.counting_text")

    def test_a_file_is_taken_up_all_the_same(self):
        elsewhere = tab(FakeDatabase())
        elsewhere.play(0)
        elsewhere.send(do="mine")
        mine = tab(None)
        assert mine.take_up(elsewhere.exported()) == "One answer was added."
        mine.send(do="mine_close")
        assert mine.page["position"] == 1

    def test_a_database_that_cannot_be_read_is_none(self):
        class Broken(FakeDatabase):
            async def read(self) -> str:
                raise RuntimeError("as if")

        assert facts(tab(Broken()).page)[WORDS("start.keeping")] == WORDS("start.keeping_memory")


class TestTheStore:
    def test_a_session_that_cannot_be_read_is_left_alone(self, database: FakeDatabase):
        tab(database).play(0)
        database.events[next(iter(database.sessions)), 0]["body"] = '{"event": "of a later version"}'
        later = tab(database)
        assert later.page["kind"] == "start"
        later.play(1)
        assert len(database.sessions) == 2

    def test_the_error_of_a_session_is_told_to_everyone_who_asks(self):
        store = BrowserAnswers(Contents())
        number = store.begin(head(store.admit(KEY).id), opening(started()), {})
        assert store.progress(number, 2).error is None
        store.settle(WriteResult("full", "no room"))
        for _ in range(2):
            error = store.progress(number, 2).error
            assert isinstance(error, StoreError)
            assert error.kind == "full"

    def test_two_quizzes_on_one_page_share_what_is_kept(self, database: FakeDatabase):
        posted: list[Any] = []
        host = BrowserHost(BANK, database, lambda text: posted.append(json.loads(text)))

        async def both() -> None:
            await host.start()
            for name in "12":
                parameters = {"lang": "en", "length": 3, "seed": 1}
                await host.receive(json.dumps({"do": "open", "card": name, "kind": "Quiz", "parameters": parameters}))
                await host.receive(json.dumps({"do": "take", "card": name, "message": {"do": "hello", "key": KEY, "n": f"{name}-1"}}))

        asyncio.run(both())
        assert {told["card"] for told in posted} == {"1", "2"}
