# ruff: noqa: S311  the chance here is no secret
"""A kernel that is killed at any moment loses no answer that the page has acknowledged, and goes on where it was."""

import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest
from etiquette_kit import Quiz
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from quiz_examples import Browser, saved_by, visited
from sqlalchemy import func, select
from store_examples import counts, stored_answers

LENGTH = 6
EVENTS = ("friend_request", "message")


def play(address: str, out: int, seed: int) -> NoReturn:
    """Play two quizzes in turn for ever, and tell each answer once the page has been told that it is saved."""

    def tell(**what: object) -> None:
        os.write(out, json.dumps(what).encode() + b"\n")  # a line is short enough to arrive whole

    rng = random.Random(seed)
    quizzes = []
    for event in EVENTS:  # two quizzes in one process, as a notebook has them
        quiz, browser = visited(Store(address), length=LENGTH, event=event)
        if quiz.page["kind"] == "start":
            browser.start(agree=True)
        run = quiz.card.persistence.recorder._run
        given = {place: answer.response for place, answer in quiz.session.state.responses.items()}
        place, stored = quiz.session.state.position, rounds_saved(quiz)
        tell(do="begin", quiz=event, session=run.number, place=place, given=given, saved=saved_by(quiz), stored=stored)
        quizzes.append((quiz, browser))
    while True:
        for quiz, browser in quizzes:
            play_on(quiz, browser, rng, tell)


def rounds_saved(quiz: Quiz) -> int:
    """Return how many answers the store has of all rounds of this quiz."""
    of_quiz = select(tables.sessions.c.id).where(tables.sessions.c.quiz == quiz.card.rounds.name)
    wanted = select(func.count()).select_from(tables.answers).where(tables.answers.c.session.in_(of_quiz))
    with quiz.card.persistence.recorder.store.store.reading() as connection:
        return int(connection.execute(wanted).scalar_one())


def play_on(quiz: Quiz, browser: Browser, rng: random.Random, tell: Callable[..., None]) -> None:
    """Answer a question, and go on to the next."""
    if quiz.question is None:
        browser.tell(do="restart", round=quiz.page["round"])
    if quiz.page["open"]:
        choice = rng.randrange(len(quiz.page["question"]["options"]))
        place, response = quiz.page["position"], quiz.page["question"]["options"][choice]["id"]
        browser.answer(choice)
        if quiz.ack == f"{browser.name}-{browser.count}" and len(saved_by(quiz)) == 1:
            tell(do="answer", session=quiz.card.persistence.recorder._run.number, place=place, response=response)
    browser.way("next")
    tell(do="next")


@contextmanager
def looked_at(address: str) -> Iterator[None]:
    """Have another process look through the store again and again, as ``etiquette data verify`` does."""
    child = os.fork()
    if child == 0:
        try:
            while True:
                look_at(address)
                time.sleep(0.02)
        finally:
            os._exit(1)
    try:
        yield
    finally:
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "a look at the store has failed"
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def look_at(address: str) -> None:
    store = Store(address)
    try:
        assert list(verify(store)) == []
    except StoreError as error:
        if error.kind != "locked":
            raise
    finally:
        store.close()


def lines_until_killed(address: str, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Let somebody play, kill the process somewhere, and return what it has told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            play(address, writing, rng.randrange(1000))
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        told = [file.readline() for _ in range(rng.randrange(16))]
        time.sleep(rng.random() * 0.01)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        told += file.readlines()
    yield from (json.loads(line) for line in told)


@pytest.mark.parametrize(("kind", "kills"), [("sqlite", 200), ("postgresql", 40)])
def test_no_acknowledged_answer_is_missing_after_so_many_kills(request: pytest.FixtureRequest, tmp_path: Any, kind: str, kills: int):
    address = str(tmp_path / "answers.sqlite3") if kind == "sqlite" else request.getfixturevalue("cluster").new_schema()
    rng = random.Random(20250101)
    acknowledged: dict[int, dict[int, str]] = {}
    latest: dict[str, int] = {}
    begun = 0
    with looked_at(address):
        for _ in range(kills):
            for line in lines_until_killed(address, rng):
                known = acknowledged.setdefault(line["session"], {}) if "session" in line else {}
                if line["do"] == "begin":
                    begun += 1
                    assert line["session"] >= latest.get(line["quiz"], 0)
                    latest[line["quiz"]] = line["session"]
                    assert known.items() <= {int(place): response for place, response in line["given"].items()}.items()
                    assert line["saved"] == [line["stored"]]
                    assert line["stored"] >= len(line["given"])
                    assert line["place"] >= max(known, default=0)
                elif line["do"] == "answer":
                    assert line["place"] not in known
                    known[line["place"]] = line["response"]
    store = Store(address)
    stored: dict[int, dict[int, str]] = {}
    for session, place, response in stored_answers(store):
        assert place not in stored.setdefault(session, {})
        stored[session][place] = response
    assert all(known.items() <= stored.get(session, {}).items() for session, known in acknowledged.items())
    assert list(verify(store)) == []
    assert counts(store)["participants"] == 1
    told = sum(map(len, acknowledged.values()))
    assert told > kills / 2
    assert sum(map(len, stored.values())) - told <= 2 * kills
    assert begun > kills / 2
    store.close()
