"""What cannot be understood ends its own connection alone, and changes nothing in the room."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.hosts.server.connection import PAGE_KINDS
from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.hosts.server.page_protocol import PageProtocol
from fuzz import junk
from room_examples import until
from room_guests import Control, Phone, Wire, answers, ballot, frame, served, upgrade
from room_unharmed import standing, tells_nothing

pytestmark = pytest.mark.usefixtures("quiet")


class Deaf:
    """A page without a network, which notes what it is told."""

    def __init__(self) -> None:
        self.lang = "de"
        self.dropped = False
        self.heard: list[bytes] = []

    def send(self, message: bytes) -> None:
        self.heard.append(message)

    def drop(self, _reason: str) -> None:
        self.dropped = True


async def test_ten_thousand_messages_that_no_page_sends_change_nothing(tmp_path: Path):
    async with served(tmp_path, limits=Limits(rate=1e9, burst=10**9)) as room, Control(room) as control:
        await control.go("next")
        before = standing(room)
        pages: dict[Any, tuple[PageProtocol, Deaf]] = {}
        refused = 0
        for number, raw in enumerate(junk(1, 10_000)):
            page_kind = PAGE_KINDS[number % 3]
            line, page = pages.get(page_kind, (None, Deaf()))
            if line is None:
                line = PageProtocol(room.server.host, page_kind, page, "203.0.113.1")
                pages[page_kind] = (line, page)
                if page_kind != "control" and number % 2:
                    line.receive(json.dumps({"do": "hello", **({"token": "f" * 32} if page_kind == "phone" else {})}))
            line.receive(raw if number % 4 else raw.decode(errors="surrogateescape"))
            if page.dropped:
                refused += 1
                said = len(page.heard)
                line.receive(b'{"do":"lang","lang":"de"}')
                assert len(page.heard) == said
                assert json.loads(page.heard[-1])["error"] in ("message", "hello", "key")
                tells_nothing(room, b"".join(page.heard))
                line.end()
                del pages[page_kind]
        for line, _ in pages.values():
            line.end()
        assert refused > 7000
        assert standing(room)[:4] == before[:4]
        assert len(room.room.seats) <= 3
        async with Phone(room) as phone:
            assert (await phone.vote(0))["kept"]


async def test_what_cannot_be_understood_ends_its_own_connection_alone(tmp_path: Path):
    async with served(tmp_path, limits=Limits(rate=1e9, burst=10**9)) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        await phone.vote(0)
        before = standing(room)
        hello = frame(b'{"do":"hello","token":"ffffffffffffffffffffffffffffffff","lang":"de"}')
        requests = []
        for number, raw in enumerate(junk(2, 300)):
            greeting = hello if number % 3 else b""
            requests.append(upgrade(room) + greeting + frame(raw, opcode=2 if number % 2 else 1) + frame(b"", opcode=8))
        for start in range(0, 300, 50):
            for answer in await answers(room, requests[start : start + 50]):
                assert answer.startswith(b"HTTP/1.1 101 ")
                tells_nothing(room, answer)
            assert (await phone.vote(start // 50 % 2))["kept"]
        assert standing(room)[:4] == before[:4]


BROKEN = {
    "not masked": frame(b"{}", masked=False),
    "reserved opcode": frame(b"{}", opcode=3),
    "reserved control opcode": frame(b"", opcode=0xB),
    "reserved bits": frame(b"{}", reserved=7),
    "compressed though nobody agreed": frame(b"\x00\x00\xff\xff", reserved=4),
    "a ping in fragments": frame(b"", opcode=9, final=False),
    "a ping too long": frame(b"a" * 126, opcode=9),
    "a closing too long": frame(b"a" * 200, opcode=8),
    "a closing of one byte": frame(b"\x03", opcode=8),
    "a closing with no code": frame((5).to_bytes(2, "big") + b"why", opcode=8),
    "a continuation of nothing": frame(b"{}", opcode=0),
    "a message within another": frame(b"{", final=False) + frame(b"}", final=False),
    "no UTF-8": frame(b"\xff\xfe"),
    "half a character": frame(b'"\xc3'),
    "too long": frame(b"a" * 4097),
    "too long in parts": frame(b"a" * 4000, final=False) + frame(b"a" * 4000, opcode=0),
    "said to be endless": b"\x81\xff" + b"\x7f" + b"\xff" * 7 + b"abcd",
    "of a negative length": b"\x81\xff" + b"\xff" * 8 + b"abcd",
    "no frame": b"\x00" * 500,
    "a request": b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 20,
}


async def test_broken_frames_end_their_own_connection_alone(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        hello = frame(b'{"do":"hello","token":"ffffffffffffffffffffffffffffffff"}')
        requests = [upgrade(room) + start + broken + frame(b"", opcode=8) for broken in BROKEN.values() for start in (b"", hello)]
        for answer in await answers(room, requests):
            assert answer.startswith(b"HTTP/1.1 101 ")
            tells_nothing(room, answer)
        assert (await phone.vote(0))["kept"]
        assert room.room.ballots[0].first == {0: room.order[0]}


async def test_a_vote_in_pieces_is_a_vote(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Wire(room) as wire:
        await control.go("next")
        message = json.dumps(ballot(room, 1)).encode()
        pieces = [message[:1], message[1:20], b"", message[20:]]
        frames = [frame(part, 0 if place else 1, final=place == 3) for place, part in enumerate(pieces)]
        raw = frame(b'{"do":"hello","token":"ffffffffffffffffffffffffffffffff"}') + frames[0] + frame(b"?", opcode=9) + b"".join(frames[1:])
        await wire.send(upgrade(room))
        await wire.head()
        for start in range(0, len(raw), 7):
            await wire.send(raw[start : start + 7])
        await until(lambda: room.room.voted == 1)
        assert room.room.ballots[0].first == {0: room.order[1]}


async def test_what_is_too_large_is_refused(tmp_path: Path):
    async with served(tmp_path) as room, Phone(room) as phone:
        here = f"POST /{room.code}/poll HTTP/1.1\r\nHost: {room.address}\r\n".encode()
        hello = b'[{"do":"hello","token":"ffffffffffffffffffffffffffffffff"}' + b',{"do":"lang","lang":"de"}' * 8 + b"]"
        told = await answers(
            room,
            [
                here + b"Connection: close\r\nContent-Length: 8193\r\n\r\n" + b" " * 8193,
                here + b"Content-Length: 99999999999999999999\r\n\r\n",
                here + b"Content-Length: -1\r\n\r\n",
                here + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\n[]   ",
                here + b"Transfer-Encoding: chunked\r\n\r\n" + b"1000\r\n" + b" " * 4096 + b"\r\n" + b"ffff\r\n" + b" " * 65535 + b"\r\n",
                here + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
                here + b"A: " + b"a" * 20_000 + b"\r\n\r\n",
                b"".join([here, *(b"A%d: b\r\n" % number for number in range(5000)), b"\r\n"]),
                here + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(hello) + hello,
            ],
        )
        assert [answer for answer in told[:-1] if answer.startswith(b"HTTP/1.1 2")] == []
        assert told[-1].endswith(b'[{"error":"message"}]')
        assert len(room.room.seats) == 1
        await phone.say({"do": "lang", "lang": "en"})
        assert (await phone.hears("words"))["lang"] == "en"
