"""Which phone has which seat in a room, and what those are told who get none."""

from __future__ import annotations

import pytest
from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.locale import catalog
from playwright.sync_api import expect
from room_phones import BLOCKED, WORDS, Open, Rooms
from room_played import PlayedRoom

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_two_tabs_are_one_seat_and_agree(room: PlayedRoom, phone: Open) -> None:
    first = phone(room.url)
    first.await_phase("lobby")
    second = phone(room.url, beside=first)
    second.await_phase("lobby")
    room.next()
    for page in (first, second):
        page.await_questions()
    first.pick(1)
    expect(second.options.nth(1)).to_be_checked()
    second.pick(2)
    expect(first.options.nth(2)).to_be_checked()
    assert room.seats == 1


def test_where_nothing_is_stored_it_works_and_says_that_a_reload_is_a_new_seat(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url, script=BLOCKED)
    page.await_phase("lobby")
    expect(page.page.get_by_text(WORDS["memory"])).to_be_visible()
    room.next()
    page.await_questions()
    page.pick(1)
    page.await_vote("counted")
    room.cut()
    room.go("closed")
    page.await_phase("closed")
    expect(page.options.nth(1)).to_be_checked()
    assert room.seats == 1
    page.page.reload()
    page.await_phase("closed")
    assert room.seats == 2


def test_a_page_that_was_left_goes_on_when_one_comes_back(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    page.page.goto(room.address)
    room.next()
    page.page.go_back()
    page.await_questions()
    assert room.seats == 1


# ---- who does not get in ----------------------------------------------------------------------------------------------------


def test_a_full_room_says_so(rooms: Rooms, phone: Open) -> None:
    room = rooms(Limits(seats=1))
    phone(room.url).await_phase("lobby")
    page = phone(room.url)
    expect(page.page.locator("[data-when=full][lang=de]")).to_be_visible()
    assert page.page.locator("[data-when]").filter(visible=True).count() == 1
    page.assert_usable()


def test_a_room_that_is_gone_says_so(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    room.is_known = False
    room.cut()
    expect(page.banner).to_have_text(WORDS["unknown"])
    page.page.reload()
    expect(page.page.locator("[data-when=unknown][lang=de]")).to_be_visible()
    page.assert_usable()
    room.is_known = True
    page.await_phase("lobby")


@pytest.mark.parametrize("java_script", [True, False])
def test_a_typed_code_leads_in_and_a_wrong_one_is_explained(room: PlayedRoom, phone: Open, *, java_script: bool) -> None:
    page = phone(room.address, java_script=java_script)
    words = catalog("de").table("room_entry")
    field = page.page.get_by_label(words["code"])
    field.fill("ABC")
    field.press("Enter")
    expect(page.page.get_by_text(words["wrong"])).to_be_visible()
    expect(field).to_have_value("ABC")
    if java_script:
        page.assert_usable()
    code = room.server.opening.head.code.lower()
    field.fill(f"{code[:3]} {code[3:6]} {code[6:]}")
    page.page.get_by_role("button", name=words["join"]).click()
    page.page.wait_for_url(room.url)
