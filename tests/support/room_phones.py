"""Phones in a room that is really served, each in a browser of its own, and what a person does on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from card import Card
from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.locale import catalog
from playwright.sync_api import Browser, BrowserContext, Locator, expect
from room_played import PlayedRoom
from watch import Watch

Rooms = Callable[..., PlayedRoom]
Open = Callable[..., "Phone"]
_PATIENCE = 60_000  # milliseconds
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });"
"""A browser that stores nothing."""
WORDS = catalog("de").table("room_phone")


class Phone(Card):
    """The phone's page as a person uses it."""

    @property
    def options(self) -> Locator:
        return self.page.get_by_role("radio")

    @property
    def labels(self) -> Locator:
        return self.page.locator(".option label")

    @property
    def say(self) -> Locator:
        return self.page.locator("footer strong")

    @property
    def vote(self) -> Locator:
        return self.page.locator("footer .vote")

    @property
    def banner(self) -> Locator:
        return self.page.locator("footer .banner")

    @property
    def said(self) -> Locator:
        return self.page.get_by_role("status")

    @property
    def results(self) -> Locator:
        return self.page.locator(".result")

    def pick(self, index: int) -> None:
        self.labels.nth(index).click()

    def await_vote(self, kind: str) -> None:
        expect(self.page.locator("footer")).to_have_attribute("data-vote", kind)

    def await_phase(self, phase: str, lang: str = "de") -> None:
        expect(self.say).to_have_text(catalog(lang)(f"room.phone.{phase}"))

    def await_questions(self) -> None:
        expect(self.options.first).to_be_visible()

    def tops(self) -> list[float]:
        """Return where the reactions are, from the top of the page."""
        return list(self.labels.evaluate_all("(labels) => labels.map((label) => label.getBoundingClientRect().top + scrollY)"))

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.tagName"))

    def small_targets(self) -> list[str]:
        script = """() => [...document.querySelectorAll('button, .button, .option label, summary, #code')]
            .filter((node) => node.checkVisibility())
            .filter((node) => { const box = node.getBoundingClientRect(); return box.height < 43.9 || box.width < 43.9; })
            .map((node) => node.outerHTML.slice(0, 120))"""
        return list(self.page.evaluate(script))

    def assert_usable(self) -> None:
        assert self.violations() == []
        assert self.small_targets() == []
        assert not self.is_wider_than_screen()


def at_question(room: PlayedRoom, phone: Open) -> Phone:
    """Open a phone's page in the lobby, and lead the room on to the first question."""
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
    return page


@contextmanager
def played_rooms(folder: Path) -> Iterator[Rooms]:
    """Return a function that opens a room, with limits of its own if need be."""
    opened: list[PlayedRoom] = []

    def new(limits: Limits | None = None) -> PlayedRoom:
        opened.append(PlayedRoom(folder, limits=limits))
        return opened[-1]

    yield new
    for room in opened:
        room.stop()


@contextmanager
def phones(browser: Browser, watch: Watch) -> Iterator[Open]:
    """Return a function that opens an address on a phone that nobody has used before; with ``beside``, in another tab of that phone."""
    contexts: list[BrowserContext] = []

    def opened(
        url: str,
        *,
        lang: str = "de",
        width: int = 320,
        height: int = 640,
        scheme: str = "light",
        script: str | None = None,
        java_script: bool = True,
        beside: Phone | None = None,
    ) -> Phone:
        if beside is None:
            fresh = browser.new_context(
                viewport={"width": width, "height": height},
                locale=lang,
                color_scheme=scheme,
                reduced_motion="reduce",
                java_script_enabled=java_script,
                has_touch=True,
            )
            fresh.set_default_timeout(_PATIENCE)
            if script:
                fresh.add_init_script(script)
            contexts.append(fresh)
        page = (fresh if beside is None else beside.page.context).new_page()
        watch.follow(page)
        page.goto(url)
        return Phone(page)

    yield opened
    for context in contexts:
        context.close()
