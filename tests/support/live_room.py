"""A room that is really served, with people in it who vote when a test says so."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from etiquette_kit import House, load_bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats.choice import Choice, build
from etiquette_kit.hosts.server.connection import Seat
from etiquette_kit.hosts.server.opening import begin
from etiquette_kit.hosts.server.server import RoomServer
from etiquette_kit.live.events import RoomPhase
from etiquette_kit.live.messages import PhoneHello, Vote
from etiquette_kit.live.phases import CLOSING
from etiquette_kit.present.take_home import TakeHome
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from etiquette_kit.workshop.round import WhichVote

ADDRESS = "http://192.168.178.101:8349/"
_WAYS: dict[RoomPhase, tuple[RoomPhase, ...]] = {
    "vote": (),
    "closed": ("closed",),
    "discuss": ("closed", "discuss"),
    "revote": ("closed", "discuss", "revote"),
    "reclosed": ("closed", "discuss", "revote", "reclosed"),
    "reveal": ("closed", "discuss", "revote", "reclosed", "reveal"),
}

Result = TypeVar("Result")


def longest(options: int) -> Choice:
    """Return the situation with so many reactions that takes most room."""

    def length(scenario: Scenario) -> int:
        return len(scenario.text("de").stem) + sum(len(option.text("de").label) for option in scenario.options)

    scenario = max((scenario for scenario in load_bank() if len(scenario.options) == 4), key=length)
    if options > len(scenario.options):
        actions = set(scenario.advice.grades) - {option.action for option in scenario.options}
        fifth = msgspec.structs.replace(max(scenario.options, key=lambda option: len(option.text("de").label)), id="e", action=min(actions))
        scenario = msgspec.structs.replace(scenario, options=(*scenario.options, fifth))
    return build(scenario, random.Random(3))  # noqa: S311  no secret


class Silent:
    """The page of somebody who never looks."""

    lang = "de"
    dropped = False

    def send(self, message: bytes) -> None:
        pass

    def drop(self, reason: str) -> None:
        pass


class LiveRoom:
    """Serves a room on this machine; its people and its steps are a test's.

    Parameters
    ----------
    folder : Path
        Where its store is.
    exercises : sequence of Choice
        Its situations.
    house : House, optional
        The rules that stand beside its answers.
    take_home : TakeHome, optional
        Where its people go on practising.
    """

    def __init__(self, folder: Path, exercises: Sequence[Choice], house: House | None = None, take_home: TakeHome | None = None) -> None:
        self._store = Store(folder / "room.sqlite")
        rooms = Rooms(self._store)
        self.opening = begin(rooms, exercises, lang="de", minutes=60, port=0)
        self.server = RoomServer(self.opening, rooms, public=ADDRESS, house=house, take_home=take_home)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.server.start(), self._loop).result()
        self._people: list[tuple[Silent, Seat]] = []
        self._votes = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/{self.opening.head.code}/"

    @property
    def screen(self) -> str:
        return f"{self.url}screen/"

    @property
    def control(self) -> str:
        return f"{self.url}control/#{self.opening.key}"

    @property
    def phase(self) -> RoomPhase:
        return self.server.host.room.phase

    @property
    def exercise(self) -> Choice:
        """The situation that the room is at."""
        ballot = self.server.host.room.ballot
        assert ballot is not None
        return ballot.exercise

    def do(self, act: Callable[[], Result]) -> Result:
        """Do something where the room is served."""

        async def acting() -> Result:
            return act()

        return asyncio.run_coroutine_threadsafe(acting(), self._loop).result()

    def fill(self, people: int) -> None:
        """Let people come in."""
        for number in range(len(self._people), people):
            phone = Silent()
            seat = self.do(lambda phone=phone, number=number: self.server.host.admit(phone, PhoneHello(f"{number:032x}"), "127.0.0.1"))
            assert seat is not None
            self._people.append((phone, seat))

    def go(self, phase: RoomPhase) -> None:
        """Go over to a phase, from the lobby or an earlier phase of the situation."""
        host = self.server.host
        if phase in CLOSING:
            while host.room.phase != phase:
                self.next()
            return
        if not host.room.started:
            self.next()
        for step in _WAYS[phase][_WAYS[phase].index(host.room.phase) + 1 if host.room.phase in _WAYS[phase] else 0 :]:
            self.do(lambda step=step: host.turn(host.room.go(step, datetime.now(UTC))))

    def next(self) -> None:
        host = self.server.host
        self.do(lambda: host.turn(host.room.next(datetime.now(UTC))))

    def vote(self, options: Sequence[str]) -> None:
        """Let the first people vote, one option each."""
        host = self.server.host
        which: WhichVote | None = host.room.which
        assert which is not None, f"no vote is open in {host.room.phase!r}"
        self.fill(len(options))
        for (phone, seat), option in zip(self._people, options, strict=False):
            self._votes += 1
            vote = Vote(f"{self._votes:016x}", host.room.position, which, option)
            self.do(lambda phone=phone, seat=seat, vote=vote: host.vote(phone, seat, vote))

    def play(self, people: int) -> None:
        """Play a situation until its answer: many go over to what fits best."""
        rng, exercise = random.Random(7), self.exercise  # noqa: S311  no secret
        best = exercise.grade(exercise.order[0]).best
        first = [rng.choice(exercise.order) for _ in range(people)]
        second = [
            rng.choice(best) if rng.random() < 0.45 else rng.choice(exercise.order) if rng.random() < 0.15 else option for option in first
        ]
        self.go("vote")
        self.vote(first)
        self.go("revote")
        self.vote(second)
        self.go("reveal")

    def trouble(self, trouble: Any) -> None:
        self.do(lambda: self.server.host.broadcaster.on_trouble(trouble))

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self.server.stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._store.close()
