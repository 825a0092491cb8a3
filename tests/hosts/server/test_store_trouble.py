"""While the store cannot be written, votes count and the facilitator knows; afterwards everything is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.hosts.server.opening import resume
from etiquette_kit.live.events import decode
from etiquette_kit.live.room import Room
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from room_examples import until
from room_guests import Control, Phone, Served, phones, served
from sqlalchemy import event

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etiquette_kit.hosts.server.journal._PAUSE", 0.01)
    monkeypatch.setattr("etiquette_kit.store.sql.connect.PATIENCE", 20)


@contextmanager
def locked(room: Served) -> Iterator[None]:
    other = Store(str(room.store.url.database))
    with other.writing():
        yield
    other.close()


@contextmanager
def read_only(room: Served) -> Iterator[None]:
    allowed = False

    def set_mode(connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA query_only={'OFF' if allowed else 'ON'}")

    event.listen(room.store._engine, "checkout", set_mode)
    yield
    allowed = True


@contextmanager
def gone(_room: Served) -> Iterator[None]:
    """Let every write fail as if the server were gone."""
    with pytest.MonkeyPatch.context() as patch:

        def fail(*_: object) -> None:
            raise StoreError("gone", "as if")

        patch.setattr(Rooms, "append", fail)
        yield


@contextmanager
def cut_off(_room: Served) -> Iterator[None]:
    """Let every write be told as failed, though it went well."""
    with pytest.MonkeyPatch.context() as patch:
        append = Rooms.append

        def fail(self: Rooms, *arguments: object) -> None:
            append(self, *arguments)  # type: ignore[arg-type]
            raise StoreError("gone", "as if")

        patch.setattr(Rooms, "append", fail)
        yield


Trouble = Callable[[Served], AbstractContextManager[None]]


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [(locked, "holding on"), (read_only, "does not allow"), (gone, "cannot be reached"), (cut_off, "cannot be reached")],
)
async def test_votes_count_while_the_store_is_in_trouble_and_are_written_afterwards(tmp_path: Path, trouble: Trouble, reason: str):
    async with served(tmp_path) as room, Control(room, lang="en") as control, phones(room, 3) as everyone:
        await control.go("next")
        assert (await everyone[0].vote(0))["kept"] is True
        with trouble(room):
            assert (await everyone[1].vote(1))["kept"] is False
            await until(lambda: room.server.host.broadcaster.trouble)
            told = await control.hears("page")
            while told["page"]["trouble"] is None:
                told = await control.hears("page")
            assert reason in told["page"]["trouble"]
            assert (await everyone[2].vote(1))["kept"] is False
            assert (await everyone[2].vote(0))["kept"] is False
            async with Phone(room) as late:  # whoever comes now gets in
                assert (await late.vote(0))["kept"] is False
            await control.go("closed", "reveal")
            await everyone[0].shows("reveal")
        while told["page"]["trouble"] is not None:
            told = await control.hears("page")
        await control.go("next")
        assert (await everyone[1].vote(0))["kept"] is True
        before = room.room
    again = Room.replay(decode(body) for body in room.rooms.events(room.server.opening.head.id))
    assert [(ballot.phase, ballot.first) for ballot in again.ballots] == [(ballot.phase, ballot.first) for ballot in before.ballots]
    assert again.seats == before.seats
    events = room.kept()
    assert len([event for event in events if event["event"] == "voted"]) == 6
    assert len({event["id"] for event in events if event["event"] == "voted"}) == 6


async def test_the_end_is_noted_once_the_store_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    real, failures = Rooms.end, [1, 2, 3]

    def end(self: Rooms, *arguments: object) -> None:
        if failures:
            failures.pop()
            raise StoreError("locked", "as if")
        real(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Rooms, "end", end)
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next", "end")
        await until(lambda: not failures and room.server.host.broadcaster.trouble is None)
        assert (await phone.shows("end"))["end"]
        await control.go("back", "back", "back")
        assert (await phone.vote(0))["kept"]
        await control.go("end")
    assert await asyncio.to_thread(resume, room.rooms, datetime.now(UTC)) is None


async def test_a_second_program_at_the_same_room_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("etiquette_kit.hosts.server.opening._is_served", lambda _head: False)  # as on another machine
    async with served(tmp_path) as first, Control(first, lang="en") as control, Phone(first) as phone:
        await control.go("next")
        await phone.vote(0)
        opening = await asyncio.to_thread(resume, first.rooms, datetime.now(UTC))
        async with served(tmp_path, opening=opening) as second, Phone(second, phone.token) as there:
            assert there.hello["seat"] == 0
            assert (await there.vote(1))["kept"] is True
            assert (await phone.vote(2))["kept"] is False
            page = (await control.hears("page"))["page"]
            while page["trouble"] is None:
                page = (await control.hears("page"))["page"]
            assert "second program" in page["trouble"]
            await control.go("closed")
            assert second.room.phase == "vote"
            assert (await there.vote(0))["kept"] is True
    assert [event["response"] for event in second.kept() if event["event"] == "voted"] == [second.order[place] for place in (0, 1, 0)]


async def test_what_is_written_last_is_waited_for(tmp_path: Path):
    async with served(tmp_path) as room, Control(room) as control, phones(room, 5) as everyone:
        await control.go("next")
        with locked(room):
            for phone in everyone:
                await phone.vote(0)
        await room.server.stop()
        for phone in everyone:
            await phone.let_go()
        assert len([event for event in room.kept() if event["event"] == "voted"]) == 5


async def test_what_cannot_be_written_at_the_end_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    monkeypatch.setattr("etiquette_kit.hosts.server.server._DRAIN_TIMEOUT", 0.1)
    async with served(tmp_path) as room, Control(room) as control, Phone(room) as phone:
        await control.go("next")
        with gone(room):
            await phone.vote(0)
            await room.server.stop()
    assert "could not be written" in caplog.text
