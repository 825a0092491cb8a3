"""The facilitator's page before the first situation: a checklist in one view, whose large button is what comes next."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from barriers import is_wider_than_screen, violations
from etiquette_kit.hosts.server.opening import begin
from etiquette_kit.hosts.server.server import RoomServer
from etiquette_kit.hosts.server.thread import RoomThread
from etiquette_kit.live.messages import PhoneHello
from etiquette_kit.locale import catalog
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from live_room import Silent, longest
from own_network import ADDRESS, OwnNetwork
from playwright.sync_api import Locator, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "darwin", reason="this machine has 127.0.0.1 alone"),
]

Open = Callable[..., Page]


class LocalRoom:
    """A room that is open on this machine only."""

    def __init__(self, folder: Path, lang: str) -> None:
        self._store = Store(folder / "room.sqlite")
        rooms = Rooms(self._store)
        opening = begin(rooms, [longest(4), longest(4)], lang="de", minutes=60, port=0)
        self.server = RoomServer(opening, rooms, lang=lang)
        self.thread = RoomThread(self.server)
        self.thread.start()
        self.phones = 0

    def phone(self) -> None:
        """Let a phone of another machine in."""
        self.phones += 1
        self.thread.run(lambda: self.server.host.admit(Silent(), PhoneHello(f"{self.phones:032x}"), "192.168.178.31"))

    def stop(self) -> None:
        self.thread.stop()
        self._store.close()


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> OwnNetwork:
    return OwnNetwork(monkeypatch)


@pytest.fixture
def local(tmp_path: Path, network: OwnNetwork) -> Iterator[Callable[[str], LocalRoom]]:
    assert network.addresses == [ADDRESS]
    opened: list[LocalRoom] = []

    def room(lang: str) -> LocalRoom:
        opened.append(LocalRoom(tmp_path, lang))
        return opened[-1]

    yield room
    for each in opened:
        each.stop()


def item(page: Page, name: str) -> Locator:
    return page.locator(f".lobby-item[data-item={name}]")


def big(page: Page) -> Locator:
    return page.locator(".lobby-next")


def in_view(page: Page) -> bool:
    """Return whether the list, its button and the way to begin can be seen without scrolling."""
    script = (
        "() => [...document.querySelectorAll('.lobby, .control-main')].every((node) => node.getBoundingClientRect().bottom <= innerHeight)"
    )
    return bool(page.evaluate(script))


@pytest.mark.parametrize(("lang", "scheme"), [("de", "light"), ("en", "dark")])
def test_from_the_screen_to_the_start(visit: Open, local: Callable[[str], LocalRoom], lang: str, scheme: str) -> None:
    words, room = catalog(lang), local(lang)
    page = visit(room.server.control, width=1366, height=768, scheme=scheme)
    begin_button = page.get_by_role("button", name=words("room.steps.start"))
    expect(big(page)).to_have_text(words("room_lobby.screen.button"))
    expect(begin_button).to_be_visible()
    assert in_view(page)
    assert violations(page) == []
    with page.context.expect_page() as opening:
        big(page).click()
    screen = opening.value
    expect(screen.locator(".room-warning")).to_have_text(words("room_lobby.reach.screen"))
    expect(screen.locator(".room-qr")).to_have_count(0)
    expect(item(page, "screen")).to_contain_text(words("room_lobby.screen.done"))
    expect(page.locator(".control-reach")).to_contain_text(words("room_lobby.reach.title"))
    expect(big(page)).to_have_text(words("room_lobby.phone_local.button"))
    assert in_view(page)
    assert violations(page) == []
    big(page).click()
    expect(page.locator(".control-reach")).to_have_count(0)
    expect(screen.locator(".room-joining .room-address")).to_have_text(f"http://{ADDRESS}:{room.server.port}")
    expect(screen.locator(".room-joining .room-qr")).to_be_visible()
    expect(item(page, "phone")).to_contain_text(words("room_lobby.phone.text"))
    big(page).click()
    expect(page.locator(".lobby .room-qr")).to_be_visible()
    expect(big(page)).to_have_attribute("aria-expanded", "true")
    assert in_view(page)
    room.phone()
    expect(item(page, "phone")).to_contain_text(words("room_lobby.phone.done"))
    big(page).dblclick()  # which ticks one thing and not two
    expect(page.get_by_role("checkbox", name=words("room_lobby.sound.text"))).to_be_checked()
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; dispatchEvent(new Event('afterprint')); }; }")
    expect(big(page)).to_have_text(words("room_lobby.sheet.button"))
    assert in_view(page)
    big(page).click()
    expect(page.get_by_role("checkbox", name=words("room_lobby.sheet.text"))).to_be_checked()
    assert page.evaluate("window.printed") == 1
    expect(page.locator(".room-control")).to_have_attribute("data-ready", "")
    expect(big(page)).to_have_count(0)
    assert in_view(page)
    assert violations(page) == []
    assert begin_button.evaluate("(button) => button.offsetHeight") > 60
    page.reload()
    expect(page.locator(".room-control")).to_have_attribute("data-ready", "")
    begin_button.click()
    expect(page.locator(".room-control")).to_have_attribute("data-phase", "vote")
    expect(page.locator(".lobby")).to_be_hidden()
    screen.close()


def test_it_begins_at_any_time_and_on_a_phone_in_her_hand(visit: Open, local: Callable[[str], LocalRoom]) -> None:
    room = local("de")
    page = visit(room.server.control, width=375, height=667)
    expect(big(page)).to_be_visible()
    assert not is_wider_than_screen(page)
    sound = page.get_by_role("checkbox", name="Ton ausschalten")
    sound.check()
    sound.uncheck()
    expect(page.locator(".room-control")).not_to_have_attribute("data-ready", "")
    small = page.evaluate("""() => [...document.querySelectorAll('.lobby :is(button, a, label)')]
        .filter((node) => node.getBoundingClientRect().height < 24).length""")
    assert small == 0
    page.get_by_role("button", name="Mit der ersten Situation beginnen").click()
    expect(page.locator(".room-control")).to_have_attribute("data-phase", "vote")


def test_without_a_network_it_says_what_to_do(visit: Open, local: Callable[[str], LocalRoom], network: OwnNetwork) -> None:
    network.addresses = []
    room = local("de")
    page = visit(room.server.control, width=1366, height=768)
    words = catalog("de")
    note = page.locator(".control-reach")
    expect(note).to_contain_text(words("room_lobby.reach.none"))
    note.get_by_role("button").click()
    expect(page.locator(".control-told")).to_have_text(words("room_lobby.reach_refused.none"))
    network.addresses = [ADDRESS]
    note.get_by_role("button").click()
    expect(note).to_have_count(0)
    expect(page.locator(".control-told")).to_be_empty()
