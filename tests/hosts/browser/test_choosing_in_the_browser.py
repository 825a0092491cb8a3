"""On the static site a workshop follows the chooser above it, and the key stays in the worker until it is asked for."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from chosen_situations import BANK, CLIENTS
from etiquette_kit.hosts.browser.host import BrowserHost


class Page:
    """A page with a chooser and a workshop, and all that is passed to it."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.parts: dict[str, dict[str, Any]] = {"SituationChooser-chooser": {}, "Workshop-4": {}}
        self.files: list[dict[str, Any]] = []
        self.host = BrowserHost(BANK, None, self._receive)
        self._count = 0
        self._send(do="open", card="SituationChooser-chooser", kind="SituationChooser", parameters={"lang": "en", "folded": True})
        given = {"lang": "en", "seed": 22, "scenarios": {"card": "SituationChooser-chooser"}}
        self._send(do="open", card="Workshop-4", kind="Workshop", parameters=given)

    def _receive(self, text: str) -> None:
        self.received.append(text)
        told = json.loads(text)
        self.parts[told["card"]] |= told.get("parts", {})
        if "file" in told:
            self.files.append(told["file"])

    def _send(self, **message: Any) -> None:
        asyncio.run(self.host.receive(json.dumps(message)))

    def choose(self, **message: Any) -> None:
        self._count += 1
        self._send(do="take", card="SituationChooser-chooser", message={**message, "n": f"n-{self._count}"})


@pytest.fixture
def page() -> Page:
    return Page()


def test_the_workshop_on_a_page_has_what_is_chosen_above_it(page: Page):
    assert "4 situations" in page.parts["Workshop-4"]["scene"]["caption"]
    for name in CLIENTS:
        page.choose(do="tick", id=name, on=True)
    assert "2 situations" in page.parts["Workshop-4"]["scene"]["caption"]
    page.choose(do="save")
    (file,) = page.files
    assert all(name in file["text"] for name in CLIENTS)


def test_the_key_is_passed_only_when_it_is_asked_for(page: Page):
    page.choose(do="unfold", open=True)
    page.choose(do="read", id=CLIENTS[0], open=True)
    feedback = [option.text("en").feedback for option in BANK[CLIENTS[0]].options]
    assert [text for text in feedback if text in "".join(page.received)] == []
    page.choose(do="key", id=CLIENTS[0], on=True)
    assert [text for text in feedback if text not in "".join(page.received)] == []
