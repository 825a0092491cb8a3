"""`etiquette room` as a process, and what a facilitator presses on its page."""

from __future__ import annotations

import re
import signal
from collections.abc import Sequence
from pathlib import Path

from chosen_situations import BOSS_AND_COLLEAGUE
from command import Command
from playwright.sync_api import Page, expect


class RoomCommand(Command):
    """`etiquette room` as a process.

    Attributes
    ----------
    control, screen : str
        The facilitator's and the projector's address; ``url`` is that for phones.
    """

    def __init__(self, store: Path, *options: str, scenarios: Sequence[str] = BOSS_AND_COLLEAGUE) -> None:
        super().__init__(
            "room",
            "--lang",
            "en",
            *(part for name in scenarios for part in ("--scenario", name)),
            *options,
            environment={"ETIQUETTE_STORE": str(store)},
        )
        assert self.process.stdout is not None
        found = [re.search(r"http://\S+", self.process.stdout.readline()) for _ in range(2)]
        self.control, self.screen = (address[0] if address else "" for address in found)

    def kill(self) -> None:
        """End it as a crash does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.end()


def press(control: Page, name: str, phase: str, *, asks: bool = False) -> None:
    """Press a step on the facilitator's page, say yes where that is asked, and wait until the room is there."""
    expect(control.locator(".control-steps:not([data-calm])")).to_be_visible()  # a new button does not act at once
    control.locator(".control-steps").get_by_role("button", name=name, exact=True).click()
    if asks:
        expect(control.locator("dialog[open]:not([data-calm])")).to_be_visible()
        control.get_by_role("button", name="Yes, go on", exact=True).click()
    expect(control.get_by_role("heading", level=1)).to_have_text(phase)


def vote(phone: Page, number: int) -> None:
    """Choose a reaction and wait until it counts."""
    phone.locator(".option label").nth(number).click()
    expect(phone.locator(".vote")).to_contain_text("Counted")


def chosen(phone: Page) -> int:
    """Return which reaction is chosen on a phone."""
    expect(phone.get_by_role("radio").nth(0)).to_be_visible()
    expect(phone.locator("input:checked")).to_have_count(1)
    return int(phone.get_by_role("radio").evaluate_all("radios => radios.findIndex((radio) => radio.checked)"))
