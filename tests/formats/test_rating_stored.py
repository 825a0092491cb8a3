"""Ratings are stored, resumed, verified, exported, erased and reported like choices, as one item for each situation."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from etiquette_kit import Quiz, load_bank
from etiquette_kit.analysis.reports.group import group_results
from etiquette_kit.cli import app
from etiquette_kit.formats.rating import credit_of, encoded
from etiquette_kit.store.answers_csv import as_csv
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from sqlalchemy import select, update
from typer.testing import CliRunner

BANK = load_bank()
KEY = "k" * 32
PEOPLE = 12
LENGTH = 4
_MARKS = {"de": "bewertet", "en": "rated"}


def quiz(store: Store | None = None, key: str = KEY, **options: Any) -> Quiz:
    given = {"formats": ["rating"], "seed": 3, "length": LENGTH, "lang": "en", **options}
    return Quiz(BANK, store=store, key=None if store is None else key, **given)


def rated(scenario: str, person: int = 0) -> dict[str, int]:
    """What a person says of the reactions to a situation."""
    return {name: 1 + (grade + (person + place) % 3) % 4 for place, (name, grade) in enumerate(BANK.key(scenario).items())}


def answer(one: Quiz, person: int = 0) -> None:
    assert one.question is not None
    if one.session.exercise is not None and one.session.exercise.format_name == "choice":
        one.answer(one.question.options[person % 3])
    else:
        one.answer(rated(one.question.id, person))


def played(one: Quiz, person: int = 0) -> Quiz:
    while one.question is not None:
        answer(one, person)
        one.next()
    return one


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "answers.sqlite3")


def test_a_quiz_of_ratings_is_played_to_its_end():
    one = played(quiz())
    names = [exercise.material.id for exercise in one.session.exercises]
    credits_ = [credit_of(rated(name), BANK.key(name)) for name in names]
    summary = one.summary()
    assert (summary["credit"], summary["answered"], summary["total"]) == (pytest.approx(sum(credits_) / LENGTH), LENGTH, LENGTH)
    assert sum(part["answered"] for part in summary["by_relation"].values()) == LENGTH
    page = one.scene
    assert page["patterns"] == (), "ratings are no actions, so that they have no pattern"
    assert len(page["rules"]) >= 2
    assert all(item["yours"].startswith("You rate ") for item in page["items"])


def test_a_test_mixes_it_with_choices_and_no_situation_comes_twice_while_others_are_left():
    one = quiz(formats=["choice", "rating"], mode="test", length=20)
    assert {exercise.format_name for exercise in one.session.exercises} == {"choice", "rating"}
    assert len({exercise.material.id for exercise in one.session.exercises}) == 20
    assert one.answer(one.question.options[0] if one.question.options else rated(one.question.id)) is None  # type: ignore[union-attr]


def test_a_rating_that_is_not_complete_is_refused_and_can_be_given_then():
    one = quiz()
    assert one.question is not None
    with pytest.raises(ValueError, match="from 1 to 4 of each reaction"):
        one.answer({"a": 4})
    one.answer(rated(one.question.id))
    assert one.summary()["answered"] == 1


def test_the_browser_is_told_nothing_of_the_key_before_its_answer(store: Store):
    one = quiz(store)
    one._take(None, {"do": "start", "n": "message-1"}, None)
    exercise = one.session.exercise
    assert exercise is not None
    told = json.dumps([one.scene, one.standing, one.feedback], ensure_ascii=False)
    scenario = BANK[exercise.material.id]
    for option in scenario.options:
        assert option.text("en").feedback not in told
        assert scenario.advice.reason(option.action, "en") not in told
    asked = {"do": "answer", "question": scenario.id, "position": 0, "round": 1}
    one._take(None, {**asked, "response": {"a": 4}, "n": "message-2"}, None)
    assert one.notice
    assert one.standing["open"]
    assert not one.feedback
    given = rated(scenario.id)
    one._take(None, {**asked, "response": given, "n": "message-3"}, None)
    assert one.standing["chosen"] == encoded(given)
    assert {entry["id"]: entry["grade"] for entry in one.feedback["reactions"]} == BANK.key(scenario.id)
    one._take(None, {**asked, "response": dict(reversed(given.items())), "n": "message-4"}, None)
    assert one.notice == "", "the same answer once more"


def test_in_a_test_nothing_is_told_until_the_end():
    one = quiz(mode="test")
    answer(one)
    assert not one.feedback
    assert not one.standing["revealed"]
    assert "Agreement" not in repr(one)
    assert one.summary()["credit"] is None


def test_what_is_stored_is_whole_and_is_handed_out(store: Store):
    played(quiz(store))
    assert list(verify(store)) == []
    person = People(store).participant(KEY)
    assert person is not None
    exported = privacy.export(store, person.id)
    (session,) = exported["sessions"]
    assert [entry["response"] for entry in session["answers"]] == [encoded(rated(entry["material"])) for entry in session["answers"]]
    assert {entry["format"] for entry in session["answers"]} == {"rating"}
    for entry in session["answers"]:
        assert entry["credit"] == credit_of(rated(entry["material"]), BANK.key(entry["material"]))
    rows = pd.read_csv(StringIO(as_csv(exported)))
    assert list(rows["response"]) == [entry["response"] for entry in session["answers"]]


@pytest.mark.parametrize("values", [{"credit": None}, {"credit": 0.125}, {"response": "a4 b1"}, {"items": '{"x": 1}'}])
def test_an_answer_that_does_not_fit_is_found(store: Store, values: dict[str, object]):
    played(quiz(store))
    with store.writing() as connection:
        connection.execute(update(tables.answers).where(tables.answers.c.seq == 2).values(**values))
    assert list(verify(store)) != []


def test_ratings_are_no_texts_by_which_their_author_could_be_known(store: Store):
    one = played(quiz(store))
    person = People(store).participant(KEY)
    assert person is not None
    marks = privacy._marks(store, person.id)
    assert marks is not None
    assert not {encoded(rated(exercise.material.id)) for exercise in one.session.exercises} & {*marks.others}


def test_it_goes_on_after_the_process_was_killed(store: Store):
    script = f"""
import time
from etiquette_kit import Quiz, load_bank
one = Quiz(load_bank(), formats=["rating"], seed=3, length={LENGTH}, lang="en", store={str(store.url.database)!r}, key={KEY!r})
one.answer(dict.fromkeys(one.session.exercise.order, 3))
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
    assert set(one.session.state.responses[0].response[1::3]) == {"3"}
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
    assert "Your ratings: (a) " in repr(one)


# ---- reports ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which twelve people who agreed chose reactions to some situations and rated those of the same ones."""
    path = tmp_path_factory.mktemp("rating") / "answers.sqlite3"
    store = Store(path)
    for person in range(PEOPLE):
        for formats in (["choice"], ["rating"]):
            one = quiz(store, f"{person:032}", formats=formats, theme="client-messages", length=None, cohort="autumn")
            one.agree()
            played(one, person)
    store.close()
    return path


def run(path: Path, *arguments: object) -> str:
    done = CliRunner().invoke(app, ["report", "--lang", "en", "--store", str(path), *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def mean(name: str) -> float:
    return sum(credit_of(rated(name, person), BANK.key(name)) for person in range(PEOPLE)) / PEOPLE


def test_the_report_has_both_formats_of_a_situation_and_tells_them_apart(path: Path):
    told = json.loads(run(path, "--cohort", "autumn", "--format", "json"))
    items = {item["name"].partition("@")[0]: item for item in told["items"]}
    names = [scenario.id for scenario in BANK if scenario.theme == "client-messages"]
    assert items.keys() == {*names, *(f"rating:{name}" for name in names)}
    for name in names:
        item = items[f"rating:{name}"]
        assert item["credit"] == pytest.approx(mean(name))
        assert item["persons"] == PEOPLE
        assert item["label"] == f"{BANK[name].title('en')} (rated)"
        assert items[name]["label"] == BANK[name].title("en")
        assert item["sd"] is not None
        assert item["flags"] == ""
    assert told["counted"]["same_situations"]


def test_how_often_each_rating_was_given_is_not_in_a_report(path: Path):
    told = json.loads(run(path, "--cohort", "autumn", "--format", "json"))
    listed = [entry for entry in told["report"]["to_discuss"] if entry["scenario"].startswith("rating:")]
    assert listed
    assert [entry["choices"] for entry in listed] == [[]] * len(listed)
    assert not [entry for entry in told["report"]["divisive"] if entry["scenario"].startswith("rating:")]
    results = group_results(Store(path), "autumn", BANK, "en")
    of_ratings = [option for item, option in results.statistics.options.index if "(rated)" in results.titles[item]]
    assert set(of_ratings) == {""}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_table_csv_and_page_name_what_was_rated(path: Path, lang: str):
    for form in ("table", "csv", "html"):
        told = run(path, "--cohort", "autumn", "--format", form, "--lang", lang)
        for scenario in BANK:
            if scenario.theme == "client-messages":
                assert f"{scenario.title(lang)} ({_MARKS[lang]})" in told
        assert "nan" not in told.lower().split()


def test_one_s_own_answers_name_what_was_rated(path: Path):
    store = Store(path)
    person = People(store).participant(f"{1:032}")
    assert person is not None
    own = json.loads(run(path, "--pseudonym", person.pseudonym, "--format", "json"))
    names = [scenario.id for scenario in BANK if scenario.theme == "client-messages"]
    assert (own["answers"], own["unknown"]) == (2 * len(names), 0)
    by_title = {item["title"]: item["credit"] for item in own["items"]}
    for name in names:
        assert by_title[f"{BANK[name].title('en')} (rated)"] == credit_of(rated(name, 1), BANK.key(name))
