"""The facilitator's page as a person uses it."""

from __future__ import annotations

from dataclasses import dataclass

from barriers import violations
from live_room import LiveRoom
from playwright.sync_api import Locator, Page, expect

WAY = ("lobby", "vote", "closed", "discuss", "revote", "reclosed", "reveal")
"""The steps of a situation, in their order."""

CLOSING = ("write", "questions", "end")
"""The steps at the end."""


@dataclass
class Lead:
    """Finds the parts of the facilitator's page, and waits for its states."""

    page: Page
    room: LiveRoom

    @property
    def main(self) -> Locator:
        return self.page.locator(".control-main")

    @property
    def told(self) -> Locator:
        return self.page.locator(".control-told")

    @property
    def phase(self) -> Locator:
        return self.page.locator(".control-phase")

    @property
    def take_back(self) -> Locator:
        return self.page.locator(".control-take-back")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def step(self, name: str) -> Locator:
        """Return the button of a step in its place."""
        return self.page.locator(f".control-places [data-control={name}]")

    def agree(self) -> None:
        """Say yes to what is asked, once the question takes a press."""
        expect(self.page.locator("dialog[open]:not([data-calm])")).to_be_visible()
        self.button("Yes, go on").click()

    def places(self) -> list[list[int]]:
        """Return where the buttons of the steps are on the page."""
        script = """(nodes) => nodes.map((node) => {
            const box = node.getBoundingClientRect();
            return [box.left, box.top + scrollY, box.width, box.height].map(Math.round);
        })"""
        return list(self.page.locator(".control-steps button").evaluate_all(script))

    def await_phase(self, phase: str) -> None:
        """Wait until the page is there, and its buttons take the next press."""
        expect(self.page.locator(".room-control")).to_have_attribute("data-phase", phase)
        expect(self.page.locator(".control-steps:not([data-calm])")).to_have_attribute("aria-busy", "false")

    def violations(self) -> list[str]:
        return violations(self.page)

    def small_targets(self) -> list[str]:
        script = """() => [...document.querySelectorAll('button, a.ek-button, summary')]
            .filter((node) => node.checkVisibility ? node.checkVisibility() : node.offsetParent)
            .filter((node) => { const box = node.getBoundingClientRect(); return box.height < 43.9 || box.width < 43.9; })
            .map((node) => node.outerHTML.slice(0, 120))"""
        return list(self.page.evaluate(script))

    def unfold(self) -> None:
        self.page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
