"""A room as phones, projectors and facilitators find it, over the network of this machine."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import ANY

import pytest
from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.live import messages
from room_examples import exercises, until
from room_guests import Control, Page, Phone, ballot, phones, served, token, vote_id
from stored_room import resumed

pytestmark = pytest.mark.usefixtures("quiet")


async def test_everybody_gets_what_is_meant_for_them(tmp_path: Path):
    async with served(tmp_path) as room, Phone(room) as phone, Page(room, "screen/") as screen, Control(room) as control:
        assert phone.hello.keys() == {"lang", "languages", "words", "page", "seat", "mine"}
        assert (phone.hello["seat"], phone.hello["mine"]) == (0, [[None, None]] * 2)
        assert phone.hello["languages"] == [["de", "Deutsch"], ["en", "English"]]
        await screen.say({"do": "hello", "lang": "en"})
        shown = await screen.hears("words")
        assert shown.keys() == {"lang", "languages", "words", "page", "counts"}
        assert shown["page"]["code"].replace(" ", "") == room.code
        assert shown["page"]["qr"].startswith("data:image/svg+xml")
        assert "steps" not in shown["page"]
        assert [step["name"] for step in control.page["steps"] if step["primary"]] == ["next"]
        assert control.page["links"]["phone"] == f"http://{room.address}/{room.code}/"
        assert {message["page"]["phase"] for message in (phone.hello, shown, {"page": control.page})} == {"lobby"}
        assert shown["counts"] == {"present": 1, "voted": 0, "text": "One person is in"}


async def test_a_workshop_is_led_by_the_usual_button_from_the_lobby_to_the_end(tmp_path: Path):
    async with served(tmp_path, situations=exercises(1)) as room, Control(room, lang="en") as control, phones(room, 6) as everyone:
        phases = []
        page = control.page
        while page["phase"] != "end":
            (usual,) = [step for step in page["steps"] if step["primary"]]
            page = await control.lead(usual["send"])
            phases.append(page["phase"])
            for number, phone in enumerate(everyone):
                assert (await phone.shows(page["phase"]))["which"] == page["which"]
                if page["open"]:
                    acknowledged = await phone.vote(number % 2)
                    assert acknowledged["kept"] is True
                    assert acknowledged["option"] == room.order[number % 2]
            if page["open"]:
                await control.hears("counts", counts={"present": 6, "voted": 6, "text": "6 of 6 have voted"})
        assert phases == ["vote", "closed", "discuss", "revote", "reclosed", "reveal", "write", "questions", "end"]
        assert (await room.get(f"/{room.code}/handout.html")).code == 200
    assert room.kept()[-1]["phase"] == "end"
    assert room.rooms.open(datetime.now(UTC) - timedelta(hours=1)) is None


async def test_a_vote_that_is_sent_again_counts_once_and_what_counts_is_acknowledged(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        first, second = vote_id(), vote_id()
        for own, option, counted in ((first, 0, 0), (first, 0, 0), (second, 1, 1), (first, 0, 1), (second, 1, 1), (first, 2, 1)):
            told = await phone.vote(option, own)
            assert told == {"ack": own, "position": 0, "which": "first", "option": room.order[counted], "kept": True}
        assert list(room.room.ballots[0].first.values()).count(room.order[1]) == 1
        await control.go("closed", "revote")
        told = await phone.vote(0, first)
        assert (told["which"], told["option"]) == ("first", room.order[1])
        told = await phone.vote(0, first, position=9999)
        assert (told["position"], told["option"]) == (0, room.order[1])
        assert room.room.ballots[0].second == {}
    assert [event["id"] for event in room.kept() if event["event"] == "voted"] == [first, second]


async def test_a_vote_that_a_dying_connection_delivers_after_a_newer_one_changes_nothing(tmp_path: Path):
    own = token()
    async with served(tmp_path) as room, Control(room) as control, Phone(room, own) as dying, Phone(room, own) as phone:
        await control.go("next")
        older, newer = ({**ballot(room, option), "number": option + 1} for option in (0, 1))
        for page, vote in ((phone, newer), (dying, older), (dying, older)):
            await page.say(vote)
            told = await page.hears("ack", ack=vote["id"])
            assert (told["option"], told["kept"]) == (room.order[1], True)
        await control.go("closed")
        await dying.say(older)
        assert (await dying.hears("ack", ack=older["id"]))["option"] == room.order[1]
        assert list(room.room.ballots[0].first.values()) == [room.order[1]]
        assert await room.poll("", {"do": "hello", "token": own}, older) == [
            {**phone.hello, "page": ANY, "mine": [[room.order[1], None], [None, None]]},
            {"ack": older["id"], "position": 0, "which": "first", "option": room.order[1], "kept": True},
        ]
    assert [(event["id"], event["number"]) for event in room.kept() if event["event"] == "voted"] == [(newer["id"], 2)]


async def test_what_cannot_be_voted_is_refused(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        assert (await phone.vote("a", position=0))["refused"] == "closed"
        await control.go("next")
        assert (await phone.vote("nonsense"))["refused"] == "unknown_option"
        assert (await phone.vote(0, position=1))["refused"] == "closed"
        assert (await phone.vote(0, which="second"))["refused"] == "closed"
        assert (await phone.vote(0))["kept"]
        order = room.order
        for phase in ("closed", "discuss", "reveal"):
            await control.go(phase)
            assert (await phone.vote(order[1], position=0))["refused"] == "closed"
        await control.go("next")
        assert (await phone.vote(order[1], position=0))["refused"] == "closed"
        assert room.room.ballots[0].first == {0: order[0]}
    assert len([event for event in room.kept() if event["event"] == "voted"]) == 1


async def test_two_tabs_are_one_seat(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as one:
        await control.go("next")
        async with Phone(room, one.token, lang="en") as other:
            assert other.hello["seat"] == one.hello["seat"]
            message = ballot(room, 1)
            await other.say(message)
            assert (await one.hears("ack"))["option"] == (await other.hears("ack"))["option"] == room.order[1]
            await one.vote(0)
            assert (await other.hears("ack"))["option"] == room.order[0]
            assert (len(room.room.seats), room.room.voted, room.server.host.present()) == (1, 1, 1)
        await until(lambda: room.server.host._seats[0].connections and len(room.server.host._seats[0].connections) == 1)
        async with Phone(room, one.token) as again:
            assert again.hello["mine"][0] == [room.order[0], None]
    assert room.server.host.present() == 0


async def test_the_language_changes_on_one_page_alone(tmp_path: Path):
    async with served(tmp_path) as room, Control(room, lang="en") as control, Phone(room, lang="xx") as phone, Phone(room) as other:
        assert phone.hello["lang"] == "de"
        await phone.say({"do": "lang", "lang": "en"})
        assert (await phone.hears("words"))["lang"] == "en"
        await control.say({"do": "lang", "lang": "de"})
        assert (await control.hears("words"))["lang"] == "de"
        await control.go("next")
        pages = [(await page.shows("vote"))["say"] for page in (phone, other)]
        assert pages == [room.server.host.broadcaster.describe("phone", lang)["say"] for lang in ("en", "de")]
        assert not any("words" in message for message in other.got)


@pytest.mark.parametrize(
    ("start", "browser", "phone", "others"),
    [("en", "de", "de", "en"), ("en", "fr", "en", "en"), (None, "en", "en", "en"), (None, "fr", "de", "de"), ("tlh", "fr", "de", "de")],
)
async def test_the_language_asked_for_at_the_start_is_the_one_in_which_pages_start(
    tmp_path: Path, start: str | None, browser: str, phone: str, others: str
):
    async with served(tmp_path, lang=start) as room:
        started = {}
        for page_kind in ("", "screen/", "control/"):
            answer = await room.get(f"/{room.code}/{page_kind}", headers={"Accept-Language": browser})
            started[page_kind] = re.search(r'<html lang="(.+?)"', answer.body.decode())[1]  # type: ignore[index]
        assert started == {"": phone, "screen/": others, "control/": others}


async def test_without_a_websocket_all_is_the_same(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone, Page(room, "screen/") as screen:
        await screen.say({"do": "hello", "lang": "en"})
        seen = await screen.hears("words")
        hello = {"do": "hello", "token": phone.token, "lang": "de"}
        assert (await room.poll("", hello))[0] == phone.hello
        assert (await room.poll("screen/", {"do": "hello", "lang": "en"}))[0]["page"] == seen["page"]
        leading = {"do": "hello", "key": control.key, "lang": "de"}
        led = (await control.hears("page"))["page"]  # which knows that a projector is there
        assert (await room.poll("control/", leading))[0]["page"] == led
        told = await room.poll("control/", leading, control.order("next"))
        assert any(message.get("page", {}).get("phase") == "vote" for message in told)
        assert (await phone.shows("vote")) == (await room.poll("", hello))[0]["page"]
        message = ballot(room, 1)
        for _ in range(2):
            told = await room.poll("", hello, message)
            assert told[-1] == {"ack": message["id"], "position": 0, "which": "first", "option": room.order[1], "kept": True}
        assert (await phone.hears("ack"))["option"] == room.order[1]
        assert room.server.host.present() == 1
        told = await room.poll("", hello, {"do": "lang", "lang": "en"})
        assert [message["lang"] for message in told] == ["de", "en"]
        assert (await room.poll("", {"do": "lang", "lang": "en"})) == [{"error": "hello"}]
        assert (await room.poll("control/", {**leading, "key": "no"})) == [{"error": "key"}]


@pytest.mark.parametrize("seconds", [600.0, 0.0])
async def test_who_asks_at_intervals_is_there_for_a_while(tmp_path: Path, seconds: float):
    async with served(tmp_path, limits=Limits(gone_seconds=seconds)) as room:
        await room.poll("", {"do": "hello", "token": "0" * 32})
        assert room.server.host.present() == (1 if seconds else 0)


async def test_who_is_in_is_who_is_there_and_not_who_ever_was(tmp_path: Path):
    async with served(tmp_path) as room, Control(room, lang="en") as control, Phone(room):
        async with Phone(room), Phone(room) as voter:
            await control.hears("counts", counts={"present": 3, "voted": 0, "text": "3 people are in"})
            await control.go("next")
            await voter.vote(0)
        await control.hears("counts", counts={"present": 1, "voted": 1, "text": "1 of 2 have voted"})
        await control.go("next", "next")
        await control.hears("counts", counts={"present": 1, "voted": 0, "text": "One person is in"})
    assert len(room.room.seats) == 3


async def test_who_comes_late_is_where_the_others_are(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, phones(room, 5) as everyone:
        await control.go("next")
        for phone in everyone:
            await phone.vote(0)
        await control.go("closed")
        async with Phone(room) as late:
            assert (late.hello["page"]["phase"], late.hello["mine"][0]) == ("closed", [None, None])
            assert (await late.vote(0, which="first"))["refused"] == "closed"
            await control.go("reveal")
            assert (await late.shows("reveal"))["revealed"]["best"]
            await control.go("end")
            assert (await late.shows("end"))["end"]["rows"]
        async with Phone(room) as later:
            assert later.hello["page"]["phase"] == "end"
            assert later.hello["seat"] == 6


async def test_a_vote_closes_when_its_time_is_over(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        assert 0 < (await control.lead(control.order("timer", seconds=1)))["left"] <= 1
        await phone.vote(0)
        page = await phone.shows("closed")
        assert page["left"] is None
        assert (await phone.vote(1))["refused"] == "closed"
        await control.say(control.order("timer", seconds=60))
        assert (await control.hears("refused"))["refused"]


async def test_a_time_can_be_taken_back_and_changed(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        await control.go("next")
        for seconds in (3600, None, 60):
            left = (await control.lead(control.order("timer", seconds=seconds)))["left"]
            assert left is None if seconds is None else seconds - 5 < left <= seconds
        await control.go("closed")
        assert room.room.ends is None


async def test_a_second_click_does_nothing(tmp_path: Path):
    async with served(tmp_path) as room, Control(room, lang="en") as control, Control(room, lang="en") as other:
        press = control.order("next")
        await control.say(press)
        await control.say(press)
        await other.say(press)
        for page in (control, other):
            assert "already moved on" in (await page.hears("refused"))["refused"]
        assert (room.room.position, room.room.phase) == (0, "vote")
        await control.say(control.order("go", phase="reclosed"))
        assert (await control.hears("refused"))["refused"]
        assert room.room.phase == "vote"


async def test_the_facilitator_turns_the_projector_to_a_view_of_the_answer_and_no_phone_hears_of_it(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone, Page(room, "screen/") as screen:
        await screen.say({"do": "hello"})
        await control.go("next")
        await control.say(control.order("turn", view="overview"))
        assert await control.hears("refused")
        await control.go("reveal")
        await phone.shows("reveal")
        for turns, view in enumerate(("situation", room.order[1], room.order[1]), 1):
            page = await control.lead(control.order("turn", view=view))
            assert (page["view"], page["turns"]) == (view, turns)
            while (shown := await screen.shows("reveal"))["turns"] < turns:
                continue
            assert shown["view"] == view
        for command in (control.order("turn", view="nonsense"), {"do": "turn", "view": "flow", "from": [1, "reveal"]}):
            await control.say(command)
            assert await control.hears("refused")
        assert not [message for message in phone.got if "page" in message]
    async with served(tmp_path, opening=await resumed(room)) as room, Control(room) as control:
        assert (control.page["view"], control.page["turns"]) == (room.order[1], 3)
        await control.go("next")
        assert (await control.lead(control.order("back")))["view"] == "overview"


async def test_sheets_are_for_the_facilitator(tmp_path: Path):
    async with served(tmp_path) as room, Control(room, lang="en") as control:
        for which in ("run_sheet", "handout", "vote_sheet"):
            await control.say({"do": "sheet", "which": which})
            sheet = await control.hears("sheet", sheet=which)
            assert sheet["html"].lower().startswith("<!doctype html>")
            assert sheet["file"].endswith(".html")


async def test_the_facilitator_can_print_the_handout_beforehand(tmp_path: Path):
    async with served(tmp_path) as room, Control(room, lang="en") as control:
        titles = [ballot.exercise.scenario.text("en").title for ballot in room.room.ballots]

        async def printed() -> list[bool]:
            await control.say({"do": "sheet", "which": "handout"})
            sheet = await control.hears("sheet", sheet="handout")
            return [title in sheet["html"] for title in titles]

        assert all(await printed())
        await control.go("next", "reveal")
        assert await printed() == [True] + [False] * (len(titles) - 1)


async def test_the_handout_is_there_after_the_last_situation_in_both_languages(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control:
        path = f"/{room.code}/handout.html"
        await control.go("next", "reveal")
        assert (await room.get(path)).code == 404
        await control.go("write")
        for lang, shown in (("de", "de"), ("en", "en"), ("xx", "de")):
            text = (await room.get(f"{path}?lang={lang}")).body.decode()
            scenario = room.room.ballots[0].exercise.scenario
            assert scenario.text(shown).title in text
            assert room.room.ballots[1].exercise.scenario.text(shown).title not in text
        await control.go("end")
        assert (await room.get(path)).code == 200
        await control.go("back", "back", "back")
        assert (await room.get(path)).code == 404


def test_messages_are_read_as_they_are_described():
    assert messages.read_control(b'{"do":"timer","seconds":null,"from":[0,"vote"]}') == messages.Timer(None, (0, "vote"))
