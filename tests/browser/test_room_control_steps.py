"""The steps on the facilitator's page: each in its place, taken once, asked about where it cannot be undone, and taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lead import CLOSING, WAY, Lead
from live_room import LiveRoom, longest
from playwright.sync_api import Page, WebSocketRoute, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[LiveRoom]:
    served = LiveRoom(tmp_path, [longest(4), longest(5)])
    yield served
    served.stop()


@pytest.mark.parametrize("options", [{"width": 1366, "height": 768}, {"width": 375, "height": 667}])
@pytest.mark.parametrize("lang", ["Deutsch", "English"])
def test_no_step_ever_changes_its_place(visit: Open, room: LiveRoom, options: dict[str, object], lang: str) -> None:
    room.fill(6)
    page = visit(room.control, **options)
    lead = Lead(page, room)
    lead.await_phase("lobby")
    lead.button(lang).click()
    expect(lead.button(lang)).to_have_attribute("aria-pressed", "true")
    names = [step.get_attribute("data-control") for step in page.locator(".control-places button").all()]
    before = None
    if options["width"] == 1366:
        before = lead.places()
        assert max(top + height for _, top, _, height in before) <= 768, "all steps are in view"
    for phase in (*WAY[1:], "vote", *CLOSING):
        if phase == "reveal":
            room.vote(room.exercise.order) if room.server.host.room.which else None
            room.go("reveal")
        elif phase in CLOSING or (phase == "vote" and room.phase == "reveal"):
            room.next()
        else:
            room.go(phase)  # type: ignore[arg-type]
        lead.await_phase(phase)
        before = before or lead.places()  # on a phone, the list of the lobby stands above them
        assert lead.places() == before
        assert [step.get_attribute("data-control") for step in page.locator(".control-places button").all()] == names


def test_a_step_that_is_not_possible_says_why(visit: Open, room: LiveRoom) -> None:
    page = visit(room.control)
    lead = Lead(page, room)
    room.go("vote")
    lead.await_phase("vote")
    expect(lead.step("revote")).to_have_attribute("aria-disabled", "true")
    lead.step("revote").click(force=True)  # a person can press what is not possible
    expect(lead.told).to_have_text("Close the first vote before that.")
    assert room.phase == "vote"


def test_a_skipped_situation_is_taken_back_after_a_reload_and_on_another_page(room: LiveRoom, visit: Open, open_apart: Open) -> None:
    page = visit(room.control)
    lead = Lead(page, room)
    room.go("vote")
    room.vote(room.exercise.order)
    lead.await_phase("vote")
    lead.button("90 seconds").click()
    expect(page.get_by_role("timer")).to_be_visible()
    lead.step("skip").click()
    lead.agree()
    expect(page.locator(".room-progress")).to_have_text("Situation 2 of 2")
    page.reload()
    lead.await_phase("vote")
    expect(lead.take_back).to_have_text(re.compile(r"^Take back \(\d+ s\)$"))
    other = Lead(open_apart(room.control), room)
    other.await_phase("vote")
    other.take_back.click()
    expect(page.locator(".room-progress")).to_have_text("Situation 1 of 2")
    lead.await_phase("vote")
    expect(page.get_by_role("timer")).to_have_text(re.compile("^Time left: (1:[0-2][0-9]|0:[0-5][0-9])$"))
    expect(page.locator(".control-count")).to_have_text("4 of 4 have voted")
    expect(lead.take_back).to_have_text("Take back")
    expect(lead.take_back).to_have_attribute("aria-disabled", "true")


def test_a_double_click_goes_one_step(visit: Open, room: LiveRoom) -> None:
    page = visit(room.control)
    lead = Lead(page, room)
    lead.await_phase("lobby")
    lead.main.dblclick()
    lead.await_phase("vote")
    lead.main.click()
    expect(page.locator(".room-control")).to_have_attribute("data-phase", "closed")
    lead.main.click()  # under a finger that came down once more than it should
    lead.await_phase("closed")
    expect(lead.phase).to_have_text("First vote closed")
    assert room.phase == "closed"


def test_a_key_that_is_held_down_goes_one_step(visit: Open, room: LiveRoom) -> None:
    page = visit(room.control)
    lead = Lead(page, room)
    lead.await_phase("lobby")
    lead.main.focus()
    for _ in range(3):
        page.keyboard.down("Enter")
    lead.await_phase("vote")
    expect(lead.main).to_be_focused()
    for _ in range(3):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    assert room.phase == "vote"
    page.keyboard.press("Enter")
    lead.await_phase("closed")


def test_what_cuts_off_a_vote_is_asked_first(visit: Open, room: LiveRoom) -> None:
    page = visit(room.control)
    lead = Lead(page, room)
    room.go("vote")
    lead.await_phase("vote")
    early = lead.step("reveal")
    early.click()
    expect(lead.button("No")).to_be_focused()
    assert lead.violations() == []
    page.keyboard.press("Escape")
    expect(early).to_be_focused()
    lead.await_phase("vote")
    page.keyboard.press("Enter")
    lead.button("No").click()
    expect(early).to_be_focused()
    assert room.phase == "vote"
    lead.await_phase("vote")
    early.click()
    room.vote(room.exercise.order)
    expect(page.locator(".control-count")).to_have_text("4 of 4 have voted")
    lead.agree()
    lead.await_phase("reveal")
    expect(early).to_be_focused()
    expect(lead.take_back).to_have_attribute("aria-disabled", "true")


def test_a_step_from_where_the_room_is_no_more_is_refused(open_page: Open, room: LiveRoom) -> None:
    page = open_page("about:blank")
    held = False

    def connect(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: None if held and "page" in json.loads(message) else socket.send(message))

    page.route_web_socket("**/ws", connect)
    room.go("vote")
    page.goto(room.control)
    lead = Lead(page, room)
    lead.await_phase("vote")
    held = True
    room.go("discuss")
    lead.main.click()
    expect(lead.told).to_have_text("The room had already moved on. Nothing has changed.")
    expect(lead.told).to_have_role("status")
    assert room.phase == "discuss"
