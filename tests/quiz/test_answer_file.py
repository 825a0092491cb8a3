"""A file with answers: what a store has handed out comes in whole and once, and nothing else does."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from etiquette_kit.cards.quiz import QuizCard
from etiquette_kit.quiz.answer_file import LARGEST, AnswerFileError, read_answer_file
from etiquette_kit.quiz.answer_import import AnswerImport
from etiquette_kit.quiz.answer_store import ImportsAnswers
from etiquette_kit.quiz.events import Event
from etiquette_kit.quiz.recorder import Recorder, SupersededError
from etiquette_kit.quiz.state import replay
from etiquette_kit.store.memory import MemoryAnswers
from etiquette_kit.store.sql.sql_answers import SqlAnswers
from etiquette_kit.store.sql.store import Store
from hypothesis import given, settings
from hypothesis import strategies as st
from session_examples import BANK, started, ticking

KEY = "k" * 32
Deed = tuple[str, int]

deeds = st.lists(st.tuples(st.sampled_from(["answer", "answer", "next", "back", "new round", "reload"]), st.integers(0, 3)), max_size=12)


class Player:
    """Plays in a store, one round after the other, and goes on where it was after a reload."""

    def __init__(self, store: Any, key: str = KEY) -> None:
        self.store, self.key, self.clock = store, key, ticking()
        self.rounds = 0
        self.reload()

    def reload(self) -> None:
        self.recorder = Recorder(self.store, "practice", self.key, pause=0.0)
        self.session = self.recorder.resume(BANK, self.clock) or self._new()

    def _new(self) -> Any:
        self.rounds += 1
        return started(4, seed=self.rounds)

    def play(self, done: list[Deed]) -> None:
        for deed, choice in done:
            exercise = self.session.exercise
            match deed:
                case "answer" if exercise and not self.session.state.finished and self.session.state.position not in self._answers():
                    self.session.answer(exercise.options[choice % len(exercise.options)])
                case "next":
                    self.session.next()
                case "back":
                    self.session.back()
                case "new round":
                    self.session = self._new()
                case "reload":
                    self.reload()
                    self.session.show(self.session.state.position)
            self._keep()

    def _keep(self) -> None:
        try:
            self.recorder.save(self.session, BANK, self.clock)
        except SupersededError as overtaken:
            self.session = overtaken.session
            self._keep()

    def _answers(self) -> dict[int, Any]:
        return self.session.state.responses

    def exported(self) -> dict[str, Any]:
        """Return the file as a browser reads it."""
        told: dict[str, Any] = json.loads(json.dumps(self.store.export(self.store.admit(self.key).id)))
        return told


def taken(store: Any, file: dict[str, Any], key: str = KEY) -> AnswerImport:
    assert isinstance(store, ImportsAnswers)
    return AnswerImport(store, store.admit(key), read_answer_file(json.dumps(file), BANK), BANK, lambda: datetime.now(UTC))


def sessions(file: dict[str, Any]) -> list[Any]:
    """Return the sessions of a file without what a store numbers by itself."""
    found = copy.deepcopy(file["sessions"])
    for session in found:
        del session["id"]
        for answer in session["answers"]:
            del answer["session"]
    return sorted(found, key=lambda session: str(session["name"]))


def answers(store: Any, key: str = KEY) -> dict[tuple[str, str], str]:
    """Return the responses by session and material."""
    found = {}
    for name, number in store.numbers(store.admit(key).id).items():
        state = replay([entry.event for entry in store.entries(number)])
        found |= {(name, state.plan[place].material): given.response for place, given in state.responses.items()}
    return found


def problem(file: object) -> str:
    with pytest.raises(AnswerFileError) as caught:
        read_answer_file(file if isinstance(file, str) else json.dumps(file), BANK)
    return caught.value.problem


@settings(max_examples=40)
@given(deeds)
def test_what_one_store_hands_out_another_hands_out_again(played: list[Deed]):
    there, here = Player(MemoryAnswers()), MemoryAnswers()
    there.play(played)
    file = there.exported()
    importing = taken(here, file)
    assert (importing.is_under_way(), importing.error, importing.dropped) == (False, None, 0)
    assert importing.answers == sum(len(session["answers"]) for session in file["sessions"])
    handed = json.loads(json.dumps(here.export(here.admit(KEY).id)))
    assert sessions(handed) == sessions(file)
    assert taken(here, file).answers == 0
    assert sessions(json.loads(json.dumps(here.export(here.admit(KEY).id)))) == sessions(file)


@settings(max_examples=60)
@given(deeds, deeds, deeds)
def test_a_store_that_went_on_keeps_its_answers_and_gets_the_others(before: list[Deed], here: list[Deed], there: list[Deed]):
    first = Player(MemoryAnswers())
    first.play([("answer", 0), *before])
    file = first.exported()
    away = Player(MemoryAnswers())
    taken(away.store, file)
    away.reload()
    away.play(there)
    first.play(here)
    mine, others = answers(first.store), answers(away.store)
    finished = {name for name, number in first.store.numbers(1).items() if replay(events_of(first.store, number)).finished}
    importing = taken(first.store, away.exported())
    both = answers(first.store)
    assert mine.items() <= both.items()
    assert both.keys() <= mine.keys() | others.keys()
    wanted = {given for given in others if given[0] not in finished}
    assert wanted <= both.keys()
    assert importing.answers == len(both) - len(mine)
    assert importing.dropped == sum(both.get(given) != response for given, response in others.items())
    again = taken(first.store, away.exported())
    assert (again.answers, again.dropped) == (0, importing.dropped)
    assert answers(first.store) == both


def events_of(store: MemoryAnswers, number: int) -> list[Event]:
    return [entry.event for entry in store.entries(number)]


def test_what_a_database_hands_out_comes_in(tmp_path: Any):
    store = Store(str(tmp_path / "answers.sqlite3"))
    there, here = Player(SqlAnswers(store)), MemoryAnswers()
    there.play([("answer", 1), ("next", 0), ("answer", 2)])
    file = there.exported()
    assert taken(here, file).answers == 2
    assert len(answers(here)) == 2
    assert not isinstance(there.store, ImportsAnswers)
    store.close()


def test_what_belongs_to_somebody_else_here_is_copied_once():
    first = Player(MemoryAnswers())
    first.play([("answer", 1)])
    file = first.exported()
    for expected in (1, 0):
        assert taken(first.store, file, "o" * 32).answers == expected
    assert len(answers(first.store)) == len(answers(first.store, "o" * 32)) == 1


@pytest.fixture
def file() -> dict[str, Any]:
    player = Player(MemoryAnswers())
    player.play([("answer", 1), ("next", 0), ("answer", 2), ("next", 0)])
    return player.exported()


FOREIGN = [
    "",
    "no JSON",
    "[]",
    "null",
    '{"sessions": []}',
    '{"pseudonym": "x"}',
    '{"pseudonym": 1, "sessions": {}}',
    "\ud800",
    "[" * 100_000,
]


@pytest.mark.parametrize("other", FOREIGN)
def test_another_file_is_refused_as_such(other: str):
    assert problem(other) == "foreign"


def test_a_file_that_is_too_large_is_not_even_read():
    assert problem(" " * (LARGEST + 1)) == "too_large"


def test_a_file_of_a_newer_version_is_refused_as_such(file: dict[str, Any]):
    file["sessions"][0]["events"].append({"event": "dreamt", "at": "2025-01-01T00:00:00Z"})
    assert problem(file) == "damaged"
    file["sessions"][0]["kit"] = "99.0.0"
    assert problem(file) == "newer"
    del file["sessions"][0]["events"][-1]
    file["sessions"][0]["events"][-1]["mood"] = "good"
    assert problem(file) == "newer", "what is not known would be lost"
    file["sessions"][0]["events"][-1]["mood"] = None
    assert len(read_answer_file(json.dumps(file), BANK)) == 1


def _answered(session: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(event for event in session["events"] if event["event"] == "answered")
    return found


def _other_response(session: dict[str, Any]) -> None:
    _answered(session)["response"] = session["answers"][0]["response"] = "zzz"


def _no_exercises(session: dict[str, Any]) -> None:
    session["events"], session["answers"] = [{**session["events"][0], "plan": []}], []


EDITS: dict[str, Callable[[dict[str, Any]], object]] = {
    "no beginning": lambda session: session["events"].pop(0),
    "a gap": lambda session: session["events"].pop(3),
    "an answer twice": lambda session: session["events"].append(_answered(session)),
    "a response that was not on offer": _other_response,
    "an order of options that are not there": lambda session: session["events"][0]["plan"][0].update(shown='["x", "y"]'),
    "an order that is none": lambda session: session["events"][0]["plan"][0].update(shown="{"),
    "a credit beyond all": lambda session: _answered(session).update(credit=7),
    "a time without a zone": lambda session: _answered(session).update(at="2025-01-01T00:00:00"),
    "a negative time": lambda session: _answered(session).update(seconds=-1),
    "an answer that was not given": lambda session: session["answers"].append({**session["answers"][0], "seq": 0}),
    "another material": lambda session: session["answers"][0].update(material="other"),
    "a name that is none": lambda session: session.update(name="../x"),
    "a quiz with a line break": lambda session: session.update(quiz="practice\nx"),
    "no exercises": _no_exercises,
    "an exercise without content": lambda session: session["events"][0]["plan"][0].update(content=""),
    "an unknown field": lambda session: _answered(session).update(mood="good"),
    "a language that cannot be shown": lambda session: session["events"][0].update(lang="\x00"),
}


@pytest.mark.parametrize("what", EDITS)
def test_a_file_that_does_not_fit_together_is_refused(file: dict[str, Any], what: str):
    EDITS[what](file["sessions"][0])
    assert problem(file) == "damaged"


_PATHS = st.lists(st.integers(0, 30), min_size=1, max_size=7)
_VALUES = st.sampled_from(
    [None, -1, 0, 1, 9, 0.5, 1e308, True, [], {}, "", "a", "b", "de", "x" * 300, "\x00", "2025-01-01T00:00:00Z", '["a", "b"]']
)


@settings(max_examples=300)
@given(_PATHS, _VALUES)
def test_whatever_is_changed_in_a_file_either_nothing_comes_in_or_the_quiz_can_be_played(path: list[int], value: object):
    player = Player(MemoryAnswers())
    player.play([("answer", 1), ("next", 0), ("answer", 2), ("next", 0)])
    file = player.exported()
    node: Any = file
    for step in path[:-1]:
        inner = _child(node, step)
        if not isinstance(inner, dict | list) or not inner:
            break
        node = inner
    _put(node, path[-1], value)
    store = MemoryAnswers()
    try:
        found = read_answer_file(json.dumps(file), BANK)
    except AnswerFileError:
        return
    AnswerImport(store, store.admit(KEY), found, BANK, lambda: datetime.now(UTC))
    for session in found:
        card = QuizCard(BANK, lang="en", store=store)
        card.persistence.quiz = session.quiz
        card.take({"do": "hello", "key": KEY, "n": "1"})
        assert card.notice == ""
        for position in range(len(card.session.state.plan)):
            card.take({"do": "next", "round": card.rounds.count, "position": position, "n": f"next {position}"})
            assert card.notice == ""
        json.dumps(store.export(store.admit(KEY).id), allow_nan=False)


def _child(node: Any, step: int) -> Any:
    return node[step % len(node)] if isinstance(node, list) else node[sorted(node)[step % len(node)]]


def _put(node: Any, step: int, value: object) -> None:
    if isinstance(node, list):
        node[step % len(node)] = value
    else:
        node[sorted(node)[step % len(node)]] = value
