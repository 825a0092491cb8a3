"""Chromium, the served page, and what every browser test holds: no request leaves this machine, no error on the page."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


_PATIENCE = 60_000  # milliseconds


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        message = "no Chromium found: install Debian's package chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    expect.set_options(timeout=_PATIENCE)  # a state is waited for however slow the machine is
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield launched
        launched.close()


class Served:
    """`etiquette quiz` as a process."""

    def __init__(self, *options: str, environment: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "etiquette_kit.cli", "quiz", "--no-browser", *options],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
        )
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if found := re.search(r"(http://127\.0\.0\.1:\d+/voila/render/)\S+", line):
                self.url, self._pages = found[0], found[1]
                return
        message = f"the server did not say its address: {said}"
        raise RuntimeError(message)

    def page(self, lang: str, notebook: str) -> str:
        return f"{self._pages}{lang}/{notebook}.ipynb"

    def end(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=30)
        return self.process.returncode


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[..., str]]:
    """Return a function that gives the address of a page in a language, over a bank; each bank is served once."""
    running: dict[Path | None, Served] = {}

    def address(lang: str = "de", notebook: str = "00_start", bank: Path | None = None) -> str:
        if bank not in running:
            running[bank] = Served("--lang", "de", *(("--bank", str(bank)) if bank else ()))
        return running[bank].page(lang, notebook)

    yield address
    for server in running.values():
        server.end()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address in a fresh context; what the page must not do fails the test at its end."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def watch(request: Request) -> None:
        if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|blob:|data:", request.url):
            wrong.append(f"a request left this machine: {request.url}")

    def opened(
        url: str,
        *,
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        **options: object,
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **options)
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", watch)
        page.on("pageerror", lambda error: wrong.append(f"an error on the page: {error}"))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)
