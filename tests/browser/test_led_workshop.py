"""A live workshop as a facilitator leads it with twelve phones: from the lobby to the closing page, with every number that is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from chosen_situations import BANK, BOSS_AND_COLLEAGUE
from etiquette_kit.locale import catalog
from etiquette_kit.present.sheets import questions
from etiquette_kit.rules import FITS_BEST
from etiquette_kit.workshop import Round, situations
from playwright.sync_api import Page, expect
from room_command import RoomCommand, chosen, press, vote

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
PHONES = 12
TAKE_HOME = "https://intranet.example.org/quiz/"
EXERCISES = situations(BANK, "1", BOSS_AND_COLLEAGUE, lang="en")
TITLES = [exercise.scenario.text("en").title for exercise in EXERCISES]


def split(which: int, best: int) -> list[int]:
    """Return the places of the reactions that twelve people choose in a situation, so many of them what fits best."""
    exercise = EXERCISES[which]
    key = exercise.scenario.key()
    right = [place for place, name in enumerate(exercise.order) if key[name] == FITS_BEST]
    wrong = [place for place in range(len(exercise.order)) if place not in right]
    return [right[0]] * best + [wrong[number % len(wrong)] for number in range(PHONES - best)]


def counts(places: Sequence[int], options: int) -> list[str]:
    """Return how the votes on each reaction are written: their share, and their number."""
    return [f"{round(100 * places.count(place) / PHONES)}% · {plural(places.count(place))}" for place in range(options)]


def plural(votes: int) -> str:
    return "one vote" if votes == 1 else f"{votes} votes"


def printed(control: Page, which: str) -> str:
    """Print a sheet from the facilitator's page, and return what is on the paper."""
    control.evaluate("window.print = () => { window.printed = document.body.innerText; }; window.printed = null;")
    control.get_by_role("button", name=catalog("en")(f"room_control.{which}"), exact=True).click()
    expect(control.locator(".control-sheet")).to_contain_text(catalog("en")(f"room_control.{which}"))
    control.get_by_role("button", name="Print", exact=True).click()
    text = str(control.evaluate("window.printed"))
    control.evaluate("dispatchEvent(new Event('afterprint'))")
    return text


def test_from_the_lobby_to_the_closing_page(open_apart: Open, tmp_path: Path) -> None:
    server = RoomCommand(tmp_path / "room.sqlite3", "--take-home", TAKE_HOME)
    try:
        control = open_apart(server.control)
        control.set_viewport_size({"width": 1366, "height": 768})
        lead(control, open_apart, server)
    finally:
        server.end()


def lead(control: Page, open_apart: Open, server: RoomCommand) -> None:
    screen, phones = arrive(control, open_apart, server)
    print_beforehand(control)
    first, second = split(0, 3), split(0, 9)
    press(control, "Begin with the first situation", "First vote open")
    vote_all(phones, first)
    expect(screen.locator(".room-count")).to_have_text("12 of 12 have voted")
    press(control, "Close the vote", "First vote closed")
    press(control, "Start the discussion", "Discussion")
    talk(control, screen, phones)
    press(control, "Open the second vote", "Second vote open")
    vote_all(phones, second)
    press(control, "Close the vote", "Second vote closed")
    press(control, "Show the answer", "Answer", asks=True)
    everywhere([screen, control, *phones], r"At first 25\s?%.*after talking it was 75\s?%")

    only = split(1, 6)
    press(control, "Next situation", "First vote open")
    vote_all(phones, only)
    press(control, "Skip this situation", "Writing in pairs", asks=True)
    control.locator(".control-take-back").click()
    expect(control.get_by_role("heading", level=1)).to_have_text("First vote open")
    assert [chosen(phone) for phone in phones] == only
    expect(screen.locator(".room-count")).to_have_text("12 of 12 have voted")
    press(control, "Close the vote", "First vote closed")
    press(control, "Show the answer", "Answer", asks=True)
    everywhere([screen, control, *phones], r"50\s?% went for the reaction that fits best")

    press(control, "Write in pairs", "Writing in pairs")
    everywhere([screen, *phones], re.escape(catalog("en")("workshop.write_title")))
    press(control, "Last questions", "Last questions")
    everywhere([screen, *phones], re.escape(catalog("en")("closing.1")))
    press(control, "Closing page", "End")
    closing_page(control, screen, phones)
    sheet = re.sub(r"\s+", " ", printed(control, "vote_sheet"))
    for places, situation in ((first, 0), (second, 0), (only, 1)):
        for text in counts(places, len(EXERCISES[situation].order)):
            assert text in sheet, f"the sheet with the votes lacks {text!r}"


def everywhere(pages: Sequence[Page], pattern: str) -> None:
    for page in pages:
        expect(page.locator("body")).to_contain_text(re.compile(pattern, re.DOTALL))


def vote_all(phones: Sequence[Page], places: Sequence[int]) -> None:
    for phone, place in zip(phones, places, strict=True):
        vote(phone, place)


def arrive(control: Page, open_apart: Open, server: RoomCommand) -> tuple[Page, list[Page]]:
    """Open the screen by the large button of the lobby, and let twelve phones in."""
    item = control.locator(".lobby-item")
    expect(item.nth(0)).to_have_attribute("aria-current", "step")
    with control.context.expect_page() as opened:
        control.locator(".lobby-next").click()
    screen = opened.value
    expect(item.nth(0)).to_have_class(re.compile("lobby-done"))
    phones = [open_apart(server.url) for _ in range(PHONES)]
    for page in (control.locator(".control-count"), screen.locator(".room-count")):
        expect(page).to_have_text("12 people are in")

    return screen, phones


def print_beforehand(control: Page) -> None:
    """Print the run sheet and the handout, which are those of a room."""
    sheet = printed(control, "run_sheet")
    for exercise in EXERCISES:
        assert exercise.scenario.text("en").title in sheet
        assert all(text in sheet for text in questions(Round(exercise), "en"))
    assert all(catalog("en")(f"room.steps.{name}") in sheet for name in ("close", "discuss", "revote", "reveal"))
    handout = printed(control, "handout")
    assert all(title in handout for title in TITLES)
    for text in (sheet, handout):
        assert not re.search(r"\b(show of )?hands\b", text)


def talk(control: Page, screen: Page, phones: Sequence[Page]) -> None:
    """Look at the countdown for talking, and extend it."""
    clocks = [page.get_by_role("timer") for page in (screen, control, phones[0], phones[-1])]
    for clock in clocks:
        expect(clock).to_have_text(re.compile(r"\b(3:00|[12]:[0-5]\d)$"))
    control.locator("[data-control=extend]").click()
    for clock in clocks:
        expect(clock).to_have_text(re.compile(r"\b(4:00|3:[0-5]\d)$"))


def closing_page(control: Page, screen: Page, phones: Sequence[Page]) -> None:
    """Compare the numbers of the closing page, which are the same on all pages."""
    for page in (control, screen, *phones):
        body = page.locator("body")
        for title in TITLES:
            expect(body).to_contain_text(title)
        expect(body).to_contain_text(re.compile(r"25\s?%.*75\s?%", re.DOTALL))
        expect(body).to_contain_text(re.compile(r"50\s?%"))
        expect(body).to_contain_text(re.compile(rf"{re.escape(TITLES[0])}.*: 6 of 12 people", re.DOTALL))
    expect(screen.get_by_role("img", name=f"QR code for {TAKE_HOME}")).to_be_visible()
    expect(phones[0].locator(f"a[href='{TAKE_HOME}']")).to_be_visible()
