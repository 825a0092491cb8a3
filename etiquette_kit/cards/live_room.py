"""The live room in a notebook: the projector's page, with a link to the facilitator's page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from etiquette_kit.bank import Bank, SelectionError, given_bank
from etiquette_kit.bank.house_file import chosen_house
from etiquette_kit.cards.card import Card
from etiquette_kit.cards.messages import Language, Message
from etiquette_kit.content.house_rules import House
from etiquette_kit.content.material import shared_languages
from etiquette_kit.live import BusyError, Room
from etiquette_kit.live.events import RoomPhase, Went
from etiquette_kit.locale import DEFAULT_LANGUAGE, catalog
from etiquette_kit.locale.arguments import whole_number
from etiquette_kit.present.live_room_text import live_room_text
from etiquette_kit.present.sheets import plan_title
from etiquette_kit.present.take_home import TakeHome
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.workshop import plan_of, situations

_LAST_PORT = 65535

_NETWORK = "0.0.0.0"  # noqa: S104  only if the facilitator chooses so


class OpenRoom(Message, frozen=True, tag="start"):
    """Open the room: for phones in the same network, for this machine only, or as set in Python."""

    reach: Literal["network", "here", "given"]
    new: bool = False


class CloseRoom(Message, frozen=True, tag="stop"):
    """Close the room."""


class _Page(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    pass


class ClosedPage(_Page, frozen=True, kw_only=True, tag="closed"):
    """The page before the room is opened; ``asked`` if the page asks for whom to open it."""

    title: str
    caption: str
    asked: bool


class OpenPage(_Page, frozen=True, kw_only=True, tag="open"):
    """The projector's page, and the links to the other pages; ``reaches`` if other machines can connect."""

    page: dict[str, Any]
    control: str
    screen: str
    reaches: bool


class RoomCounts(msgspec.Struct, frozen=True):
    """How many people are present, and how many have voted."""

    counts: dict[str, Any]


class ServedRoom(Protocol):
    """A room that is being served: the interface of its host."""

    @property
    def room(self) -> Room:
        """The room's state."""

    @property
    def control(self) -> str:
        """The facilitator's address, with the key."""

    @property
    def screen(self) -> str:
        """The projector's address."""

    @property
    def is_open(self) -> bool:
        """Whether other machines can reach it."""

    def turn(self, event: Callable[[Room, datetime], Went]) -> None:
        """Apply an event, and wait until it is stored and the pages are updated."""

    def shown(self, lang: str) -> dict[str, Any]:
        """Return the projector's content: ``page`` and ``counts``."""

    def follow(self, lang: Callable[[], str], changed: Callable[[dict[str, Any]], None]) -> None:
        """Call a function with the projector's content, now and after each change; in a separate thread."""

    def stop(self) -> None:
        """Stop serving."""


OpensRoom = Callable[..., ServedRoom]
"""Opens a room for the given situations; its keyword parameters are those of ``LiveRoom`` and of ``LiveRoom.start``."""


class LiveRoomCard(Card):
    """The room and its page; parameters and methods are those of ``LiveRoom``, with ``open_room`` from its host."""

    MESSAGES = Language | OpenRoom | CloseRoom
    TABLES = ("room_screen", "room_notebook")

    def __init__(
        self,
        bank: Bank | str | Path | None = None,
        *,
        open_room: OpensRoom,
        lang: str = DEFAULT_LANGUAGE,
        minutes: int = 60,
        seed: int | str = 1,
        scenarios: Sequence[str] | str | None = None,
        host: str | None = None,
        port: int | None = None,
        public_url: str | None = None,
        store: str | Path | None = None,
        house: House | str | Path | None = None,
        take_home: TakeHome | None = None,
    ) -> None:
        catalog(lang)
        self._house = chosen_house(house, lang)
        self._take_home = take_home
        plan = plan_of(minutes)
        if port is not None:
            whole_number("port", port, least=0, most=_LAST_PORT)
        try:
            found = situations(given_bank(bank), seed, scenarios, lang=lang)
        except SelectionError as nothing:
            nothing.lang = lang  # the page also shows the error
            raise
        self._exercises = found if scenarios is not None else found[: plan.situations]
        self._open_room = open_room
        self._minutes, self._seed = minutes, seed
        self._host, self._port, self._public_url, self._store = host, port, public_url, store
        self._served: ServedRoom | None = None
        self._shown: dict[str, Any] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        super().__init__(lang)

    # ---- control without a browser ----------------------------------------------------------------------------------------

    @property
    def room(self) -> Room | None:
        """The room's state while it is being served; None before and after."""
        return None if self._served is None else self._served.room

    @property
    def control(self) -> str | None:
        """The facilitator's address with the key; None where no room is being served."""
        return None if self._served is None else self._served.control

    def start(self, *, new: bool = False, host: str | None = None) -> None:
        """Open the room, or resume one of the last twelve hours that has not ended."""
        if self._served is not None:
            return
        self._loop = _running_loop()
        self._served = self._open_room(
            self._exercises,
            lang=self.lang,
            minutes=self._minutes,
            new=new,
            host=host or self._host,
            port=self._port,
            public_url=self._public_url,
            store=self._store,
            house=self._house,
            take_home=self._take_home,
        )
        self._served.follow(lambda: self.lang, self._projector_changed)
        self.refresh()

    def stop(self) -> None:
        """Close the room; its events are stored, and ``start`` resumes it."""
        if self._served is not None:
            served, self._served = self._served, None
            served.stop()
            self._shown = {}
            self.refresh()

    def go(self, phase: RoomPhase) -> None:
        """Change to a phase of the situation, as on the facilitator's page."""
        self._turn(lambda room, now: room.go(phase, now))

    def next(self) -> None:
        """Move on: from the lobby to the first situation, to the next situation, or to the end."""
        self._turn(lambda room, now: room.next(now))

    def back(self) -> None:
        """Return to the previous situation; its votes are kept."""
        self._turn(lambda room, now: room.back(now))

    def _turn(self, event: Callable[[Room, datetime], Went]) -> None:
        if self._served is None:
            message = "the room is not being served; start() opens it"
            raise RuntimeError(message)
        self._served.turn(event)
        self._show(self._served.shown(self.lang))

    # ---- messages from the browser ----------------------------------------------------------------------------------------

    def act(self, message: Any) -> str:
        """Open or close the room; return an error message, or an empty string."""
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
            return words("room_notebook.busy", code=error.code, port=error.port)
        except OSError as error:
            return words("room_notebook.port", reason=error.strerror or error)
        return ""

    # ---- page content -----------------------------------------------------------------------------------------------------

    def _projector_changed(self, shown: dict[str, Any]) -> None:
        """Show the projector's content; called in the room's thread, after each change."""
        if self._loop is None or not self._loop.is_running():
            self._show(shown)
        else:
            self._loop.call_soon_threadsafe(self._show, shown)

    def _show(self, shown: dict[str, Any]) -> None:
        self._shown = shown
        self.refresh()

    def switch(self, lang: str) -> None:
        """Change the language, also of the projector's content."""
        super().switch(lang)
        if self._served is not None:
            self._shown = self._served.shown(lang)

    def offered(self) -> tuple[str, ...]:
        """Return the languages in which all situations are complete."""
        return shared_languages(exercise.material for exercise in self._exercises)

    def describe(self, lang: str) -> dict[str, Any]:
        """Describe the page."""
        words = catalog(lang)
        if self._served is None or not self._shown:
            plan = plan_of(self._minutes).of(len(self._exercises))
            asked = self._host is None and self._public_url is None
            return {"scene": ClosedPage(title=words("room.title"), caption=plan_title(plan, words), asked=asked), "standing": None}
        page = {name: value for name, value in self._shown["page"].items() if name != "version"}
        scene = OpenPage(page=page, control=self._served.control, screen=self._served.screen, reaches=self._served.is_open)
        return {"scene": scene, "standing": RoomCounts(self._shown["counts"])}

    def text(self) -> str:
        """Return the room as text."""
        return live_room_text(self._exercises, plan_of(self._minutes).of(len(self._exercises)), self._seed, self.room, self.lang)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the kernel's event loop, in which widgets are changed; None in plain Python."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
