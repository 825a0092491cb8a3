"""The card as a person uses it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from barriers import is_wider_than_screen, violations
from playwright.sync_api import Locator, Page, expect


@dataclass
class Card:
    """Finds the card's parts on a page and waits for its states."""

    page: Page

    @property
    def root(self) -> Locator:
        return self.page.locator("section.ek")

    @property
    def title(self) -> Locator:
        return self.root.locator("h2")

    @property
    def options(self) -> Locator:
        return self.root.locator(".ek-options input")

    @property
    def rates(self) -> Locator:
        """The groups of words in which reactions are rated."""
        return self.root.locator(".ek-rate")

    @property
    def mails(self) -> Locator:
        """The requests and messages of an inbox."""
        return self.root.locator(".ek-mail")

    @property
    def posts(self) -> Locator:
        """The groups of check boxes that say who sees a post."""
        return self.root.locator(".ek-post")

    @property
    def asked(self) -> Locator:
        """What a response is given with, whatever the format."""
        return self.options.or_(self.rates).or_(self.mails).or_(self.posts)

    @property
    def results(self) -> Locator:
        return self.root.locator(".ek-result")

    @property
    def primary(self) -> Locator:
        return self.root.locator(".ek-actions .ek-primary")

    @property
    def status(self) -> Locator:
        return self.root.locator(".ek-status").first

    @property
    def trouble(self) -> Locator:
        return self.root.locator(".ek-status").last

    @property
    def saved(self) -> Locator:
        return self.root.locator(".ek-saved")

    @property
    def progress(self) -> Locator:
        return self.root.get_by_role("progressbar")

    def start(self) -> None:
        expect(self.primary).to_be_visible()
        self.primary.click()
        self.await_question(1)

    def await_question(self, number: int) -> None:
        expect(self.progress).to_have_attribute("aria-valuenow", str(number))

    def respond(self, index: int = 0) -> None:
        """Choose an option, rate each reaction, decide each request and message, or show professional contacts as many posts."""
        expect(self.asked.first).to_be_visible()
        for place, group in enumerate(self.rates.all()):
            group.locator("input").nth((index + place) % 4).check()
        for place, mail in enumerate(self.mails.all()):
            self.decide(mail, (index + place) % 3)
        for place, post in enumerate(self.posts.all()):
            for professional in (2, 3, 4):
                post.locator("input").nth(professional).set_checked(place < index)
        if self.options.count():
            self.options.nth(index).check()

    def decide(self, mail: Locator, action: int) -> None:
        """Unfold a request or a message of an inbox, and choose an action."""
        if mail.locator("details").get_attribute("open") is None:
            mail.locator("summary").click()
        mail.locator("input").nth(action).check()

    def answer(self, index: int = 0) -> None:
        """Respond and send it; in practice mode the feedback follows."""
        self.respond(index)
        self.primary.click()
        expect(self.asked).to_have_count(0)

    def play(self, length: int, first: int = 1) -> None:
        """Answer all from a question on, and arrive at the end."""
        for number in range(first, length + 1):
            self.await_question(number)
            self.answer(number % 3)
            self.primary.click()
        expect(self.root.locator(".ek-table")).to_have_count(2)

    def play_test(self, length: int, first: int = 1) -> None:
        """Answer all of a test from a question on, one press each, and arrive at the end."""
        for number in range(first, length + 1):
            self.await_question(number)
            self.respond(number % 3)
            self.primary.click()
        expect(self.root.locator(".ek-table")).to_have_count(2)

    def tab_to(self, wanted: str) -> None:
        """Press Tab until the focus is on what a selector names."""
        for _ in range(40):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(f"document.activeElement.matches({wanted!r})"):
                return
        pytest.fail(f"Tab does not reach {wanted}")

    def resize(self, width: int, height: int) -> None:
        """Give the page another size, and wait until it has it."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function("([width, height]) => innerWidth === width && innerHeight === height", arg=[width, height])

    def type_size(self) -> float:
        return float(self.root.first.evaluate("(card) => parseFloat(getComputedStyle(card).fontSize)"))

    def violations(self, within: str | None = None) -> list[str]:
        """Return what axe-core finds on the whole page, or in the parts that a selector names."""
        return violations(self.page, within)

    def is_wider_than_screen(self) -> bool:
        return is_wider_than_screen(self.page)

    def small_targets(self) -> list[str]:
        """Return what can be pressed but is lower or narrower than 44 pixels."""
        script = """() => [...document.querySelectorAll(
            '.ek button, .ek :is(.ek-option, .ek-word, .ek-action, .ek-tick, .ek-view), .ek summary')]
            .filter((node) => node.checkVisibility())
            .filter((node) => { const box = node.getBoundingClientRect(); return box.height < 43.9 || box.width < 43.9; })
            .map((node) => node.outerHTML.slice(0, 120))"""
        return list(self.page.evaluate(script))
