"""A room that was restarted is where it was, and nothing that was acknowledged is lost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from etiquette_kit.hosts.server.opening import resume
from etiquette_kit.live import BusyError
from room_examples import until
from room_guests import Control, Phone, phones, served, vote_id
from stored_room import replayed, resumed

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.mark.parametrize("phase", ["lobby", "vote", "closed", "reveal"])
async def test_a_room_that_was_restarted_is_where_it_was(tmp_path: Path, phase: str):
    async with served(tmp_path) as room, Control(room) as control, phones(room, 3) as everyone:
        if phase != "lobby":
            await control.go("next")
            for number, phone in enumerate(everyone):
                await phone.vote(number % 2)
        if phase not in ("lobby", "vote"):
            await control.go(phase)
        code, key, before = room.code, control.key, room.room
        tokens = {phone.token: phone.hello["seat"] for phone in everyone}
        await room.server.stop()
        for page in (*everyone, control):
            await page.let_go()
    again = await resumed(room)
    async with served(tmp_path, opening=again, port=again.head.port) as room:
        assert (room.code, room.server.port) == (code, again.head.port)
        assert [(ballot.phase, ballot.first) for ballot in room.room.ballots] == [(entry.phase, entry.first) for entry in before.ballots]
        for own, seat in tokens.items():
            async with Phone(room, own) as phone:
                assert (phone.hello["seat"], phone.hello["page"]["phase"]) == (seat, phase)
                chosen = None if phase == "lobby" else before.ballots[0].first[seat]
                assert phone.hello["mine"][0] == [chosen, None]
                if phase == "vote":
                    assert (await phone.vote(2))["kept"]
        assert again.key != key
        for one in (key, again.key):
            async with Control(room, one) as control:
                assert control.page["phase"] == phase
                await control.go("next" if room.room.phase in ("lobby", "reveal") else "reveal")
                phase = room.room.phase
        async with Phone(room) as new:
            assert new.hello["seat"] == 3
    assert vars(replayed(room))["seats"] == room.room.seats


async def test_in_either_database_a_room_is_kept_and_goes_on(address: str):
    async with served(address) as room, Control(room) as control, phones(room, 20) as everyone:
        await control.go("next")
        told = await asyncio.gather(*(phone.vote(number % 3) for number, phone in enumerate(everyone)))
        assert all(one["kept"] for one in told)
        before = room.room
    async with served(address, opening=await resumed(room)) as room, Phone(room, everyone[4].token) as phone:
        assert phone.hello["mine"][0] == [room.order[1], None]
        assert (await phone.vote(0))["kept"]
        assert len(room.room.ballots[0].first) == 20
        assert room.room.seats == before.seats


async def test_a_vote_that_was_sent_before_the_restart_is_known_after_it(tmp_path: Path):
    own = vote_id()
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        await phone.vote(0, own)
        await phone.vote(1)
        seat = phone.token
    async with served(tmp_path, opening=await resumed(room)) as room, Phone(room, seat) as phone:
        assert (await phone.vote(0, own))["option"] == room.order[1]
        assert len(room.room.ballots[0].first) == 1


async def test_time_goes_on_while_the_room_is_away(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        await control.go("next")
        room.server.host.turn(room.room.time(timedelta(seconds=0.1), datetime.now(UTC)))
    async with served(tmp_path, opening=await resumed(room)) as room:
        await until(lambda: room.room.phase == "closed")
    assert [event["phase"] for event in room.kept() if event["event"] == "went"] == ["vote", "closed"]


async def test_a_room_that_is_being_served_is_not_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # where nobody is
    async with served(tmp_path) as room:
        with pytest.raises(BusyError):
            await resumed(room)
        before = len(room.kept())
        assert before == 2
    assert (await resumed(room)).head.code == room.code


async def test_a_room_that_ended_is_not_taken_up_unless_it_went_back(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        await control.go("next", "end")
        assert room.room.phase == "end"
        await until(lambda: room.rooms.open(datetime.now(UTC) - timedelta(hours=1)) is None)
        await control.go("back")
    again = await resumed(room)
    async with served(tmp_path, opening=again) as room, Control(room) as control:
        assert room.room.phase == "questions"
        await control.go("next")
    assert await asyncio.to_thread(resume, room.rooms, datetime.now(UTC)) is None
