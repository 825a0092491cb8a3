"""Notes are stored, resumed, verified, exported, erased and reported; the text is nowhere without consent, not even while it is written."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pytest
from etiquette_kit.cards.quiz import QuizCard
from etiquette_kit.formats import note
from etiquette_kit.formats.note.assessment import CRITERIA
from etiquette_kit.locale import catalog
from etiquette_kit.store.answers_csv import as_csv
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from note_examples import BANK, KEY, LENGTH, SECRET, TEXT, given, played, quiz
from sqlalchemy import update
from stored_bytes import any_with


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "answers.sqlite3")


class Page:
    """What a browser sends to a quiz, and what it is sent."""

    def __init__(self, store: Store | None = None, **options: Any) -> None:
        self.quiz = quiz(store, **options)
        self.count = 0
        self.tell(do="start")

    def tell(self, **message: Any) -> None:
        self.count += 1
        self.quiz._take(None, {**message, "n": f"message-{self.count}"}, None)

    def at(self) -> dict[str, Any]:
        scene = self.quiz.scene
        return {"question": scene["question"]["id"], "position": scene["position"], "round": scene["round"]}

    def draft(self, text: object, **at: Any) -> None:
        self.tell(do="draft", draft=text, **{**self.at(), **at})

    def answer(self, **answer: Any) -> None:
        self.tell(do="answer", response=given(**answer), **self.at())

    @property
    def sent(self) -> str:
        return json.dumps({name: value for name, value in self.quiz.get_state().items() if name not in ("_esm", "_css")}, default=str)


# ---- a comment on a draft ---------------------------------------------------------------------------------------------------


def test_a_draft_is_commented_as_often_as_one_likes_before_the_answer():
    page = Page()
    assert page.quiz.standing["comments"]
    assert not page.quiz.feedback
    page.draft("Nein.")
    first = {cue["id"]: cue["state"] for cue in page.quiz.feedback["cues"]}
    page.draft(TEXT)
    second = {cue["id"]: cue["state"] for cue in page.quiz.feedback["cues"]}
    assert list(first) == list(second) == list(CRITERIA)
    assert (first["addresses"], second["addresses"]) == ("not_met", "met")
    assert page.quiz.standing["open"]
    page.answer()
    assert page.quiz.feedback["summary"] == "In Ihrer Liste abgehakt: 2 von 7."
    assert not page.quiz.standing.get("comments")


def test_what_is_sent_back_holds_places_and_quoted_words_but_not_the_text():
    page = Page()
    page.draft(TEXT)
    assert SECRET not in page.sent
    assert any(cue["spans"] for cue in page.quiz.feedback["cues"])


def test_no_model_note_is_sent_before_a_check():
    page = Page()
    models = [
        json.dumps(model)[1:-1] for request in note.materials(BANK).values() for lang in ("de", "en") for model in request.text(lang).models
    ]
    assert [model for model in models if model in page.sent] == []
    page.draft("Nein.")
    assert len([model for model in models if model in page.sent]) == note.request.MODELS


@pytest.mark.parametrize("draft", ["", 3, None, "x" * 5000, {"text": TEXT}])
def test_a_draft_that_cannot_be_checked_is_refused_in_words(draft: object):
    page = Page()
    page.draft(draft)
    assert page.quiz.notice == catalog("de")("refusal.draft")
    assert not page.quiz.feedback


def test_a_late_draft_changes_nothing():
    page = Page()
    page.draft(TEXT, position=1)
    page.draft(TEXT, question="note-boss-department-x")
    assert page.quiz.notice == catalog("de")("refusal.wrong_question")
    assert not page.quiz.feedback


def test_the_comment_belongs_to_its_question_and_is_there_again_on_the_way_back():
    page = Page()
    page.draft(TEXT)
    page.tell(do="next", **{name: value for name, value in page.at().items() if name != "question"})
    assert not page.quiz.feedback
    page.tell(do="back", **{name: value for name, value in page.at().items() if name != "question"})
    assert page.quiz.feedback["cues"]


def test_the_comment_changes_its_language_with_the_page():
    page = Page()
    page.draft(TEXT)
    page.tell(do="language", lang="en")
    assert page.quiz.feedback["title"] == catalog("en")("note.comment_title")


def test_in_a_test_nothing_is_commented_and_nothing_is_told_until_the_end():
    page = Page(mode="test", length=2)
    assert not page.quiz.standing.get("comments")
    page.draft(TEXT)
    assert not page.quiz.feedback
    assert page.quiz.notice == ""
    page.answer()
    assert not page.quiz.feedback
    page.tell(do="back", **{name: value for name, value in page.at().items() if name != "question"})
    assert page.quiz.standing["chosen"] == "df+"
    assert not page.quiz.feedback


def test_a_choice_has_no_comment():
    page = Page(formats=["choice"])
    page.draft(TEXT)
    assert not page.quiz.feedback
    assert not page.quiz.standing.get("comments")


# ---- what is kept -----------------------------------------------------------------------------------------------------------


def test_without_consent_the_text_is_nowhere(store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    page = Page(store)
    for _ in range(LENGTH):
        page.draft(TEXT)
        page.answer()
        page.tell(do="next", **{name: value for name, value in page.at().items() if name != "question"})
    page.tell(do="mine")
    assert SECRET not in page.sent + repr(page.quiz) + caplog.text
    assert SECRET not in repr([msgspec.to_builtins(event) for event in page.quiz.session.events])
    person = People(store).participant(KEY)
    assert person is not None
    exported = privacy.export(store, person.id)
    assert [entry["response"] for entry in exported["sessions"][0]["answers"]] == ["df+"] * LENGTH
    assert SECRET not in json.dumps(exported) + as_csv(exported)
    assert any_with(tmp_path, [SECRET]) == []


def test_an_error_while_a_draft_is_checked_does_not_log_it(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch):
    def fails(*_: object) -> None:
        message = "out of order"
        raise OSError(message)

    page = Page()
    monkeypatch.setattr("etiquette_kit.formats.note.pages.assess_note", fails)
    caplog.set_level(logging.DEBUG)
    page.draft(TEXT)
    assert "out of order" in caplog.text
    assert SECRET not in caplog.text + page.sent


def test_with_consent_the_text_is_stored_handed_out_and_erased_with_the_rest(store: Store, tmp_path: Path):
    played(quiz(store), keep=True)
    assert list(verify(store)) == []
    person = People(store).participant(KEY)
    assert person is not None
    exported = privacy.export(store, person.id)
    answers = exported["sessions"][0]["answers"]
    assert [note.decoded(entry["response"]).text for entry in answers] == [TEXT] * LENGTH
    assert {(entry["format"], entry["credit"]) for entry in answers} == {("note", None)}
    assert list(pd.read_csv(StringIO(as_csv(exported)))["response"]) == [entry["response"] for entry in answers]
    assert any_with(tmp_path, [SECRET])
    privacy.erase(store, person.id)
    assert any_with(tmp_path, [SECRET]) == []


def test_ticks_are_no_text_by_which_their_author_could_be_known(store: Store):
    played(quiz(store), ticks=CRITERIA)
    person = People(store).participant(KEY)
    assert person is not None
    marks = privacy._marks(store, person.id)
    assert marks is not None
    assert "dsrpfac+" not in marks.others


def test_a_text_that_was_kept_is_one(store: Store):
    played(quiz(store), keep=True)
    person = People(store).participant(KEY)
    assert person is not None
    marks = privacy._marks(store, person.id)
    assert marks is not None
    assert any(SECRET in mark for mark in marks.others)


@pytest.mark.parametrize("values", [{"credit": 1.0}, {"response": "fd+"}, {"items": '{"x": 1}'}])
def test_an_answer_that_does_not_fit_is_found(store: Store, values: dict[str, object]):
    from etiquette_kit.store.sql import tables

    played(quiz(store))
    with store.writing() as connection:
        connection.execute(update(tables.answers).where(tables.answers.c.seq == 2).values(**values))
    assert list(verify(store)) != []


def test_it_goes_on_after_the_process_was_killed(store: Store, tmp_path: Path):
    script = f"""
import time
from etiquette_kit import Quiz, load_bank
one = Quiz(load_bank(), formats=["note"], seed=3, length={LENGTH}, lang="de", store={str(store.url.database)!r}, key={KEY!r})
one.answer({given()!r})
one.next()
print("stored", flush=True)
time.sleep(600)
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"stored\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    one = quiz(store)
    assert (one.session.state.position, one.summary()["answered"]) == (1, 1)
    assert one.session.state.responses[0].response == "df+"
    played(one)
    assert list(verify(store)) == []
    assert any_with(tmp_path, [SECRET]) == []


# ---- the quiz ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_quiz_of_notes_has_no_mark_and_says_so(lang: str):
    one = played(quiz(lang=lang))
    summary = one.summary()
    assert (summary["credit"], summary["answered"], summary["total"]) == (None, LENGTH, LENGTH)
    page = one.scene
    assert page["result"] == catalog(lang)("end.result_unscored")
    assert page["patterns"] == [] or page["patterns"] == ()
    assert not any(item["again"] for item in page["items"])


def test_with_nothing_answered_it_says_that():
    one = quiz()
    while one.question is not None:
        one.next()
    assert one.scene["result"] == catalog("de")("end.result_none")


def test_the_start_says_what_it_is_about():
    assert quiz(lang="en").scene["lead"] == catalog("en")("note.lead")
    assert quiz(formats=["choice"], lang="en").scene["lead"] == catalog("en")("start.lead_practice")
    assert quiz(formats=["choice", "note"], lang="en").scene["lead"] == catalog("en")("start.lead_practice")


def test_the_text_form_is_the_same_each_time_and_changes_with_the_answer():
    one, again = quiz(), quiz()
    assert repr(one) == repr(again)
    before = repr(one)
    one.answer(given())
    assert repr(one).startswith(before)
    assert "In Ihrer Liste abgehakt: 2 von 7." in repr(one)
    assert SECRET not in repr(one)


def test_a_card_without_a_host_gives_the_same():
    card = QuizCard(BANK, formats=["note"], seed=3, length=LENGTH)
    card.take({"do": "start", "n": "1"})
    page: Any = card.scene
    card.take({"do": "draft", "draft": TEXT, "question": page.question.id, "position": 0, "round": 1, "n": "2"})
    comment: Any = card.feedback
    assert [cue.id for cue in comment.cues] == list(CRITERIA)
    assert SECRET in repr(card._draft)
    card.take({"do": "answer", "response": given(), "question": page.question.id, "position": 0, "round": 1, "n": "3"})
    assert card._draft is None, "after the answer the text is not even in memory"
