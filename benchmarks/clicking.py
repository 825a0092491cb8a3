"""The time from the click on Answer to the feedback, compared with a bare button of ipywidgets on the same page."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page
from tests.support.chromium import chromium, visit

from benchmarks.row import Row
from benchmarks.served_page import notebook, plain_voila, served

_QUIZ = 'from etiquette_kit import Quiz\nQuiz(lang="de", seed=1)'
_BUTTON = """
import ipywidgets
button, label = ipywidgets.Button(description="Click"), ipywidgets.HTML("<b id='told'>0</b>")
count = 0
def click(_):
    global count
    count += 1
    label.value = f"<b id='told'>{count}</b>"
button.on_click(click)
ipywidgets.VBox([button, label])
"""

_PREPARE = """() => {
  window.untilThere = (press, isThere) => new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      const taken = performance.now() - begin;
      observer.disconnect();
      resolve(taken);
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    const begin = performance.now();
    press();
  });
  window.primary = () => document.querySelector(".ek-actions .ek-primary");
}"""

_ANSWER = """() => {
  document.querySelector(".ek-options input").click();
  return untilThere(() => primary().click(), () => document.querySelector(".ek-result"));
}"""
_NEXT = """() => untilThere(() => primary().click(), () => document.querySelector(".ek-options input"))"""
_CLICK = """(number) => untilThere(
  () => document.querySelector(".jupyter-button").click(),
  () => document.querySelector("#told")?.textContent === String(number),
)"""


def measure(*, quick: bool) -> list[Row]:
    """Answer every shipped scenario except the last, and press the bare button the same number of times, in turn."""
    taken: dict[str, list[float]] = {"answer": [], "next": [], "click": []}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = notebook(Path(folder) / "clicking.ipynb", _QUIZ, _BUTTON)
        with served(plain_voila(path)) as address:
            for _ in range(1 if quick else 3):
                with visit(browser) as page:
                    page.goto(address)
                    _play(page, 10 if quick else 59, taken)
    answer, following, click = (statistics.median(values) for values in taken.values())
    floor = {"a bare `Button`, until its text": click}
    return [
        Row("click", "the click on Answer, until the feedback", answer, "ms", floor, most_ratio=1.5),
        Row("click", "the click on Next, until the next question", following, "ms", floor),
    ]


def _play(page: Page, length: int, taken: dict[str, list[float]]) -> None:
    page.locator(".jupyter-button").wait_for()
    page.locator(".ek-primary").click()
    page.locator(".ek-options input").first.wait_for()
    page.evaluate(_PREPARE)
    for number in range(1, length + 1):
        measured = {"click": page.evaluate(_CLICK, number), "answer": page.evaluate(_ANSWER), "next": page.evaluate(_NEXT)}
        if number > 3:  # the first ones warm up
            for name, milliseconds in measured.items():
                taken[name].append(milliseconds)
