"""A room that is served from a notebook's kernel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etiquette_kit.content.house_rules import House
from etiquette_kit.formats.choice import Choice
from etiquette_kit.hosts.server.listening import check_address
from etiquette_kit.hosts.server.opening import begin, resume
from etiquette_kit.hosts.server.server import RoomServer
from etiquette_kit.hosts.server.thread import RoomThread
from etiquette_kit.live import Room
from etiquette_kit.live.events import Went
from etiquette_kit.present.lobby import ReachKind
from etiquette_kit.present.take_home import TakeHome
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store

_PORT = 8349
_THIS_MACHINE = "127.0.0.1"


class ServedRoom:
    """A room that is being served in a thread; calls are executed in that thread.

    Parameters
    ----------
    thread : RoomThread
        The thread, which is already serving the room.
    """

    def __init__(self, thread: RoomThread) -> None:
        self.thread = thread
        self.server = thread.server

    @property
    def room(self) -> Room:
        """The room's state."""
        return self.server.host.room

    @property
    def control(self) -> str:
        """The facilitator's address, with the key."""
        return self.server.control

    @property
    def screen(self) -> str:
        """The projector's address."""
        return self.server.screen

    @property
    def reach(self) -> ReachKind:
        """Whether other machines can reach it, or whether this one is in a network at all."""
        return self.server.reach.kind

    @property
    def port(self) -> int:
        """The port on which it is served."""
        return self.server.port

    def open_network(self) -> None:
        """Let phones in the same network reach it.

        Raises
        ------
        NetworkError
            When the machine is in no network, or none of its addresses can be listened on.
        """
        self.thread.await_(self.server.open_network)

    def turn(self, event: Callable[[Room, datetime], Went]) -> None:
        """Apply an event, and wait until it is stored and the pages are updated."""
        host = self.server.host
        self.thread.run(lambda: host.turn(event(host.room, datetime.now(UTC))))
        self.thread.flush()

    def shown(self, lang: str) -> dict[str, Any]:
        """Return the projector's content: ``page`` and ``counts``."""
        return self.thread.run(lambda: self._shown(lang))

    def follow(self, lang: Callable[[], str], changed: Callable[[dict[str, Any]], None]) -> None:
        """Call a function, in the room's thread, with the projector's content: now, and after each change.

        Parameters
        ----------
        lang : callable
            Returns the language of the content.
        changed : callable
            Called with the content.
        """

        def notify() -> None:
            changed(self._shown(lang()))

        def subscribe() -> None:
            self.server.host.broadcaster.changed = notify
            self.server.host.arrivals.screen_opened()  # what follows it shows what a projector's page does
            notify()

        self.thread.run(subscribe)

    def _shown(self, lang: str) -> dict[str, Any]:
        broadcaster = self.server.host.broadcaster
        lang = broadcaster.language(lang)
        return {"page": broadcaster.describe("screen", lang), "counts": broadcaster.counts(lang)}

    def stop(self) -> None:
        """Stop serving; all events are stored."""
        self.thread.stop()


def open_room(
    exercises: Sequence[Choice],
    *,
    lang: str,
    minutes: int,
    new: bool = False,
    host: str | None = None,
    port: int | None = None,
    public_url: str | None = None,
    store: str | Path | None = None,
    house: House | None = None,
    take_home: TakeHome | None = None,
) -> ServedRoom:
    """Open a room and serve it, or resume one of the last twelve hours that has not ended.

    Parameters
    ----------
    exercises : sequence of Choice
        The situations of a new room; at least one.
    lang : str
        The language of a new room, and the one in which its pages start.
    minutes : int
        The length of its timing plan.
    new : bool
        Whether to open a new one in any case.
    host : str, optional
        The address to listen on; default this machine only.
    port : int, optional
        The port; default 8349 or, if that is taken, a free one.
    public_url : str, optional
        The address that others use, for example behind a reverse proxy.
    store : str or Path, optional
        The database for the room; default ``ETIQUETTE_STORE``, else a file in the user's data folder.
    house : House, optional
        The employer's house rules, which are shown with the answers.
    take_home : TakeHome, optional
        Where participants go on practising, which is shown at the end.

    Raises
    ------
    StoreError
        When the store cannot be used.
    BusyError
        When another program on this machine is serving the room to be resumed.
    AddressError
        When this machine does not have the address to listen on.
    OSError
        When the port is taken or not allowed.
    """
    check_address(host or _THIS_MACHINE)
    rooms = Rooms(Store(store))
    opening = None if new else resume(rooms, datetime.now(UTC))
    if opening is None:
        opening = begin(rooms, exercises, lang=lang, minutes=minutes, port=port or _PORT)
    server = RoomServer(
        opening,
        rooms,
        host=host or _THIS_MACHINE,
        port=opening.head.port if port is None else port,
        or_free=port is None,
        public=public_url,
        house=house,
        take_home=take_home,
        lang=lang,
    )
    thread = RoomThread(server)
    thread.start()
    return ServedRoom(thread)
