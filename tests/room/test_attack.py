"""Whatever comes in, nobody takes the room from the others: no command without the key, no vote that is not one's own, nothing early."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import time
import tracemalloc
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.exercises import Exercise, rebuild
from etiquette_kit.records.codes import _ALPHABET
from etiquette_kit.room.connection import FACES
from etiquette_kit.room.events import encode
from etiquette_kit.room.host import hashed
from etiquette_kit.room.limits import Limits
from etiquette_kit.room.line import Line
from fuzz import VALID, junk
from msgspec.structs import replace
from room_examples import exercises, until
from room_guests import Control, Page, Phone, Served, Wire, answers, ballot, frame, phones, served, token, upgrade
from tornado.httpclient import HTTPClientError

pytestmark = pytest.mark.usefixtures("quiet")

COMMANDS = [message for message in VALID if message["do"] in ("go", "next", "back", "timer", "turn", "sheet")]
SLOW = 0.5  # seconds within which nine of ten acknowledgements come, on a machine with other work


def standing(room: Served) -> Any:
    """Return where the room stands, but for who is in."""
    now = room.room
    return deepcopy((now.position, now.phase, now.ends, now.turns, now.keys, [(one.phase, one.first, one.second) for one in now.ballots]))


def tells_nothing(room: Served, heard: bytes) -> None:
    assert not [secret for secret in room.secrets if secret in heard]
    assert b'"grade"' not in heard


def heard_by(*pages: Page) -> bytes:
    return json.dumps([message for page in pages for message in page.seen], ensure_ascii=False).encode()


# ---- who may do what -----------------------------------------------------------------------------------------------------------


async def test_no_command_is_taken_from_a_phone_or_a_projector(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        await control.go("next")
        before = standing(room)
        for command in [*COMMANDS, {"do": "hello", "key": control.key}]:
            async with Phone(room) as phone:
                await phone.say(command)
                assert (await phone.hears("error"))["error"] == "message"
                await phone.let_go()
                assert phone.line.close_code == 1008
            async with Page(room, "screen/") as screen:
                await screen.say({"do": "hello"})
                await screen.say(command)
                assert (await screen.hears("error"))["error"] == "message"
                await screen.let_go()
            for face, hello in (("", {"do": "hello", "token": token()}), ("screen/", {"do": "hello"})):
                assert (await room.poll(face, hello, command)) == [{"error": "message"}]
        assert standing(room) == before


async def test_no_command_is_taken_with_a_wrong_key_or_without_one(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        await control.go("next")
        before, key = standing(room), control.key
        wrong = ["", room.code, hashed(key), key[:-1], f"{key} ", key.swapcase(), "A" * 64, token()]
        for one in wrong:
            hello = {"do": "hello", "key": one}
            for command in COMMANDS:
                assert (await room.poll("control/", hello, command)) == [{"error": "key"}]
        for one in (*wrong, "A" * 65, None, 1, [], {"key": key}, True):
            async with Page(room, "control/") as page:
                for message in ({"do": "hello", "key": one}, *COMMANDS, {"do": "hello", "key": key}, *COMMANDS):
                    await page.say(message)
                await page.let_go()
                assert len(page.seen) == 1
                assert page.seen[0]["error"] in ("key", "message")
        for command in COMMANDS:
            assert (await room.poll("control/", command)) == [{"error": "hello"}]
            assert (await room.poll("control/", command, {"do": "hello", "key": key})) == [{"error": "hello"}]
        assert standing(room) == before


async def test_commands_sent_right_behind_a_wrong_key_count_as_little_before_the_connection_ends(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        await control.go("next")
        before = standing(room)
        async with Wire(room) as wire:  # which does not answer the closing
            await wire.send(upgrade(room, "control/"))
            await wire.head()
            await wire.send(frame(b'{"do":"hello","key":"wrong"}') + b"".join(frame(json.dumps(command).encode()) for command in COMMANDS))
            assert b'{"error":"key"}' in await asyncio.wait_for(wire.reader.read(200), 10)
            await wire.send(*(frame(json.dumps(command).encode()) for command in COMMANDS))
            async with Phone(room) as phone:
                assert (await phone.vote(0))["kept"]
        assert standing(room)[:4] == before[:4]


async def test_a_facilitator_has_no_vote_and_nobody_has_another_one_s(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as victim:
        await control.go("next")
        await victim.vote(0)
        before = standing(room)
        await control.say(ballot(room, 1))
        assert (await control.hears("error"))["error"] == "message"
        for own in (hashed(victim.token), victim.token[::-1], "0" * 32, "f" * 32, f"{int(victim.token, 16) + 7:032x}"):
            async with Phone(room, own) as phone:
                assert phone.hello["seat"] != victim.hello["seat"]
                assert phone.hello["mine"] == [[None, None]] * 2
        for more in ({"seat": 0}, {"token": victim.token}):
            async with Phone(room) as phone:
                await phone.say({**ballot(room, 1), **more})
                assert (await phone.hears("error"))["error"] == "message"
        for own in (victim.token.upper().replace("0", "A"), f"{victim.token}\n", victim.token[:31], "", 5, None, [victim.token]):
            told = await room.poll("", {"do": "hello", "token": own}, ballot(room, 1))
            assert told == [{"error": "message"}]
        assert standing(room) == before


async def test_pages_of_other_sites_get_nothing(tmp_path: Path):
    async with served(tmp_path) as room:
        here = f"http://{room.address}"
        for origin in ("http://evil.example", "null", f"{here}.evil.example", "http://[", "http://127.0.0.1", "file://", "", "\xff"):
            for face in ("", "screen/", "control/"):
                with pytest.raises(HTTPClientError) as caught:
                    async with Page(room, face, Origin=origin):
                        pass
                assert caught.value.code == 403
            hello = json.dumps([{"do": "hello", "token": token()}])
            answer = await room.get(f"/{room.code}/poll", method="POST", body=hello, headers={"Origin": origin})
            assert answer.code == 403
        for site, code in (("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)):
            answer = await room.get(f"/{room.code}/poll", method="POST", body=hello, headers={"Sec-Fetch-Site": site})
            assert answer.code == code
        async with Phone(room, Origin=here):
            assert len(room.room.seats) == 2


# ---- what cannot be understood -----------------------------------------------------------------------------------------------


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
        pages: dict[Any, tuple[Line, Deaf]] = {}
        refused = 0
        for number, raw in enumerate(junk(1, 10_000)):
            face = FACES[number % 3]
            line, page = pages.get(face, (None, Deaf()))
            if line is None:
                line = Line(room.server.host, face, page, "203.0.113.1")
                pages[face] = (line, page)
                if face != "control" and number % 2:
                    line.take(json.dumps({"do": "hello", **({"token": "f" * 32} if face == "phone" else {})}))
            line.take(raw if number % 4 else raw.decode(errors="surrogateescape"))
            if page.dropped:
                refused += 1
                said = len(page.heard)
                line.take(b'{"do":"lang","lang":"de"}')
                assert len(page.heard) == said
                assert json.loads(page.heard[-1])["error"] in ("message", "hello", "key")
                tells_nothing(room, b"".join(page.heard))
                line.end()
                del pages[face]
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


# ---- too much ----------------------------------------------------------------------------------------------------------------


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
        assert [event["option"] for event in room.kept() if event["event"] == "voted"] == [room.order[0]]
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
        await until(lambda: host.faces._open["screen"])
        published = 0
        while host.faces._open["screen"]:
            host.faces.publish()
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


# ---- what is served ----------------------------------------------------------------------------------------------------------

SCRIPTS = ("<script>alert(1)</script>", '"onload=alert(1) x="', "{{ 7 * 7 }}", "</style><img src=x onerror=a()>", "{% raw %}${1}")


def poisoned(exercise: Exercise) -> Exercise:
    """Return a situation with scripts in all of its texts."""
    scenario = exercise.scenario
    parts = "".join(SCRIPTS)
    words = {"title": SCRIPTS[0] + SCRIPTS[2], "role": SCRIPTS[1] + SCRIPTS[3], "stem": parts}
    texts = {lang: replace(text, **words) for lang, text in scenario.texts.items()}
    options = tuple(
        replace(option, texts={lang: replace(text, label=parts, feedback=parts) for lang, text in option.texts.items()})
        for option in scenario.options
    )
    person = replace(scenario.person, name=SCRIPTS[3])
    return rebuild(replace(scenario, texts=texts, options=options, person=person), exercise.order)


async def test_scripts_in_texts_stay_text(tmp_path: Path):
    situations = [poisoned(exercise) for exercise in exercises(2)]
    async with served(tmp_path, situations=situations) as room, Control(room) as control, phones(room, 7) as everyone:
        await control.go("next")
        for phone in everyone:
            await phone.vote(0)
        await control.go("reveal")
        shown = await everyone[0].shows("reveal")
        assert shown["question"]["title"] == SCRIPTS[0] + SCRIPTS[2]
        for face in ("", "screen/", "control/"):
            page = (await room.get(f"/{room.code}/{face}")).body.decode()
            assert "alert" not in page
            assert "onerror" not in page
        answer = await room.get(f"/{room.code}/poll", method="POST", body=json.dumps([{"do": "hello", "token": token()}]))
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        await control.go("next", "next")
        sheets = [(await room.get(f"/{room.code}/handout.html?lang={lang}")).body.decode() for lang in ("de", "en", "<script>")]
        for which in ("run_sheet", "handout"):
            await control.say({"do": "sheet", "which": which})
            sheets.append((await control.hears("sheet"))["html"])
        for sheet in sheets:
            assert "&lt;script&gt;alert(1)" in sheet
            assert "{{ 7 * 7 }}" in sheet
            for part in ("<script", "<img", "</style><", '"onload'):
                assert part not in sheet


async def test_a_name_that_was_made_up_gets_nowhere(tmp_path: Path):
    async with served(tmp_path, limits=Limits(guess_seconds=0.0)) as room:
        for name in ("evil.example; script-src *", 'a"b', "a b", "<script>", "a;b", "a,b", "*", "'unsafe-inline'", "a/b", "a?b"):
            (raw,) = await answers(room, [f"GET /{room.code}/ HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode()])
            head = raw.partition(b"\r\n\r\n")[0].decode()
            assert f"ws://{name}" not in head
            assert "script-src 'self';" in head or head.startswith("HTTP/1.1 400")
            assert "unsafe-inline" not in head
            assert "connect-src 'self';" in head or head.startswith("HTTP/1.1 400")
        (raw,) = await answers(room, [f"GET /?code={room.code} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode()])
        assert f"\r\nLocation: {room.code}/\r\n".encode() in raw
        for target in (f"/?code={room.code}%0d%0aSet-Cookie:%20a=b", f"/{room.code}%0d%0aSet-Cookie:%20a=b", f"//evil.example/{room.code}"):
            (raw,) = await answers(room, [f"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()])
            assert b"\r\nSet-Cookie" not in raw
            assert b"Location: //" not in raw


TRICKS = [
    "/static/../handlers.py",
    "/static/../../../../../../etc/passwd",
    "/static/%2e%2e/handlers.py",
    "/static/%2e%2e%2fhandlers.py",
    "/static/..%2fhandlers.py",
    "/static/..%5chandlers.py",
    "/static/..\\handlers.py",
    "/static/phone/../../handlers.py",
    "/static/phone/%2e%2e/control.js",
    "/static/phone/../control.js",
    "/static//etc/passwd",
    "/static/%00",
    "/static/control.js%00",
    "/static/control.js%00.css",
    "/static/control.js/",
    "/static/phone",
    "/static/phone/",
    "/static/phone/phone.html",
    "/static/screen.html",
    "/static/entry.html",
    "/static/__init__.py",
    "/static/CONTROL.JS",
    "/static/control.js;a=b",
    "/static/./control.js",
    "//static/control.js",
    "/../static/control.js",
    "/etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/\x7f",
    "/%",
    "/%zz",
    "/%ff%fe",
    "/static/control.js?../../x",
]


async def test_no_path_leads_to_other_files(tmp_path: Path):
    async with served(tmp_path, limits=Limits(guess_seconds=0.0)) as room:
        requests = [f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode("latin-1") for path in TRICKS]
        told = dict(zip(TRICKS, await answers(room, requests), strict=True))
        assert told.pop("/static/control.js?../../x").startswith(b"HTTP/1.1 200")
        for path, answer in told.items():
            assert answer[:12] in (b"HTTP/1.1 404", b"HTTP/1.1 400"), (path, answer[:200])
            assert b"import " not in answer
            assert b"root:" not in answer
        assert (await room.get("/static/control.js")).code == 200
        assert (await room.get("/static/phone/phone.js")).code == 200


async def test_guessing_a_code_is_slow_and_keeps_nobody_out(tmp_path: Path):
    assert len(_ALPHABET) ** 9 > 2**40
    async with served(tmp_path, limits=Limits(guesses=5, guess_seconds=0.4)) as room:
        begun = time.perf_counter()

        async def guess(path: str, **options: Any) -> tuple[int, float]:
            answer = await room.get(path, **options)
            return answer.code, time.perf_counter() - begun

        wrong = "A" * 9
        paths = [f"/{wrong}/", f"/?code={wrong}", f"/{wrong}/screen/", f"/{wrong}/handout.html", f"/{wrong}", f"/{wrong}/ws"] * 2
        guesses = [asyncio.create_task(guess(path)) for path in paths]
        guesses += [asyncio.create_task(guess(f"/{wrong}/poll", method="POST", body="[]")) for _ in range(3)]
        await until(lambda: any(task.done() for task in guesses))
        for path in (f"/{room.code}/", f"/?code={room.code}", f"/{room.code}/control/"):
            assert (await room.get(path)).code in (200, 303)
        async with Phone(room) as phone:
            assert phone.hello["seat"] == 0
        reader, writer = await asyncio.open_connection("127.0.0.1", room.server.port, local_addr=("127.0.0.2", 0))
        writer.write(f"GET /{room.code}/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        assert (await asyncio.wait_for(reader.read(), 10)).startswith(b"HTTP/1.1 200")
        writer.close()
        told = [await task for task in guesses]
        assert {code for code, _ in told} == {404, 429}
        assert all(seconds >= 0.4 for code, seconds in told if code == 404)
        assert sum(code == 404 for code, _ in told) >= 5
        assert (await room.get(f"/{wrong}/")).code == 404  # and it is heard again


async def test_every_answer_has_the_headers_that_keep_a_browser_in(tmp_path: Path):
    async with served(tmp_path, limits=Limits(guess_seconds=0.0)) as room:
        inside = ["", "/", "/screen/", "/control/", "/ws", "/poll", "/handout.html"]
        outside = ["/", "/?code=A", "/?code=%ff", f"/?code={room.code}", "/AAAAAAAAA/", "/AAAAAAAAA/ws", "/no/such/place"]
        for path in [f"/{room.code}{end}" for end in inside] + outside + ["/static/control.js", "/static/no.js"]:
            for method in ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"):
                request = f"{method} {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode()
                (answer,) = await answers(room, [request])
                head = answer.partition(b"\r\n\r\n")[0].decode()
                assert "Content-Security-Policy: default-src 'none'" in head, (method, path, head)
                assert "X-Content-Type-Options: nosniff" in head
                assert "Referrer-Policy: no-referrer" in head
                assert "Server: etiquette" in head
                assert "Set-Cookie" not in head
                assert "Traceback" not in answer.decode()
                assert "tornado" not in answer.decode().lower()
        async with Wire(room) as wire:
            await wire.send(upgrade(room))
            head = await wire.head()
            assert b"Set-Cookie" not in head
            assert b"Content-Security-Policy" in head


async def test_nothing_is_told_early_to_anybody_all_the_way_to_the_answer(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Page(room, "screen/") as screen, phones(room, 7) as everyone:
        await screen.say({"do": "hello", "lang": "en"})
        for phase in ("next", "closed", "discuss", "revote", "reclosed"):
            await control.go(phase)
            if room.room.which:
                for number, phone in enumerate(everyone):
                    await phone.vote(number % 3)
            for page in (*everyone, screen):
                await page.say({"do": "lang", "lang": "en" if phase == "next" else "de"})
            polled = [await room.poll("", {"do": "hello", "token": token()}), await room.poll("screen/", {"do": "hello"})]
            tells_nothing(room, json.dumps(polled).encode())
        for page in (*everyone, screen, control):
            await until(lambda page=page: page.seen[-1])
        tells_nothing(room, heard_by(*everyone, screen, control))
        own = b"".join(encode(message) for message in await room.poll("", {"do": "hello", "token": everyone[0].token}) if "mine" in message)
        assert everyone[1].token.encode() not in own
        await control.go("reveal")
        await everyone[0].shows("reveal")
        assert b'"grade"' in heard_by(everyone[0])


async def test_where_no_more_connections_can_be_held_those_who_are_in_go_on(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        assert room.server._server.most is not None
        with socket.socket() as free:
            room.server._server.most = free.fileno() + 64 + 40
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
