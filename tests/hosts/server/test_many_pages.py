"""In a large room pages are told in several goes; what is newer overtakes what is older."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.hosts.server.host import Host
from etiquette_kit.hosts.server.join_info import JoinInfo
from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.live import messages
from etiquette_kit.live.events import Opened
from etiquette_kit.live.room import Room
from etiquette_kit.live.situations import planned
from etiquette_kit.workshop import situations

COUNT = 1100


class AtOnce:
    """A journal for which everything is kept at once."""

    def write(self, _event: object, then: Callable[[str], None] | None = None):
        if then is not None:
            then("kept")


class Page:
    def __init__(self) -> None:
        self.lang = "de"
        self.dropped = False
        self.phases: list[str] = []

    def send(self, message: bytes):
        self.phases.append(msgspec.json.decode(message)["page"]["phase"])

    def drop(self, _reason: str):
        self.dropped = True


class Later:
    """What is to be done later, when it is let."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, seconds: float, action: Callable[[], None]) -> None:
        if seconds == 0:
            self.waiting.append(action)

    def go_on(self):
        now, self.waiting = self.waiting, []
        for action in now:
            action()


@pytest.fixture
def later():
    return Later()


@pytest.fixture
def host(later: Later):
    opened = Opened(datetime.now(UTC), "de", 60, tuple(planned(exercise) for exercise in situations(load_bank(), "1")[:2]))
    join_info = JoinInfo("FLQQR", ("http://127.0.0.1:8349/",))
    return Host(Room(opened), join_info, AtOnce(), Limits(per_address=None), later=later, clock=lambda: 0.0)


@pytest.fixture
def pages(host: Host):
    pages = [Page() for _ in range(COUNT)]
    for number, page in enumerate(pages):
        host.admit(page, messages.PhoneHello(token=f"{number:032x}", lang="de"), "127.0.0.1")
    for page in pages:
        page.phases.clear()
    return pages


def go(host: Host):
    host.command(Page(), messages.Next(place=(host.room.position, host.room.phase)))


def test_all_are_told_but_others_have_their_turn_meanwhile(host: Host, later: Later, pages: list[Page]):
    go(host)
    assert 0 < sum(page.phases == ["vote"] for page in pages) < COUNT / 2
    while later.waiting:
        later.go_on()
    assert all(page.phases == ["vote"] for page in pages)


def test_who_has_not_heard_the_older_page_hears_the_newer_one_only(host: Host, later: Later, pages: list[Page]):
    go(host)
    first = [page for page in pages if page.phases]
    host.command(Page(), messages.Go(phase="reveal", place=(0, "vote")))
    while later.waiting:
        later.go_on()
    assert all(page.phases == (["vote", "reveal"] if page in first else ["reveal"]) for page in pages)


def test_who_leaves_or_comes_meanwhile_is_no_trouble(host: Host, later: Later, pages: list[Page]):
    go(host)
    host.leave(pages[-1], None)
    late = Page()
    host.admit(late, messages.PhoneHello(token="f" * 32, lang="de"), "127.0.0.1")
    assert late.phases == ["vote"]
    while later.waiting:
        later.go_on()
    assert all(page.phases[-1] == "vote" for page in pages[:-1])
