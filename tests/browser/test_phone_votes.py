"""The votes of phones are neither lost nor counted twice, whatever the network does."""

from __future__ import annotations

import pytest
from etiquette_kit.hosts.server.limits import Limits
from playwright.sync_api import expect
from room_phones import WORDS, Open, Rooms, at_question
from room_played import PlayedRoom

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_vote_without_acknowledgement_is_sent_again_with_the_same_id(room: PlayedRoom, phone: Open) -> None:
    page = at_question(room, phone)
    room.acknowledges = False
    page.pick(1)
    page.await_vote("sending")
    room.cut()
    room.await_votes(2)
    page.await_vote("sending")
    room.acknowledges = True
    room.cut()
    page.await_vote("counted")
    assert len({vote["id"] for vote in room.votes}) == 1
    assert list(room.server.host.room.ballots[0].first.values()) == [room.options[1]]


def test_a_vote_that_is_under_way_survives_a_reload(room: PlayedRoom, phone: Open) -> None:
    page = at_question(room, phone)
    room.fail()
    page.pick(2)
    expect(page.vote).to_have_text(WORDS["waiting"])
    kept = page.page.evaluate("Object.entries(localStorage).find(([key]) => key.endsWith('-votes'))[1]")
    room.recover()
    page.page.reload()
    page.await_vote("counted")
    expect(page.options.nth(2)).to_be_checked()
    assert [vote["id"] in kept for vote in room.votes] == [True]
    assert room.seats == 1


def test_of_two_choices_without_connection_only_the_last_one_is_sent(room: PlayedRoom, phone: Open) -> None:
    page = at_question(room, phone)
    room.fail()
    expect(page.banner).to_have_text(WORDS["lost"])
    page.assert_usable()
    page.pick(0)
    page.pick(2)
    room.recover()
    page.await_vote("counted")
    expect(page.banner).to_be_hidden()
    expect(page.options.nth(2)).to_be_checked()
    assert [vote["option"] for vote in room.votes] == [room.options[2]]


def test_without_websockets_the_page_polls_and_takes_one_as_soon_as_it_can(room: PlayedRoom, phone: Open) -> None:
    room.opens_sockets = False
    page = at_question(room, phone)
    page.pick(1)
    page.await_vote("counted")
    assert room.polls > 1
    assert list(room.server.host.room.ballots[0].first.values()) == [room.options[1]]
    room.go("closed")
    page.await_phase("closed")
    page.page.evaluate("scrollTo(0, 0)")
    page.page.get_by_role("button", name="English").click()
    page.await_phase("closed", "en")
    assert room.seats == 1


def test_after_a_server_was_away_websockets_come_back(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    room.fail()
    expect(page.banner).to_be_visible()
    room.recover()
    expect(page.banner).to_be_hidden()
    room.await_sockets(1)
    room.next()
    page.await_questions()


def test_a_vote_that_comes_too_late_says_so(room: PlayedRoom, phone: Open) -> None:
    page = at_question(room, phone)
    page.pick(0)
    page.await_vote("counted")
    room.fail()
    page.pick(1)
    page.await_vote("sending")
    room.go("closed")
    room.recover()
    expect(page.vote).to_have_text(WORDS["late"])
    expect(page.options.nth(0)).to_be_checked()
    assert page.violations() == []


def test_what_comes_too_fast_is_sent_again_by_itself(rooms: Rooms, phone: Open) -> None:
    room = rooms(Limits(burst=2, rate=1.0))
    page = at_question(room, phone)
    for index in (0, 1, 2, 0, 1, 2):
        page.pick(index)
    expect(page.options.nth(2)).to_be_checked()
    page.await_vote("counted")
    assert list(room.server.host.room.ballots[0].first.values()) == [room.options[2]]


def test_what_came_too_fast_does_not_come_after_a_newer_choice(rooms: Rooms, phone: Open) -> None:
    room = rooms(Limits(burst=1, rate=1.0))
    page = at_question(room, phone)
    for index in (0, 1):
        page.pick(index)
    page.page.wait_for_timeout(1500)  # the second was refused and is to come again; by now another may come at once
    page.pick(2)
    page.await_vote("counted")
    page.page.wait_for_timeout(1500)  # the time at which it would have come is over
    assert [vote["option"] for vote in room.votes] == list(room.options[:3])
    assert list(room.server.host.room.ballots[0].first.values()) == [room.options[2]]


def test_a_vote_that_is_counted_but_not_kept_yet_says_so(room: PlayedRoom, phone: Open) -> None:
    page = at_question(room, phone)
    room.told = {"kept": False}
    page.pick(0)
    expect(page.vote).to_have_text(WORDS["held"])
    room.told = {}
    page.pick(1)
    expect(page.vote).to_have_text(WORDS["counted"].format(letter="B"))
