"""The live room in a notebook: the projector's page, with the way to the facilitator's own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from etiquette_kit.bank import Bank, SelectionError, load_bank
from etiquette_kit.cards.card import Card
from etiquette_kit.cards.live_room_text import live_room_text
from etiquette_kit.cards.messages import Language, Message
from etiquette_kit.house import House, chosen_house
from etiquette_kit.locale import catalog
from etiquette_kit.material import shared_languages
from etiquette_kit.workshop import plan_of, situations
from etiquette_kit.workshop.sheets import plan_title

if TYPE_CHECKING:
    from etiquette_kit.room import Room
    from etiquette_kit.room.events import Phase, Went
    from etiquette_kit.room.host import Host
    from etiquette_kit.room.thread import RoomThread

_PORT = 8349
_HERE = "127.0.0.1"
_NETWORK = "0.0.0.0"  # noqa: S104  only where she says so


class OpenRoom(Message, frozen=True, tag="start"):
    """Open the room: for phones in the same network, for this machine, or as it was given in Python."""

    reach: Literal["network", "here", "given"]
    new: bool = False


class CloseRoom(Message, frozen=True, tag="stop"):
    """Close the room."""


class _Page(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    pass


class ClosedPage(_Page, frozen=True, kw_only=True, tag="closed"):
    """What can be opened; ``asked`` where the page asks for whom."""

    title: str
    caption: str
    asked: bool


class OpenPage(_Page, frozen=True, kw_only=True, tag="open"):
    """What the projector shows, and the ways to the other pages; ``reaches`` tells whether others can come."""

    page: dict[str, Any]
    control: str
    screen: str
    reaches: bool


class RoomCounts(msgspec.Struct, frozen=True):
    """Who is there, and how many have voted."""

    counts: dict[str, Any]


class LiveRoomCard(Card):
    """The room and its page; parameters and what can be called are those of ``LiveRoom``."""

    MESSAGES = Language | OpenRoom | CloseRoom
    TABLES = ("room_screen", "room_notebook")

    def __init__(
        self,
        bank: Bank | None = None,
        *,
        lang: str = "de",
        minutes: int = 60,
        seed: int | str = 1,
        scenarios: Sequence[str] | None = None,
        host: str | None = None,
        port: int | None = None,
        public_url: str | None = None,
        store: str | Path | None = None,
        house: House | str | Path | None = None,
    ) -> None:
        catalog(lang)
        self._house = chosen_house(house, lang)
        plan = plan_of(minutes)
        try:
            found = situations(load_bank() if bank is None else bank, seed, scenarios)
        except SelectionError as nothing:
            nothing.lang = lang  # the page, too, says so
            raise
        self._exercises = found if scenarios is not None else found[: plan.situations]
        self._minutes, self._seed = minutes, seed
        self._host, self._port, self._public_url, self._store = host, port, public_url, store
        self._thread: RoomThread | None = None
        self._shown: dict[str, Any] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        super().__init__(lang)

    # ---- driving it without a browser -------------------------------------------------------------------------------------

    @property
    def room(self) -> Room | None:
        """The room's state while it is being served; None before and after."""
        return None if self._thread is None else self._thread.server.host.room

    @property
    def control(self) -> str | None:
        """The facilitator's address with her key; None where no room is being served."""
        return None if self._thread is None else self._thread.server.control

    def start(self, *, new: bool = False, host: str | None = None) -> None:
        """Open the room, or go on with one of the last twelve hours that has not ended."""
        from etiquette_kit.records.rooms import Rooms
        from etiquette_kit.records.store import Store
        from etiquette_kit.room.opening import begin, resume
        from etiquette_kit.room.server import RoomServer
        from etiquette_kit.room.thread import RoomThread

        if self._thread is not None:
            return
        self._loop = _running_loop()
        rooms = Rooms(Store(self._store))
        opening = None if new else resume(rooms, datetime.now(UTC))
        if opening is None:
            opening = begin(rooms, self._exercises, lang=self.lang, minutes=self._minutes, port=self._port or _PORT)
        port = opening.head.port if self._port is None else self._port
        bound_to = host or self._host or _HERE
        server = RoomServer(
            opening, rooms, host=bound_to, port=port, or_free=self._port is None, public=self._public_url, house=self._house
        )
        thread = RoomThread(server)
        thread.start()
        self._thread = thread
        thread.run(self._follow)
        self.refresh()

    def stop(self) -> None:
        """Close the room; what happened in it is kept, and ``start`` goes on from there."""
        if self._thread is not None:
            thread, self._thread = self._thread, None
            thread.stop()
            self._shown = {}
            self.refresh()

    def go(self, phase: Phase) -> None:
        """Go over to a phase of the situation, as the facilitator's page does."""
        self._turn(lambda room, now: room.go(phase, now))

    def next(self) -> None:
        """Go on: out of the lobby, to the next situation, or to the end."""
        self._turn(lambda room, now: room.next(now))

    def back(self) -> None:
        """Go back to the situation before; its votes are still there."""
        self._turn(lambda room, now: room.back(now))

    def _turn(self, event: Callable[[Room, datetime], Went]) -> None:
        if self._thread is None:
            message = "the room is not being served; start() opens it"
            raise RuntimeError(message)
        thread, host = self._thread, self._thread.server.host
        thread.run(lambda: host.turn(event(host.room, datetime.now(UTC))))
        thread.settle()
        self._show(thread.run(lambda: self._seen(host)))

    # ---- what the browser reports -----------------------------------------------------------------------------------------

    def act(self, message: Any) -> str:
        """Open or close the room; return what is in the way, or nothing."""
        from etiquette_kit.persistence.errors import StoreError
        from etiquette_kit.room.opening import BusyError

        words = catalog(self.lang)
        try:
            match message:
                case OpenRoom(reach=reach, new=new):
                    self.start(new=new, host=_NETWORK if reach == "network" else None)
                case CloseRoom():
                    self.stop()
        except StoreError as error:
            return f"{words(f'data.{error.kind}')} ({error})"
        except BusyError as error:
            return words("room_notebook.busy", code=error.head.code, port=error.head.port)
        except OSError as error:
            return words("room_notebook.port", reason=error.strerror or error)
        return ""

    # ---- what is on the screen --------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Hear of every change; runs in the room's thread, as does what it calls."""
        assert self._thread is not None
        host = self._thread.server.host

        def changed() -> None:
            seen = self._seen(host)
            if self._loop is None or not self._loop.is_running():
                self._show(seen)
            else:
                self._loop.call_soon_threadsafe(self._show, seen)

        host.faces.changed = changed
        changed()

    def _seen(self, host: Host) -> dict[str, Any]:
        """Return what the projector shows; in the room's thread, where nothing changes meanwhile."""
        lang = host.faces.language(self.lang)
        return {"page": host.faces.describe("screen", lang), "counts": host.faces.counts(lang)}

    def _show(self, shown: dict[str, Any]) -> None:
        self._shown = shown
        self.refresh()

    def switch(self, lang: str) -> None:
        """Go over to a language, with what the projector shows."""
        super().switch(lang)
        if self._thread is not None:
            host = self._thread.server.host
            self._shown = self._thread.run(lambda: self._seen(host))

    def offered(self) -> tuple[str, ...]:
        """Return the languages in which all situations are written."""
        return shared_languages(exercise.material for exercise in self._exercises)

    def describe(self, lang: str) -> dict[str, Any]:
        """Describe the page."""
        words = catalog(lang)
        if self._thread is None or not self._shown:
            plan = plan_of(self._minutes).of(len(self._exercises))
            asked = self._host is None and self._public_url is None
            return {"scene": ClosedPage(title=words("room.title"), caption=plan_title(plan, words), asked=asked), "standing": None}
        server = self._thread.server
        page = {name: value for name, value in self._shown["page"].items() if name != "version"}
        scene = OpenPage(page=page, control=server.control, screen=server.screen, reaches=server.is_open)
        return {"scene": scene, "standing": RoomCounts(self._shown["counts"])}

    def text(self) -> str:
        """Return the room as text."""
        return live_room_text(self._exercises, plan_of(self._minutes).of(len(self._exercises)), self._seed, self.room, self.lang)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the kernel's loop, on which widgets are changed; None in plain Python."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
