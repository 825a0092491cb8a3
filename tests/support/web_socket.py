"""The least of a WebSocket client, so that thousands of them cost little beside the server that is measured."""

from __future__ import annotations

import asyncio
import struct

_TEXT, _PING, _PONG = 0x81, 0x89, 0x8A
_UNMASKED = bytes(4)  # a mask of zeros: the frame is masked, as the protocol asks, and its payload stays as it is


def frame(payload: bytes, head: int = _TEXT) -> bytes:
    """Return a client's frame (RFC 6455, section 5.2)."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else struct.pack("!BH", 0x80 | 126, size)
    return bytes([head]) + length + _UNMASKED + payload


def request(port: int, path: str) -> bytes:
    """Return the request with which a connection begins."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Origin: http://127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


class WebSocket(asyncio.Protocol):
    """A page's connection; whatever the server says comes to `heard`.

    Parameters
    ----------
    opening : bytes
        The request.
    hello : bytes
        The first frame, sent once the server has agreed.
    """

    __slots__ = ("_hello", "_opening", "_rest", "_upgraded", "transport")

    transport: asyncio.Transport

    def __init__(self, opening: bytes, hello: bytes) -> None:
        self._opening = opening
        self._hello = hello
        self._rest = b""
        self._upgraded = False

    def heard(self, payload: bytes) -> None:
        """Take a message."""
        raise NotImplementedError

    def lost(self) -> None:
        """Take note that the server is gone."""

    def say(self, frame: bytes) -> None:
        """Send a frame."""
        self.transport.write(frame)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._rest = b""
        self._upgraded = False
        transport.write(self._opening)

    def connection_lost(self, _error: Exception | None) -> None:
        """Pass it on."""
        self.lost()

    def data_received(self, data: bytes) -> None:
        """Find the messages; what is not whole yet stays."""
        if self._rest:
            data = self._rest + data
        at = 0
        if not self._upgraded:
            at = data.find(b"\r\n\r\n") + 4
            if at < 4:
                self._rest = data
                return
            if not data.startswith(b"HTTP/1.1 101"):
                message = f"no WebSocket: {data[:200]!r}"
                raise RuntimeError(message)
            self._upgraded = True
            self.transport.write(self._hello)
        while (found := _payload(data, at)) is not None:
            begin, end = found
            head, at = data[at], end
            if head == _TEXT:
                self.heard(data[begin:end])
            elif head == _PING:
                self.transport.write(frame(data[begin:end], _PONG))
        self._rest = data[at:]


def _payload(data: bytes, at: int) -> tuple[int, int] | None:
    """Return where the payload of the frame at a place begins and ends; None where it is not whole."""
    have = len(data) - at
    if have < 2:
        return None
    size, begin = data[at + 1], at + 2
    if size == 126:
        if have < 4:
            return None
        size, begin = int.from_bytes(data[at + 2 : at + 4]), at + 4
    elif size == 127:
        if have < 10:
            return None
        size, begin = int.from_bytes(data[at + 2 : at + 10]), at + 10
    return (begin, begin + size) if begin + size <= len(data) else None
