"""Stores to test, and sessions that go into them."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from secrets import token_hex
from typing import Any

from etiquette_kit.quiz.entries import AnswerDetails, SessionHead, StoredEvent
from etiquette_kit.quiz.events import Answered, Event, Shown, decode
from etiquette_kit.quiz.recorder import Recorder, SupersededError
from etiquette_kit.quiz.session import Session
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.sql_answers import SqlAnswers
from etiquette_kit.store.sql.store import Store
from session_examples import AT, BANK, started, ticking
from sqlalchemy import func, select

KEY = "k" * 32
SCENARIO = next(iter(BANK))
BODIES = {SCENARIO.content: SCENARIO.record()}


def head(participant: int, quiz: str = "practice", cohort: str | None = None) -> SessionHead:
    return SessionHead(token_hex(8), participant, quiz, "0.1.0", cohort)


def opening(session: Session | None = None) -> list[StoredEvent]:
    """Return a session's first events."""
    return [StoredEvent(event) for event in (session or started()).events]


def answer(submission: str | None = None, *, position: int = 0, scenario: Any = SCENARIO) -> StoredEvent:
    """Return an answer to the first exercise, whose details are those of a scenario of the bank."""
    option = scenario.options[0].id
    details = AnswerDetails(scenario.id, scenario.content, "choice", json.dumps([o.id for o in scenario.options]))
    return StoredEvent(Answered(AT, position, option, (scenario.key()[option] - 1) / 3, "de", 1.5, submission), details)


def shown(position: int = 0) -> StoredEvent:
    return StoredEvent(Shown(AT, position))


def begun(store: Store, key: str = KEY, quiz: str = "practice") -> int:
    """Return the number of a new session with no answers."""
    return Log(store).begin(head(People(store).admit(key).id, quiz), opening(), {})


def count_of(store: Store, table: Any) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def counts(store: Store) -> dict[str, int]:
    """Return how many rows each table has that is about learners."""
    others = ("meta", "rooms", "room_events")
    return {table.name: count_of(store, table) for table in tables.metadata.sorted_tables if table.name not in others}


def stored_answers(store: Store) -> list[tuple[int, int, str]]:
    """Return session, position and response of all answers, read from the events; the table of answers must say the same."""
    with store.reading() as connection:
        events = connection.execute(select(tables.events).order_by(tables.events.c.session, tables.events.c.seq)).all()
        rows = connection.execute(select(tables.answers).order_by(tables.answers.c.session, tables.answers.c.seq)).all()
    decoded: list[tuple[int, int, Event]] = [(row.session, row.seq, decode(row.body.encode())) for row in events]
    answered = [(session, seq, event) for session, seq, event in decoded if isinstance(event, Answered)]
    assert [(row.session, row.seq, row.response, row.credit) for row in rows] == [(s, q, e.response, e.credit) for s, q, e in answered]
    for session in {row.session for row in events}:
        assert [row.seq for row in events if row.session == session] == list(range(sum(row.session == session for row in events)))
    return [(session, event.position, event.response) for session, _, event in answered]


class Tab:
    """A window in which someone plays: a recorder, and the session that is on the screen."""

    _numbers = count()

    def __init__(self, store: Store, key: str = KEY, *, quiz: str = "practice", length: int = 4, **options: Any) -> None:
        self.recorder = Recorder(SqlAnswers(store), quiz, key, **{"pause": 0.0, **options})
        self.clock = ticking()
        self.overtaken: list[int] = []  # answers dropped, each time
        try:
            found = self.recorder.resume(BANK, self.clock)
        except StoreError as error:
            self.recorder.note_failure(error)
            found = None
        self.resumed = found is not None
        self.session = found or started(length)

    @property
    def saved(self) -> int:
        return self.recorder.status.saved

    @property
    def problem(self) -> str:
        return self.recorder.status.problem

    def keep(self, **options: Any) -> None:
        while True:
            try:
                self.recorder.save(self.session, BANK, self.clock, **options)
            except SupersededError as overtaken:
                self.session = overtaken.session
                self.overtaken.append(overtaken.dropped)
            else:
                return

    def answer(self, choice: int = 0, submission: str | None = None, *, keep: bool = True) -> None:
        exercise = self.session.exercise
        assert exercise is not None
        self.session.answer(exercise.options[choice], submission=submission or f"tab-{next(self._numbers)}")
        if keep:
            self.keep()

    def next(self) -> None:
        self.session.next()
        self.keep()


def played(tab: Tab) -> list[str]:
    """Return the responses by position."""
    return [given.response for _, given in sorted(tab.session.state.responses.items())]


@contextmanager
def unprivileged() -> Iterator[None]:
    """Do without root's right to write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def patiently(call: Callable[[], object]) -> None:
    """Do something as soon as the store is not held by others."""
    for _ in range(100):
        try:
            call()
        except StoreError as error:
            if error.kind != "locked":
                raise
        else:
            return
    raise AssertionError


def in_processes(number: int, job: Callable[[int], None]) -> None:
    """Do a job in several processes that begin at the same moment; each must end well."""
    context = get_context("fork")
    barrier = context.Barrier(number)

    def run(turn: int) -> None:
        barrier.wait()
        job(turn)

    processes = [context.Process(target=run, args=(turn,)) for turn in range(number)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0] * number


def killed(job: Callable[[], object]) -> None:
    """Do a job in a process that is killed right afterwards, while it still has what the job returns."""
    child = os.fork()
    if child == 0:
        try:
            held = job()
            os.kill(os.getpid(), signal.SIGKILL)
            del held
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
