"""The votes of phones are neither lost nor counted twice, whatever the network does."""

from __future__ import annotations

import pytest
from etiquette_kit.hosts.server.limits import Limits
from playwright.sync_api import expect
from room_phones import BLOCKED, WORDS, Open, Rooms, at_question
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


def test_a_vote_that_a_dying_connection_delivers_after_a_newer_one_changes_nothing(room: PlayedRoom, phone: Open) -> None:
    page = at_question(room, phone)
    room.holds = True
    page.pick(0)
    page.await_vote("sending")
    room.await_held(1)
    room.holds = False
    room.fail()
    expect(page.banner).to_have_text(WORDS["lost"])
    page.pick(1)
    room.recover()
    page.await_vote("counted")
    room.deliver()
    page.page.reload()
    page.await_vote("counted")
    expect(page.options.nth(1)).to_be_checked()
    assert list(room.server.host.room.ballots[0].first.values()) == [room.options[1]]


@pytest.mark.parametrize("script", [None, BLOCKED])
def test_votes_are_numbered_across_tabs_and_reloads(room: PlayedRoom, phone: Open, script: str | None) -> None:
    first = at_question(room, phone) if script is None else phone(room.url, script=script)
    if script is not None:
        room.next()
        first.await_questions()
    second = phone(room.url, beside=first) if script is None else first
    second.await_questions()
    for page, option in ((first, 0), (second, 1), (first, 2)):
        page.pick(option)
        page.await_vote("counted")
        expect(page.options.nth(option)).to_be_checked()
        room.await_chosen(room.options[option])
    if script is None:
        first.page.reload()
        first.await_questions()
    first.pick(0)
    room.await_chosen(room.options[0])
    numbers = [vote["number"] for vote in room.votes]
    assert numbers == [1, 2, 3, 4]
