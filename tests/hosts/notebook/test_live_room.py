"""The room's widget without a browser: it opens nothing by itself, shows what the projector shows, and takes up where it was."""

from __future__ import annotations

import asyncio
import sys
import threading
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from chosen_situations import BANK, BOSS_AND_COLLEAGUE
from etiquette_kit import LiveRoom, load_bank
from etiquette_kit.bank import SelectionError
from etiquette_kit.content.house_rules import House, HouseHead, HouseRule
from etiquette_kit.live import RoomError
from etiquette_kit.locale import LanguageError, catalog
from etiquette_kit.rules.facts import RELATIONS
from etiquette_kit.workshop import PlanError
from own_network import ADDRESS, OwnNetwork


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "answers.sqlite3"


@pytest.fixture
def room(store: Path) -> Iterator[LiveRoom]:
    widget = LiveRoom(lang="en", scenarios=BOSS_AND_COLLEAGUE, port=0, store=store)
    yield widget
    widget.stop()


def act(room: LiveRoom, do: str, **more: Any) -> None:
    room._take(None, {"n": f"{do} {room.rev}", "do": do, **more}, None)


def page(room: LiveRoom) -> dict[str, Any]:
    found: dict[str, Any] = room.scene["page"]
    return found


def test_before_it_is_opened_there_is_a_plan_and_no_room(room: LiveRoom, store: Path):
    assert (room.scene["kind"], room.scene["asked"]) == ("closed", True)
    assert room.room is None
    assert room.control is None
    assert not store.exists()
    with pytest.raises(RuntimeError, match="start"):
        room.next()


def test_opened_it_shows_the_way_in(room: LiveRoom):
    room.start()
    assert (room.scene["kind"], page(room)["phase"], room.standing["counts"]["present"]) == ("open", "lobby", 0)
    assert room.control is not None
    address = room.control.partition("control/")[0]
    assert room.scene["screen"] == f"{address}screen/"
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  our own
        assert answer.status == 200


def test_it_is_driven_as_from_the_facilitators_page(room: LiveRoom):
    room.start()
    room.next()
    assert room.room is not None
    assert (room.room.phase, page(room)["phase"]) == ("vote", "vote")
    room.go("closed")
    with pytest.raises(RoomError):
        room.go("reclosed")
    room.go("reveal")
    assert page(room)["revealed"]["best"]
    room.next()
    room.back()
    assert page(room)["phase"] == "reveal"


def test_nothing_of_the_answer_is_there_before_it_is_shown(room: LiveRoom):
    room.start()
    room.next()
    assert room.room is not None
    feedback = [option.reason for option in room.room.ballots[0].exercise.key_page("en").options.values()]
    for phase in ("closed", "discuss", "revote", "reclosed"):
        room.go(phase)
        assert not any(text in str(room.get_state()) for text in feedback)
    room.go("reveal")
    assert all(text in str(room.scene) for text in feedback)


def test_closed_and_opened_again_it_goes_on_and_a_new_one_begins_afresh(room: LiveRoom):
    room.start()
    room.next()
    code = page(room)["code"]
    room.stop()
    assert (room.scene["kind"], room.room) == ("closed", None)
    room.start()
    assert (page(room)["code"], page(room)["phase"]) == (code, "vote")
    room.stop()
    room.start(new=True)
    assert page(room)["code"] != code
    assert page(room)["phase"] == "lobby"


def test_the_page_opens_closes_and_is_told_what_is_in_the_way(room: LiveRoom, store: Path):
    act(room, "start", reach="here", new=False)
    assert (room.scene["kind"], room.notice, room.scene["reach"] is None) == ("open", "", False)
    other = LiveRoom(lang="en", scenarios=BOSS_AND_COLLEAGUE, port=0, store=store)
    act(other, "start", reach="here", new=False)
    assert other.scene["kind"] == "closed"
    assert page(room)["code"].replace(" ", "") in other.notice
    act(other, "start", reach="here", new=True)
    assert (other.scene["kind"], other.notice) == ("open", "")
    act(other, "stop")
    assert other.scene["kind"] == "closed"
    taken = LiveRoom(lang="en", scenarios=BOSS_AND_COLLEAGUE, port=int(room.scene["screen"].split(":")[2].split("/")[0]), store=store)
    act(taken, "start", reach="here", new=True)
    assert taken.scene["kind"] == "closed"
    assert "port" in taken.notice


@pytest.mark.skipif(sys.platform == "darwin", reason="this machine has 127.0.0.1 alone")
def test_a_room_for_this_machine_is_opened_to_the_network_on_its_page(room: LiveRoom, monkeypatch: pytest.MonkeyPatch):
    network = OwnNetwork(monkeypatch)
    act(room, "start", reach="here", new=False)
    assert room.scene["reach"]["button"] == "Open it in the Wi-Fi"
    assert page(room)["warning"]
    network.addresses = []
    act(room, "open_network")
    assert room.notice == catalog("en")("room_lobby.reach_refused.none")
    network.addresses = [ADDRESS]
    act(room, "open_network")
    assert (room.scene["reach"], room.notice) == (None, catalog("en")("room_lobby.reach.opened"))
    assert page(room)["address"].startswith(f"http://{ADDRESS}:")
    assert page(room)["warning"] is None
    with urllib.request.urlopen(page(room)["address"], timeout=10) as answer:  # noqa: S310  our own
        assert answer.status == 200
    assert room.card._served.server.host.arrivals.screen  # type: ignore[union-attr]


def test_an_address_that_the_machine_does_not_have_is_named(store: Path):
    room = LiveRoom(lang="en", scenarios=BOSS_AND_COLLEAGUE, host="192.0.2.99", store=store)
    act(room, "start", reach="given")
    assert (room.scene["kind"], room.notice) == ("closed", catalog("en")("room_notebook.no_address", host="192.0.2.99"))
    assert not store.exists()


def test_a_store_that_cannot_be_used_is_named(tmp_path: Path):
    tmp_path.joinpath("folder").mkdir()
    room = LiveRoom(lang="en", scenarios=BOSS_AND_COLLEAGUE, port=0, store=tmp_path / "folder")
    act(room, "start", reach="here")
    assert room.scene["kind"] == "closed"
    assert "not a store of this program" in room.notice


def test_the_language_changes_with_what_is_shown(room: LiveRoom):
    room.start()
    room.next()
    room.lang = "de"
    assert page(room)["question"]["title"] == BANK[BOSS_AND_COLLEAGUE[0]].text("de").title
    assert room.standing["counts"]["text"] == "0 von 0 haben abgestimmt"


def test_in_a_kernel_changes_arrive_on_its_own_loop(store: Path):
    threads: set[threading.Thread] = set()

    async def kernel() -> str:
        room = LiveRoom(lang="en", scenarios=BOSS_AND_COLLEAGUE, port=0, store=store)
        room.start()
        room.next()
        driven = page(room)["phase"]
        changed = asyncio.Event()
        room.observe(lambda _: threads.add(threading.current_thread()) or changed.set(), "rev")
        host = room.card._served.server.host  # type: ignore[union-attr]
        room.card._served.thread.run(lambda: host.turn(host.room.go("closed", datetime.now(UTC))))  # type: ignore[union-attr]
        while page(room)["phase"] != "closed":
            await changed.wait()
            changed.clear()
        room.stop()
        return str(driven)

    assert asyncio.run(asyncio.wait_for(kernel(), 30)) == "vote"
    assert threads == {threading.main_thread()}


def test_its_text_is_the_same_each_time_and_has_no_code(room: LiveRoom):
    before = repr(room)
    assert before.splitlines()[0].endswith("2 situations, order 1 (not open yet)")
    assert before == repr(LiveRoom(lang="en", scenarios=BOSS_AND_COLLEAGUE))
    room.start()
    assert "Arriving" in repr(room)
    assert page(room)["code"] not in repr(room)


def test_what_cannot_be_is_refused():
    with pytest.raises(PlanError):
        LiveRoom(minutes=45)
    with pytest.raises(LanguageError):
        LiveRoom(lang="tlh")
    with pytest.raises(KeyError):
        LiveRoom(scenarios=["nowhere"])
    with pytest.raises(SelectionError):
        LiveRoom(scenarios=[])
    assert len(LiveRoom(load_bank(), minutes=90).card._situations.planned) == 6


def test_the_rules_of_the_house_stand_beside_the_answer(store: Path):
    house = House(HouseHead("Stadtwerke"), tuple(HouseRule(relation, texts={"en": "Ask first."}) for relation in RELATIONS))
    room = LiveRoom(lang="en", scenarios=BOSS_AND_COLLEAGUE, port=0, store=store, house=house)
    try:
        room.start()
        room.next()
        assert page(room)["revealed"] is None
        room.go("reveal")
        assert page(room)["revealed"]["house"]["title"] == "Your organisation’s rule: Stadtwerke"
        assert list(page(room)["revealed"]["house"]["texts"]) == [{"text": "Ask first.", "lang": "en"}]
    finally:
        room.stop()
