"""A room that is led over the network: talks with a countdown, and steps that are taken back, on any page and after a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from etiquette_kit.live.events import Timed
from room_examples import exercises
from room_guests import Control, Page, Phone, served
from stored_room import replayed, resumed

pytestmark = pytest.mark.usefixtures("quiet")


async def test_a_step_is_taken_back_from_another_page_and_no_vote_is_lost(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        await phone.vote(1)
        page = await control.lead(control.order("next"))
        assert page["position"] == 1
        async with Control(room) as other:
            assert 0 < other.page["take_back"]["left"] <= 10
            page = await other.lead(other.page["take_back"]["send"])
        assert (page["position"], page["phase"], page["take_back"]) == (0, "vote", None)
        await control.say(control.order("take_back"))
        assert "zurückzunehmen" in (await control.hears("refused"))["refused"]
        assert list(room.room.ballots[0].first.values()) == [room.order[1]]
    assert [event["event"] for event in room.kept()][-2:] == ["went", "took_back"]
    assert replayed(room).position == 0


async def test_a_step_is_taken_back_after_a_restart(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        await control.go("next", "closed")
    async with served(tmp_path, opening=await resumed(room)) as room, Control(room) as control:
        page = await control.lead(control.order("take_back"))
        assert page["phase"] == "vote"


async def test_a_talk_goes_on_over_a_restart_and_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with served(tmp_path) as room, Control(room) as control:
        await control.lead(control.order("talk", seconds=240))
        await control.go("next", "discuss")
        await control.lead(control.order("extend_talk"))
        ends = room.room.ends
    async with served(tmp_path, opening=await resumed(room)) as room, Phone(room) as phone, Page(room, "screen/") as screen:
        assert (room.room.ends, room.room.talk) == (ends, 240)
        await screen.say({"do": "hello", "lang": "en"})
        shown = [phone.hello["page"], (await screen.hears("page"))["page"]]
        assert all(240 < page["left"] <= 300 and not page["open"] for page in shown)
        asked: list[float] = []
        host = room.server.host
        monkeypatch.setattr(host, "_later", lambda seconds, _act: asked.append(seconds))
        now = datetime.now(UTC)
        host.turn(Timed(now, now - timedelta(seconds=1)))
        assert asked == [], "a talk whose time is over sets no timer, which would run again and again"
        assert room.room.phase == "discuss"


async def test_a_room_is_resumed_until_it_is_at_its_very_end(tmp_path: Path):
    for phase in ("write", "questions"):
        async with served(tmp_path, situations=exercises(1)) as room, Control(room) as control:
            await control.go("next", "reveal", phase)
        async with served(tmp_path, opening=await resumed(room)) as room, Control(room) as control:
            assert control.page["phase"] == phase
            assert control.page["task"]["title"]
            await control.go("end")
