"""Chromium, the served page, and what every browser test holds: no request leaves this machine, no error on the page."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from benchmarks.chromium import FLAGS, installed
from command import Command
from lab import Lab, LabServer
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from watch import Watch

_PATIENCE = 60_000  # milliseconds


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:  # noqa: ARG001  pytest's name
    """Show with a failed test what the servers wrote last."""
    report = yield
    if report.failed:
        report.sections += [(f"Last lines of {server.url}", server.log()) for server in Command.running]
    return report


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which Chromium keeps the scripts that it has compiled for the pages that follow."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module")
def context(profile: Path) -> Iterator[BrowserContext]:
    """Start Chromium, for one file of tests: as long as Playwright is there, its loop runs in this thread, and no other can."""
    chromium = installed()
    if chromium is None:
        message = "no Chromium found: install Debian's package chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    expect.set_options(timeout=_PATIENCE)  # a state is waited for however slow the machine is
    with sync_playwright() as playwright:
        started = playwright.chromium.launch_persistent_context(profile, executable_path=chromium, args=FLAGS, timeout=_PATIENCE)
        started.set_default_timeout(_PATIENCE)
        yield started
        started.close()


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
def runtime() -> Iterator[Path]:
    """Return a folder for sockets, whose paths must not be as long as those of pytest's folders are."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory, runtime: Path) -> Iterator[LabServer]:
    server = LabServer(tmp_path_factory.mktemp("lab"), runtime)
    yield server
    server.end()


@pytest.fixture
def _no_kernels_left(lab_server: LabServer) -> Iterator[None]:
    yield
    lab_server.end_kernels()


@pytest.fixture
def lab(lab_server: LabServer, _no_kernels_left: None, visit: Callable[..., Page]) -> Callable[..., Lab]:
    """Return a function that opens a notebook in JupyterLab, which has one theme while the system has the other."""

    def opened(notebook: str, *, theme: str = "light") -> Lab:
        return Lab(visit(lab_server.prepare(notebook, theme), scheme="dark" if theme == "light" else "light"))

    return opened


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Return what fails the test at its end when a page did what it must not do."""
    watching = Watch()
    yield watching
    assert not watching.wrong, "\n".join(watching.wrong)


@pytest.fixture
def open_page(context: BrowserContext, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address in a page of its own."""
    pages: list[Page] = []

    def opened(
        url: str,
        *,
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        reduced_motion: str = "reduce",  # a click waits until nothing moves any more
        forced_colors: str = "none",
    ) -> Page:
        page = context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion=reduced_motion, forced_colors=forced_colors)
        watch.follow(page)
        page.goto(url)
        return page

    yield opened
    for page in pages:
        page.goto("about:blank")  # leaving a page ends its kernel, closing one here does not
        page.close()


@pytest.fixture
def visit(open_page: Callable[..., Page], watch: Watch) -> Callable[..., Page]:
    """Return a function that opens an address in a page that must not log errors either."""

    def visited(url: str, **options: object) -> Page:
        page = open_page("about:blank", **options)
        watch.hear(page)
        page.goto(url)
        return page

    return visited
