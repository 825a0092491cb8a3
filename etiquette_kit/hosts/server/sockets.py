"""The pages' connections: a WebSocket each, or, where none comes through, questions at intervals."""

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

_REFUSED = 1008
"""The WebSocket close code for what breaks the rules of the other side (RFC 6455, section 7.4.1)."""


class Socket(SecureHeaders, WebSocketHandler):
    """A page's WebSocket."""

    def initialize(self, host: Host, guard: Guard, own_files: dict[str, bytes]) -> None:  # noqa: ARG002  all handlers get the same
        """Take what all of them need."""
        self.host = host
        self.guard = guard
        self.lang = host.room.lang
        self.dropped = False
        self.line: PageProtocol | None = None
        self._waiting: asyncio.TimerHandle | None = None

    async def prepare(self) -> None:
        """Refuse whoever does not know the code, and pages of other sites."""
        refusal = await self.guard.refusal(self.path_args[0] or "", str(self.request.remote_ip))
        if refusal is None and not _asked_by_us(self.request, self.host):
            refusal = HTTPStatus.FORBIDDEN
        if refusal is not None:
            self.send_error(refusal)

    def check_origin(self, origin: str) -> bool:
        """Only our own pages may connect, at whichever of the room's addresses they were opened."""
        return _is_ours(origin, self.request.host, self.host)

    def open(self, *args: str | None, **_: str) -> None:
        """Wait for the greeting, but not for long."""
        _code, page_kind = args
        self.line = PageProtocol(self.host, page_kind_of(page_kind), self, str(self.request.remote_ip))
        self.set_nodelay(True)
        self._waiting = asyncio.get_running_loop().call_later(self.host.limits.hello_seconds, self._give_up)

    def _give_up(self) -> None:
        self._waiting = None
        if self.line is not None and not self.line.started:
            self.line.refuse("hello")

    def on_message(self, message: str | bytes) -> None:
        """Pass it on."""
        assert self.line is not None
        self.line.take(message)
        if self._waiting is not None and self.line.started:
            self._waiting.cancel()
            self._waiting = None

    def on_close(self) -> None:
        """Tell the room."""
        if self._waiting is not None:
            self._waiting.cancel()
        if self.line is not None:
            self.line.end()

    def send(self, message: bytes) -> None:
        """Send a JSON message; whoever does not take what is sent is let go."""
        connection = self.ws_connection
        if connection is None or connection.is_closing():
            return
        stream: Any = connection.stream
        if len(stream._write_buffer or b"") > self.host.limits.unsent_bytes:  # noqa: SLF001  no other way to know
            stream.close()
            return
        with suppress(StreamClosedError):
            stream.write(frame(message))  # not write_message, which makes a frame and a task of each

    def drop(self, reason: str) -> None:
        """End it, saying why; what was sent before still arrives."""
        self.dropped = True
        self.close(_REFUSED, reason)


class _Asking:
    """A page that asks at intervals: what it is sent is gathered for the answer."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.dropped = False
        self.gathered: list[msgspec.Raw] = []
        self.some = asyncio.Event()

    def send(self, message: bytes) -> None:
        """Gather it."""
        self.gathered.append(msgspec.Raw(message))
        self.some.set()

    def drop(self, _reason: str) -> None:
        """Note it; there is nothing else that stays."""
        self.dropped = True


class PollHandler(RoomHandler):
    """The same messages without a WebSocket: a list of them is sent, beginning with the greeting, and a list comes back."""

    async def post(self, code: str, page_kind: str | None) -> None:
        """Take the messages, and answer once each has its answer."""
        await self.check(code)
        if not _asked_by_us(self.request, self.host):
            self.set_status(HTTPStatus.FORBIDDEN)
            return
        asking = _Asking(self.host.room.lang)
        line = PageProtocol(self.host, page_kind_of(page_kind), asking, self.address)
        try:
            taken = _LISTS[page_kind_of(page_kind)](self.request.body)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            line.refuse("message")
            taken = []
        try:
            for message in taken:
                line.do(message)
            if not asking.dropped:
                await _all_answered(asking, len(taken))
        finally:
            line.end()
            if line.seat is not None:
                self.host.visited(line.seat)
        self.set_header("Content-Type", "application/json")
        self.write(msgspec.json.encode(asking.gathered))


def _asked_by_us(request: HTTPServerRequest, host: Host) -> bool:
    """Tell whether one of our own pages asks, or no browser; older browsers say only where the page came from."""
    site, origin = (request.headers.get(name) for name in ("Sec-Fetch-Site", "Origin"))
    if site in ("same-origin", "none"):
        return True
    return site is None if origin is None else _is_ours(origin, request.host, host)


def _is_ours(origin: str, name: str, host: Host) -> bool:
    """Tell whether a page is our own: from the name under which we are asked, or from one of the room's addresses."""
    try:
        came_from = urlsplit(origin).netloc.lower()
    except ValueError:
        return False
    return came_from in {name.lower(), *(urlsplit(base).netloc.lower() for base in host.join_info.bases)}


async def _all_answered(asking: _Asking, count: int) -> None:
    """Wait until every message has its answer, which takes until the store was written; not for what gets none."""
    with suppress(TimeoutError):
        async with asyncio.timeout(5.0):
            while len(asking.gathered) < count:
                asking.some.clear()
                await asking.some.wait()


_LISTS: dict[PageKind, Any] = {
    "phone": messages.read_phone_list,
    "screen": messages.read_screen_list,
    "control": messages.read_control_list,
}
