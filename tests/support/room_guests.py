"""A room that is served, and what comes in: phones, projectors, facilitators, and whoever else knows how to connect."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from etiquette_kit.formats.choice import Choice
from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.hosts.server.opening import Opening, begin
from etiquette_kit.hosts.server.server import RoomServer
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from room_examples import exercises, until
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, websocket_connect

Message = dict[str, Any]
_numbers = count(1)


def token() -> str:
    """Return a token of a new phone."""
    return f"{next(_numbers):032x}"


def vote_id() -> str:
    return f"{next(_numbers):016x}"


@dataclass
class Served:
    """A room that is being served."""

    server: RoomServer
    rooms: Rooms
    store: Store

    @property
    def code(self) -> str:
        return self.server.opening.head.code

    @property
    def room(self) -> Any:
        return self.server.host.room

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    @property
    def order(self) -> tuple[str, ...]:
        """The options of the situation, in order."""
        order: tuple[str, ...] = self.room.ballot.exercise.order
        return order

    @cached_property
    def secrets(self) -> list[bytes]:
        """Texts that are nowhere but in the answers, as they stand in JSON."""
        answers = [entry.exercise.key_page(lang) for entry in self.room.ballots for lang in ("de", "en")]
        texts = [text for answer in answers for option in answer.options.values() for text in (option.feedback, option.reason)]
        return [json.dumps(text, ensure_ascii=ascii_only)[1:-1].encode() for text in texts for ascii_only in (True, False)]

    async def get(self, path: str, **options: Any) -> HTTPResponse:
        """Ask for a path; any answer is one."""
        return await AsyncHTTPClient().fetch(
            HTTPRequest(f"http://{self.address}{path}", follow_redirects=False, **options), raise_error=False
        )

    async def poll(self, face: str, *messages: Message, **headers: str) -> list[Message]:
        """Say something without a WebSocket."""
        answer = await self.get(f"/{self.code}/{face}poll", method="POST", body=json.dumps(messages), headers=headers)
        assert answer.code == 200
        found: list[Message] = json.loads(answer.body)
        return found

    def kept(self) -> list[Message]:
        """Return all events that are on disk."""
        return [json.loads(body) for body in self.rooms.events(self.server.opening.head.id)]


@asynccontextmanager
async def served(
    folder: Path | str,
    *,
    opening: Opening | None = None,
    situations: list[Choice] | None = None,
    limits: Limits | None = None,
    **options: Any,
) -> AsyncIterator[Served]:
    """Serve a room, a new one or one that was opened, from a store in a folder or at an address."""
    store = Store(folder if isinstance(folder, str) else folder / "rooms.sqlite3")
    rooms = Rooms(store)
    if opening is None:
        opening = begin(rooms, situations or exercises(2), lang="de", minutes=60, port=0)
    server = RoomServer(opening, rooms, limits=limits, **options)
    await server.start()
    try:
        yield Served(server, rooms, store)
    finally:
        await server.stop()
        store.close()


class Page:
    """Somebody's page, with a WebSocket."""

    def __init__(self, room: Served, face: str = "", base: str | None = None, **headers: str) -> None:
        self.room = room
        self.got: list[Message] = []
        self.seen: list[Message] = []  # all that ever came
        self.closed = False
        self._request = HTTPRequest(f"{base or f'ws://{room.address}'}/{room.code}/{face}ws", headers=headers)
        self._line: WebSocketClientConnection | None = None

    async def __aenter__(self) -> Self:
        self._line = await websocket_connect(self._request, on_message_callback=self._take)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.line.close()
        with suppress(TimeoutError):
            await until(lambda: self.closed)

    @property
    def line(self) -> WebSocketClientConnection:
        assert self._line is not None
        return self._line

    def _take(self, message: str | bytes | None) -> None:
        if message is None:
            self.closed = True
        else:
            self.got.append(json.loads(message))
            self.seen.append(self.got[-1])

    async def say(self, raw: Message | str | bytes, *, binary: bool = False) -> None:
        with suppress(WebSocketClosedError):
            await self.line.write_message(json.dumps(raw) if isinstance(raw, dict) else raw, binary=binary)

    async def hears(self, key: str, **values: Any) -> Message:
        """Return the next message with this key and these values; those before it are forgotten."""

        def fits(message: Message) -> bool:
            return key in message and all(message.get(name) == value for name, value in values.items())

        await until(lambda: self.closed or any(fits(message) for message in self.got))
        while self.got:
            message = self.got.pop(0)
            if fits(message):
                return message
        raise AssertionError(f"closed before {key}")  # noqa: EM102

    async def shows(self, phase: str) -> Message:
        """Return the page once it is at a phase."""
        while True:
            page: Message = (await self.hears("page"))["page"]
            if page["phase"] == phase:
                return page

    async def let_go(self) -> None:
        """Wait until the server ends the connection."""
        await until(lambda: self.closed)


class Phone(Page):
    """A phone."""

    def __init__(self, room: Served, own: str | None = None, lang: str = "de", base: str | None = None, **headers: str) -> None:
        super().__init__(room, "", base, **headers)
        self.token = own or token()
        self.lang = lang
        self.hello: Message = {}

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        await self.say({"do": "hello", "token": self.token, "lang": self.lang})
        self.hello = await self.hears("words")
        return self

    async def vote(self, option: int | str, own: str | None = None, position: int | None = None, which: str | None = None) -> Message:
        """Vote in what is open, and return the acknowledgement."""
        message = ballot(self.room, option, own, position, which)
        await self.say(message)
        return await self.hears("ack", ack=message["id"])


def ballot(room: Served, option: int | str, own: str | None = None, position: int | None = None, which: str | None = None) -> Message:
    """Return a vote as a phone sends it."""
    return {
        "do": "vote",
        "id": own or vote_id(),
        "position": room.room.position if position is None else position,
        "which": which or room.room.which or "first",
        "option": option if isinstance(option, str) else room.order[option],
    }


class Control(Page):
    """The facilitator's page."""

    def __init__(self, room: Served, key: str | None = None, lang: str = "de") -> None:
        super().__init__(room, "control/")
        self.key = room.server.opening.key if key is None else key
        self.lang = lang
        self.page: Message = {}

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        await self.say({"do": "hello", "key": self.key, "lang": self.lang})
        self.page = (await self.hears("words"))["page"]
        return self

    def order(self, do: str, **more: Any) -> Message:
        """Return a command from where the room is now."""
        return {"do": do, "from": [self.room.room.position, self.room.room.phase], **more}

    async def go(self, *phases: str) -> None:
        """Lead the room through these phases; "next" and "back" are ways, too."""
        for phase in phases:
            await self.lead(self.order(phase) if phase in ("next", "back") else self.order("go", phase=phase))

    async def lead(self, command: Message) -> Message:
        """Give a command, and return the page that follows."""
        before = self.room.server.host.broadcaster._version
        await self.say(command)
        page: Message = {"version": before}
        while page["version"] <= before:
            page = (await self.hears("page"))["page"]
        return page


@asynccontextmanager
async def phones(room: Served, number: int) -> AsyncIterator[list[Phone]]:
    """Let so many phones in."""
    opened = [Phone(room) for _ in range(number)]
    await asyncio.gather(*(phone.__aenter__() for phone in opened))
    try:
        yield opened
    finally:
        await asyncio.gather(*(phone.__aexit__(None, None, None) for phone in opened))


@asynccontextmanager
async def proxy(room: Served, prefix: str) -> AsyncIterator[str]:
    """Stand before a room as a reverse proxy does, under a path, and with the room's own name in what it passes on."""

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().replace(f" {prefix}/", " /", 1)
        head = re.sub(r"(?i)\r\nHost: [^\r]*", f"\r\nHost: {room.address}", head)
        if "upgrade" not in head.lower():  # one request a connection
            head = re.sub(r"(?i)\r\nConnection: [^\r]*", "", head).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", room.server.port)
        inner_writer.write(head.encode())
        await asyncio.gather(pipe(reader, inner_writer), pipe(inner_reader, writer))

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}{prefix}"
    finally:
        server.close()


# ---- below the protocol: bytes -----------------------------------------------------------------------------------------------


def upgrade(room: Served, face: str = "", host: str | None = None, path: str | None = None) -> bytes:
    """Return the head of a request for a WebSocket."""
    lines = [
        f"GET {path or f'/{room.code}/{face}ws'} HTTP/1.1",
        f"Host: {host or room.address}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def frame(payload: bytes, opcode: int = 1, *, final: bool = True, masked: bool = True, reserved: int = 0) -> bytes:
    """Return a frame of a WebSocket (RFC 6455, section 5.2)."""
    size = len(payload)
    head = bytes([(0x80 if final else 0) | reserved << 4 | opcode])
    flag = 0x80 if masked else 0
    if size < 126:
        head += bytes([flag | size])
    elif size < 65536:
        head += bytes([flag | 126]) + size.to_bytes(2, "big")
    else:
        head += bytes([flag | 127]) + size.to_bytes(8, "big")
    if not masked:
        return head + payload
    mask = os.urandom(4)
    return head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))


class Wire:
    """A connection on which anything can be sent, from an address of this machine."""

    def __init__(self, room: Served, address: str = "127.0.0.1") -> None:
        self.room = room
        self._address = address

    async def __aenter__(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.room.server.port, local_addr=(self._address, 0))
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()

    async def send(self, *parts: bytes) -> None:
        with suppress(OSError):
            for part in parts:
                self.writer.write(part)
            await self.writer.drain()

    async def rest(self, patience: float = 10.0) -> bytes:
        """Return all that comes until the server ends the connection."""
        with suppress(OSError):
            return await asyncio.wait_for(self.reader.read(), patience)
        return b""

    async def head(self) -> bytes:
        """Return the head of an answer."""
        return await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 10)

    async def answer(self) -> bytes:
        """Return the body of an answer."""
        (length,) = re.findall(rb"(?i)\r\nContent-Length: (\d+)", await self.head())
        return await asyncio.wait_for(self.reader.readexactly(int(length)), 10)


async def answers(room: Served, requests: Iterable[bytes]) -> list[bytes]:
    """Send each on a connection of its own, and return what comes until it ends."""

    async def one(request: bytes) -> bytes:
        async with Wire(room) as wire:
            await wire.send(request)
            return await wire.rest()

    return list(await asyncio.gather(*map(one, requests)))
