"""The static site in Chromium: from the address to the first question, against a page that only loads Pyodide and prints."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etiquette_kit.bank import load_bank
from etiquette_kit.content.shipped import shipped
from etiquette_kit.hosts.site.build import Contents, Sizes, build
from etiquette_kit.hosts.site.pyodide import cache_folder, core
from playwright.sync_api import BrowserContext, Page, sync_playwright
from tests.support.chromium import FLAGS, installed
from tests.support.file_server import served_folder

from benchmarks.row import Row

_PATIENCE = 120_000  # milliseconds
_BARE = """<!DOCTYPE html><meta charset="utf-8"><title>Bare</title><link rel="icon" href="data:,"><p id="output"></p><script type="module">
import { loadPyodide } from "./pyodide.mjs";
const python = await loadPyodide();
document.getElementById("output").textContent = python.runPython("'Python runs'");
</script>"""
_PEER = "a bare page: `loadPyodide`, then `print`"


def measure(*, quick: bool) -> list[Row]:
    """Build the site, then open it and the bare page in turn, each in a new profile."""
    cold: dict[str, list[float]] = {"site": [], "bare": []}
    second: dict[str, list[float]] = {"site": [], "bare": []}
    start_page: list[float] = []
    feedback: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        sizes = _build(root)
        with served_folder(root) as address:
            for turn in range(2 if quick else 6):
                for name, ready in (("site", _await_question), ("bare", _await_output)):
                    with _profile() as profile:
                        first, again = (_timed(profile, f"{address}/{name}/", ready) for _ in range(2))
                        answered = _answered(profile, f"{address}/{name}/") if name == "site" else 0.0
                    if turn == 0:  # warms up the disk
                        continue
                    cold[name].append(first)
                    second[name].append(again)
                    if name == "site":
                        feedback.append(answered)
                if turn:
                    start_page.append(_start_page(f"{address}/site/"))
    median = statistics.median
    site, bare = ({"cold": median(cold[name]), "second": median(second[name])} for name in ("site", "bare"))
    return [
        Row("site", "static site, until the start page", 1000 * median(start_page), "ms", most=500),
        Row("site", "static site, first visit, until the first question", site["cold"], "s", {_PEER: bare["cold"]}, most_ratio=1.1),
        Row("site", "static site, second visit, until it goes on", site["second"], "s", {_PEER: bare["second"]}, most_ratio=0.85),
        Row("site", "static site, the click on Answer, until the feedback", 1000 * median(feedback), "ms", most=100),
        Row("site", "static site, what a first visit loads, in gzip", sizes.compressed, "bytes", most=9_000_000),
        Row("site", "static site, what a first visit loads, plain", sizes.plain, "bytes"),
    ]


def _build(root: Path) -> Sizes:
    """Build the site and, beside it, the bare page over the stock files of the same Pyodide."""
    sizes = build(root / "site", Contents(load_bank(), shipped("scenarios")))
    bare = root / "bare"
    bare.mkdir()
    for file in core(cache_folder()).iterdir():
        if file.is_file():
            shutil.copyfile(file, bare / file.name)
    (bare / "index.html").write_text(_BARE, encoding="utf-8")
    return sizes


@contextmanager
def _profile() -> Iterator[BrowserContext]:
    """Start a browser that has never been anywhere, with a profile on the disk."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(folder, executable_path=installed(), args=FLAGS, locale="en-GB")
        browser.set_default_timeout(_PATIENCE)
        try:
            yield browser
        finally:
            browser.close()


def _timed(profile: BrowserContext, address: str, ready: Callable[[Page], None]) -> float:
    page = profile.new_page()
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    ready(page)
    elapsed = time.perf_counter() - begin
    page.close()
    return elapsed


def _await_question(page: Page) -> None:
    """Start at once, before Python runs; on a second visit the round goes on by itself."""
    ready = page.locator(".ek-options input").first
    start = page.locator("main > [data-language=en] .ek-actions .ek-primary").first
    start.or_(ready).first.wait_for()
    if not ready.is_visible():
        start.click()
    ready.wait_for()


def _await_output(page: Page) -> None:
    page.get_by_text("Python runs").wait_for()


def _answered(profile: BrowserContext, address: str) -> float:
    """Return the seconds from the click to the feedback, which is drawn when the answer is kept."""
    page = profile.new_page()
    page.goto(address)
    _await_question(page)
    page.locator(".ek-options input").first.check()
    begin = time.perf_counter()
    page.get_by_role("button", name="Answer", exact=True).click()
    page.locator(".ek-answered").wait_for()
    elapsed = time.perf_counter() - begin
    page.close()
    return elapsed


def _start_page(address: str) -> float:
    with _profile() as profile:
        return _timed(profile, address, lambda page: page.locator("main > [data-language=en] .ek-actions .ek-primary").first.wait_for())
