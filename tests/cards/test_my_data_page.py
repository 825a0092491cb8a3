"""The page about one's own answers: to download, to take along, to erase, and to hand over to the next learner."""

import json
import sqlite3
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from quiz_examples import KEY, OTHER, responses, saved_by, told, visited
from store_examples import counts


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
