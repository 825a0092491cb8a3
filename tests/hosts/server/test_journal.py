"""What happened is written in order, once, and acknowledged as it is; a store that fails for a while loses nothing."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.hosts.server import journal as module
from etiquette_kit.hosts.server.journal import Journal
from etiquette_kit.live.events import Joined, encode
from etiquette_kit.quiz.store_errors import ConflictError, StoreError
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from hypothesis import given, settings
from hypothesis import strategies as st
from room_examples import AT, until

KINDS = ("read_only", "full", "locked", "gone", "damaged", "newer", "address", "other")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0.0)


def event(number: int) -> Joined:
    return Joined(AT, number, str(number))


class Shelf:
    """A store: it keeps events as ``Rooms.append`` does, and fails as it is told, before or after the commit."""

    def __init__(self, failures: Sequence[tuple[str, bool] | ConflictError | None] = ()) -> None:
        self.kept: list[bytes] = []
        self.sizes: list[int] = []
        self.failures = list(failures)
        self.gate = threading.Event()
        self.gate.set()
        self.taken = threading.Event()
        self.always: Exception | None = None

    def __call__(self, place: int, events: Sequence[bytes]) -> None:
        self.taken.set()
        assert self.gate.wait(10)
        if self.always:
            raise self.always
        failure = self.failures.pop(0) if self.failures else None
        if isinstance(failure, ConflictError):
            raise failure
        if failure is None or failure[1]:
            there = self.kept[place:]
            if place > len(self.kept) or there != list(events[: len(there)]):
                raise ConflictError("not the next place")
            self.kept += events[len(there) :]
            self.sizes.append(len(events))
        if failure is not None:
            raise StoreError(failure[0], "as if")  # type: ignore[arg-type]


class Told:
    """What the journal told."""

    def __init__(self) -> None:
        self.acks: list[tuple[int, str]] = []
        self.troubles: list[str | None] = []

    def of(self, number: int) -> Callable[[str], None]:
        return lambda how: self.acks.append((number, how))

    def trouble(self, trouble: Any) -> None:
        self.troubles.append(trouble and getattr(trouble, "kind", "conflict"))


def serving(append: Any, work: Callable[[Journal, Told], Awaitable[None]], place: int = 0) -> Told:
    """Run a journal while some work is done."""
    told = Told()

    async def run() -> None:
        journal = Journal(append, place, told.trouble)
        task = asyncio.create_task(journal.run())
        try:
            await work(journal, told)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            journal.close()

    asyncio.run(run())
    return told


def test_while_one_group_is_written_the_next_one_gathers():
    shelf = Shelf()
    shelf.gate.clear()

    async def work(journal: Journal, told: Told) -> None:
        journal.write(event(0), told.of(0))
        await until(shelf.taken.is_set)
        for number in range(1, 50):
            journal.write(event(number), told.of(number))
        await asyncio.sleep(0)
        assert told.acks == []
        assert not await journal.drain(0.01)
        shelf.gate.set()
        assert await journal.drain(10)
        await until(lambda: len(told.acks) == 50)

    told = serving(shelf, work)
    assert shelf.kept == [encode(event(number)) for number in range(50)]
    assert shelf.sizes == [1, 49]
    assert told.acks == [(number, "kept") for number in range(50)]
    assert told.troubles == []


def test_a_group_has_an_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_MAX_GROUP", 10)
    shelf = Shelf()

    async def work(journal: Journal, told: Told) -> None:
        for number in range(35):
            journal.write(event(number), told.of(number))
        assert await journal.drain(10)
        await until(lambda: len(told.acks) == 35)

    serving(shelf, work)
    assert shelf.sizes == [10, 10, 10, 5]


def test_events_go_on_at_their_place():
    shelf = Shelf()
    shelf.kept = [b"opened", b"keyed"]

    async def work(journal: Journal, _told: Told) -> None:
        journal.write(event(7))
        assert await journal.drain(10)

    serving(shelf, work, place=2)
    assert shelf.kept == [b"opened", b"keyed", encode(event(7))]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_store_that_fails_for_a_while_gets_everything_once(kind: str, after: bool):  # noqa: FBT001
    shelf = Shelf([(kind, after)] * 3)

    async def work(journal: Journal, told: Told) -> None:
        journal.write(event(0), told.of(0))
        await until(lambda: told.acks)
        assert told.acks == [(0, "held")]
        journal.write(event(1), told.of(1))
        if shelf.failures:
            assert told.acks == [(0, "held"), (1, "held")]
        await until(lambda: told.troubles == [kind, None])
        journal.write(event(2), told.of(2))
        assert await journal.drain(10)
        await until(lambda: len(told.acks) == 3)

    told = serving(shelf, work)
    assert shelf.kept == [encode(event(number)) for number in range(3)]
    assert told.acks[0] == (0, "held")
    assert told.acks[2] == (2, "kept")


@settings(max_examples=40)
@given(
    st.lists(st.one_of(st.none(), st.tuples(st.sampled_from(KINDS), st.booleans())), max_size=12),
    st.lists(st.sampled_from(["write", "write", "ask", "wait", "rest"]), max_size=30),
)
def test_whatever_fails_each_is_written_once_and_acknowledged_once(failures: Any, steps: list[str]):
    shelf = Shelf(failures)
    written: list[int] = []
    asked: list[int] = []

    async def work(journal: Journal, told: Told) -> None:
        def then(number: int, upto: int) -> Callable[[str], None]:
            def tell(how: str) -> None:
                told.acks.append((number, how))
                if how == "kept":
                    assert len(shelf.kept) >= upto

            return tell

        for number, step in enumerate(steps):
            if step == "write":
                written.append(number)
                journal.write(event(number), then(number, len(written)))
            elif step == "ask":
                asked.append(number)
                journal.when_stored(then(number, len(written)))
            else:
                await asyncio.sleep(0.002 if step == "rest" else 0)
        assert await journal.drain(10)
        await until(lambda: len(told.acks) == len(written) + len(asked))

    told = serving(shelf, work)
    assert shelf.kept == [encode(event(number)) for number in written]
    assert sorted(number for number, _ in told.acks) == sorted(written + asked)
    assert all(how == "kept" for _, how in told.acks) or any(failures)
    assert all(one != other for one, other in zip(told.troubles, told.troubles[1:], strict=False))


def test_a_conflict_ends_it_and_everybody_is_told():
    shelf = Shelf()

    async def work(journal: Journal, told: Told) -> None:
        journal.write(event(0), told.of(0))
        await until(lambda: told.acks)
        shelf.kept.append(b"of another process")
        journal.write(event(1), told.of(1))
        await until(lambda: told.troubles)
        journal.write(event(2), told.of(2))
        journal.when_stored(told.of(3))
        assert not await journal.drain(60)  # at once
        await until(lambda: len(told.acks) == 4)

    told = serving(shelf, work)
    assert told.acks == [(0, "kept"), (1, "held"), (2, "held"), (3, "held")]
    assert told.troubles == ["conflict"]
    assert shelf.kept == [encode(event(0)), b"of another process"]


def test_a_trouble_that_becomes_another_one_is_told_again():
    shelf = Shelf([("locked", False), ("locked", False), ("read_only", False), ConflictError("taken")])

    async def work(journal: Journal, told: Told) -> None:
        journal.write(event(0))
        await until(lambda: "conflict" in told.troubles)

    told = serving(shelf, work)
    assert told.troubles == ["locked", "read_only", "conflict"]


def test_what_nobody_thought_of_is_told_and_tried_again(caplog: pytest.LogCaptureFixture):
    shelf = Shelf()
    shelf.always = KeyError("what")

    async def work(journal: Journal, told: Told) -> None:
        journal.write(event(0), told.of(0))
        await until(lambda: told.troubles)
        shelf.always = None
        assert await journal.drain(10)
        await until(lambda: len(told.troubles) == 2)

    told = serving(shelf, work)
    assert told.acks == [(0, "held")]
    assert told.troubles == ["other", None]
    assert shelf.kept == [encode(event(0))]
    assert [record.levelno for record in caplog.records if record.name == module.__name__] == [logging.ERROR]


def test_an_acknowledgement_that_fails_keeps_nothing_from_being_written():
    shelf = Shelf([("locked", False)])
    failed: list[Any] = []

    async def work(journal: Journal, told: Told) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: failed.append(context["exception"]))

        def fail(_how: str) -> None:
            raise ZeroDivisionError

        journal.write(event(0), fail)
        await until(lambda: told.troubles == ["locked", None])
        journal.write(event(1), fail)
        journal.write(event(2), told.of(2))
        assert await journal.drain(10)
        await until(lambda: told.acks)

    told = serving(shelf, work)
    assert told.acks == [(2, "kept")]
    assert [type(error) for error in failed] == [ZeroDivisionError] * 2
    assert len(shelf.kept) == 3


def test_who_asks_when_all_is_written_is_told_at_once():
    async def work(journal: Journal, told: Told) -> None:
        journal.when_stored(told.of(0))
        assert told.acks == [(0, "kept")]
        assert await journal.drain(0.01)

    serving(Shelf(), work)


def test_a_real_store_that_is_locked_for_a_while_gets_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("etiquette_kit.store.sql.connect.PATIENCE", 20)
    address = tmp_path / "answers.sqlite3"
    store, other = Store(address), Store(address)
    rooms = Rooms(store)
    head = rooms.begin("CODE", 1, AT, [b"{}"])
    other.prepare()

    async def work(journal: Journal, told: Told) -> None:
        with other.writing():
            journal.write(event(0), told.of(0))
            await until(lambda: told.troubles == ["locked"])
        assert await journal.drain(10)
        await until(lambda: told.troubles == ["locked", None])

    told = serving(lambda place, events: rooms.append(head.id, place, events), work, place=1)
    assert told.acks == [(0, "held")]
    assert rooms.events(head.id) == [b"{}", encode(event(0))]
    store.close()
    other.close()
