"""Nobody takes the room from the others: no command without the key, no vote that is not one's own, nothing early."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from etiquette_kit.hosts.server.host import hashed
from etiquette_kit.live.events import encode
from fuzz import VALID
from room_examples import until
from room_guests import Control, Page, Phone, Wire, ballot, frame, phones, served, token, upgrade
from room_unharmed import standing, tells_nothing
from tornado.httpclient import HTTPClientError

pytestmark = pytest.mark.usefixtures("quiet")

COMMANDS = [message for message in VALID if message["do"] in ("go", "next", "back", "timer", "turn", "sheet", "open_network")]


def heard_by(*pages: Page) -> bytes:
    return json.dumps([message for page in pages for message in page.seen], ensure_ascii=False).encode()


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
            for page_kind, hello in (("", {"do": "hello", "token": token()}), ("screen/", {"do": "hello"})):
                assert (await room.poll(page_kind, hello, command)) == [{"error": "message"}]
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
            for page_kind in ("", "screen/", "control/"):
                with pytest.raises(HTTPClientError) as caught:
                    async with Page(room, page_kind, Origin=origin):
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
