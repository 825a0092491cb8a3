"""What every store of answers does alike, whether it is a database or lives in memory."""

from collections.abc import Iterator

import pytest
from etiquette_kit.quiz.answer_store import AnswerStore
from etiquette_kit.quiz.entries import SessionHead, StoredEvent
from etiquette_kit.quiz.store_errors import ConflictError
from etiquette_kit.store.answers_csv import COLUMNS
from etiquette_kit.store.memory import MemoryAnswers
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.sql_answers import SqlAnswers
from etiquette_kit.store.sql.store import Store
from store_examples import BODIES, KEY, answer, head, opening, shown


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def answers(request: pytest.FixtureRequest) -> Iterator[AnswerStore]:
    if request.param == "memory":
        yield MemoryAnswers()
        return
    if request.param == "sqlite":
        address = str(request.getfixturevalue("tmp_path") / "answers.sqlite3")
    else:
        address = request.getfixturevalue("cluster").new_database()
    store = Store(address)
    yield SqlAnswers(store)
    store.close()


def begun(answers: AnswerStore, key: str = KEY, quiz: str = "practice") -> tuple[int, SessionHead]:
    named = head(answers.admit(key).id, quiz)
    return answers.begin(named, opening(), {}), named


def test_a_token_is_always_the_same_participant(answers: AnswerStore):
    assert answers.participant(KEY) is None
    person = answers.admit(KEY)
    assert answers.admit(KEY) == answers.participant(KEY) == person
    assert answers.admit("another" * 5).pseudonym != person.pseudonym


def test_a_code_leads_another_token_to_the_same_answers(answers: AnswerStore):
    person = answers.admit(KEY)
    first = answers.new_code(person.id)
    code = answers.new_code(person.id)
    assert answers.take_code(first, "b" * 32) is None
    assert answers.take_code(f" {code.lower()} ", "b" * 32) == person
    assert answers.participant("b" * 32) == person
    assert answers.take_code("NOSUCHCODE", "c" * 32) is None
    with pytest.raises(ConflictError):
        answers.new_code(99)


def test_consent_is_noted_once(answers: AnswerStore):
    person = answers.admit(KEY)
    assert not answers.consented(person.id, "autumn")
    answers.consent(person.id, "autumn", "first")
    answers.consent(person.id, "autumn", "second")
    assert answers.consented(person.id, "autumn")
    assert [agreed["text"] for agreed in answers.export(person.id)["consents"]] == ["first"]
    with pytest.raises(ConflictError):
        answers.consent(99, "autumn", "words")


def test_a_session_is_appended_to_without_gaps(answers: AnswerStore):
    number, named = begun(answers)
    events = opening()
    answers.append(number, 2, [answer("one")], BODIES)
    assert answers.progress(number, 3).kept == 3
    for seq, entries in ((2, [shown()]), (4, [shown()]), (3, [answer("one", position=1)])):
        with pytest.raises(ConflictError):
            answers.append(number, seq, entries, BODIES)
    with pytest.raises(ConflictError):
        answers.append(99, 0, [shown()])
    with pytest.raises(ConflictError):
        answers.begin(named, events, {})
    name, entries = answers.session(number)
    assert (name, [entry.event for entry in entries]) == (named.name, [*(e.event for e in events), answer("one").event])
    assert [entry.event for entry in answers.entries(number, 2)] == [answer("one").event]
    assert answers.number(named.name) == number
    assert answers.number("unheard of") is None
    saved = answers.saved(number)
    assert (saved.answers, saved.since) == (1, events[0].event.at)
    assert answers.saved(99).answers == 0


def test_the_latest_session_of_a_quiz_is_found(answers: AnswerStore):
    first, _ = begun(answers)
    other, _ = begun(answers, quiz="another quiz")
    second, _ = begun(answers)
    stranger, _ = begun(answers, key="s" * 32)
    person = answers.admit(KEY)
    assert (answers.latest(person.id, "practice"), answers.latest(person.id, "another quiz")) == (second, other)
    assert answers.latest(person.id, "no quiz") is None
    answers.append(first, 2, [answer("one")], BODIES)
    answers.append(second, 2, [answer("two")], BODIES)
    answers.append(stranger, 2, [answer("three")], BODIES)
    assert answers.saved(first).answers == answers.saved(second).answers == 2
    assert answers.saved(other).answers == 0


def test_what_is_handed_out_has_the_same_form_everywhere(answers: AnswerStore):
    number, named = begun(answers)
    answers.append(number, 2, [answer("one")], BODIES)
    person = answers.admit(KEY)
    exported = answers.export(person.id)
    assert set(exported) == {"pseudonym", "since", "keys", "consents", "sessions"}
    (session,) = exported["sessions"]
    assert set(session) == {"id", "name", "quiz", "cohort", "kit", "at", "events", "answers"}
    assert [event["event"] for event in session["events"]] == ["started", "shown", "answered"]
    (told,) = session["answers"]
    assert tuple(told) == COLUMNS or set(told) == set(COLUMNS)
    assert (told["session"], told["response"], session["name"]) == (number, answer().event.response, named.name)  # type: ignore[union-attr]
    with pytest.raises(KeyError):
        answers.export(99)


def test_the_columns_of_the_table_are_those_of_the_database():
    assert set(COLUMNS) == {column.name for column in tables.answers.columns} - {"participant"}


def test_what_was_erased_is_gone_and_others_stay(answers: AnswerStore):
    number, _ = begun(answers)
    other, _ = begun(answers, key="o" * 32)
    person = answers.admit(KEY)
    answers.consent(person.id, "autumn", "words")
    answers.erase(person.id)
    assert answers.participant(KEY) is None
    assert answers.session(number) == ("", [])
    assert not answers.consented(person.id, "autumn")
    assert len(answers.session(other)[1]) == 2
    with pytest.raises(ConflictError):
        answers.append(number, 2, [StoredEvent(shown().event)])
