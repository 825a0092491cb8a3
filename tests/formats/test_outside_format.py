"""A format that is no part of the kit is played, kept, resumed, exported, verified and printed like its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import two_people
from etiquette_kit import Quiz
from etiquette_kit.formats import FormatError, format_named, formats, register
from etiquette_kit.store.answers_csv import as_csv
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from sqlalchemy import select, update

KEY = "k" * 32
NAME = two_people.NAME
register(two_people)


def quiz(store: Store | None = None, **options: object) -> Quiz:
    return Quiz(lang="en", formats=[NAME], seed=3, store=store, key=None if store is None else KEY, **options)  # type: ignore[arg-type]


def played(one: Quiz, *, steps: int = 9) -> Quiz:
    for _ in range(steps):
        if one.question is None:
            break
        one.answer({"client": "yes", "boss": "no"})
        one.next()
    return one


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "answers.sqlite3")


def test_it_is_found_by_its_name():
    assert NAME in formats()
    assert format_named(NAME) is two_people
    register(two_people)  # once more does no harm


def test_it_is_played_to_its_end_and_graded_by_its_items():
    one = played(quiz())
    keys = [pair.key for pair in two_people.PAIRS]
    right = sum(key == "yes" for key in keys) / len(keys)
    summary = one.summary()
    assert (summary["credit"], summary["answered"], summary["total"]) == (right, 4, 4)
    assert summary["by_relation"]["client"] == {"credit": right, "answered": 4, "total": 4}
    assert summary["by_relation"]["boss"] == {"credit": None, "answered": 4, "total": 4}
    assert list(summary["by_theme"]) == ["pairs"]


def test_a_response_that_is_none_is_refused():
    one = quiz()
    for wrong in ("yes", {"client": "yes"}, {"client": "yes", "boss": "perhaps"}, None, 7):
        with pytest.raises(ValueError, match="no answer to two people"):
            one.answer(wrong)
    assert one.question is not None
    assert one.question.options == ()


def test_it_can_be_mixed_with_choices():
    one = Quiz(lang="en", formats=["choice", NAME], seed=5, length=8)
    assert {exercise.format_name for exercise in one.session.exercises} == {"choice", NAME}


def test_a_format_that_is_unknown_or_none_is_refused():
    with pytest.raises(FormatError, match="did you mean 'choice'"):
        Quiz(formats=["chioce"])
    with pytest.raises(FormatError, match="at least one"):
        Quiz(formats=[])


def test_the_browser_answers_it_and_is_shown_nothing_of_the_key_before(store: Store):
    one = quiz(store)
    one._take(None, {"do": "start", "n": "message-1"}, None)
    assert one.scene["question"]["people"]
    assert "key" not in json.dumps(one.scene)
    asked = {"do": "answer", "question": one.question.id, "position": 0, "round": 1}  # type: ignore[union-attr]
    one._take(None, {**asked, "response": {"client": "no", "boss": "no"}, "n": "message-2"}, None)
    assert one.feedback["said"] == {"boss": "no", "client": "no"}
    one._take(None, {**asked, "response": {"boss": "no", "client": "no"}, "n": "message-3"}, None)
    assert one.notice == ""  # the same answer once more


def test_what_is_kept_is_whole_and_is_handed_out(store: Store):
    played(quiz(store))
    assert list(verify(store)) == []
    person = People(store).participant(KEY)
    assert person is not None
    exported = privacy.export(store, person.id)
    (session,) = exported["sessions"]
    for answer in session["answers"]:
        assert json.loads(answer["response"]) == {"boss": "no", "client": "yes"}
        assert answer["items"] == {"boss": None, "client": answer["credit"]}
    assert as_csv(exported).count("pair-") >= 4


@pytest.mark.parametrize("values", [{"credit": None}, {"items": None}, {"items": '{"client": 0.5, "boss": null}'}, {"items": "{"}])
def test_a_credit_that_does_not_fit_is_found(store: Store, values: dict[str, object]):
    played(quiz(store))
    with store.writing() as connection:
        connection.execute(update(tables.answers).where(tables.answers.c.seq == 2).values(**values))
    assert {fault.kind for fault in verify(store)} >= {"differs"}


def test_it_goes_on_after_the_process_was_killed(store: Store):
    script = f"""
import two_people, time
from etiquette_kit import Quiz
from etiquette_kit.formats import register
register(two_people)
one = Quiz(lang="en", formats=[{NAME!r}], seed=3, store={str(store.url.database)!r}, key={KEY!r})
one.answer({{"client": "yes", "boss": "no"}})
one.next()
print("kept", flush=True)
time.sleep(600)
"""
    paths = os.pathsep.join([str(Path(two_people.__file__).parent.parent), *sys.path])
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths})
    assert process.stdout is not None
    assert process.stdout.readline() == b"kept\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    one = quiz(store)
    assert (one.session.state.position, one.summary()["answered"]) == (1, 1)
    played(one)
    assert one.summary()["answered"] == 4
    with store.reading() as connection:
        assert len(connection.execute(select(tables.answers)).all()) == 4
    assert list(verify(store)) == []


def test_its_text_form_tells_the_question_and_what_was_said():
    one = quiz()
    before = repr(one)
    assert all(pair.title("en") in before for pair in two_people.PAIRS)
    one.answer({"client": "yes", "boss": "no"})
    assert before in repr(one)
    assert '{"boss": "no", "client": "yes"}' in repr(one)
