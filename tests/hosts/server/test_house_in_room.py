"""The house rules in a room: with the answer, on every page, and apart from all that is graded or voted."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
from etiquette_kit.content.house_rules import House, HouseHead, HouseRule
from etiquette_kit.locale import languages
from etiquette_kit.present.control_page import control_page
from etiquette_kit.present.room_pages import phone_page, screen_page
from etiquette_kit.rules.facts import RELATIONS
from room_examples import AT, at_vote, go
from room_guests import Control, Page, Phone, served

TEXT = "Fragen Sie zuerst <b>Frau Nowak</b>."
HOUSE = House(HouseHead("Stadtwerke", {"de": "Allgemein."}), tuple(HouseRule(relation, texts={"de": TEXT}) for relation in RELATIONS))
PAGES = {"phone": phone_page, "screen": screen_page, "control": control_page}
ROOM_PHASES = ("vote", "closed", "discuss", "revote", "reclosed", "reveal")


@pytest.mark.parametrize("phase", ROOM_PHASES)
def test_a_rule_is_there_with_the_answer_and_changes_nothing_else(phase: str):
    room = go(at_vote(6), *ROOM_PHASES[1 : ROOM_PHASES.index(phase) + 1])
    for (page_kind, page), lang in product(PAGES.items(), languages()):
        told, bare = page(room, lang, AT, HOUSE), page(room, lang, AT)
        if phase == "reveal":
            note = told["revealed"].pop("house")
            assert list(note["texts"]) == [{"text": TEXT, "lang": "de"}]
            assert bare["revealed"].pop("house") is None
        assert told == bare, page_kind


async def test_pages_get_a_rule_with_the_answer_and_the_handout_has_both_kinds(tmp_path: Path):
    async with served(tmp_path, house=HOUSE) as room, Page(room, "screen/") as screen, Phone(room) as phone, Control(room) as control:
        await screen.say({"do": "hello", "lang": "de"})
        await control.go("next", "closed", "discuss", "revote", "reclosed")
        assert (await phone.shows("reclosed"))["revealed"] is None
        assert "Nowak" not in json.dumps([screen.seen, phone.seen, control.seen])
        pages = [await control.lead(control.order("go", phase="reveal")), await screen.shows("reveal"), await phone.shows("reveal")]
        assert [page["revealed"]["house"]["texts"] for page in pages] == [[{"text": TEXT, "lang": "de"}]] * 3
        await control.say({"do": "sheet", "which": "run_sheet"})
        assert (await control.hears("sheet"))["html"].count("Frau Nowak") == len(room.room.ballots)
        await control.go("end")
        sheet = (await room.get(f"/{room.code}/handout.html?lang=en")).body.decode()
        assert sheet.count("Allgemein.") == 1
        assert sheet.count("Fragen Sie zuerst &lt;b&gt;Frau Nowak&lt;/b&gt;.") == 1
