"""What SECURITY.md says of the servers is so."""

import asyncio
import json
import re
import signal
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from doc_pages import read
from etiquette_kit import __version__
from etiquette_kit.content.toml.toml_file import MAX_BYTES
from etiquette_kit.hosts.launcher.kernels import PageKernelManager
from etiquette_kit.hosts.launcher.servers import HOST, Server, lab, voila
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PAGE = " ".join(read("SECURITY.md").split())
_NUMBERS = {10: "ten"}


def test_the_figures_are_those_of_the_code():
    assert f"version {__version__}" in PAGE
    assert f"the address {HOST} only" in PAGE
    assert f"larger than {MAX_BYTES / 1e6:.0f} MB" in PAGE


@pytest.mark.parametrize(
    "server",
    [voila(Path(), "de/00_start.ipynb", 1, "x1y2z3", {}, {}), lab(Path(), "de/00_start.ipynb", 1, "x1y2z3", {})],
    ids=["quiz", "lab"],
)
def test_both_have_a_token_and_it_is_on_no_command_line(server: Server):
    assert "x1y2z3" in server.environment.values()
    assert server.url.endswith("?token=x1y2z3")
    assert not any("x1y2z3" in word for word in server.command), "everyone on the machine may read a command line"


def test_the_figures_of_pages_and_kernels_are_those_of_the_code():
    manager = PageKernelManager
    assert f"No more than {_NUMBERS[manager.max_pages.default_value]} pages" in PAGE
    assert manager.unopened_timeout.default_value + manager.cull_interval.default_value <= 75
    assert "within 75 seconds" in PAGE
    assert f"{_NUMBERS[manager.cull_idle_timeout.default_value // 60]} minutes after" in PAGE
    assert f"{_NUMBERS[manager.cull_idle_timeout.default_value // 60]} minutes after" in " ".join(read("README.md").split())
    assert f"{_NUMBERS[manager.cull_idle_timeout.default_value // 60]} minutes without" in " ".join(read("docs/accessibility.md").split())


# ---- the running page -----------------------------------------------------------------------------------------------------


@dataclass
class Kernel:
    """The address of a page's process, and the cookie with which its browser connects to it."""

    address: str
    cookie: str

    @property
    def origin(self) -> str:
        return self.address.partition("/api/")[0]


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    """Serve the quiz, and open its page once as a browser does."""
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "etiquette_kit.cli", "quiz", "--no-browser", "--lang", "en"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        url = next(found[0] for line in server.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line)))
        cookies = CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
        with browser.open(url, timeout=600) as answer:
            found = re.search(r'"kernelId": ?"([^"]+)"', answer.read().decode())
        assert found
        yield Kernel(
            f"{url.partition('/voila/')[0]}/api/kernels/{found[1]}/channels",
            "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies),
        )
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=600)


def _run(ask: Callable[[], Awaitable[None]]) -> None:
    """Run in a thread of its own: after the browser tests, this one has a loop that is running."""

    async def in_time() -> None:
        await asyncio.wait_for(ask(), 60)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(in_time())).result()


async def _connected(kernel: Kernel, origin: str) -> WebSocketClientConnection:
    headers = {"Origin": origin, "Cookie": kernel.cookie}
    return await websocket_connect(HTTPRequest(kernel.address.replace("http", "ws", 1), headers=headers))


async def _closed(socket: WebSocketClientConnection) -> None:
    """Close a connection and wait until the other side has, too."""
    socket.close()
    while await socket.read_message() is not None:
        continue


@pytest.mark.slow
def test_another_origin_is_refused_and_its_own_is_not(kernel: Kernel):
    async def connect(origin: str) -> None:
        await _closed(await _connected(kernel, origin))

    _run(lambda: connect(kernel.origin))
    with pytest.raises(HTTPClientError, match="403"):
        _run(lambda: connect("https://example.org"))


@pytest.mark.slow
def test_a_page_cannot_have_code_executed(kernel: Kernel, tmp_path: Path):
    mark = tmp_path / "executed"

    def message(kind: str, content: dict[str, object]) -> str:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": "x", "date": "", "version": "5.3"}
        return json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"})

    async def ask() -> None:
        socket = await _connected(kernel, kernel.origin)
        code = f"open({str(mark)!r}, 'w').close()"
        await socket.write_message(message("execute_request", {"code": code, "silent": False, "store_history": False}))
        await socket.write_message(message("kernel_info_request", {}))
        while True:  # what comes second is answered, so the first has had its turn
            told = await socket.read_message()
            assert told is not None
            if json.loads(told)["header"]["msg_type"] == "kernel_info_reply":
                break
        await _closed(socket)

    _run(ask)
    assert not mark.exists()
