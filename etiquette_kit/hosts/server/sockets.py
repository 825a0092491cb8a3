"""The pages' connections: a WebSocket each, or, if that is not possible, polling."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import msgspec
from tornado.httputil import HTTPServerRequest
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketHandler

from etiquette_kit.hosts.server.connection import PageKind
from etiquette_kit.hosts.server.frame import frame
from etiquette_kit.hosts.server.guard import Guard
from etiquette_kit.hosts.server.handlers import RoomHandler, SecureHeaders, page_kind_of
from etiquette_kit.hosts.server.host import Host
from etiquette_kit.hosts.server.page_protocol import PageProtocol
from etiquette_kit.live import messages

_POLICY_VIOLATION = 1008
"""The WebSocket close code for a policy violation (RFC 6455, section 7.4.1)."""


class Socket(SecureHeaders, WebSocketHandler):
    """A page's WebSocket."""

    def initialize(self, host: Host, guard: Guard, own_files: dict[str, bytes]) -> None:  # noqa: ARG002  all handlers get the same
        """Store the common arguments of all handlers."""
        self.host = host
        self.guard = guard
        self.lang = host.room.lang
        self.dropped = False
        self.protocol: PageProtocol | None = None
        self._waiting: asyncio.TimerHandle | None = None

    async def prepare(self) -> None:
        """Reject requests without the code, and from pages of other sites."""
        refusal = await self.guard.refusal(self.path_args[0] or "", str(self.request.remote_ip))
        if refusal is None and not _is_own_request(self.request, self.host):
            refusal = HTTPStatus.FORBIDDEN
        if refusal is not None:
            self.send_error(refusal)

    def check_origin(self, origin: str) -> bool:
        """Allow only our own pages, at any of the room's addresses."""
        return _is_own_origin(origin, self.request.host, self.host)

    def open(self, *args: str | None, **_: str) -> None:
        """Wait for the hello message, with a time limit."""
        _code, page_kind = args
        self.protocol = PageProtocol(self.host, page_kind_of(page_kind), self, str(self.request.remote_ip))
        self.set_nodelay(True)
        self._waiting = asyncio.get_running_loop().call_later(self.host.limits.hello_seconds, self._hello_timeout)

    def _hello_timeout(self) -> None:
        self._waiting = None
        if self.protocol is not None and not self.protocol.started:
            self.protocol.refuse("hello")

    def on_message(self, message: str | bytes) -> None:
        """Pass a message on."""
        assert self.protocol is not None
        self.protocol.receive(message)
        if self._waiting is not None and self.protocol.started:
            self._waiting.cancel()
            self._waiting = None

    def on_close(self) -> None:
        """Notify the room."""
        if self._waiting is not None:
            self._waiting.cancel()
        if self.protocol is not None:
            self.protocol.end()

    def send(self, message: bytes) -> None:
        """Send a JSON message; a connection with too much unsent data is closed."""
        connection = self.ws_connection
        if connection is None or connection.is_closing():
            return
        stream: Any = connection.stream
        if len(stream._write_buffer or b"") > self.host.limits.unsent_bytes:  # noqa: SLF001  no other way to know
            stream.close()
            return
        with suppress(StreamClosedError):
            stream.write(frame(message))  # not write_message, which creates a frame and a task for each connection

    def drop(self, reason: str) -> None:
        """Close the connection with a reason; earlier messages still arrive."""
        self.dropped = True
        self.close(_POLICY_VIOLATION, reason)


class _PollConnection:
    """The connection of a polling page: messages are collected for the response."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.dropped = False
        self.collected: list[msgspec.Raw] = []
        self.arrived = asyncio.Event()

    def send(self, message: bytes) -> None:
        """Add a message to the response."""
        self.collected.append(msgspec.Raw(message))
        self.arrived.set()

    def drop(self, _reason: str) -> None:
        """Mark the connection as closed."""
        self.dropped = True


class PollHandler(RoomHandler):
    """The same messages without a WebSocket: a request with a list of messages, starting with hello, and a list as the response."""

    async def post(self, code: str, page_kind: str | None) -> None:
        """Process the messages, and respond once each has its reply."""
        await self.check(code)
        if not _is_own_request(self.request, self.host):
            self.set_status(HTTPStatus.FORBIDDEN)
            return
        connection = _PollConnection(self.host.room.lang)
        protocol = PageProtocol(self.host, page_kind_of(page_kind), connection, self.address)
        try:
            taken = _LISTS[page_kind_of(page_kind)](self.request.body)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            protocol.refuse("message")
            taken = []
        try:
            for message in taken:
                protocol.process(message)
            if not connection.dropped:
                await _all_answered(connection, len(taken))
        finally:
            protocol.end()
            if protocol.seat is not None:
                self.host.visited(protocol.seat)
        self.set_header("Content-Type", "application/json")
        self.write(msgspec.json.encode(connection.collected))


def _is_own_request(request: HTTPServerRequest, host: Host) -> bool:
    """Return whether a request is from one of our own pages, or not from a browser; older browsers send only the origin."""
    site, origin = (request.headers.get(name) for name in ("Sec-Fetch-Site", "Origin"))
    if site in ("same-origin", "none"):
        return True
    return site is None if origin is None else _is_own_origin(origin, request.host, host)


def _is_own_origin(origin: str, name: str, host: Host) -> bool:
    """Return whether a page is our own: its origin has the requested host name, or one of the room's addresses."""
    try:
        came_from = urlsplit(origin).netloc.lower()
    except ValueError:
        return False
    return came_from in {name.lower(), *(urlsplit(base).netloc.lower() for base in host.join_info.bases)}


async def _all_answered(connection: _PollConnection, count: int) -> None:
    """Wait until every message has its reply, which is sent after the store is written; with a time limit for those without one."""
    with suppress(TimeoutError):
        async with asyncio.timeout(5.0):
            while len(connection.collected) < count:
                connection.arrived.clear()
                await connection.arrived.wait()


_LISTS: dict[PageKind, Any] = {
    "phone": messages.read_phone_list,
    "screen": messages.read_screen_list,
    "control": messages.read_control_list,
}
