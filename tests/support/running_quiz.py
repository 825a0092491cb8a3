"""The server of `etiquette quiz` as a process, and the kernels that it has."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil
from etiquette_kit.content.shipped import shipped
from etiquette_kit.hosts.launcher import servers as serve
from etiquette_kit.hosts.launcher.course import page_resources

PAGE = "de/00_start.ipynb"
OTHER_PAGE = "de/05_messages.ipynb"
TOKEN = "the-token-of-the-tests"  # noqa: S105  it protects nothing
_PATIENCE = 60.0  # seconds; only for a server that never gets there


@dataclass
class Answer:
    """What the server said to a request."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def kernel(self) -> str:
        """The id of the kernel behind a page."""
        found = re.search(r'"kernelId": ?"([^"]+)"', self.text)
        assert found, (self.status, self.text)
        return found[1]


class RunningQuiz:
    """The server, and what a client other than a browser does with it."""

    def __init__(self, server: serve.Server, process: subprocess.Popen[bytes]) -> None:
        self.server = server
        self.process = psutil.Process(process.pid)
        self.host = f"127.0.0.1:{server.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Send one request, follow nothing, and return the answer; underscores in the names of headers stand for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace"))
        finally:
            connection.close()

    def open(self, page: str = OTHER_PAGE) -> Answer:
        """Get a page, as far as its text goes."""
        return self.ask(f"/voila/render/{page}", Authorization=f"token {TOKEN}")

    def cookie(self) -> str:
        """Return the cookie that the printed address gives."""
        address = urlsplit(self.server.url)
        return self.ask(f"{address.path}?{address.query}").headers["Set-Cookie"].partition(";")[0]

    def kernels(self) -> set[str]:
        """Return the ids of the kernels that run now."""
        found = set()
        for child in self.process.children(recursive=True):
            with contextlib.suppress(psutil.Error):  # ended while this looks
                found |= set(re.findall(r"kernel-([0-9a-f-]{36})\.json", " ".join(child.cmdline())))
        return found

    def await_kernels(self, number: int) -> set[str]:
        """Wait until there are so many."""
        return self.await_that(lambda: len(self.kernels()) == number)

    def await_that(self, holds: Callable[[], bool]) -> set[str]:
        """Wait until something holds, and return the kernels that there are then."""
        until = time.monotonic() + _PATIENCE
        while not holds():
            assert time.monotonic() < until, self.kernels()
            time.sleep(0.1)
        return self.kernels()


@contextlib.contextmanager
def running_quiz(*options: str) -> Iterator[RunningQuiz]:
    """Start the server with further options, and end it."""
    server = serve.voila(shipped("notebooks"), PAGE, serve.free_port(), TOKEN, {}, page_resources())
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *server.command, *options],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **server.environment},
        )
        try:
            serve._await_ready(process, server, log)
            yield RunningQuiz(server, process)
        finally:
            serve._stop(process)
