"""The live room in a notebook: the projector's page, with a link to the facilitator's page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
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
from etiquette_kit.live import AddressError, BusyError, NetworkError, Room
from etiquette_kit.live.events import RoomPhase, Went
from etiquette_kit.locale import catalog, page_language
from etiquette_kit.locale.arguments import whole_number
from etiquette_kit.present.live_room_text import live_room_text
from etiquette_kit.present.lobby import ReachKind, reach_note
from etiquette_kit.present.sheets import plan_title
from etiquette_kit.present.take_home import TakeHome
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.workshop import GivenSituations, Plan, SituationSource, plan_of, workshop_situations

_LAST_PORT = 65535

_NETWORK = "0.0.0.0"  # noqa: S104  only if the facilitator chooses so


class OpenRoom(Message, frozen=True, tag="start"):
    """Open the room: for phones in the same network, for this machine only, or as set in Python."""

    reach: Literal["network", "here", "given"]
    new: bool = False


class CloseRoom(Message, frozen=True, tag="stop"):
    """Close the room."""


class OpenNetwork(Message, frozen=True, tag="open_network"):
    """Let phones in the same network reach a room that is open on this machine only."""


class _Page(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    pass


class ClosedPage(_Page, frozen=True, kw_only=True, tag="closed"):
    """The page before the room is opened; ``asked`` if the page asks for whom to open it."""

    title: str
    caption: str
    asked: bool


class OpenPage(_Page, frozen=True, kw_only=True, tag="open"):
    """The projector's page, and the links to the other pages; ``reach`` says why phones do not reach it, and how that changes."""

    page: dict[str, Any]
    control: str
    screen: str
    reach: dict[str, Any] | None


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
    def reach(self) -> ReachKind:
        """Whether other machines can reach it, or whether this one is in a network at all."""

    @property
    def port(self) -> int:
        """The port on which it is served."""

    def open_network(self) -> None:
        """Let phones in the same network reach it."""

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

    MESSAGES = Language | OpenRoom | OpenNetwork | CloseRoom
    TABLES = ("room_screen", "room_notebook")

    def __init__(
        self,
        bank: Bank | str | Path | None = None,
        *,
        open_room: OpensRoom,
        lang: str | None = None,
        minutes: int | None = None,
        seed: int | str = 1,
        scenarios: GivenSituations = None,
        host: str | None = None,
        port: int | None = None,
        public_url: str | None = None,
        store: str | Path | None = None,
        house: House | str | Path | None = None,
        take_home: TakeHome | None = None,
    ) -> None:
        catalog(lang or page_language())
        self._given, self._asked_minutes, self._seed = scenarios, minutes, seed
        self._bank = given_bank(bank)
        self._situations = workshop_situations(self._bank, scenarios, seed, minutes=minutes, lang=lang)
        self._house = chosen_house(house, self._situations.lang)
        self._take_home = take_home
        if port is not None:
            whole_number("port", port, least=0, most=_LAST_PORT)
        self._open_room = open_room
        self._host, self._port, self._public_url, self._store = host, port, public_url, store
        self._served: ServedRoom | None = None
        self._shown: dict[str, Any] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        super().__init__(self._situations.lang)
        if isinstance(scenarios, SituationSource):
            scenarios.follow(self._choice_changed)

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
            self._situations.planned,
            lang=self.lang,
            minutes=self._situations.minutes,
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
        """Open or close the room, or open it to the network; return a message, or an empty string."""
        try:
            return self._act(message)
        except (StoreError, BusyError, NetworkError, OSError) as error:
            return self._problem(error)

    def _act(self, message: Any) -> str:
        match message:
            case OpenRoom(reach=reach, new=new):
                self.start(new=new, host=_NETWORK if reach == "network" else None)
            case OpenNetwork() if self._served is not None:
                self._served.open_network()
                self.refresh()
                return catalog(self.lang)("room_lobby.reach.opened")
            case CloseRoom():
                self.stop()
        return ""

    def _problem(self, error: Exception) -> str:
        """Return what is said of an error."""
        words = catalog(self.lang)
        match error:
            case StoreError():
                return f"{words(f'data.{error.kind}')} ({error})"
            case BusyError():
                return words("room_notebook.busy", code=error.code, port=error.port)
            case NetworkError():
                port = None if self._served is None else self._served.port
                return words(f"room_lobby.reach_refused.{error.kind}", port=port, reason=error.reason)
            case AddressError():
                return words("room_notebook.no_address", host=error.host)
            case _:
                return words("room_notebook.port", reason=getattr(error, "strerror", None) or error)

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

    def _choice_changed(self) -> None:
        """Use what is chosen now; an open room keeps its situations."""
        if self._served is not None:
            return
        refused = ""
        try:
            self._situations = workshop_situations(self._bank, self._given, self._seed, minutes=self._asked_minutes, lang=self.lang)
        except SelectionError as error:
            refused = error.text(self.lang)
        self.refresh(notice=refused, languages=self._offered_languages())

    def switch(self, lang: str) -> None:
        """Change the language, also of the projector's content."""
        super().switch(lang)
        if self._served is not None:
            self._shown = self._served.shown(lang)

    @property
    def _plan(self) -> Plan:
        return plan_of(self._situations.minutes).of(len(self._situations.planned))

    def offered(self) -> tuple[str, ...]:
        """Return the languages in which all situations are complete."""
        return shared_languages(exercise.material for exercise in self._situations.planned)

    def describe(self, lang: str) -> dict[str, Any]:
        """Describe the page."""
        words = catalog(lang)
        if self._served is None or not self._shown:
            asked = self._host is None and self._public_url is None
            return {"scene": ClosedPage(title=words("room.title"), caption=plan_title(self._plan, words), asked=asked), "standing": None}
        page = {name: value for name, value in self._shown["page"].items() if name != "version"}
        scene = OpenPage(page=page, control=self._served.control, screen=self._served.screen, reach=reach_note(self._served.reach, lang))
        return {"scene": scene, "standing": RoomCounts(self._shown["counts"])}

    def text(self) -> str:
        """Return the room as text."""
        return live_room_text(self._situations.planned, self._plan, self._seed, self.room, self.lang)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the kernel's event loop, in which widgets are changed; None in plain Python."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
