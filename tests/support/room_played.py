"""A room and its real server, with a network that fails where a test wants it to."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from etiquette_kit import load_bank
from etiquette_kit.hosts.server import server as serving
from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.hosts.server.opening import begin
from etiquette_kit.hosts.server.server import RoomServer
from etiquette_kit.hosts.server.sockets import PollHandler, Socket
from etiquette_kit.hosts.server.thread import RoomThread
from etiquette_kit.live.events import RoomEvent, RoomPhase
from etiquette_kit.live.room import Room
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from etiquette_kit.workshop import situations

Message = dict[str, Any]
_PATIENCE = 60  # seconds


class PlayedRoom:
    """A room with two situations.

    Attributes
    ----------
    opens_sockets, is_known, is_there : bool
        Whether a WebSocket comes through, the room's addresses are there, and anything answers at all.
    acknowledges : bool
        Whether acknowledgements arrive.
    holds : bool
        Whether votes are under way until they are delivered.
    told : dict
        What is changed in acknowledgements on their way.
    came : list of dict
        All messages that phones sent.
    """

    def __init__(self, folder: Path, *, limits: Limits | None = None) -> None:
        self.opens_sockets = self.is_known = self.is_there = self.acknowledges = True
        self.holds = False
        self._held: list[Callable[[], None]] = []
        self.told: Message = {}
        self.came: list[Message] = []
        self.polls = 0
        self._sockets: set[Socket] = set()
        self._store = Store(folder / "rooms.sqlite3")
        rooms = Rooms(self._store)
        opening = begin(rooms, situations(load_bank(), "1", None)[:2], lang="de", minutes=60, port=0)
        self.server = RoomServer(opening, rooms, limits=limits)
        self.thread = RoomThread(self.server)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(serving, "Socket", self._socket())
            patch.setattr(serving, "PollHandler", self._poll())
            self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/"

    @property
    def url(self) -> str:
        return f"{self.address}{self.server.opening.head.code}/"

    @property
    def votes(self) -> list[Message]:
        return [message for message in self.came if message["do"] == "vote"]

    @property
    def seats(self) -> int:
        return len(self.server.host.room.seats)

    @property
    def options(self) -> tuple[str, ...]:
        """The options of the situation, in order."""
        ballot = self.server.host.room.ballot
        assert ballot is not None
        return ballot.exercise.order

    def next(self) -> None:
        self._turn(lambda room: room.next(datetime.now(UTC)))

    def go(self, phase: RoomPhase, seconds: int | None = None) -> None:
        """Go over to a phase, and let its vote close by itself after some seconds."""
        self._turn(lambda room: room.go(phase, datetime.now(UTC)))
        if seconds is not None:
            self.time(seconds)

    def time(self, seconds: int) -> None:
        self._turn(lambda room: room.time(timedelta(seconds=seconds), datetime.now(UTC)))

    def crowd(self, *counts: int) -> None:
        """Let further people vote: so many for the first option, so many for the second, and so on."""
        host, now = self.server.host, datetime.now(UTC)
        picks = [option for option, count in zip(self.options, counts, strict=False) for _ in range(count)]

        def vote() -> None:
            for number, option in enumerate(picks):
                token = f"somebody {number}"
                joined = host.room.join(token, now, limit=99)
                if joined is not None:
                    host._apply(joined)
                which = host.room.which
                assert which is not None
                event = host.room.vote(
                    host.room.seats[token], host.room.position, which, option, f"{which} {host.room.position} {number}", now
                )
                assert event is not None
                host._apply(event)

        self.thread.run(vote)

    def cut(self) -> None:
        """End all WebSockets."""
        self.thread.run(lambda: [socket.close() for socket in tuple(self._sockets)])

    def fail(self) -> None:
        """Answer nobody any more."""
        self.is_there = False
        self.cut()

    def recover(self) -> None:
        self.is_there = True

    def await_held(self, count: int) -> None:
        """Wait until so many votes are under way."""
        self._await(lambda: len(self._held) >= count)

    def await_chosen(self, option: str) -> None:
        """Wait until everybody who has voted in the first vote chose this option."""
        self._await(lambda: set(self.server.host.room.ballots[0].first.values()) == {option})

    def deliver(self) -> None:
        """Let the votes arrive that are under way, whatever became of their connections."""
        self.thread.run(lambda: [arrive() for arrive in self._held])
        self.thread.flush()

    def await_votes(self, count: int) -> None:
        """Wait until so many votes came, the same one counted each time."""
        self._await(lambda: len(self.votes) >= count)

    def await_sockets(self, count: int) -> None:
        """Wait until so many WebSockets are open."""
        self._await(lambda: len(self._sockets) >= count)

    def _await(self, condition: Callable[[], bool]) -> None:
        until = monotonic() + _PATIENCE
        while not condition():
            assert monotonic() < until
            sleep(0.02)

    def stop(self) -> None:
        self.thread.stop()
        self._store.close()

    def _turn(self, event: Callable[[Room], RoomEvent]) -> None:
        host = self.server.host
        self.thread.run(lambda: host.turn(event(host.room)))

    def _status(self, *, socket: bool) -> int | None:
        """Return with which status a request is refused, if it is."""
        if not self.is_there:
            return 503
        return None if self.is_known and (self.opens_sockets or not socket) else 404

    def _passed(self, message: bytes) -> bytes | None:
        """Return what of a message to a phone arrives."""
        if b'"ack"' not in message:
            return message
        return json.dumps(json.loads(message) | self.told).encode() if self.acknowledges else None

    def _socket(self) -> type[Socket]:
        room = self

        class FailingSocket(Socket):
            async def prepare(self) -> None:
                status = room._status(socket=True)
                if status is not None:
                    self.send_error(status)
                else:
                    await super().prepare()

            def open(self, *args: str | None, **kwargs: str) -> None:
                room._sockets.add(self)
                super().open(*args, **kwargs)

            def on_message(self, message: str | bytes) -> None:
                said = json.loads(message)
                room.came.append(said)
                if room.holds and said["do"] == "vote":
                    room._held.append(lambda: super(FailingSocket, self).on_message(message))
                else:
                    super().on_message(message)

            def send(self, message: bytes) -> None:
                passed = room._passed(message)
                if passed is not None:
                    super().send(passed)

            def on_close(self) -> None:
                room._sockets.discard(self)
                super().on_close()

        return FailingSocket

    def _poll(self) -> type[PollHandler]:
        room = self

        class FailingPoll(PollHandler):
            async def post(self, code: str, face: str | None) -> None:
                status = room._status(socket=False)
                if status is not None:
                    self.set_status(status)
                    return
                room.polls += 1
                room.came += json.loads(self.request.body)
                await super().post(code, face)

        return FailingPoll
