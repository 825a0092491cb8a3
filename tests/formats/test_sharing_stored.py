"""Who sees what is stored, resumed, verified, exported, erased and reported, with an item for each professional list."""

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
from etiquette_kit.cli import app
from etiquette_kit.formats.sharing import LISTS, PRIVATE, PROFESSIONAL, Profile, credits_of, encoded
from etiquette_kit.formats.sharing.separation import table_grades
from etiquette_kit.store.answers_csv import as_csv
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from sqlalchemy import select, update
from typer.testing import CliRunner

BANK = load_bank()
PROFILES: dict[str, Profile] = dict(BANK.materials("profile"))  # type: ignore[arg-type]
GRADES = table_grades()
KEY = "k" * 32
PEOPLE = 12
LENGTH = 4


def quiz(store: Store | None = None, key: str = KEY, **options: Any) -> Quiz:
    given = {"formats": ["sharing"], "seed": 3, "length": LENGTH, "lang": "en", **options}
    return Quiz(BANK, store=store, key=None if store is None else key, **given)


def shared(profile: str, person: int = 0) -> dict[str, tuple[str, ...]]:
    """Who sees what, by a person: as many posts for work as her number."""
    ids = PROFILES[profile].post_ids
    return {name: LISTS if place < person % (len(ids) + 1) else PRIVATE for place, name in enumerate(ids)}


def answer(one: Quiz, person: int = 0) -> None:
    assert one.question is not None
    if one.session.exercise is not None and one.session.exercise.format_name == "choice":
        one.answer(one.question.options[person % 3])
    else:
        one.answer(shared(one.question.id, person))


def played(one: Quiz, person: int = 0) -> Quiz:
    while one.question is not None:
        answer(one, person)
        one.next()
    return one


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "answers.sqlite3")


def test_a_quiz_of_profiles_is_played_to_its_end_and_counts_by_relation():
    one = played(quiz(), 4)
    names = [exercise.material.id for exercise in one.session.exercises]
    expected = [credits_of(shared(name, 4), GRADES) for name in names]
    summary = one.summary()
    assert summary["credit"] == pytest.approx(sum(sum(credits_.values()) for credits_ in expected) / 3 / LENGTH)
    for relation in PROFESSIONAL:
        part = summary["by_relation"][relation]
        assert (part["answered"], part["total"]) == (LENGTH, LENGTH)
        assert part["credit"] == pytest.approx(sum(credits_[relation] for credits_ in expected) / LENGTH)
    assert list(summary["by_theme"]) == ["profiles"]
    page = one.scene
    assert len(page["rules"]) >= 2
    assert all("professional groups see" in item["yours"] or "apart" in item["yours"] for item in page["items"])


def test_a_test_mixes_it_with_other_formats():
    one = quiz(formats=["choice", "rating", "sharing"], mode="test", length=20)
    assert {exercise.format_name for exercise in one.session.exercises} == {"choice", "rating", "sharing"}


def test_what_is_no_grid_is_refused_and_can_be_given_then():
    one = quiz()
    assert one.question is not None
    with pytest.raises(ValueError, match="which lists see it"):
        one.answer({"party": ["friends"]})
    answer(one)
    assert one.summary()["answered"] == 1


def test_the_browser_is_told_nothing_of_the_answer_before_it_is_given(store: Store):
    one = quiz(store)
    one._take(None, {"do": "start", "n": "message-1"}, None)
    exercise = one.session.exercise
    assert exercise is not None
    told = json.dumps([one.scene, one.standing, one.feedback], ensure_ascii=False)
    response = exercise.parse(shared(exercise.material.id))
    shown = exercise.reveal(response, "en")
    secret = [advice.text for advice in shown.advice] + [outcome.reason for outcome in shown.outcomes if outcome.reason]  # type: ignore[attr-defined]
    assert secret
    assert not [text for text in secret if text in told]
    asked = {"do": "answer", "question": exercise.material.id, "position": 0, "round": 1}
    one._take(None, {**asked, "response": {"karaoke": ["boss"]}, "n": "message-2"}, None)
    assert one.notice
    assert one.standing["open"]
    assert not one.feedback
    given = {name: list(seeing) for name, seeing in shared(exercise.material.id).items()}
    one._take(None, {**asked, "response": given, "n": "message-3"}, None)
    assert one.standing["chosen"] == response
    assert one.feedback["credit"] == 1


def test_in_a_test_nothing_is_told_until_the_end():
    one = quiz(mode="test")
    answer(one)
    assert not one.feedback
    assert not one.standing["revealed"]
    assert "Agreement" not in repr(one)
    assert one.summary()["credit"] is None


def test_what_is_stored_is_whole_and_is_handed_out(store: Store):
    played(quiz(store), 4)
    assert list(verify(store)) == []
    person = People(store).participant(KEY)
    assert person is not None
    exported = privacy.export(store, person.id)
    (session,) = exported["sessions"]
    assert {entry["format"] for entry in session["answers"]} == {"sharing"}
    for entry in session["answers"]:
        assert entry["response"] == encoded(shared(entry["material"], 4))
        assert entry["credit"] == pytest.approx(sum(credits_of(shared(entry["material"], 4), GRADES).values()) / 3)
    rows = pd.read_csv(StringIO(as_csv(exported)), dtype={"response": str})
    assert set(rows["response"]) == {entry["response"] for entry in session["answers"]}


@pytest.mark.parametrize("values", [{"credit": None}, {"credit": 0.125}, {"response": "v"}, {"items": '{"boss": 1}'}])
def test_an_answer_that_does_not_fit_is_found(store: Store, values: dict[str, object]):
    played(quiz(store), 4)
    with store.writing() as connection:
        connection.execute(update(tables.answers).where(tables.answers.c.seq == 2).values(**values))
    assert list(verify(store)) != []


def test_who_sees_what_is_no_text_by_which_its_author_could_be_known(store: Store):
    one = played(quiz(store), 4)
    person = People(store).participant(KEY)
    assert person is not None
    marks = privacy._marks(store, person.id)
    assert marks is not None
    assert not {encoded(shared(exercise.material.id, 4)) for exercise in one.session.exercises} & {*marks.others}


def test_it_goes_on_after_the_process_was_killed(store: Store):
    script = f"""
import time
from etiquette_kit import Quiz, load_bank
one = Quiz(load_bank(), formats=["sharing"], seed=3, length={LENGTH}, lang="en", store={str(store.url.database)!r}, key={KEY!r})
one.answer(dict.fromkeys(one.session.exercise.order, ["family"]))
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
    assert set(one.session.state.responses[0].response) == {"2"}
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
    assert "Who sees what: " in repr(one)


# ---- reports ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which twelve people who agreed decided who sees what."""
    path = tmp_path_factory.mktemp("sharing") / "answers.sqlite3"
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


def test_the_report_has_an_item_for_each_professional_list_of_a_profile(path: Path):
    told = json.loads(run(path, "--cohort", "autumn", "--format", "json"))
    items = {item["name"].partition("@")[0]: item for item in told["items"]}
    assert len(items) == len(PROFILES) * len(PROFESSIONAL)
    for name, profile in PROFILES.items():
        for relation in PROFESSIONAL:
            (item,) = (found for found in told["items"] if found["label"] == f"{profile.title('en')} · {relation}")
            mean = sum(credits_of(shared(name, person), GRADES)[relation] for person in range(PEOPLE)) / PEOPLE
            assert item["credit"] == pytest.approx(mean)
            assert item["persons"] == PEOPLE


@pytest.mark.parametrize("lang", ["de", "en"])
def test_table_csv_and_page_name_the_profiles(path: Path, lang: str):
    for form in ("table", "csv", "html"):
        told = run(path, "--cohort", "autumn", "--format", form, "--lang", lang)
        for profile in PROFILES.values():
            assert profile.title(lang) in told
        assert "nan" not in told.lower().split()


def test_one_s_own_answers_name_the_profiles(path: Path):
    person = People(Store(path)).participant(f"{4:032}")
    assert person is not None
    own = json.loads(run(path, "--pseudonym", person.pseudonym, "--format", "json"))
    assert (own["answers"], own["unknown"]) == (len(PROFILES), 0)
    titles = {item["title"] for item in own["items"]}
    assert all(any(profile.title("en") in title for title in titles) for profile in PROFILES.values())
