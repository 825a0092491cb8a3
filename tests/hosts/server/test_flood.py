"""Whoever sends too much, too slowly or from too many connections is let go, and the others vote on."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import time
import tracemalloc
from pathlib import Path

import pytest
from etiquette_kit.hosts.server.limits import Limits
from fuzz import junk
from room_examples import until
from room_guests import Control, Page, Phone, Served, Wire, answers, ballot, frame, phones, served, token, upgrade

pytestmark = pytest.mark.usefixtures("quiet")

SLOW = 0.5  # seconds within which nine of ten acknowledgements come, on a machine with other work


async def votes_well(room: Served, phone: Phone, number: int) -> None:
    """Vote so often, as fast as a seat may."""
    taken = []
    for turn in range(number):
        begun = time.perf_counter()
        assert (await phone.vote(turn % 2))["kept"]
        taken.append(time.perf_counter() - begun)
    assert sorted(taken)[number * 9 // 10 - 1] < SLOW
    assert room.room.ballots[0].first[phone.hello["seat"]] == room.order[(number - 1) % 2]


async def test_half_open_connections_are_let_go_and_keep_nobody_waiting(tmp_path: Path):
    limits = Limits(head_seconds=1.0, hello_seconds=1.0, rate=1e9, burst=10**9)
    async with served(tmp_path, limits=limits) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        wires = [Wire(room) for _ in range(500)]
        await asyncio.gather(*(wire.__aenter__() for wire in wires))
        await asyncio.gather(*(wire.send(f"GET /{room.code}/ HTTP/1.1\r\nHost: a\r\nX: ".encode()) for wire in wires[:250]))
        await asyncio.gather(*(wire.send(upgrade(room)) for wire in wires[250:]))
        await votes_well(room, phone, 50)
        assert await asyncio.gather(*(wire.rest() for wire in wires[:250])) == [b""] * 250
        for wire in wires[250:]:
            await wire.head()
            assert b'{"error":"hello"}' in await asyncio.wait_for(wire.reader.read(200), 10)
        await votes_well(room, phone, 10)
        assert len(room.room.seats) == 1
        await asyncio.gather(*(wire.__aexit__(None, None, None) for wire in wires))


async def test_who_sends_drop_by_drop_is_let_go(tmp_path: Path):
    limits = Limits(head_seconds=0.5, body_seconds=0.5)
    async with served(tmp_path, limits=limits) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        here = f"POST /{room.code}/poll HTTP/1.1\r\nHost: {room.address}\r\n".encode()

        async def drip(start: bytes, drop: bytes) -> float:
            begun = time.perf_counter()
            async with Wire(room) as wire:
                await wire.send(start)
                ended = asyncio.create_task(wire.rest())
                while not ended.done():
                    await wire.send(drop)
                    await asyncio.wait([ended], timeout=0.05)
            return time.perf_counter() - begun

        starts = [here, here + b"Content-Length: 8000\r\n\r\n", here + b"Transfer-Encoding: chunked\r\n\r\n"]
        dripping = asyncio.gather(*(drip(start, drop) for start, drop in zip(starts, (b"a", b"a", b"1\r\n \r\n"), strict=True)))
        await votes_well(room, phone, 10)
        assert all(0.4 < seconds < 3 for seconds in await dripping)


async def test_a_seat_that_floods_the_room_is_slowed_and_then_let_go(tmp_path: Path):
    limits = Limits(burst=10, rate=0.001, strikes=30)
    async with served(tmp_path, limits=limits) as room, Control(room) as control, Phone(room) as flood, Phone(room) as phone:
        await control.go("next")
        for _ in range(200):
            await flood.say(ballot(room, 1))
        await flood.let_go()
        told = [message for message in flood.seen if "ack" in message]
        assert sum(message.get("refused") == "too_fast" for message in told) == 30
        assert flood.seen[-1] == {"error": "too_fast"}
        async with Phone(room, flood.token) as again:  # the seat has no more than before
            assert (await again.vote(0))["refused"] == "too_fast"
        await votes_well(room, phone, 5)
    assert len([event for event in room.kept() if event["event"] == "voted"]) == 15


async def test_a_projector_that_floods_the_room_is_let_go(tmp_path: Path):
    limits = Limits(burst=10, rate=0.001, strikes=30)
    async with served(tmp_path, limits=limits) as room, Page(room, "screen/") as screen:
        await screen.say({"do": "hello"})
        for _ in range(200):
            await screen.say({"do": "lang", "lang": "en"})
        await screen.let_go()
        assert sum("words" in message for message in screen.seen) == 11
        assert screen.seen[-1] == {"error": "too_fast"}


async def test_a_seat_has_four_connections_and_the_latest_ones_count(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        await control.go("next")
        hello = frame(b'{"do":"hello","token":"ffffffffffffffffffffffffffffffff"}')
        wires = [Wire(room) for _ in range(10)]  # which do not answer the closing
        for number, wire in enumerate(wires):
            await wire.__aenter__()
            await wire.send(upgrade(room) + hello)
            await wire.head()
            assert b'"seat":0' in await wire.reader.read(20_000)
            assert len(room.server.host._seats[0].connections) == min(number + 1, 4)
        await wires[0].send(frame(json.dumps(ballot(room, 1)).encode()))
        await wires[9].send(frame(json.dumps(ballot(room, 0)).encode()))
        await until(lambda: room.room.voted)
        await control.go("closed")
        assert [event["response"] for event in room.kept() if event["event"] == "voted"] == [room.order[0]]
        for wire in wires:
            await wire.__aexit__(None, None, None)
        await until(lambda: not room.server.host._seats[0].connections)


async def test_a_full_room_takes_nobody_more_and_keeps_those_who_are_in(tmp_path: Path):
    async with served(tmp_path, limits=Limits(seats=2)) as room, Control(room) as control, phones(room, 2) as everyone:
        await control.go("next")
        async with Page(room) as late:
            for message in ({"do": "hello", "token": token()}, {"do": "lang", "lang": "en"}, ballot(room, 0)):
                await late.say(message)
            await late.let_go()
            assert late.seen == [{"error": "full"}]
        assert (await room.poll("", {"do": "hello", "token": token()}, {"do": "lang", "lang": "de"})) == [{"error": "full"}]
        async with Phone(room, everyone[0].token) as again:
            assert (await again.vote(0))["kept"]
        assert (len(room.room.seats), room.room.voted) == (2, 1)


async def test_an_address_takes_no_more_seats_than_it_may(tmp_path: Path):
    async with served(tmp_path, limits=Limits(per_address=2)) as room, phones(room, 2) as everyone:
        hello = json.dumps([{"do": "hello", "token": token()}]).encode()
        assert (await room.poll("", json.loads(hello)[0])) == [{"error": "full"}]
        assert (await room.poll("", {"do": "hello", "token": everyone[0].token}))[0]["seat"] == 0
        forged = {"X-Forwarded-For": "203.0.113.7", "X-Real-Ip": "203.0.113.7", "Forwarded": "for=203.0.113.7"}
        assert (await room.poll("", json.loads(hello)[0], **forged)) == [{"error": "full"}]
        head = f"POST /{room.code}/poll HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {len(hello)}\r\n\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", room.server.port, local_addr=("127.0.0.2", 0))
        writer.write(head.encode() + hello)
        assert b'"seat":2' in await asyncio.wait_for(reader.read(), 10)
        writer.close()
        assert len(room.room.seats) == 3


async def test_who_never_reads_is_let_go_while_the_others_go_on(tmp_path: Path):
    async with served(tmp_path, limits=Limits(unsent_bytes=20_000)) as room, Phone(room) as phone:
        host = room.server.host
        deaf = socket.socket()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.setblocking(False)  # noqa: FBT003
        await asyncio.get_running_loop().sock_connect(deaf, ("127.0.0.1", room.server.port))
        await asyncio.get_running_loop().sock_sendall(deaf, upgrade(room, "screen/") + frame(b'{"do":"hello"}'))
        await until(lambda: host.broadcaster._open["screen"])
        published = 0
        while host.broadcaster._open["screen"]:
            host.broadcaster.publish()
            published += 1
            assert published < 10_000
            await asyncio.sleep(0)
        await until(lambda: len([message for message in phone.seen if "page" in message]) == published + 1)
        await phone.say({"do": "lang", "lang": "en"})
        assert (await phone.hears("words"))["lang"] == "en"
        deaf.close()


async def test_what_came_in_leaves_no_memory_behind(tmp_path: Path):
    async with served(tmp_path, limits=Limits(guess_seconds=0.0)) as room, Control(room) as control:
        await control.go("next")
        hello = frame(b'{"do":"hello","token":"ffffffffffffffffffffffffffffffff"}')

        async def attack(seed: int) -> None:
            requests = [upgrade(room) + hello + frame(raw) + frame(b"a" * 4097) for raw in junk(seed, 60)]
            requests += [b"GET /%d/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % number for number in range(60)]
            for start in range(0, len(requests), 40):
                await answers(room, requests[start : start + 40])
            gc.collect()

        await attack(1)
        tracemalloc.start()
        await attack(2)
        before = tracemalloc.get_traced_memory()[0]
        for seed in (3, 4):
            await attack(seed)
        after = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert after - before < 500_000
        await until(lambda: not room.server.host._seats[0].connections)


async def test_where_no_more_connections_can_be_held_those_who_are_in_go_on(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        assert room.server._server.file_limit is not None
        with socket.socket() as free:
            room.server._server.file_limit = free.fileno() + 64 + 40
        wires = [Wire(room) for _ in range(60)]
        for wire in wires:
            await wire.__aenter__()
            await wire.send(upgrade(room))
        turned_away = [wire for wire in wires if not (await wire.reader.read(20))]
        assert 20 < len(turned_away) < 60
        await votes_well(room, phone, 5)
        for wire in wires:
            await wire.__aexit__(None, None, None)
        async with Phone(room) as later:
            assert (await later.vote(0))["kept"]
