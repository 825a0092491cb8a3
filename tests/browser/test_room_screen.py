"""The projector's page of a room that is really served: every phase, at the sizes that projectors have."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from barriers import violations
from live_room import ADDRESS, LiveRoom, longest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect
from test_leak import Wire, bare, found, reasons, secrets, verdicts

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
BEFORE_THE_ANSWER = ("lobby", "vote", "closed", "discuss", "revote", "reclosed")
SIZES = [{"width": 1920, "height": 1080}, {"width": 1024, "height": 768, "scheme": "dark"}, {"width": 320, "height": 640}]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[LiveRoom]:
    served = LiveRoom(tmp_path, [longest(4), longest(5)])
    yield served
    served.stop()


@dataclass
class Wall:
    """Finds the parts of the projector's page, and waits for its states."""

    page: Page

    @property
    def stage(self) -> Locator:
        return self.page.locator(".room-stage")

    @property
    def results(self) -> Locator:
        return self.stage.locator(".room-results > li")

    @property
    def flow(self) -> Locator:
        return self.page.get_by_role("img", name=re.compile("voted both times|beide Male"))

    def await_phase(self, phase: str) -> None:
        expect(self.page.locator(".room-screen")).to_have_attribute("data-phase", phase)

    def speak(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        expect(self.page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")

    def violations(self) -> list[str]:
        return violations(self.page)

    def overflow(self) -> list[int]:
        """By how many pixels the page is wider than the screen, and the stage higher than its place."""
        script = """() => { const stage = document.querySelector(".room-stage"), page = document.documentElement;
            return [page.scrollWidth - page.clientWidth, stage.scrollHeight - stage.clientHeight]; }"""
        return list(self.page.evaluate(script))

    def type_size(self) -> float:
        return float(self.stage.evaluate("(stage) => parseFloat(getComputedStyle(stage).fontSize)"))


@pytest.mark.parametrize("options", SIZES)
def test_every_phase_fits_and_shows_nothing_of_the_answer_too_early(visit: Open, room: LiveRoom, options: dict[str, object]) -> None:
    room.fill(12)
    page = visit("about:blank", **options)
    wire = Wire(page)
    page.goto(room.screen)
    wall = Wall(page)
    scenario = longest(4).scenario
    for phase in BEFORE_THE_ANSWER:
        if phase != "lobby":
            room.go(phase)  # type: ignore[arg-type]
        if phase in {"vote", "revote"}:
            room.vote([*room.exercise.order, *room.exercise.order])
        wall.await_phase(phase)
        if phase == "vote":
            expect(page.locator(".room-count")).to_have_text(re.compile("^8 (von|of) 12 "))
        assert wall.violations() == []
        wide, high = wall.overflow()
        assert wide <= 0
        if options["width"] != 320:
            assert high <= 0
            assert wall.type_size() >= 0.0219 * int(options["height"])  # type: ignore[call-overload]
        received = bare(page.content()) + wire.received()
        assert found(secrets(scenario) + verdicts() + reasons({scenario.advice.rule}), received) == []
        assert not re.search(r'"(grade|best|votes|moves)\\*"\s*:\s*[^n]', "".join(wire._frames))
    assert bare(room.exercise.question("en").title) in received, "the recording is blind"
    room.go("reveal")
    wall.await_phase("reveal")
    assert found(secrets(scenario), wire.received()), "the recording is blind to the answer"
    assert wall.violations() == []
    assert wall.overflow()[0] <= 0
    for phase in ("write", "questions"):
        room.go(phase)
        wall.await_phase(phase)
        assert wall.violations() == []
        assert wall.overflow()[0] <= 0
        if options["width"] != 320:
            assert wall.overflow()[1] <= 0
    room.go("end")
    wall.await_phase("end")
    expect(page.locator(".room-table tbody tr")).to_have_count(1)
    assert wall.violations() == []
    assert wall.overflow()[0] <= 0


def test_the_stage_shows_that_it_has_the_focus(visit: Open, room: LiveRoom) -> None:
    room.fill(8)
    room.go("vote")
    page = visit(room.screen, width=320, height=640)
    wall = Wall(page)
    wall.await_phase("vote")
    for _ in range(10):
        page.keyboard.press("Tab")
        if wall.stage.evaluate("(stage) => stage === document.activeElement"):
            break
    expect(wall.stage).to_be_focused()
    assert wall.stage.evaluate("(stage) => getComputedStyle(stage).outlineStyle") == "solid"


@pytest.mark.parametrize("reactions", [4, 5])
@pytest.mark.parametrize("options", SIZES[:2])
def test_the_answer_fits_on_a_projector(visit: Open, tmp_path: Path, options: dict[str, object], reactions: int) -> None:
    room = LiveRoom(tmp_path, [longest(reactions)])
    try:
        page = visit(room.screen, **options)
        wall = Wall(page)
        wall.speak("Deutsch")
        room.go("vote")
        room.play(37)
        wall.await_phase("reveal")
        expect(wall.results).to_have_count(reactions)
        expect(wall.results.locator(".ek-vote")).to_have_count(2 * reactions)
        expect(wall.results.locator(".ek-verdict strong").first).not_to_be_empty()
        assert wall.overflow() == [0, 0]
        assert wall.type_size() >= 0.0219 * int(options["height"])  # type: ignore[call-overload]
        views = page.get_by_role("navigation").get_by_role("button")
        for index in range(views.count()):
            views.nth(index).click()
            expect(views.nth(index)).to_have_attribute("aria-current", "page")
            assert wall.overflow() == [0, 0]
            assert wall.violations() == []
    finally:
        room.stop()


def test_who_moved_is_drawn_with_figures_that_add_up(visit: Open, room: LiveRoom) -> None:
    page = visit(room.screen, width=1920, height=1080)
    wall = Wall(page)
    room.go("vote")
    room.play(37)
    wall.await_phase("reveal")
    expect(wall.flow).to_be_visible()
    figures = [int(number) for text in wall.flow.locator(".room-flow-text").all_text_contents() for number in re.findall(r"\d+", text)]
    assert sum(figures) == 2 * 37
    letters = "ABCDE"[: len(room.exercise.order)]
    moves = {path.get_attribute("data-move") for path in wall.flow.locator("path").all()}
    ballot = room.server.host.room.ballot
    assert ballot is not None
    place = {option: letters[index] for index, option in enumerate(ballot.exercise.order)}
    assert moves == {place[ballot.first[seat]] + place[ballot.second[seat]] for seat in ballot.first}
    star = place[ballot.exercise.grade(ballot.exercise.order[0]).best[0]]
    expect(wall.flow.locator(".room-flow-letter", has_text="★")).to_have_text([f"{star}\u00a0★"] * 2)


@pytest.mark.parametrize(("options", "lang"), [(SIZES[0], "Deutsch"), (SIZES[1], "English")])
def test_who_came_late_or_left_is_in_no_picture(visit: Open, room: LiveRoom, options: dict[str, object], lang: str) -> None:
    page = visit(room.screen, **options)
    wall = Wall(page)
    wall.speak(lang)
    room.go("vote")
    order = room.exercise.order
    room.vote([order[number % 3] for number in range(12)])
    room.go("revote")
    room.vote([order[number % 2] for number in range(12)] + [order[3]])
    room.go("reveal")
    wall.await_phase("reveal")
    expect(wall.stage.locator(".room-hint")).to_have_text(re.compile("both times are counted|nur, wer beide Male"))
    if not wall.flow.count():
        page.get_by_role("navigation").get_by_role("button").nth(2).click()
    ends = wall.flow.locator(".room-flow-text").all_text_contents()
    at_right = [int(re.findall(r"\d+", text)[0]) for text in ends[1::2]]
    assert at_right == [6, 6, 0, 0]
    page.get_by_role("navigation").get_by_role("button").nth(1).click()
    texts = wall.results.locator(".ek-vote-second .ek-vote-text").all_text_contents()
    assert [int(re.findall(r"· (\d+)", text)[0]) for text in texts] == at_right
    assert wall.violations() == []
    assert wall.overflow() == [0, 0]


def test_of_too_few_nothing_is_drawn(visit: Open, room: LiveRoom) -> None:
    page = visit(room.screen, width=1920, height=1080)
    wall = Wall(page)
    room.go("vote")
    room.play(3)
    wall.await_phase("reveal")
    expect(wall.results).to_have_count(4)
    expect(wall.stage.locator(".ek-meter")).to_have_count(0)
    expect(wall.flow).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(wall.stage.locator(".ek-vote-none")).to_have_count(2)


def test_keys_and_remotes_turn_the_views(visit: Open, room: LiveRoom) -> None:
    page = visit(room.screen, width=1920, height=1080)
    room.go("vote")
    room.play(9)
    Wall(page).await_phase("reveal")
    current = page.locator(".room-view[aria-current]")
    expect(current).to_have_text("Overview")
    page.keyboard.press("PageDown")
    expect(current).to_have_text("A")
    expect(current).to_have_accessible_name("Reaction A")
    page.keyboard.press("ArrowRight")
    expect(current).to_have_text("B")
    Wall(page).speak("Deutsch")
    expect(current).to_have_accessible_name("Reaktion B")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(current).to_have_text("Situation")
    current.focus()
    page.keyboard.press("PageDown")
    expect(current).to_have_text("Überblick")
    room.next()
    Wall(page).await_phase("vote")
    expect(current).to_have_count(0)


def test_who_comes_late_gets_in(visit: Open, room: LiveRoom) -> None:
    page = visit(room.screen, width=1024, height=768, scheme="dark")
    expect(page.locator(".room-joining .room-address")).to_have_text(ADDRESS.rstrip("/"))
    room.go("vote")
    corner = page.get_by_role("button", name="Show the QR code large")
    code = " ".join(re.findall("...", room.opening.head.code))
    expect(page.locator(".room-foot .room-code")).to_have_text(code)
    image = corner.get_by_role("img")
    assert image.evaluate("(image) => [image.naturalWidth > 0, getComputedStyle(image).backgroundColor]") == [True, "rgb(255, 255, 255)"]
    assert image.bounding_box()["width"] >= 100  # type: ignore[index]
    corner.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".room-joining .room-code")).to_have_text(code)
    expect(page.get_by_role("button", name="Make the QR code small again")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".room-reaction")).to_have_count(4)


def test_the_time_runs_and_then_the_vote_is_closed(visit: Open, room: LiveRoom) -> None:
    page = visit(room.screen)
    room.go("vote")
    timer = page.get_by_role("timer")
    expect(timer).to_be_hidden()
    host = room.server.host
    room.do(lambda: host.turn(host.room.time(timedelta(seconds=75), datetime.now(UTC))))
    expect(timer).to_have_text(re.compile("1:1[0-5]"))
    expect(timer).not_to_have_class(re.compile("room-short"))
    room.do(lambda: host.turn(host.room.time(timedelta(seconds=2), datetime.now(UTC))))
    expect(timer).to_have_text(re.compile("0:0[0-2]"))
    expect(timer).to_have_class(re.compile("room-short"))
    Wall(page).await_phase("closed")
    expect(timer).to_be_hidden()


def test_the_full_screen(visit: Open, room: LiveRoom) -> None:
    page = visit(room.screen)
    page.get_by_role("button", name="Full screen", exact=True).click()
    page.get_by_role("button", name="Leave full screen").click()
    expect(page.get_by_role("button", name="Full screen", exact=True)).to_be_focused()


def test_a_lost_connection_is_told_and_comes_back(open_page: Open, room: LiveRoom) -> None:
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
    page.goto(room.screen)
    lost = page.get_by_role("alert")
    Wall(page).await_phase("lobby")
    expect(lost).to_be_hidden()
    cut = True
    sockets[0].close()
    expect(lost).to_contain_text("The connection is down")
    room.go("vote")
    cut = False
    Wall(page).await_phase("vote")
    expect(lost).to_be_hidden()


def test_where_no_websocket_comes_through(open_page: Open, room: LiveRoom) -> None:
    page = open_page("about:blank")
    page.route_web_socket("**/ws", lambda socket: socket.close())
    page.goto(room.screen)
    wall = Wall(page)
    wall.await_phase("lobby")
    room.go("vote")
    wall.await_phase("vote")
    page.get_by_role("button", name="Show the QR code large").focus()
    wall.stage.evaluate("(stage) => stage.firstChild.classList.add('same')")
    with page.expect_response("**/poll"), page.expect_response("**/poll"):
        pass
    expect(wall.stage.locator(".same")).to_have_count(1)  # what is unchanged is not drawn again
    expect(page.get_by_role("button", name="Show the QR code large")).to_be_focused()


def test_what_is_written_there_is_text(open_page: Open, room: LiveRoom) -> None:
    """Whatever a scenario says, it becomes a text node."""
    page = open_page("about:blank")

    def spoil(message: str | bytes) -> str:
        parts = json.loads(message)
        if parts.get("page", {}).get("question"):
            parts["page"]["question"]["title"] = "<img src=x onerror=alert(1)>"
        return json.dumps(parts)

    def connect(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: socket.send(spoil(message)))

    page.route_web_socket("**/ws", connect)
    room.go("vote")
    page.goto(room.screen)
    expect(page.get_by_role("heading", name="<img src=x onerror=alert(1)>")).to_be_visible()
