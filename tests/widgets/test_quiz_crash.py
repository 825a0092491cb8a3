# ruff: noqa: S311  the chance here is no secret
"""A kernel that is killed at any moment loses no answer that the page has acknowledged, and goes on where it was."""

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from etiquette_kit.records.store import Store
from etiquette_kit.records.verify import verify
from quiz_examples import saved_by, visited

from store_examples import counts, stored_answers

LENGTH = 6


def play(address: str, out: int, seed: int) -> NoReturn:
    """Play for ever, and tell each answer once the page has been told that it is saved."""

    def tell(**what: object) -> None:
        os.write(out, json.dumps(what).encode() + b"\n")  # a line is short enough to arrive whole

    rng = random.Random(seed)
    store = Store(address)
    quiz, browser = visited(store, length=LENGTH)
    if quiz.page["kind"] == "start":
        browser.start(agree=True)
    run = quiz.card.keeping.recorder._run
    given = {place: answer.response for place, answer in quiz.session.state.responses.items()}
    tell(
        do="begin",
        session=run.number,
        place=quiz.session.state.position,
        given=given,
        saved=saved_by(quiz),
        stored=len(stored_answers(store)),
    )
    while True:
        if quiz.question is None:
            browser.tell(do="restart", round=quiz.page["round"])
        if quiz.page["open"]:
            choice = rng.randrange(len(quiz.page["question"]["options"]))
            place, response = quiz.page["position"], quiz.page["question"]["options"][choice]["id"]
            browser.answer(choice)
            if quiz.ack == f"{browser.name}-{browser.count}" and len(saved_by(quiz)) == 1:
                tell(do="answer", session=quiz.card.keeping.recorder._run.number, place=place, response=response)
        browser.way("next")
        tell(do="next")


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
        told = [file.readline() for _ in range(rng.randrange(8))]
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
    begun = 0
    for _ in range(kills):
        for line in lines_until_killed(address, rng):
            known = acknowledged.setdefault(line["session"], {}) if "session" in line else {}
            if line["do"] == "begin":
                begun += 1
                assert line["session"] >= max(acknowledged)
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
    assert sum(map(len, stored.values())) - told <= kills
    assert begun > kills / 2
    store.close()
