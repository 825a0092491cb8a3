"""The last pages of a workshop, with a room and without phones, show the way to go on practising."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from barriers import is_wider_than_screen, violations
from etiquette_kit.hosts.qr_code import drawn
from live_room import LiveRoom, longest
from playwright.sync_api import Page, expect
from take_home_examples import ADDRESS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[LiveRoom]:
    served = LiveRoom(tmp_path, [longest(4), longest(5)], take_home=drawn(ADDRESS))
    yield served
    served.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screen_shows_its_code_at_the_end_and_no_other(visit: Open, room: LiveRoom, scheme: str) -> None:
    page = visit(room.screen, width=1366, height=768, scheme=scheme)
    room.go("vote")
    room.play(12)
    expect(page.locator(".room-screen")).to_have_attribute("data-phase", "reveal")
    expect(page.locator(".room-corner")).to_have_count(1)
    expect(page.locator(".ek-take-home")).to_have_count(0)
    room.go("end")
    code = page.locator(".ek-take-home-code")
    expect(code).to_have_attribute("src", drawn(ADDRESS).image)
    expect(code).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name=ADDRESS)).to_have_attribute("rel", "noopener noreferrer")
    expect(page.locator(".room-corner")).to_have_count(0)
    assert page.evaluate("[...document.images].filter((image) => image.checkVisibility()).length") == 1
    assert code.bounding_box()["width"] >= 120  # type: ignore[index]
    assert violations(page) == []
    assert not is_wider_than_screen(page)


def test_a_phone_has_a_link_to_it_at_the_end(visit: Open, room: LiveRoom) -> None:
    page = visit(room.url, width=375, height=667)
    room.go("end")
    link = page.get_by_role("link", name="Go on practising")
    expect(link).to_have_attribute("href", ADDRESS)
    expect(link).to_have_attribute("rel", "noreferrer")
    assert violations(page) == []
    assert not is_wider_than_screen(page)
