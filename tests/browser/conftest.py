"""Chromium, the served page, and what every browser test holds: no request leaves this machine, no error on the page."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from command import Command
from good_scenario import HEAD, scenario, written
from lab import Lab, LabServer
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect, sync_playwright
from room_phones import Open, Rooms, phones, played_rooms
from room_played import PlayedRoom
from served_course import Served
from tests.support.chromium import FLAGS, installed
from watch import Watch

_PATIENCE = 60_000  # milliseconds
_FAILED = pytest.StashKey[bool]()

_EACH_TAB_ITS_OWN = """
for (const name of ["getItem", "setItem"]) {
  const original = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...rest) {
    return original.call(key === "etiquette-kit-key" ? sessionStorage : this, key, ...rest);
  };
}
"""
"""All pages share one profile, and yet somebody else sits before each tab, also after a reload."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show with a failed test what the servers wrote last."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
        report.sections += [(f"Last lines of {server.url}", server.log()) for server in Command.running]
    return report


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which Chromium keeps the scripts that it has compiled for the pages that follow."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module")
def chromium() -> Iterator[tuple[BrowserType, str]]:
    """Return what starts Chromium, for one file of tests: while Playwright is there, its loop holds this thread, and no other can."""
    path = installed()
    if path is None:
        message = "no Chromium found: install Debian's package chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    expect.set_options(timeout=_PATIENCE)  # a state is waited for however slow the machine is
    with sync_playwright() as playwright:
        yield playwright.chromium, path


@pytest.fixture(scope="module")
def context(chromium: tuple[BrowserType, str], profile: Path) -> Iterator[BrowserContext]:
    """Start Chromium with that profile."""
    kind, path = chromium
    started = kind.launch_persistent_context(profile, executable_path=path, args=FLAGS, timeout=_PATIENCE)
    started.set_default_timeout(_PATIENCE)
    started.add_init_script(_EACH_TAB_ITS_OWN)
    yield started
    started.close()


@pytest.fixture(scope="module")
def _unused(chromium: tuple[BrowserType, str]) -> Iterator[Browser]:
    kind, path = chromium
    started = kind.launch(executable_path=path, args=FLAGS, timeout=_PATIENCE)
    yield started
    started.close()


@pytest.fixture
def open_apart(_unused: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address in a browser that nobody has used before; with ``beside``, in that page's browser."""
    apart: list[BrowserContext] = []

    def opened(url: str, *, beside: Page | None = None) -> Page:
        if beside is None:
            fresh = _unused.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
            fresh.set_default_timeout(_PATIENCE)
            apart.append(fresh)
        page = (fresh if beside is None else beside.context).new_page()
        watch.follow(page)
        page.goto(url)
        return page

    yield opened
    for each in apart:
        for page in each.pages:
            page.goto("about:blank")  # leaving a page ends its kernel, closing one here does not
        each.close()


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[..., str]]:
    """Return a function that gives the address of a page in a language, over a bank, with house rules; each of these is served once."""
    running: dict[tuple[Path | None, Path | None], Served] = {}

    def address(lang: str = "de", notebook: str = "00_start", bank: Path | None = None, house: Path | None = None) -> str:
        given = {"--bank": bank, "--house": house}
        if (bank, house) not in running:
            options = [word for option, path in given.items() if path for word in (option, str(path))]
            running[bank, house] = Served("quiz", "--lang", "de", *options)
        return running[bank, house].page(lang, notebook)

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


@dataclass
class Window:
    """A page with JupyterLab, and what it did wrong."""

    lab: Lab
    watch: Watch


@pytest.fixture(scope="module")
def windows(context: BrowserContext, lab_server: LabServer) -> Iterator[Callable[[], Window]]:
    """Return a function that gives the page with JupyterLab, which a file's tests share: to load it takes longer than a test."""
    kept: list[Window] = []

    def window() -> Window:
        if not kept or kept[-1].lab.page.is_closed():
            page, watch = context.new_page(), Watch()
            watch.follow(page)
            watch.hear(page)
            page.emulate_media(reduced_motion="reduce")
            page.goto(lab_server.empty())
            kept.append(Window(Lab(page), watch))
        return kept[-1]

    yield window
    for used in kept:
        used.lab.page.close()


@pytest.fixture
def lab(request: pytest.FixtureRequest, lab_server: LabServer, windows: Callable[[], Window]) -> Iterator[Callable[..., Lab]]:
    """Return a function that opens a notebook in JupyterLab, which has one theme while the system has the other."""
    window = windows()

    def opened(notebook: str, *, theme: str = "light") -> Lab:
        window.lab.page.set_viewport_size({"width": 1280, "height": 900})
        lab_server.prepare(notebook)
        window.lab.open(notebook)
        window.lab.wear(theme)
        return window.lab

    yield opened
    if window.watch.wrong or request.node.stash.get(_FAILED, False):
        window.lab.page.close()  # whatever stands open there, the next test begins afresh
    else:
        window.lab.close()
    lab_server.end_kernels()
    assert not window.watch.wrong, "\n".join(window.watch.wrong)


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


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with played_rooms(tmp_path) as opened:
        yield opened


@pytest.fixture
def room(rooms: Rooms) -> PlayedRoom:
    return rooms()


@pytest.fixture
def phone(_unused: Browser, watch: Watch) -> Iterator[Open]:
    with phones(_unused, watch) as opened:
        yield opened


@pytest.fixture(scope="session")
def paired(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a pair and nine situations more, so that of ten that are drawn one is half of the pair."""
    one = scenario("one").replace('id = "one"', 'id = "one"\ntwin = "other"')
    other = scenario("other").replace('id = "other"', 'id = "other"\ntwin = "one"')
    other = other.replace("wanted = false", "wanted = true, sensitive = false")
    more = "".join(scenario(f"more-{number}") for number in range(9))
    return written(tmp_path_factory.mktemp("paired"), HEAD + one + other + more)
