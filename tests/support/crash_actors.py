"""Processes that do what they are told to one store, one step after the other, until they end or are killed."""

import json
import os
import signal
import sys
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from etiquette_kit.analysis.reports.stored_answers import answer_batches
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql.cohorts import groups
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from store_examples import Tab, patiently

Acknowledged = list[tuple[str, int, int]]
"""What was said to be on disk: in which table, for which session or room, at which place."""


class Actor(ABC):
    """Somebody who opens a store, writes to it and closes it; an actor that has closed it opens it again to write."""

    def __init__(self, path: Path, number: int) -> None:
        self.path, self.number = path, number

    @abstractmethod
    def open(self) -> None: ...

    @abstractmethod
    def write(self) -> Acknowledged: ...

    def close(self) -> None:
        self.store.close()

    @property
    def store(self) -> Store:
        return self._store

    def _opened(self) -> Store:
        self._store = Store(self.path)
        patiently(self._store.prepare)
        return self._store


class QuizActor(Actor):
    def open(self) -> None:
        self.tab = Tab(self._opened(), f"somebody {self.number}".ljust(32, "."), quiz=f"quiz {self.number}", length=60)

    def write(self) -> Acknowledged:
        tab = self.tab
        if tab.session.state.position in tab.session.state.responses:
            tab.next()
        tab.answer()
        while tab.problem == "locked":
            tab.keep(at_once=True)
        assert tab.problem == ""
        run = tab.recorder._run
        places = [place for place, event in enumerate(run.session.events) if type(event).__name__ == "Answered"]
        assert tab.saved == len(places)
        return [("answers", run.number, place) for place in places]


class RoomActor(Actor):
    def open(self) -> None:
        self.rooms = Rooms(self._opened())
        if not hasattr(self, "room"):
            patiently(self._begin)

    def _begin(self) -> None:
        self.room = self.rooms.begin(f"ROOM{self.number}", 8349, datetime.now(UTC), [b"{}"]).id
        self.length = 1

    def write(self) -> Acknowledged:
        patiently(lambda: self.rooms.append(self.room, self.length, [b'{"vote":1}', b'{"vote":2}']))
        self.length += 2
        return [("room_events", self.room, place) for place in range(self.length)]


class Command(Actor):
    """A command that looks at the store, or removes what nobody else writes."""

    def open(self) -> None:
        self._opened()

    def write(self) -> Acknowledged:
        patiently(self.act)
        return []

    @abstractmethod
    def act(self) -> None: ...


class Verify(Command):
    def act(self) -> None:
        assert list(verify(self.store)) == []


class Report(Command):
    def act(self) -> None:
        assert groups(self.store)
        for _ in answer_batches(self.store):
            pass


class Purge(Command):
    def act(self) -> None:
        privacy.purge(self.store, timedelta(days=20_000))


class Erase(Command):
    def act(self) -> None:
        with self.store.reading() as connection:
            there = connection.exec_driver_sql("SELECT id FROM participants WHERE pseudonym LIKE 'victim%' LIMIT 1").scalar()
        if there is not None:
            privacy.erase(self.store, there)


ACTORS: dict[str, type[Actor]] = {
    "quiz A": QuizActor,
    "quiz B": QuizActor,
    "room": RoomActor,
    "verify": Verify,
    "report": Report,
    "purge": Purge,
    "erase": Erase,
}


class Worker:
    """A process in which actors live."""

    def __init__(self, path: Path, others: "list[Worker]") -> None:
        to_child, self._commands = os.pipe()
        self._replies, from_child = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            for descriptor in (self._commands, self._replies, *(pipe for other in others for pipe in (other._commands, other._replies))):
                os.close(descriptor)
            _serve(path, to_child, from_child)
        os.close(to_child)
        os.close(from_child)
        self._answers = os.fdopen(self._replies, "rb")

    def do(self, actor: int, name: str, step: str) -> Acknowledged:
        os.write(self._commands, json.dumps([actor, name, step]).encode() + b"\n")
        line = self._answers.readline()
        assert line, "the process ended"
        answer = json.loads(line)
        assert isinstance(answer, list), answer
        return [(table, owner, place) for table, owner, place in answer]

    def end(self, *, kill: bool) -> None:
        if kill:
            os.kill(self.pid, signal.SIGKILL)
        os.close(self._commands)
        _, status = os.waitpid(self.pid, 0)
        self._answers.close()
        assert os.WIFSIGNALED(status) if kill else os.waitstatus_to_exitcode(status) == 0


def _serve(path: Path, commands: int, replies: int) -> NoReturn:
    """Carry out what is asked for, until nothing more can come; then close all and end."""
    actors: dict[int, Actor] = {}
    code = 1
    try:
        with os.fdopen(commands, "rb") as lines:
            for line in lines:
                number, name, step = json.loads(line)
                actor = actors.get(number) or actors.setdefault(number, ACTORS[name](path, number))
                reply = _carried_out(getattr(actor, step))
                os.write(replies, json.dumps(reply).encode() + b"\n")
        for actor in actors.values():
            actor.close()
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def _carried_out(step: Callable[[], Any]) -> object:
    try:
        return step() or []
    except Exception:  # noqa: BLE001  the test shows it
        return traceback.format_exc()
