"""A whole live workshop: the facilitator's page and five phones, of which one reloads, and a server that is killed in the middle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from etiquette_kit.live.events import decode
from etiquette_kit.live.room import Room
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from playwright.sync_api import Page, expect
from room_command import RoomCommand, chosen, press, vote

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]


def kept_room(store: Path) -> Room:
    """Return the only room of a store, as what was kept of it makes it."""
    kept = Store(store)
    with kept.reading() as connection:
        (number,) = connection.exec_driver_sql("SELECT id FROM rooms").scalars()
    room = Room.replay(decode(body) for body in Rooms(kept).events(number))
    kept.close()
    return room


def test_five_phones_through_a_reload_and_a_crash(open_apart: Open, tmp_path: Path) -> None:
    store = tmp_path / "room.sqlite3"
    with ExitStack() as running:
        server = RoomCommand(store)
        running.callback(server.end)
        control, screen = open_apart(server.control), open_apart(server.screen)
        phones = [open_apart(server.url) for _ in range(5)]
        count = screen.locator(".room-count")
        expect(count).to_have_text("5 people are in")
        press(control, "Begin with the first situation", "First vote open")
        for number, phone in enumerate(phones):
            vote(phone, number % 2)
        expect(count).to_have_text("5 of 5 have voted")

        phones[0].reload()
        assert chosen(phones[0]) == 0
        vote(phones[0], 2)
        expect(count).to_have_text("5 of 5 have voted")

        press(control, "Close the vote", "First vote closed")
        expect(phones[1].locator("footer")).to_contain_text("Voting is closed")
        press(control, "Start the discussion", "Discussion")
        press(control, "Open the second vote", "Second vote open")
        for phone in phones[:3]:
            vote(phone, 2)

        server.kill()
        again = RoomCommand(store)
        running.callback(again.end)
        assert (again.url, again.screen) == (server.url, server.screen)
        assert again.control != server.control
        expect(count).to_have_text("3 of 5 have voted")
        for phone in phones[3:]:
            vote(phone, 2)
        expect(count).to_have_text("5 of 5 have voted")
        for phone in phones[:3]:
            assert chosen(phone) == 2

        press(control, "Close the vote", "Second vote closed")
        for page in (control, screen, *phones):
            expect(page.locator("body")).not_to_contain_text("stated in the article")
        press(control, "Show the answer", "Answer", asks=True)
        for page in (screen, *phones):
            expect(page.locator("body")).to_contain_text("100")
            expect(page.locator("body")).to_contain_text("stated in the article")
        press(control, "Next situation", "First vote open")
        for phone in phones:
            expect(phone.get_by_role("radio").nth(0)).to_be_visible()
            expect(phone.locator("input:checked")).to_have_count(0)
        press(control, "Skip this situation", "Writing in pairs", asks=True)
        press(control, "Closing page", "End")
        for phone in phones:
            expect(phone.get_by_role("heading", name="That’s it")).to_be_visible()

    room = kept_room(store)
    first, second, third = room.ballots[0].exercise.order[:3]
    assert len(room.seats) == 5
    assert Counter(room.ballots[0].first.values()) == {first: 2, second: 2, third: 1}
    assert room.ballots[0].second == dict.fromkeys(range(5), third)
    assert not room.ballots[1].first
