"""The facilitator's page of a room that is really served: on a laptop, and on a phone in her hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from barriers import is_wider_than_screen, violations
from etiquette_kit.live.events import Timed
from etiquette_kit.present.sheets import questions
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.workshop import Round
from lead import CLOSING, WAY, Lead
from live_room import LiveRoom, longest
from playwright.sync_api import Page, WebSocketRoute, expect
from printed import pages_of
from test_leak import Wire, bare, found, reasons, secrets, verdicts

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[LiveRoom]:
    served = LiveRoom(tmp_path, [longest(4), longest(5)])
    yield served
    served.stop()


@pytest.mark.parametrize("options", [{"width": 1440}, {"width": 320, "height": 640, "scheme": "dark"}])
def test_a_workshop_by_the_large_button_alone(visit: Open, room: LiveRoom, options: dict[str, object]) -> None:
    room.fill(12)
    page = visit("about:blank", **options)
    wire = Wire(page)
    page.goto(room.control)
    lead = Lead(page, room)
    scenario = longest(4).scenario
    for phase in WAY:
        lead.await_phase(phase)
        if phase in {"vote", "revote"}:
            room.vote([*room.exercise.order, *room.exercise.order])
            expect(page.locator(".control-count")).to_have_text("8 of 12 have voted")
        lead.unfold()
        assert lead.violations() == []
        assert not is_wider_than_screen(page)
        assert lead.small_targets() == []
        if phase != "lobby":
            texts = questions(Round(room.exercise), "en")
            expect(page.locator(".control-questions li")).to_have_text(texts)
        if phase == "closed":
            expect(page.locator(".control-suggestion")).not_to_be_empty()
        else:
            expect(page.locator(".control-suggestion")).to_have_count(0)
        if phase != "reveal":
            received = bare(page.content()) + wire.received()
            assert found(secrets(scenario) + verdicts() + reasons({scenario.advice.rule}), received) == []
            assert not re.search(r'"(grade|best|votes|moves)\\*"\s*:\s*[^n]', "".join(wire._frames))
            lead.main.click()
            if phase == "reclosed":
                lead.agree()
    expect(page.locator(".control-answers > li")).to_have_count(4)
    assert found(secrets(scenario), wire.received()), "the recording is blind to the answer"
    lead.main.click()
    lead.await_phase("vote")
    lead.step("skip").click()
    lead.agree()
    for phase in CLOSING:
        lead.await_phase(phase)
        assert lead.violations() == []
        assert not is_wider_than_screen(page)
        if phase != "end":
            expect(page.locator(".control-task .control-list").last.locator("li")).to_have_count(2)
            lead.main.click()
    expect(page.locator(".control-end tbody tr")).to_have_count(1)
    expect(lead.main).to_have_text(" The workshop is over.")
    lead.step("back").click()
    lead.await_phase("questions")


def test_the_projector_is_turned_from_here(visit: Open, open_apart: Open, room: LiveRoom) -> None:
    page, screen = visit(room.control, width=390), open_apart(room.screen)
    room.go("vote")
    room.play(9)
    lead, shown = Lead(page, room), screen.locator(".room-view[aria-current]")
    lead.await_phase("reveal")
    turns = page.get_by_role("group", name="On the screen")
    expect(shown).to_have_text("Overview")
    expect(turns.locator("[aria-pressed=true]")).to_have_text("Overview")
    turns.get_by_role("button", name="Reaction B").click()
    expect(shown).to_have_accessible_name("Reaction B")
    expect(turns.locator("[aria-pressed=true]")).to_have_text("B")
    screen.keyboard.press("ArrowLeft")
    expect(shown).to_have_text("A")
    turns.get_by_role("button", name="Reaction B").press("Enter")
    expect(shown).to_have_text("B")
    expect(turns.get_by_role("button", name="Reaction B")).to_be_focused()
    screen.reload()
    expect(shown).to_have_text("B")
    assert lead.violations() == []
    assert lead.small_targets() == []
    lead.main.click()
    lead.await_phase("vote")
    expect(turns).to_have_count(0)


def test_the_key_leaves_the_address_and_outlives_a_reload(visit: Open, room: LiveRoom) -> None:
    page = visit(room.control)
    lead = Lead(page, room)
    lead.await_phase("lobby")
    assert page.url == f"{room.url}control/"
    assert room.opening.key not in page.content()
    page.reload()
    lead.await_phase("lobby")


def test_no_key_and_a_wrong_one(open_page: Open, room: LiveRoom) -> None:
    page = open_page(f"{room.url}control/")
    expect(page.get_by_text("This page is missing its key.")).to_be_visible()
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{room.url}control/#wrong")
    expect(page.get_by_text("does not fit this room")).to_be_visible()
    expect(page.locator(".room-control")).to_have_count(0)
    assert violations(page) == []
    page.goto(room.control)
    Lead(page, room).await_phase("lobby")
    assert len(sockets) == 2


def test_a_talk_has_a_countdown_that_is_extended_stopped_and_remembered(room: LiveRoom, visit: Open, open_apart: Open) -> None:
    page, screen, phone = visit(room.control), open_apart(room.screen), open_apart(room.url)
    lead = Lead(page, room)
    room.go("discuss")
    lead.await_phase("discuss")
    clocks = [page.get_by_role("timer"), screen.get_by_role("timer"), phone.get_by_role("timer")]
    for clock in clocks:
        expect(clock).to_have_text(re.compile(r"(2:[0-5]\d|3:00)$"))
    lead.button("One minute more").click()
    for clock in clocks:
        expect(clock).to_have_text(re.compile(r"(3:[0-5]\d|4:00)$"))
    screen.reload()
    expect(clocks[1]).to_have_text(re.compile(r"3:\d\d$"))
    lead.button("Stop").click()
    for clock in clocks:
        expect(clock).to_be_hidden()
    expect(lead.button("Stop")).to_have_attribute("aria-disabled", "true")
    lead.button("2 minutes").click()
    expect(lead.button("2 minutes")).to_have_attribute("aria-pressed", "true")
    expect(clocks[0]).to_have_text(re.compile(r"(1:[0-5]\d|2:00)$"))
    room.do(lambda: room.server.host.turn(Timed(datetime.now(UTC), datetime.now(UTC))))
    for clock in clocks:
        expect(clock).to_have_text("Time is up")
    assert room.phase == "discuss"
    assert lead.violations() == []
    room.go("revote")
    lead.await_phase("revote")
    expect(clocks[1]).to_be_hidden()
    lead.step("discuss").click()
    lead.await_phase("discuss")
    expect(clocks[1]).to_have_text(re.compile(r"(1:[0-5]\d|2:00)$"))
    lead.button("no countdown").click()
    expect(clocks[1]).to_be_hidden()


def test_the_time_for_a_vote(visit: Open, room: LiveRoom) -> None:
    page = visit(room.control)
    lead = Lead(page, room)
    lead.await_phase("lobby")
    expect(lead.button("60 seconds")).to_have_count(0)
    lead.main.click()
    lead.await_phase("vote")
    lead.button("60 seconds").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile("Time left: (1:00|0:5[0-9])"))
    expect(lead.button("60 seconds")).to_be_focused()
    lead.button("no time limit").click()
    expect(page.get_by_role("timer")).to_be_hidden()
    expect(page.locator(".control-plan tr[aria-current]")).to_contain_text("you are here")
    assert room.phase == "vote"


def test_trouble_with_the_store_is_told_while_it_lasts(visit: Open, room: LiveRoom) -> None:
    page = visit(room.control)
    Lead(page, room).await_phase("lobby")
    alert = page.locator("[role=alert].control-note")
    expect(alert).to_be_hidden()
    room.trouble(StoreError("full", "no space"))
    expect(alert).not_to_be_empty()
    assert Lead(page, room).violations() == []
    room.trouble(None)
    expect(alert).to_be_hidden()


def test_a_lost_connection_is_told_and_buttons_do_nothing(open_page: Open, room: LiveRoom) -> None:
    page = open_page("about:blank")
    sockets: list[WebSocketRoute] = []
    cut = False

    def connect(socket: WebSocketRoute) -> None:
        if cut:
            socket.close()
            return
        sockets.append(socket)
        socket.connect_to_server()

    page.route_web_socket("**/ws", connect)
    page.route("**/poll", lambda route: route.abort() if cut else route.continue_())
    page.goto(room.control)
    lead = Lead(page, room)
    lead.await_phase("lobby")
    cut = True
    sockets[0].close()
    lost = page.locator(".room-lost")
    expect(lost).to_be_visible()
    lead.main.click()
    expect(lead.told).to_contain_text("did not get through")
    cut = False
    expect(lost).to_be_hidden()
    assert room.phase == "lobby"
    lead.main.click()
    lead.await_phase("vote")
    expect(lead.told).to_be_empty()


def test_links_are_copied_and_the_language_changes(visit: Open, room: LiveRoom) -> None:
    page = visit(room.control)
    lead = Lead(page, room)
    lead.await_phase("lobby")
    address = room.server.host.join_info.phone
    lead.unfold()
    page.get_by_role("button", name=f"Copy the link: {address}").click()
    expect(lead.told).to_have_text("Copied.")
    lead.button("Deutsch").click()
    expect(lead.phase).to_have_text("Ankommen")
    expect(lead.button("Deutsch")).to_be_focused()
    assert page.locator(".control-join").get_by_role("link", name="Leinwand öffnen").get_attribute("href") == "../screen/"
    assert lead.violations() == []


@pytest.mark.parametrize(
    ("which", "file"),
    [
        ("Run sheet for you, with the answers", "run-sheet.html"),
        ("Handout for everyone", "handout.html"),
        ("Votes for each situation", "votes.html"),
    ],
)
def test_the_sheets_are_saved_and_printed(visit: Open, room: LiveRoom, which: str, file: str, tmp_path: Path) -> None:
    page = visit(room.control)
    room.go("vote")
    room.play(5)
    lead = Lead(page, room)
    lead.await_phase("reveal")
    lead.unfold()
    lead.button(which).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as a file").click()
    assert download.value.suggested_filename == file
    download.value.save_as(tmp_path / file)
    title = room.exercise.question("en").title
    assert title in (tmp_path / file).read_text(encoding="utf-8")
    page.evaluate("""() => { window.print = () => { window.printed = {
        text: document.body.innerText, width: getComputedStyle(document.querySelector(".sheet")).maxInlineSize,
    }; }; }""")
    lead.button("Print").click()
    printed = page.evaluate("window.printed")
    assert title in printed["text"]
    assert "How to join" not in printed["text"]
    assert printed["width"] != "none"
    assert pages_of(page) <= 2, "the page around the sheet takes room on paper"
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(lead.main).to_be_visible()
    expect(page.locator(".control-paper")).to_have_count(0)
    assert page.evaluate("[...document.styleSheets].every((sheet) => !sheet.disabled)")
    assert page.evaluate("getComputedStyle(document.body).maxInlineSize") == "none", "the page kept the sheet's style"
    page.evaluate("fetch(location.pathname).then((answer) => answer.ok)")  # whatever was asked for before it has been noted by then
    assert len(requested) == 1, "its style sheets were loaded anew, which fails while the connection is away"
