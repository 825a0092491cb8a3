"""The time from starting the command to the first question on the screen, compared with Voilà with one bare button."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser
from tests.support.chromium import chromium, visit

from benchmarks.row import Row
from benchmarks.served_page import notebook, plain_voila, served

_BUTTON = 'import ipywidgets\nipywidgets.Button(description="Click")'
_OURS = ["etiquette_kit.cli", "quiz", "--no-browser", "--lang", "de"]
_LATER = 5.0  # seconds after the first visitor


def measure(*, quick: bool) -> list[Row]:
    """Start both in turn; a second visitor opens our page a little later."""
    ours: list[float] = []
    second: list[float] = []
    plain: list[float] = []
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        button = notebook(Path(folder) / "button.ipynb", _BUTTON)
        for turn in range(2 if quick else 6):
            begin = time.perf_counter()
            with served(_OURS) as address:
                _await_question(browser, address)
                cold = time.perf_counter() - begin
                time.sleep(_LATER)
                begin = time.perf_counter()
                _await_question(browser, address)
                again = time.perf_counter() - begin
            begin = time.perf_counter()
            with served(plain_voila(button)) as address:
                _await_button(browser, address)
                bare = time.perf_counter() - begin
            if turn:  # the first round warms up the disk
                ours.append(cold)
                second.append(again)
                plain.append(bare)
    first, bare = statistics.median(ours), statistics.median(plain)
    return [
        Row("first", "`etiquette quiz`, until the first question", first, "s", {"Voilà with a bare `Button`": bare}, most_ratio=1.25),
        Row("first", "the second visitor, until the first question", statistics.median(second), "s", {"the first": first}, most_ratio=0.5),
    ]


def _await_question(browser: Browser, address: str) -> None:
    with visit(browser) as page:
        page.goto(address, wait_until="commit")
        page.locator(".ek-actions .ek-primary").click()
        page.locator(".ek-options input").first.wait_for()


def _await_button(browser: Browser, address: str) -> None:
    with visit(browser) as page:
        page.goto(address, wait_until="commit")
        page.locator(".jupyter-button").wait_for()
