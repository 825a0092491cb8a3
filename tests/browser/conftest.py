"""Chromium, the served page, and what every browser test holds: no request leaves this machine, no error on the page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks.chromium import FLAGS, installed
from command import Command
from lab import Lab, LabServer
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from watch import Watch

_PATIENCE = 60_000  # milliseconds

_SOMEONE_NEW = """
if (location.protocol.startsWith("http") && !sessionStorage.getItem("seen")) {
  localStorage.removeItem("etiquette-kit-key");
  sessionStorage.setItem("seen", "yes");
}
"""
"""Each new page of a shared context belongs to somebody else; a reload does not change who it is."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = installed()
    if chromium is None:
        message = "no Chromium found: install Debian's package chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    expect.set_options(timeout=_PATIENCE)  # a state is waited for however slow the machine is
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


class Served(Command):
    """`etiquette quiz` as a process."""

    def page(self, lang: str, notebook: str) -> str:
        return f"{self.url.partition('/voila/render/')[0]}/voila/render/{lang}/{notebook}.ipynb"


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[..., str]]:
    """Return a function that gives the address of a page in a language, over a bank; each bank is served once."""
    running: dict[Path | None, Served] = {}

    def address(lang: str = "de", notebook: str = "00_start", bank: Path | None = None) -> str:
        if bank not in running:
            running[bank] = Served("quiz", "--lang", "de", *(("--bank", str(bank)) if bank else ()))
        return running[bank].page(lang, notebook)

    yield address
    for server in running.values():
        server.end()


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    server = LabServer(tmp_path_factory.mktemp("lab"))
    yield server
    server.end()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One context for many pages, which then keeps their compiled scripts."""
    shared = browser.new_context()
    shared.set_default_timeout(_PATIENCE)
    yield shared
    shared.close()


@pytest.fixture
def visit(context: BrowserContext, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address in a page of the shared context; the page must not log errors either."""
    pages: list[Page] = []

    def visited(url: str, *, scheme: str = "light") -> Page:
        page = context.new_page()
        page.add_init_script(_SOMEONE_NEW)
        pages.append(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme=scheme)
        watch.follow(page)
        watch.hear(page)
        page.goto(url)
        return page

    yield visited
    for page in pages:
        page.close()


@pytest.fixture
def lab(lab_server: LabServer, visit: Callable[..., Page]) -> Iterator[Callable[..., Lab]]:
    """Return a function that opens a notebook in JupyterLab, which has one theme while the system has the other."""

    def opened(notebook: str, *, theme: str = "light") -> Lab:
        return Lab(visit(lab_server.prepare(notebook, theme), scheme="dark" if theme == "light" else "light"))

    yield opened
    lab_server.end_kernels()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Return what fails the test at its end when a page did what it must not do."""
    watching = Watch()
    yield watching
    assert not watching.wrong, "\n".join(watching.wrong)


@pytest.fixture
def open_page(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address in a fresh context."""
    contexts: list[BrowserContext] = []

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
        watch.follow(page)
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
