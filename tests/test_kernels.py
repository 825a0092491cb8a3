"""A kernel whose page is gone without a word is ended in the end; one with a page, or one that waits for a visitor, never is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import psutil
import pytest
from etiquette_kit import serve
from etiquette_kit.course import page_resources
from etiquette_kit.kernels import PatientKernelManager
from etiquette_kit.shipped import shipped
from websocket import create_connection

PAGE = "de/00_start.ipynb"


class Manager(PatientKernelManager):
    """Has a kernel without a process, last heard of two hours ago."""

    def __init__(self) -> None:
        super().__init__(cull_idle_timeout=serve._ABANDONED)
        self.ended: list[str] = []
        self.kernel = SimpleNamespace(execution_state="idle", kernel_name="python3", kernel_spec=SimpleNamespace(metadata={}))
        self._kernels["k"] = self.kernel
        self._kernel_connections["k"] = 0
        self.hours_pass()

    def hours_pass(self) -> None:
        self.kernel.last_activity = datetime.now(UTC) - timedelta(hours=2)

    async def shutdown_kernel(self, kernel_id: str) -> None:
        self.ended.append(kernel_id)

    def look(self) -> list[str]:
        asyncio.run(self.cull_kernel_if_idle("k"))
        return self.ended


def test_a_lost_connection_after_a_long_pause_ends_no_kernel() -> None:
    manager = Manager()
    manager.notify_connect("k")
    assert manager.look() == []
    manager.notify_disconnect("k")
    assert manager.look() == []
    manager.notify_connect("k")
    manager.hours_pass()
    assert manager.look() == []


def test_a_kernel_that_nobody_comes_back_to_is_ended() -> None:
    manager = Manager()
    manager.notify_connect("k")
    manager.notify_disconnect("k")
    manager.hours_pass()
    assert manager.look() == ["k"]


def test_a_connection_to_a_kernel_that_is_gone_can_be_lost() -> None:
    PatientKernelManager().notify_disconnect("gone")


def test_the_time_outlasts_a_break_of_a_quarter_of_an_hour() -> None:
    assert serve._ABANDONED >= 2 * 15 * 60


# ---- the running server ---------------------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[serve.Server, psutil.Process]]:
    """Serve the pages with little patience, but enough to connect to a page; return the server's process as well."""
    monkeypatch.setattr(serve, "_ABANDONED", 4)
    monkeypatch.setattr(serve, "_LOOKING", 1)
    server = serve.voila(shipped("notebooks"), PAGE, serve.free_port(), {}, page_resources())
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *server.command], stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **server.environment}
        )
        try:
            serve._await_ready(process, server, log)
            yield server, psutil.Process(process.pid)
        finally:
            serve._end(process)


def opened(server: serve.Server, page: str) -> str:
    """Get a page, as far as its text goes; return the id of the kernel behind it."""
    with urllib.request.urlopen(server.url.replace(PAGE, page), timeout=120) as answer:  # noqa: S310  our own address
        found = re.search(r'"kernelId": ?"([^"]+)"', answer.read().decode())
    assert found
    return found[1]


def kernels(process: psutil.Process) -> set[str]:
    """Return the ids of a server's kernels that run now."""
    found = set()
    for child in process.children(recursive=True):
        with contextlib.suppress(psutil.Error):  # ended while this looks
            found |= set(re.findall(r"kernel-([0-9a-f-]{36})\.json", " ".join(child.cmdline())))
    return found


def await_kernels(process: psutil.Process, number: int) -> set[str]:
    """Wait until there are so many; the time is only for a server that never gets there."""
    until = time.monotonic() + 60
    while len(there := kernels(process)) != number:
        assert time.monotonic() < until, (there, number)
        time.sleep(0.1)
    return there


@pytest.mark.slow
def test_the_server_ends_kernels_without_a_page_and_keeps_the_others(impatient: tuple[serve.Server, psutil.Process]) -> None:
    server, process = impatient
    base = f"127.0.0.1:{server.port}"
    kept = opened(server, "de/05_messages.ipynb")
    page = create_connection(f"ws://{base}/api/kernels/{kept}/channels", origin=f"http://{base}")
    try:
        (waiting,) = await_kernels(process, 2) - {kept}
        assert opened(server, "de/05_messages.ipynb") not in (kept, waiting)
        assert await_kernels(process, 2) == {kept, waiting}
    finally:
        page.close()
    assert await_kernels(process, 1) == {waiting}
