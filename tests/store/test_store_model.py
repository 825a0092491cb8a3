# ruff: noqa: S311  the chance here is no secret
"""Whatever people, windows and the store do, what is kept is what a simpler model says."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.formats.choice import build
from etiquette_kit.quiz.recorder import Recorder, SupersededError
from etiquette_kit.quiz.session import Session
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.sql_answers import SqlAnswers
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from session_examples import AT, BANK
from sqlalchemy import Connection, select
from store_examples import stored_answers
from tests.support.cluster import Cluster

KEYS = ("a" * 32, "b" * 32)
LENGTH = 4
MANY = 5  # windows at the same time
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  faster than a disk, where there is one

keys = st.sampled_from(KEYS)
which = st.integers(0, 9)


class MoodyStore(Store):
    """A store that works, or does not, or loses the next confirmation."""

    mood = "well"

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        if self.mood == "down":
            raise StoreError("gone", "as if")
        with super()._transaction(writes=writes) as connection:
            yield connection
        if writes and self.mood == "loses the next":
            self.mood = "well"
            raise StoreError("gone", "as if")


@dataclass
class Kept:
    """A session in the store."""

    person: int
    day: int
    answers: dict[int, str] = field(default_factory=dict)
    finished: bool = False
    version: int = 0  # counts what was written
    gone: bool = False


@dataclass
class View:
    """A session on a screen, or left with something unsaved."""

    session: Session
    day: int
    kept: Kept | None = None
    answers: dict[int, str] = field(default_factory=dict)
    finished: bool = False
    behind: bool = True  # something is not written
    sure: bool = False  # that it was begun
    seen: int = 0  # the version that it goes on from
    lost: tuple[int, int] | None = None  # the version, and how many events, of a write without confirmation


@dataclass
class Window:
    """A browser's window: the recorder, and what the model says of it."""

    key: str
    recorder: Recorder
    view: View
    person: int | None
    waiting: list[View] = field(default_factory=list)
    trouble: bool = False
    erased: bool = False


class StoreMachine(RuleBasedStateMachine):
    """People play in several windows on one store that is not always well."""

    new_address: Any  # set by the test
    clean_up: Any

    @initialize()
    def begin(self) -> None:
        self.address = type(self).new_address()
        self.store, self.eye = MoodyStore(self.address), Store(self.address)
        self.ticks, self.day, self.numbers = count(), 0, count(1)
        self.windows: list[Window] = []
        self.kept: list[Kept] = []
        self.people: dict[str, int] = {}  # whose a key is
        self.erased_people: set[int] = set()
        for _ in range(2):
            self.open_window(KEYS[0])
            self.save(0)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.eye.close()
            type(self).clean_up(self.address)

    def clock(self) -> datetime:
        return AT + timedelta(days=self.day, microseconds=next(self.ticks))

    # ---- windows ----------------------------------------------------------------------------------------------------------

    @rule(key=keys)
    @precondition(lambda self: len(self.windows) < MANY)
    def open_window(self, key: str) -> None:
        recorder = Recorder(SqlAnswers(self.store), "practice", key, pause=0.0)
        person, found = None, None
        try:
            session = recorder.resume(BANK, self.clock)
        except StoreError as error:
            assert self.store.mood == "down"
            recorder.note_failure(error)
            session = None
        if self.store.mood != "down":
            person = self.people.get(key)
            found = next((kept for kept in reversed(self.kept) if kept.person == person and not kept.gone), None)
        assert (session is None) == (found is None)
        if session is None or found is None:
            window = Window(key, recorder, View(self.new_session(), self.day), person, trouble=self.store.mood == "down")
        else:
            view = View(session, found.day, found, dict(found.answers), found.finished, behind=False, sure=True, seen=found.version)
            window = Window(key, recorder, view, person)
            assert recorder.status.saved == sum(len(kept.answers) for kept in self.kept if kept.person == person and not kept.gone)
        self.windows.append(window)
        self.compare(window)

    def new_session(self) -> Session:
        rng = random.Random(next(self.numbers))
        return Session.start([build(scenario, rng) for scenario in list(BANK)[:LENGTH]], "practice", "de", self.clock)

    @rule(at=which, choice=which)
    @precondition(lambda self: self.windows)
    def answer(self, at: int, choice: int) -> None:
        window = self.windows[at % len(self.windows)]
        session = window.view.session
        while session.state.position in session.state.responses:
            session.next()
            window.view.behind, window.view.finished = True, session.state.finished
        exercise, state = session.exercise, session.state
        if exercise is None or state.finished:
            return
        response = exercise.order[choice % len(exercise.order)]
        session.answer(response, submission=f"message {next(self.numbers)}")
        window.view.answers[state.position] = response
        window.view.behind = True
        self.keep(window)

    @rule(at=which, back=st.booleans())
    @precondition(lambda self: self.windows)
    def move(self, at: int, back: bool) -> None:  # noqa: FBT001
        window = self.windows[at % len(self.windows)]
        session = window.view.session
        before = len(session.events)
        session.back() if back else session.next()
        window.view.behind = window.view.behind or len(session.events) > before
        window.view.finished = session.state.finished
        self.keep(window)

    @rule(at=which)
    @precondition(lambda self: len(self.windows) > 1)
    def begin_again(self, at: int) -> None:
        window = self.windows[at % len(self.windows)]
        if window.view.behind and not window.erased and window.recorder._run is not None:
            window.waiting.append(window.view)
        window.view, window.erased = View(self.new_session(), self.day), False
        self.keep(window)

    @rule(at=which)
    @precondition(lambda self: self.windows)
    def save(self, at: int) -> None:
        self.keep(self.windows[at % len(self.windows)])

    @rule(at=which)
    @precondition(lambda self: len(self.windows) > 2)
    def close_window_or_kill_it(self, at: int) -> None:
        del self.windows[at % len(self.windows)]

    # ---- the store --------------------------------------------------------------------------------------------------------

    @rule()
    def loses_the_next_confirmation(self) -> None:
        self.store.mood = "loses the next"

    @rule(deeds=st.lists(st.tuples(st.sampled_from(["answer", "answer", "move", "begin again", "open"]), which), min_size=2, max_size=6))
    @precondition(lambda self: self.windows)
    def outage(self, deeds: list[tuple[str, int]]) -> None:
        self.store.mood = "down"
        for deed, number in deeds:
            match deed:
                case "answer":
                    self.answer(number, number)
                case "move":
                    self.move(number, number % 3 == 0)
                case "begin again":
                    self.begin_again(number)
                case "open" if len(self.windows) < MANY:
                    self.open_window(KEYS[number % 2])
        self.store.mood = "well"
        for window in self.windows:
            self.keep(window)
            assert window.erased or not window.recorder.has_unsaved
            assert window.recorder.status.unsaved == 0

    @rule(key=keys)
    def erase(self, key: str) -> None:
        person = self.people.get(key)
        found = People(self.eye).participant(key)
        assert (person is None) == (found is None)
        if found is None or person is None:
            return
        told = privacy.erase(self.eye, found.id)
        mine = [kept for kept in self.kept if kept.person == person and not kept.gone]
        assert (told.sessions, told.answers) == (len(mine), sum(len(kept.answers) for kept in mine))
        for kept in mine:
            kept.gone = True
        self.erased_people.add(person)
        self.people = {known: whose for known, whose in self.people.items() if whose != person}

    @rule(days=st.integers(0, 3))
    def purge(self, days: int) -> None:
        told = privacy.purge(self.eye, timedelta(days=days), now=AT + timedelta(days=self.day))
        old = [kept for kept in self.kept if kept.day < self.day - days and not kept.gone]
        assert (told.sessions, told.answers) == (len(old), sum(len(kept.answers) for kept in old))
        for kept in old:
            kept.gone = True

    @rule()
    def a_day_passes(self) -> None:
        self.day += 1

    @rule(giver=keys, taker=keys)
    def take_a_code_along(self, giver: str, taker: str) -> None:
        people = People(self.eye)
        found = people.participant(giver)
        if found is None:
            return
        assert people.take_code(people.new_code(found.id), taker) == found
        self.people[taker] = self.people[giver]

    # ---- what the model says ----------------------------------------------------------------------------------------------

    def keep(self, window: Window) -> None:
        dropped = 0
        expected = self.keep_in_model(window)
        while True:
            try:
                window.recorder.save(window.view.session, BANK, self.clock)
            except SupersededError as overtaken:
                window.view.session = overtaken.session
                dropped += overtaken.dropped
            else:
                break
        assert dropped == expected
        self.compare(window)

    def keep_in_model(self, window: Window) -> int:
        """Do in the model what keeping does; return how many answers do not count."""
        if window.erased or not (window.view.behind or window.waiting or window.trouble):
            return 0
        window.trouble = self.store.mood == "down"
        if window.trouble:
            return 0
        loses = self.store.mood == "loses the next"
        if window.person is None:
            person = self.people.setdefault(window.key, next(self.numbers))
            if loses:
                window.trouble = True
                return 0
            window.person = person
        while window.waiting:
            if self.write(window, window.waiting[0], loses=loses) is None:
                return 0
            window.waiting.pop(0)
        return self.write(window, window.view, loses=loses) or 0

    def write(self, window: Window, view: View, *, loses: bool) -> int | None:
        """Write a session; return how many answers do not count, None when that was not confirmed."""
        if not view.behind:
            return 0
        assert window.person is not None
        if view.kept is not None and view.kept.gone and not view.sure:
            view.kept = None
        if window.person in self.erased_people or (view.kept is not None and view.kept.gone):
            window.erased = view is window.view
            return 0
        if view.kept is None:
            view.kept, view.seen = Kept(window.person, view.day), 0
            self.kept.append(view.kept)
        kept, events, dropped = view.kept, len(view.session.events), 0
        goes_on = view.seen == kept.version or (view.lost is not None and view.lost[0] == kept.version)
        if goes_on:
            news = view.lost is None or view.lost[1] < events
            kept.answers, kept.finished = dict(view.answers), view.finished
        else:
            added = {} if kept.finished else {place: given for place, given in view.answers.items() if place not in kept.answers}
            news = bool(added)
            kept.answers |= added
            dropped = sum(kept.answers.get(place) != given for place, given in view.answers.items())
        kept.version += news
        if loses and news:
            view.lost = (kept.version, events) if goes_on else None
            window.trouble = True
            return None
        view.answers, view.finished = dict(kept.answers), kept.finished
        view.seen, view.lost, view.behind, view.sure = kept.version, None, False, True
        return dropped

    def compare(self, window: Window) -> None:
        status, state = window.recorder.status, window.view.session.state
        assert {place: given.response for place, given in state.responses.items()} == window.view.answers
        assert bool(status.problem) == (window.trouble or window.erased)
        if not status.problem and window.view.kept is not None:
            # All runs together, as they were when this window last read them: others of the same person may have gone on since.
            ever = sum(len(kept.answers) for kept in self.kept if kept.person == window.view.kept.person)
            assert len(window.view.answers) <= status.saved <= ever
            assert status.unsaved == 0

    @invariant()
    def the_store_has_what_the_model_has(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.eye.reading() as connection:
            numbers = connection.execute(select(tables.sessions.c.id).order_by(tables.sessions.c.id)).scalars().all()
        stored: dict[int, dict[int, str]] = {number: {} for number in numbers}
        for session, place, response in stored_answers(self.eye):
            assert place not in stored[session]
            stored[session][place] = response
        assert list(stored.values()) == [kept.answers for kept in self.kept if not kept.gone]
        assert list(verify(self.eye)) == []


def run(new_address: Any, clean_up: Any, examples: int, steps: int) -> None:
    machine = type("Machine", (StoreMachine,), {"new_address": staticmethod(new_address), "clean_up": staticmethod(clean_up)})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=steps, phases=[Phase.reuse, Phase.generate])
    )


def test_on_sqlite():
    def new_address() -> str:
        return str(Path(tempfile.mkdtemp(dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None)) / "answers.sqlite3")

    run(new_address, lambda address: shutil.rmtree(Path(address).parent), 60, 25)


def test_on_postgresql(cluster: Cluster):
    run(cluster.new_schema, lambda _: None, 10, 20)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR", logger="etiquette_kit.store.sql")
