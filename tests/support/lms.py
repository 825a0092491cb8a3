"""A page of a learning management system that plays a package with scorm-again, and what it keeps of an attempt."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from card import Card
from playwright.sync_api import FrameLocator, Locator, Page, expect
from tests.support.foreign import FOLDER, installed

NEW: dict[str, Any] = {"core": {"entry": "ab-initio", "lesson_mode": "normal", "lesson_status": "not attempted", "student_id": "7"}}
"""What is kept of an attempt that has not begun."""

_TYPES = {".html": "text/html", ".js": "application/x-javascript", ".css": "text/css", ".zip": "application/zip"}


class _Moodle(SimpleHTTPRequestHandler):
    """Hands out files with the types that Moodle knows; it takes all others for something unknown."""

    extensions_map = {"": "document/unknown", **_TYPES}  # noqa: RUF012  as in the class

    def guess_type(self, path: Any) -> str:
        return _TYPES.get(Path(path).suffix, "document/unknown")

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def served_package(package: Path, folder: Path) -> Iterator[str]:
    """Serve the page with a package in it; the context is its address, with a slash at the end."""
    with zipfile.ZipFile(package) as packed:
        packed.extractall(folder / "content")
    for path in (installed("scorm-again") / "dist" / "scorm12.js", *FOLDER.glob("lms.*")):
        (folder / path.name).write_bytes(path.read_bytes())
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Moodle, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


class FramedCard(Card):
    """The card in the frame of the package's own page, in the language that is shown."""

    @property
    def frame(self) -> FrameLocator:
        outer = self.page.frame_locator("iframe") if self.page.url.endswith("lms.html") else self.page
        return outer.frame_locator("iframe")

    @property
    def root(self) -> Locator:
        return self.frame.locator("section.ek:visible")


@dataclass
class Lms:
    """The page, in one browser."""

    page: Page
    address: str

    def launch(self, kept: dict[str, Any] = NEW, *, delay: int = 0, fault: str = "", faulty: tuple[str, ...] = ()) -> FramedCard:
        """Open the package with what was kept of the attempt."""
        self.page.goto(f"{self.address}lms.html")
        self.page.evaluate("([fault, faulty]) => Object.assign(lms, { fault, faulty })", [fault, list(faulty)])
        self.page.evaluate("([kept, delay]) => lms.open(kept, delay)", [kept, delay])
        return FramedCard(self.page)

    @property
    def note(self) -> Locator:
        """The sentence above the site."""
        return self.page.frame_locator("iframe").locator(".ek-launch-note[role=status]")

    @property
    def calls(self) -> list[dict[str, Any]]:
        """The calls of the API, each with its name, what was given, its result, and the error code after it."""
        found: list[dict[str, Any]] = self.page.evaluate("lms.calls")
        return found

    def set_values(self, name: str) -> list[str]:
        """Return the values that an element was set to, one after the other."""
        return [call["given"][1] for call in self.calls if call["name"] == "LMSSetValue" and call["given"][0] == name]

    def await_value(self, name: str, value: str) -> None:
        """Wait until an element was set to a value."""
        script = """([name, value]) => lms.calls.some(({ name: called, given }) =>
            called === "LMSSetValue" && given[0] === name && given[1] === value)"""
        self.page.wait_for_function(script, arg=[name, value])

    def leave(self, *, removed: bool = False) -> dict[str, Any]:
        """Leave the package, or have its frame removed; return what is kept for the next time."""
        self.page.evaluate("(removed) => lms.leave(removed)", removed)
        self.page.wait_for_function("lms.isLeft")
        kept: dict[str, Any] = self.page.evaluate("lms.kept")
        core = kept["core"]
        entry = "resume" if self.set_values("cmi.core.exit")[-1:] == ["suspend"] else ""
        return {
            "suspend_data": kept["suspend_data"],
            "core": {name: core[name] for name in ("lesson_status", "lesson_location", "score")}
            | {"entry": entry, "lesson_mode": "normal", "student_id": "7"},
        }

    def wrong(self) -> list[dict[str, Any]]:
        """Return the calls that were refused, or set an error code."""
        refused = [call for call in self.calls if call["name"] != "LMSGetValue" and call["result"] != "true"]
        return refused + [call for call in self.calls if call["error"] != "0"]


def ready(card: FramedCard) -> None:
    """Wait until Python runs."""
    expect(card.frame.locator(".site-heard")).not_to_be_empty()
    expect(card.frame.locator(".site-progress")).to_be_hidden()
