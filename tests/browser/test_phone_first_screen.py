"""What a phone of 375 × 667 shows first: the reactions, or where they are; and votes whose bars stand apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from etiquette_kit import load_bank
from etiquette_kit.formats.choice import Choice
from etiquette_kit.locale import catalog
from live_room import LiveRoom, longest
from playwright.sync_api import Page, expect
from room_examples import exercises
from room_phones import Open, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANGUAGES = ("de", "en")


def extreme(lang: str, *, longest_stem: bool) -> Choice:
    """Return the situation of the bank that takes most room before its reactions, or least."""
    scenarios = sorted(load_bank(), key=lambda scenario: len(scenario.text(lang).stem) + len(scenario.text(lang).title))
    scenario = scenarios[-1 if longest_stem else 0]
    return Choice(scenario, tuple(option.id for option in scenario.options))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Callable[..., LiveRoom]]:
    opened: list[LiveRoom] = []

    def new(*situations: Choice) -> LiveRoom:
        opened.append(LiveRoom(tmp_path, situations))
        return opened[-1]

    yield new
    for each in opened:
        each.stop()


def in_sight(page: Page) -> float:
    """Return how many pixels of the page from the first reaction on are above the footer; below nought, none."""
    script = (
        "() => document.querySelector('footer').getBoundingClientRect().top - document.querySelector('.option').getBoundingClientRect().top"
    )
    return float(page.evaluate(script))


def tap(phone: Phone) -> None:
    """Tap the button where it is; a driver that first brings it into view would scroll the page."""
    box = phone.page.locator(".below").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    phone.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize(("lang", "scheme"), [("de", "light"), ("en", "dark")])
def test_where_the_reactions_are_further_down_one_tap_leads_to_them(
    phone: Open, room: Callable[..., LiveRoom], lang: str, scheme: str
) -> None:
    led = room(extreme(lang, longest_stem=True), extreme(lang, longest_stem=False))
    shown = phone(led.url, lang=lang, scheme=scheme, width=375, height=667)
    shown.await_phase("lobby", lang)
    button = shown.page.locator(".below")
    expect(button).to_be_hidden()
    for position in range(2):
        led.next()
        expect(shown.page.locator("h1")).to_have_text(led.exercise.question(lang).title)
        shown.await_phase("vote", lang)
        assert shown.page.evaluate("scrollY") == 0
        assert in_sight(shown.page) > 0 or button.is_visible()
        if position == 0:
            expect(button).to_have_text(catalog(lang)("room_phone.below"))
        if button.is_visible():
            shown.assert_usable()
            tap(shown)
            assert shown.focused() == "option-0"
            expect(shown.page.get_by_role("radio", checked=True)).to_have_count(0)
        expect(button).to_be_hidden()
        assert in_sight(shown.page) > 200
        assert not led.server.host.room.voted
        shown.pick(0)
        shown.await_vote("counted")
        led.go("closed")
        shown.await_phase("closed", lang)
        shown.page.evaluate("scrollTo(0, 0)")
        expect(button).to_be_hidden()
        led.go("reveal")
        shown.await_phase("reveal", lang)
        expect(button).to_be_hidden()


def test_on_a_large_screen_nothing_is_further_down(phone: Open, room: Callable[..., LiveRoom]) -> None:
    led = room(*exercises(1))
    shown = phone(led.url, width=768, height=1200)
    shown.await_phase("lobby")
    led.next()
    shown.await_questions()
    assert in_sight(shown.page) > 0
    expect(shown.page.locator(".below")).to_be_hidden()


def gaps(page: Page) -> list[float]:
    """Return the pixels between the bars of two votes that stand below each other."""
    script = """() => [...document.querySelectorAll('.ek-votes')].map((votes) => {
        const [first, second] = [...votes.querySelectorAll('.ek-meter')].map((bar) => bar.getBoundingClientRect());
        return second.top - first.bottom;
    })"""
    return [float(gap) for gap in page.evaluate(script)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bars_of_two_votes_stand_apart_on_every_page(
    phone: Open, open_page: Callable[..., Page], room: Callable[..., LiveRoom], lang: str
) -> None:
    led = room(longest(5))
    led.next()
    led.play(12)
    shown = phone(led.url, lang=lang, width=375, height=667)
    shown.await_phase("reveal", lang)
    assert min(gaps(shown.page)) >= 12  # each has its name above it
    for width, height in ((1366, 768), (1024, 768), (375, 667)):
        for url, part in ((led.screen, ".room-results"), (led.control, ".control-answers")):
            page = open_page(url, width=width, height=height)
            expect(page.locator(part)).to_be_attached()
            page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")  # on a phone they are folded
            expect(page.locator(part)).to_be_visible()
            found = gaps(page)
            assert len(found) == 5
            assert min(found) >= 4, (part, width)
