"""Mornings are stored, resumed, verified, exported and reported, each request and each message as an item of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from etiquette_kit import Quiz, load_bank
from etiquette_kit.cli import app
from etiquette_kit.formats.inbox import Inbox, Morning, materials, summarise
from etiquette_kit.store.answers_csv import as_csv
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from sqlalchemy import select, update
from typer.testing import CliRunner

BANK = load_bank()
INBOXES = materials(BANK)
KEY = "k" * 32
PEOPLE = 12
LENGTH = 3


def quiz(store: Store | None = None, key: str = KEY, **options: Any) -> Quiz:
    given = {"formats": ["inbox"], "seed": 3, "length": LENGTH, "lang": "en", **options}
    return Quiz(BANK, store=store, key=None if store is None else key, **given)


def decided(inbox: Inbox, person: int = 0) -> list[list[str]]:
    """What a person does with the items of an inbox, from the last to the first."""
    key = inbox.key()
    return [[name, list(key[name].grades)[(person + place) % len(key[name].grades)]] for place, name in enumerate(reversed(key))]


def response(name: str, person: int = 0) -> str:
    return Morning(INBOXES[name], ()).parse(decided(INBOXES[name], person))


def answer(one: Quiz, person: int = 0) -> None:
    assert one.question is not None
    one.answer(decided(INBOXES[one.question.id], person))


def played(one: Quiz, person: int = 0) -> Quiz:
    while one.question is not None:
        answer(one, person)
        one.next()
    return one


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "answers.sqlite3")


def test_a_quiz_of_inboxes_is_played_to_its_end():
    one = played(quiz())
    credits_ = [Morning(exercise.material, ()).grade(response(exercise.material.id)).credit or 0 for exercise in one.session.exercises]
    summary = one.summary()
    assert (summary["credit"], summary["answered"], summary["total"]) == (pytest.approx(sum(credits_) / LENGTH), LENGTH, LENGTH)
    page = one.scene
    assert all("fit" in item["yours"] for item in page["items"])


def test_a_test_mixes_it_with_choices_and_ratings():
    one = quiz(formats=["choice", "rating", "inbox"], mode="test", length=12)
    names = [exercise.format_name for exercise in one.session.exercises]
    assert set(names) == {"choice", "rating", "inbox"}
    assert names.count("inbox") <= 3, "of the situations with several people there are no more than of those with one"


def test_the_browser_is_told_nothing_of_the_key_before_the_morning_is_over(store: Store):
    one = quiz(store)
    one._take(None, {"do": "start", "n": "message-1"}, None)
    assert one.question is not None
    inbox = INBOXES[one.question.id]
    told = json.dumps([one.scene, one.standing, one.feedback], ensure_ascii=False)
    for item in inbox.items:
        for action in item.advice.basis:
            assert item.advice.reason(action, "en") not in told
    asked = {"do": "answer", "question": inbox.id, "position": 0, "round": 1}
    one._take(None, {**asked, "response": [["nobody", "ignore"]], "n": "message-2"}, None)
    assert one.notice
    assert one.standing["open"]
    assert not one.feedback
    one._take(None, {**asked, "response": decided(inbox), "n": "message-3"}, None)
    assert one.standing["chosen"] == response(inbox.id)
    assert {entry["id"] for entry in one.feedback["items"]} == set(inbox.key())
    one._take(None, {**asked, "response": decided(inbox), "n": "message-4"}, None)
    assert one.notice == "", "the same answer once more"


def test_in_a_test_nothing_is_told_until_the_end():
    one = quiz(mode="test")
    answer(one)
    assert not one.feedback
    assert not one.standing["revealed"]
    assert "fits best" not in repr(one)
    assert one.summary()["credit"] is None


def test_what_is_stored_is_whole_and_is_handed_out(store: Store):
    played(quiz(store))
    assert list(verify(store)) == []
    person = People(store).participant(KEY)
    assert person is not None
    exported = privacy.export(store, person.id)
    (session,) = exported["sessions"]
    assert {entry["format"] for entry in session["answers"]} == {"inbox"}
    for entry in session["answers"]:
        assert entry["response"] == response(entry["material"])
        assert entry["items"] == Morning(INBOXES[entry["material"]], ()).grade(entry["response"]).items
    rows = pd.read_csv(StringIO(as_csv(exported)))
    assert set(rows["response"]) == {entry["response"] for entry in session["answers"]}


@pytest.mark.parametrize("values", [{"credit": 0.125}, {"response": "nobody:ignore"}, {"items": '{"x": 1}'}])
def test_an_answer_that_does_not_fit_is_found(store: Store, values: dict[str, object]):
    played(quiz(store))
    with store.writing() as connection:
        connection.execute(update(tables.answers).where(tables.answers.c.seq == 2).values(**values))
    assert list(verify(store)) != []


def test_it_goes_on_after_the_process_was_killed(store: Store):
    script = f"""
import time
from etiquette_kit import Quiz, load_bank
one = Quiz(load_bank(), formats=["inbox"], seed=3, length={LENGTH}, lang="en", store={str(store.url.database)!r}, key={KEY!r})
one.answer([[item.id, next(iter(item.key().grades))] for item in one.session.exercise.material.items])
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
    played(one)
    with store.reading() as connection:
        assert len(connection.execute(select(tables.answers)).all()) == LENGTH
    assert list(verify(store)) == []


def test_the_text_form_is_the_same_each_time_and_changes_with_the_answer():
    one, again = quiz(), quiz()
    assert repr(one) == repr(again)
    before = repr(one)
    answer(one)
    assert repr(one).startswith(before)
    assert "Your morning: (" in repr(one)


# ---- reports ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which twelve people who agreed decided all inboxes."""
    path = tmp_path_factory.mktemp("inbox") / "answers.sqlite3"
    store = Store(path)
    for person in range(PEOPLE):
        one = quiz(store, f"{person:032}", length=None, cohort="autumn")
        one.agree()
        played(one, person)
    store.close()
    return path


def run(path: Path, *arguments: object) -> str:
    done = CliRunner().invoke(app, ["report", "--lang", "en", "--store", str(path), *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_report_has_an_item_for_each_request_and_message(path: Path):
    told = json.loads(run(path, "--cohort", "autumn", "--format", "json"))
    found = {item["name"].partition("@")[0]: item for item in told["items"]}
    counts: Counter[int] = Counter()
    for name, inbox in INBOXES.items():
        for item in inbox.items:
            entry = found[f"{name}/{item.id}"]
            assert entry["label"] == f"{inbox.title('en')} · {item.id}"
            assert entry["persons"] == PEOPLE
            answers = [next(one for one in summarise(inbox, response(name, person)) if one.item == item.id) for person in range(PEOPLE)]
            scored = [one.credit for one in answers if one.credit is not None]
            if len(scored) == PEOPLE:
                assert entry["credit"] == pytest.approx(sum(scored) / PEOPLE)
            elif not scored:
                assert entry["credit"] is None, "what the article is silent on has no credit"
            counts[len(scored)] += 1
    assert counts[0] >= 1
    assert counts[PEOPLE] >= len(INBOXES)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_table_csv_and_page_name_the_inboxes(path: Path, lang: str):
    for form in ("table", "csv", "html"):
        told = run(path, "--cohort", "autumn", "--format", form, "--lang", lang)
        for inbox in INBOXES.values():
            assert inbox.title(lang) in told
        assert "nan" not in told.lower().split()


def test_one_s_own_answers_name_the_inboxes(path: Path):
    person = People(Store(path)).participant(f"{1:032}")
    assert person is not None
    own = json.loads(run(path, "--pseudonym", person.pseudonym, "--format", "json"))
    assert own["unknown"] == 0
    assert any(inbox.title("en") in item["title"] for item in own["items"] for inbox in INBOXES.values())
