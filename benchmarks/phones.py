"""Simulated phones and facilitator of a room: they join, vote, see the answer, and reconnect after a restart of the server."""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass
from typing import Any

from tests.support.web_socket import WebSocket, frame, request

WAVE = 100
"""The number of phones that join at once; the next wave starts when these have joined."""

_PATIENCE = 120.0  # seconds
_RETRY = (0.5, 5.0)  # seconds before a phone tries again, at first and at most, as the page does


class Phone(WebSocket):
    """A phone.

    Parameters
    ----------
    crowd : Crowd
        All of them.
    number : int
        Its own, from 0.

    Attributes
    ----------
    voted_at : float
        When it sent its vote.
    waited : float or None
        Seconds until that was acknowledged.
    there : bool
        Whether it has its seat.
    """

    __slots__ = ("_crowd", "_tries", "_vote", "_vote_id", "there", "voted_at", "waited")

    def __init__(self, crowd: Crowd, number: int) -> None:
        super().__init__(crowd.opening, frame(b'{"do":"hello","token":"%032x","lang":"de"}' % number))
        self._crowd = crowd
        self._tries = 0
        self._vote_id = b"%016x" % number
        self._vote = b""
        self.there = False
        self.voted_at = 0.0
        self.waited: float | None = None

    def heard(self, payload: bytes) -> None:
        """Notify the crowd of a message."""
        if payload.startswith(b'{"ack"'):
            if self._vote_id not in payload or b'"kept":true' not in payload or self.waited is not None:
                self._crowd.fail(f"unexpected: {payload!r}")
            self.waited = time.perf_counter() - self.voted_at
            self._crowd.note("ack", payload)
        elif payload.startswith(b'{"page"'):
            self._crowd.note(_phase(payload), payload)
        elif payload.startswith(b'{"lang"'):
            self.there = True
            self._tries = 0
            self._crowd.note("welcome", payload)
            if self.voted_at and self.waited is None:  # a vote without acknowledgement is sent again
                self.say(self._vote)
        else:
            self._crowd.fail(f"unexpected: {payload!r}")

    def prepare_vote(self, option: str) -> None:
        """Prepare the frame of a vote before it is sent."""
        vote = {"do": "vote", "id": self._vote_id.decode(), "position": 0, "which": "first", "option": option}
        self._vote = frame(json.dumps(vote, separators=(",", ":")).encode())

    def vote(self) -> None:
        """Vote, or wait for a connection first."""
        self.voted_at = time.perf_counter()
        if self.there:
            self.say(self._vote)

    def lost(self) -> None:
        """Reconnect later, or report an unexpected disconnect."""
        self.there = False
        if self._crowd.returns:
            self.retry()
        elif not self._crowd.is_leaving:
            self._crowd.fail("the server has closed a connection")

    def retry(self) -> None:
        """Try again after a random delay that doubles each time."""
        delay = min(_RETRY[0] * 2**self._tries, _RETRY[1]) * (0.75 + random.random() / 2)  # noqa: S311  no secret
        self._tries += 1
        self._crowd.loop.call_later(delay, self._crowd.connect_again, self)


def _phase(payload: bytes) -> str:
    _, _, after = payload.partition(b'"phase":"')
    return after.partition(b'"')[0].decode()


@dataclass
class _Countdown:
    left: int
    last: asyncio.Future[float]


class Crowd:
    """All phones of a room.

    Parameters
    ----------
    port, code : int, str
        Where the room is.
    count : int
        How many they are.

    Attributes
    ----------
    returns : bool
        Whether phones come back when the server is gone.
    samples : dict of str to bytes
        The first message of each kind that came, ``"welcome"``, ``"ack"`` and the pages by their phase.
    """

    def __init__(self, port: int, code: str, count: int) -> None:
        self.loop = asyncio.get_running_loop()
        self.opening = request(port, f"/{code}/ws")
        self.returns = False
        self.is_leaving = False
        self.samples: dict[str, bytes] = {}
        self.phones = [Phone(self, number) for number in range(count)]
        self._port = port
        self._connecting: set[asyncio.Task[None]] = set()
        self._awaited: dict[str, _Countdown] = {}

    def note(self, kind: str, payload: bytes) -> None:
        """Count a message that a phone received."""
        if kind not in self.samples:
            self.samples[kind] = payload
        if awaited := self._awaited.get(kind):
            awaited.left -= 1
            if awaited.left == 0 and not awaited.last.done():
                awaited.last.set_result(time.perf_counter())

    def fail(self, what: str) -> None:
        """Abort the run: its results are invalid."""
        for awaited in self._awaited.values():
            if not awaited.last.done():
                awaited.last.set_exception(RuntimeError(what))

    def expect(self, kind: str, count: int) -> asyncio.Future[float]:
        """Start to count a kind of message; the result of the future is the time of the last one."""
        awaited = self._awaited[kind] = _Countdown(count, self.loop.create_future())
        return awaited.last

    async def until(self, last: asyncio.Future[float]) -> float:
        """Wait for the expected messages, with a time limit."""
        async with asyncio.timeout(_PATIENCE):
            return await last

    async def join(self) -> float:
        """Let all phones join, one wave at a time; return the seconds."""
        begin = time.perf_counter()
        for start in range(0, len(self.phones), WAVE):
            wave = self.phones[start : start + WAVE]
            welcomed = self.expect("welcome", len(wave))
            await asyncio.gather(*(self._connect(phone) for phone in wave))
            await self.until(welcomed)
        return time.perf_counter() - begin

    async def vote(self, options: list[str], within: float, until: int | None = None) -> list[float]:
        """Let each vote once, at some moment within so many seconds, until so many are acknowledged, else all.

        Returns
        -------
        list of float
            How long they waited for that, in seconds.
        """
        chance = random.Random(len(self.phones))  # noqa: S311  every run is the same
        for phone in self.phones:
            phone.prepare_vote(chance.choice(options))
        acknowledged = self.expect("ack", until or len(self.phones))
        for phone in self.phones:
            self.loop.call_later(chance.random() * within, phone.vote)
        await self.until(acknowledged)
        return [phone.waited for phone in self.phones if phone.waited is not None]

    @property
    def acknowledged(self) -> set[int]:
        """The numbers of the phones whose vote was acknowledged."""
        return {number for number, phone in enumerate(self.phones) if phone.waited is not None}

    @property
    def present(self) -> int:
        """The number of phones with a seat."""
        return sum(phone.there for phone in self.phones)

    def leave(self) -> None:
        """Disconnect all phones at once."""
        self.returns, self.is_leaving = False, True
        for phone in self.phones:
            phone.transport.abort()

    async def _connect(self, phone: Phone) -> None:
        await self.loop.create_connection(lambda: phone, "127.0.0.1", self._port)

    def connect_again(self, phone: Phone) -> None:
        """Let a disconnected phone try again."""

        async def attempt() -> None:
            try:
                await self._connect(phone)
            except OSError:
                phone.retry()

        if self.returns:
            task = self.loop.create_task(attempt())
            self._connecting.add(task)
            task.add_done_callback(self._connecting.discard)


class Facilitator(WebSocket):
    """The facilitator's page, with the commands that are needed here."""

    def __init__(self, port: int, code: str, key: str) -> None:
        super().__init__(request(port, f"/{code}/control/ws"), frame(json.dumps({"do": "hello", "key": key, "lang": "de"}).encode()))
        self._ready: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    def heard(self, payload: bytes) -> None:
        """Process the first message; later ones are not needed."""
        if not self._ready.done():
            self._ready.set_result(json.loads(payload))

    def tell(self, **command: Any) -> float:
        """Send a command; return the time."""
        message = frame(json.dumps(command).encode())
        begin = time.perf_counter()
        self.say(message)
        return begin

    async def ready(self) -> dict[str, Any]:
        """Wait for the room; return the first message."""
        return await self._ready


async def facilitator(port: int, code: str, key: str) -> Facilitator:
    """Return the facilitator's page of a room, connected."""
    _, page = await asyncio.get_running_loop().create_connection(lambda: Facilitator(port, code, key), "127.0.0.1", port)
    await page.ready()
    return page
