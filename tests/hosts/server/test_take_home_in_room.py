"""A room ends with the way to go on practising."""

from __future__ import annotations

from pathlib import Path

import pytest
from etiquette_kit.hosts.qr_code import drawn
from etiquette_kit.locale import catalog
from room_guests import Control, served
from take_home_examples import ADDRESS

pytestmark = pytest.mark.slow


async def test_its_last_pages_show_the_address_and_the_handout_its_code(tmp_path: Path):
    async with served(tmp_path, take_home=drawn(ADDRESS)) as room, Control(room) as control:
        await control.go("next", "reveal")
        pages = {kind: room.server.host.broadcaster.describe(kind, "en") for kind in ("screen", "control", "phone")}
        assert ADDRESS not in str(pages)
        while room.room.phase != "end":
            await control.go("next")
        for kind in ("screen", "control", "phone"):
            shown = room.server.host.broadcaster.describe(kind, "en")["take_home"]
            assert (shown["address"], shown["qr"], shown["title"]) == (ADDRESS, drawn(ADDRESS).image, catalog("en")("take_home.title"))
        answer = await room.get(f"/{room.code}/handout.html?lang=en")
        assert drawn(ADDRESS).drawing in answer.body.decode()
        await control.say({"do": "sheet", "which": "run_sheet"})
        sheet = await control.hears("sheet", sheet="run_sheet")
        assert catalog("de")("take_home.say") in sheet["html"]


async def test_without_an_address_there_is_none(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        await control.go("next", "reveal")
        while room.room.phase != "end":
            await control.go("next")
        assert room.server.host.broadcaster.describe("screen", "de")["take_home"] is None
        assert "<svg" not in (await room.get(f"/{room.code}/handout.html?lang=de")).body.decode()
