"""Whatever is sent to a room, neither the terminal nor a log says from where."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from fuzz import junk
from room_guests import frame

pytestmark = pytest.mark.slow

SENDER = "127.0.0.77"
LOGGING = "import logging; logging.basicConfig(level=logging.DEBUG)\n"
COMMAND = "from etiquette_kit.cli import app; app()"
NOTEBOOK = """
import signal, sys
from etiquette_kit import LiveRoom
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # no thread but this one may take it
room = LiveRoom(store=sys.argv[1], port=0)
room.start(new=True)
print(room.control, flush=True)
signal.sigwait([signal.SIGINT])
room.stop()
"""


class Process:
    """A process that serves a room; all that it says, on the terminal or in a log, is in a file."""

    def __init__(self, folder: Path, code: str, *arguments: str) -> None:
        self._said = folder / "said.txt"
        command = [sys.executable, "-c", code, *arguments]
        with self._said.open("wb") as output:
            self.process = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONASYNCIODEBUG": "0"}
            )
        until = time.monotonic() + 60
        while (found := re.search(r"http://127\.0\.0\.1:(\d+)/(\w+)/control/", self.said)) is None:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until
            time.sleep(0.05)
        self.port, self.code = int(found[1]), found[2]

    @property
    def said(self) -> str:
        return self._said.read_text(errors="replace")

    def send(self, *parts: bytes) -> bytes:
        """Send bytes over a connection, and return the beginning of what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10, source_address=(SENDER, 0)) as connection:
            answered = b""
            with suppress(OSError):
                for part in parts:
                    connection.sendall(part)
                connection.shutdown(socket.SHUT_WR)
                while more := connection.recv(65536):
                    answered += more
            return answered

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        finally:
            self.process.kill()


@pytest.fixture(params=["command", "command with logging", "notebook", "notebook with logging"])
def process(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Process]:
    store = str(tmp_path / "rooms.sqlite3")
    logging = LOGGING if "logging" in request.param else ""
    if request.param.startswith("command"):
        process = Process(tmp_path, logging + COMMAND, "room", "--store", store, "--no-browser", "--port", "0", "--lang", "en")
    else:
        process = Process(tmp_path, logging + NOTEBOOK, store)
    yield process
    process.end()


def requests(code: str) -> Iterator[bytes]:
    """Return requests that are malformed in many ways."""
    here = f"/{code}/".encode()
    host = b"Host: a\r\nConnection: close\r\n"
    yield b"\x00\xff\xfe\r\n\r\n"
    yield b"no request at all\r\n\r\n"
    yield b"GET / HTTP/9.9\r\n" + host + b"\r\n"
    yield b"GET / HTTP/1.1\r\nno colon\r\n\r\n"
    yield b"GET / HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n"
    yield b"GET / HTTP/1.1\r\n\r\n"
    yield b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"
    yield b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n"
    yield b"GET /?code=%ff HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET /%ff/%fe HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET " + here + b"handout.html?lang=%ff HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET " + here + b" HTTP/1.1\r\n" + host + b"Accept-Language: \xff\xfe\r\n\r\n"
    yield b"DELETE " + here + b" HTTP/1.1\r\n" + host + b"\r\n"
    yield b"BREW " + here + b" HTTP/1.1\r\n" + host + b"\r\n"
    for length in (b"-1", b"x", b"1, 2", b"999999999", b"5"):
        yield b"POST " + here + b"poll HTTP/1.1\r\n" + host + b"Content-Length: " + length + b"\r\n\r\nabc"
    for kind in (b"multipart/form-data", b"multipart/form-data; boundary=a", b"application/x-www-form-urlencoded"):
        yield b"POST " + here + b"poll HTTP/1.1\r\n" + host + b"Content-Type: " + kind + b"\r\nContent-Length: 6\r\n\r\n--a\r\n\xff"
    yield b"POST " + here + b"poll HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"
    yield b"POST " + here + b"poll HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n"
    yield b"POST " + here + b"poll HTTP/1.1\r\n" + host + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"
    socket_head = b"GET " + here + b"ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    yield socket_head + b"\r\n"
    yield socket_head + b"Sec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x\r\n\r\n"
    yield socket_head + b"Origin: http://[\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
    opened = socket_head + b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
    yield opened + b"\xff" * 50
    yield opened + frame(b"\xff\xfe") + frame(b"", reserved=7) + frame(b"a" * 5000)
    for raw in junk(1, 10):
        yield opened + frame(raw)


def test_no_address_reaches_the_terminal_or_a_log(process: Process, request: pytest.FixtureRequest):
    answers = [process.send(sent) for sent in requests(process.code)]
    assert sum(b" 400 " in answer[:20] for answer in answers) > 5
    # One that breaks off in the middle, and one whose body does not come, which the server lets go after some seconds.
    process.send(b"POST /")
    head = f"POST /{process.code}/poll HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", process.port), timeout=60, source_address=(SENDER, 0)) as slow:
        slow.sendall(head)
        assert slow.recv(10) == b""
    process.end()
    said = process.said
    assert SENDER not in said
    assert "Traceback" not in said
    if "with logging" in request.node.name:
        assert "Malformed HTTP message from a connection" in said, "the log is blind"
        assert "Timeout reading body from a connection" in said
