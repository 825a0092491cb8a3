"""Seats: one address cannot take them all, a class behind one router has enough, and a seat nobody needs goes to whoever comes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.hosts.server.limits import Limits, limits_for
from etiquette_kit.hosts.server.opening import begin, resume
from etiquette_kit.hosts.server.seating import Seating, network_of
from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.events import encode
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from room_examples import exercises, until
from room_guests import Control, Phone, Served, Wire, phones, served, token

pytestmark = pytest.mark.usefixtures("quiet")

ROUTER, ATTACKER, GUEST = "127.0.0.1", "127.0.0.2", "127.0.0.3"
FULL = [{"error": "full"}]


async def ask(room: Served, address: str, *tokens: str) -> list[Any]:
    """Come in without a WebSocket from an address, once with each token, over one connection."""
    async with Wire(room, address) as wire:
        answers = []
        for own in tokens:
            body = json.dumps([{"do": "hello", "token": own}]).encode()
            head = f"POST /{room.code}/poll HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n"
            await wire.send(head.encode() + body)
            answers.append(json.loads(await wire.answer()))
        return answers


async def test_one_address_does_not_take_all_seats_and_a_class_behind_one_router_fits(tmp_path: Path):
    async with served(tmp_path, limits=Limits(gone_seconds=600.0)) as room:
        most = room.server.host.limits.per_address
        assert most is not None
        assert 2 * 500 <= most <= room.server.host.limits.seats / 10
        answers = await ask(room, ATTACKER, *(token() for _ in range(most + 50)))
        assert [answer == FULL for answer in answers] == [False] * most + [True] * 50
        answers = await ask(room, ROUTER, *(token() for _ in range(500)))
        assert FULL not in answers
        assert len(room.room.seats) == most + 500


async def test_seats_that_nobody_voted_from_and_nobody_needs_give_way(tmp_path: Path):
    async with served(tmp_path, limits=Limits(seats=20, per_address=None, gone_seconds=0.0)) as room, Control(room) as control:
        await control.go("next")
        async with Phone(room) as gone, Phone(room) as stays:
            assert (await gone.vote(1))["kept"]
        async with Phone(room, stays.token), Phone(room) as waits:
            assert FULL not in await ask(room, ATTACKER, *(token() for _ in range(60)))
            assert len(room.room.seats) == 20
            async with phones(room, 17) as guests:
                seats = {guest.hello["seat"] for guest in guests}
                assert seats == set(range(3, 20))
                assert await ask(room, GUEST, token()) == [FULL]  # who voted, and who is there, keeps her seat
                assert [(await phone.vote(0))["kept"] for phone in (*guests, waits)] == [True] * 18
            assert await ask(room, GUEST, token()) == [FULL]
        (back,) = await ask(room, GUEST, gone.token)
        assert (back[0]["seat"], back[0]["mine"][0]) == (gone.hello["seat"], [room.order[1], None])
        assert len(set(room.room.seats.values())) == 20


async def test_in_a_room_that_is_taken_up_again_they_give_way_as_well(tmp_path: Path):
    limits = Limits(seats=10, per_address=None, gone_seconds=0.0)
    async with served(tmp_path, limits=limits) as room, Control(room) as control:
        await control.go("next")
        async with Phone(room) as voter:
            assert (await voter.vote(0))["kept"]
        await ask(room, ATTACKER, *(token() for _ in range(9)))
        taken_over = room.room.tokens[1]
        before = await ask(room, GUEST, token())
        assert before[0][0]["seat"] == 1
        assert taken_over not in room.room.seats
    store = Store(tmp_path / "rooms.sqlite3")
    opening = resume(Rooms(store), datetime.now(UTC))
    store.close()
    assert opening is not None
    assert opening.room.tokens == room.room.tokens
    async with served(tmp_path, opening=opening, limits=limits) as room, phones(room, 9) as guests:
        assert {guest.hello["seat"] for guest in guests} == set(range(1, 10))
        assert await ask(room, GUEST, token()) == [FULL]
        (back,) = await ask(room, ATTACKER, voter.token)
        assert back[0]["mine"][0] == [room.order[0], None]


async def test_who_is_away_for_a_moment_keeps_her_seat(tmp_path: Path):
    async with served(tmp_path, limits=Limits(seats=2, gone_seconds=600.0)) as room, Control(room) as control:
        await control.go("next")
        async with Phone(room) as phone:
            pass
        await until(lambda: not room.server.host._seats[0].connections)
        assert await ask(room, GUEST, token(), token()) != [FULL, FULL]
        assert await ask(room, GUEST, token()) == [FULL]
        async with Phone(room, phone.token) as again:
            assert again.hello["seat"] == phone.hello["seat"]
            assert (await again.vote(0))["kept"]


async def test_an_address_that_has_all_it_may_gets_its_own_unused_seats_again(tmp_path: Path):
    """As where everybody in a class reloads in a window that keeps nothing."""
    async with served(tmp_path, limits=Limits(per_address=5, gone_seconds=0.0)) as room:
        assert FULL not in await ask(room, ROUTER, *(token() for _ in range(30)))
        assert len(room.room.seats) == 5
        assert FULL not in await ask(room, GUEST, token())
        assert len(room.room.seats) == 6


def test_every_room_starts_with_these_limits_and_behind_a_proxy_addresses_are_not_told_apart():
    assert Limits().per_address == limits_for(public=False).per_address == 1000
    assert limits_for(public=True).per_address is None
    assert limits_for(public=True, per_address=3).per_address == limits_for(public=False, per_address=3).per_address == 3
    assert limits_for(public=False, per_address=0).per_address is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("no address", "no address"),
    ],
)
def test_of_an_ipv6_address_the_network_counts(address: str, network: str):
    assert network_of(address) == network


def test_what_is_known_of_addresses_does_not_grow_beyond_the_seats():
    now = [0.0]
    limits = Limits(seats=4, per_address=2, gone_seconds=1.0)
    seating = Seating(limits, lambda: now[0], [])
    taken = 0
    for number in range(200):
        address = f"192.0.2.{number}"
        now[0] += 2
        seat = seating.choose(address, taken)
        if seat is None:
            seat, taken = taken, taken + 1
        seating.take(seat, address)
        seating.release_seat(seat)
    assert taken == 4
    assert len(seating._network) == len(seating._taken) == len(seating._free_in) == len(seating._free) == 4
    now[0] += 0.5
    seating.take(0, "192.0.2.250")
    seating.take(1, "192.0.2.250")
    with pytest.raises(RoomError, match="one address") as caught:
        seating.choose("192.0.2.250", taken)
    assert "192.0.2" not in str(caught.value)


def test_a_seat_that_is_taken_over_is_kept_as_an_event(tmp_path: Path):
    store = Store(tmp_path / "rooms.sqlite3")
    opening = begin(Rooms(store), exercises(1), lang="de", minutes=60, port=0)
    room, at = opening.room, datetime.now(UTC)
    first = room.join("a", at, limit=1)
    assert first is not None
    room.apply(first)
    second = room.join("b", at, limit=1, instead=0)
    assert second is not None
    Rooms(store).append(opening.head.id, opening.length, [encode(first), encode(second)])
    again = resume(Rooms(store), at)
    store.close()
    assert again is not None
    assert again.room.seats == {"b": 0}
