"""A room that is open on its own machine only is opened to the network while it is served, and nobody is lost."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from etiquette_kit.hosts.server import join_info
from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.hosts.server.listening import check_address, is_loopback
from etiquette_kit.hosts.server.opening import resume
from etiquette_kit.hosts.server.reach import Reach
from etiquette_kit.live import AddressError, NetworkError
from etiquette_kit.live.messages import PhoneHello, ScreenHello
from etiquette_kit.locale import catalog
from own_network import ADDRESS, OwnNetwork
from room_examples import AT, until
from room_guests import Control, Page, Phone, Served, served, token
from tornado.httpclient import HTTPClientError

pytestmark = [
    pytest.mark.usefixtures("quiet"),
    pytest.mark.skipif(sys.platform == "darwin", reason="this machine has 127.0.0.1 alone"),
]

WORDS = catalog("de")


@pytest.fixture(autouse=True)
def network(monkeypatch: pytest.MonkeyPatch) -> OwnNetwork:
    return OwnNetwork(monkeypatch)


class Elsewhere:
    """A phone of another machine."""

    lang = "de"
    dropped = False

    def send(self, message: bytes) -> None:
        pass

    def drop(self, reason: str) -> None:
        pass


def there(room: Served) -> str:
    """Return the room's address in the network."""
    return f"ws://{ADDRESS}:{room.server.port}"


async def lobby(control: Control, item: int, *, done: bool) -> dict[str, object]:
    """Return an item of the lobby's list once it is ticked, or no more."""
    while True:
        page = (await control.hears("page"))["page"]
        found: dict[str, object] = page["lobby"]["items"][item]
        if found["done"] is done:
            return found


async def test_one_press_opens_the_room_to_the_network_and_nobody_is_lost(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Page(room, "screen/") as screen, Phone(room) as phone:
        await screen.say({"do": "hello", "lang": "de"})
        before = (await screen.hears("page"))["page"]
        assert (before["address"], before["warning"]) == (f"http://{room.address}/", WORDS("room_lobby.reach.screen"))
        assert control.page["reach"]["button"] == "Im WLAN öffnen"
        assert not room.server.is_open
        with pytest.raises(OSError, match=r"refused|timed out|HTTP"):
            async with Phone(room, base=there(room)):
                pass
        await control.say({"do": "open_network"})
        address = f"http://{ADDRESS}:{room.server.port}/"
        page = (await screen.hears("page"))["page"]
        assert (page["address"], page["warning"]) == (address, None)
        assert page["qr"] != before["qr"]
        while (led := (await control.hears("page"))["page"])["reach"] is not None:
            pass
        assert (led["reach"], led["links"]["phone"]) == (None, f"{address}{room.code}/")
        assert room.server.is_open
        async with Phone(room, base=there(room)) as newcomer:
            assert newcomer.hello["seat"] == 1
            await control.go("next")
            for one in (phone, newcomer):
                assert (await one.vote(0))["kept"]
        assert not any(one.closed for one in (phone, screen, control))
        assert room.server.control.startswith(f"http://{room.address}/")


async def test_pages_at_the_new_address_are_the_room_s_own_from_then_on_and_no_others(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        ours = f"http://{ADDRESS}:{room.server.port}"
        for origin in (ours, "http://127.0.0.3:80"):
            with pytest.raises(HTTPClientError):
                async with Phone(room, Origin=origin):
                    pass
        await control.say({"do": "open_network"})
        await until(lambda: room.server.is_open)
        await control.hears("page")
        async with Phone(room, Origin=ours) as phone:
            assert phone.hello["seat"] == 0
        for origin in ("http://127.0.0.3:80", f"{ours}.evil.example", f"http://{ADDRESS}:1"):
            with pytest.raises(HTTPClientError):
                async with Phone(room, Origin=origin):
                    pass


async def test_where_it_cannot_be_opened_that_is_said_and_nothing_changes(tmp_path: Path, network: OwnNetwork):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        network.addresses = []
        await control.say({"do": "open_network"})
        assert (await control.hears("refused"))["refused"] == WORDS("room_lobby.reach_refused.none")
        network.addresses = [ADDRESS]
        with socket.create_server((ADDRESS, room.server.port)):
            await control.say({"do": "open_network"})
            refused = (await control.hears("refused"))["refused"]
            assert str(room.server.port) in refused
            assert "{" not in refused
            assert not room.server.is_open
            with pytest.raises(NetworkError):
                await room.server.open_network()
        await control.say({"do": "open_network"})
        await until(lambda: room.server.is_open)
        await room.server.open_network()  # once more does nothing
        assert not phone.closed


async def test_a_machine_without_a_network_says_what_to_do_and_looks_again(tmp_path: Path, network: OwnNetwork):
    network.addresses = []
    async with served(tmp_path) as room, Control(room) as control:
        assert control.page["reach"]["text"] == WORDS("room_lobby.reach.none")
        assert control.page["lobby"]["items"][1]["act"] == "reach"
        network.addresses = [ADDRESS]
        await control.say({"do": "open_network"})
        while (await control.hears("page"))["page"]["reach"] is not None:
            pass
        assert room.server.is_open


async def test_on_all_addresses_but_in_no_network_it_says_so_and_finds_the_network_later(network: OwnNetwork):
    network.addresses = []
    room = Reach("0.0.0.0")  # noqa: S104  not bound
    assert (room.kind, room.bases(80)) == ("none", ("http://127.0.0.1:80/",))
    network.addresses = ["192.168.178.22", "fd00::22"]
    await room.open(80, lambda _socket: pytest.fail("it listens there already"))
    assert (room.kind, room.bases(80)) == ("open", ("http://192.168.178.22:80/",))
    assert room.local_base(80) == "http://127.0.0.1:80/"
    assert Reach("::").bases(80) == ("http://192.168.178.22:80/", "http://[fd00::22]:80/")


async def test_of_several_addresses_those_are_offered_that_can_be_had(network: OwnNetwork):
    network.addresses = ["127.0.0.3", ADDRESS]
    room = Reach("127.0.0.1")
    served_on: list[socket.socket] = []
    with socket.create_server(("127.0.0.3", 0)) as taken:
        port = taken.getsockname()[1]
        await room.open(port, served_on.append)
    try:
        assert (room.kind, room.bases(port)) == ("open", (f"http://{ADDRESS}:{port}/",))
    finally:
        for each in served_on:
            each.close()


async def test_after_a_restart_it_is_open_as_the_command_says(tmp_path: Path):
    async with served(tmp_path) as room:
        await room.server.open_network()
        assert room.server.is_open
        events = room.kept()
    async with served(tmp_path, opening=resume(room.rooms, AT)) as again:
        assert not again.server.is_open
        assert [event["event"] for event in events] == ["opened", "keyed"]


async def test_it_is_ticked_when_a_phone_of_another_machine_got_in(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room):
        assert [item["done"] for item in control.page["lobby"]["items"]] == [False, False, None, None]
        host = room.server.host
        host.admit(Elsewhere(), PhoneHello(token()), ADDRESS)  # a page on this machine, at the address for phones
        assert not host.arrivals.phone
        host.admit(Elsewhere(), PhoneHello(token()), "::ffff:192.168.178.31")
        assert (await lobby(control, 1, done=True))["text"] == WORDS("room_lobby.phone_local.done")
        told = json.dumps(control.seen) + json.dumps(room.kept())
        assert "192.168.178.31" not in told


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("127.0.0.1", False),
        ("::1", False),
        (ADDRESS, False),
        ("::ffff:127.0.0.1", False),
        ("", False),
        ("192.168.178.31", True),
        ("fe80::1%eth0", True),
    ],
)
def test_which_addresses_are_elsewhere(address: str, elsewhere: bool):  # noqa: FBT001
    assert Reach("127.0.0.1").is_elsewhere(address) is elsewhere
    assert Reach("127.0.0.1", "https://rooms.example/").is_elsewhere(address)


async def test_an_open_projector_is_ticked_until_it_has_been_away_for_a_while(tmp_path: Path):
    async with served(tmp_path, limits=Limits(gone_seconds=0.05)) as room, Control(room) as control:
        async with Page(room, "screen/") as screen:
            await screen.say({"do": "hello", "lang": "de"})
            assert (await lobby(control, 0, done=True))["text"] == WORDS("room_lobby.screen.done")
            await screen.say({"do": "lang", "lang": "en"})
            await screen.hears("words", lang="en")
        assert (await lobby(control, 0, done=False))["text"] == WORDS("room_lobby.screen.text")


async def test_a_projector_that_polls_stays_ticked_between_two_polls(tmp_path: Path):
    async with served(tmp_path, limits=Limits(gone_seconds=600.0)) as room:
        for _ in range(3):
            await room.poll("screen/", {"do": "hello", "lang": "de"})
            assert room.server.host.arrivals.screen


def test_who_watches_without_a_key_cannot_open_the_network():
    """Only the facilitator's page knows the message."""
    from etiquette_kit.live import messages

    for read in (messages.read_phone, messages.read_screen):
        with pytest.raises(ValueError, match="Invalid value"):
            read(b'{"do":"open_network"}')
    assert messages.read_control(b'{"do":"open_network"}') == messages.OpenNetwork()
    assert messages.read_screen(b'{"do":"hello"}') == ScreenHello()


@pytest.mark.parametrize("host", ["banana", "a..b", "192.0.2.99", "::99:1", "x" * 300, "a\0b"])
def test_an_address_that_this_machine_does_not_have_is_no_matter_of_the_port(host: str, monkeypatch: pytest.MonkeyPatch):
    if host == "banana":  # some name services know every name
        monkeypatch.setattr(socket, "getaddrinfo", raises(socket.gaierror(-2, "Name or service not known")))
    with pytest.raises(AddressError) as caught:
        check_address(host)
    assert caught.value.host == host


def raises(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", ""])  # noqa: S104  for a moment
def test_an_address_that_this_machine_has_is_taken(host: str, monkeypatch: pytest.MonkeyPatch):
    opened: list[tuple[str, int]] = []
    original = socket.create_server

    def create_server(address: tuple[str, int], **options: object) -> socket.socket:
        opened.append(address)
        return original(("127.0.0.1", 0), **{**options, "family": socket.AF_INET})  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_server", create_server)
    check_address(host)
    assert opened == [({"localhost": "127.0.0.1", "": "0.0.0.0"}.get(host, host), 0)]  # noqa: S104


def test_what_leads_to_this_machine_alone():
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.0.0.9", "::1", "localhost"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "::", "192.168.1.2", "rooms.example", ""))  # noqa: S104


def test_its_own_addresses_are_found_without_waiting_for_the_name_service(monkeypatch: pytest.MonkeyPatch):
    asked: list[object] = []

    def getaddrinfo(*given: object, **_: object) -> list[object]:
        asked.append(given)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    found = join_info.routed_addresses()
    assert asked == []
    assert join_info.own_addresses() == found
    assert len(asked) == 1
