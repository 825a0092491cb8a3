"""A room that is served beside a notebook's kernel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etiquette_kit.content.house_rules import House
from etiquette_kit.formats.choice import Choice
from etiquette_kit.hosts.server.opening import begin, resume
from etiquette_kit.hosts.server.server import RoomServer
from etiquette_kit.hosts.server.thread import RoomThread
from etiquette_kit.live import Room
from etiquette_kit.live.events import Went
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store

_PORT = 8349
_THIS_MACHINE = "127.0.0.1"


class ServedRoom:
    """A room that is being served in a thread; what is asked of it here is done there.

    Parameters
    ----------
    thread : RoomThread
        The thread, in which the room is being served already.
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
        """The facilitator's address, with her key."""
        return self.server.control

    @property
    def screen(self) -> str:
        """The projector's address."""
        return self.server.screen

    @property
    def is_open(self) -> bool:
        """Whether other machines can reach it, as far as it depends on what it is bound to."""
        return self.server.is_open

    def turn(self, event: Callable[[Room, datetime], Went]) -> None:
        """Let something happen, and wait until it is kept and the pages have heard of it."""
        host = self.server.host
        self.thread.run(lambda: host.turn(event(host.room, datetime.now(UTC))))
        self.thread.flush()

    def shown(self, lang: str) -> dict[str, Any]:
        """Return what the projector shows: ``page`` and ``counts``."""
        return self.thread.run(lambda: self._shown(lang))

    def follow(self, lang: Callable[[], str], changed: Callable[[dict[str, Any]], None]) -> None:
        """Call a function, in the room's thread, with what the projector shows: now, and after each change.

        Parameters
        ----------
        lang : callable
            Returns the language to show it in.
        changed : callable
            Takes what is shown.
        """

        def tell() -> None:
            changed(self._shown(lang()))

        def begin_telling() -> None:
            self.server.host.broadcaster.changed = tell
            tell()

        self.thread.run(begin_telling)

    def _shown(self, lang: str) -> dict[str, Any]:
        broadcaster = self.server.host.broadcaster
        lang = broadcaster.language(lang)
        return {"page": broadcaster.describe("screen", lang), "counts": broadcaster.counts(lang)}

    def stop(self) -> None:
        """Stop serving; what happened is kept."""
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
) -> ServedRoom:
    """Open a room and serve it, or go on with one of the last twelve hours that has not ended.

    Parameters
    ----------
    exercises : sequence of Choice
        The situations of a new room; at least one.
    lang : str
        Its own language.
    minutes : int
        The length of its timing plan.
    new : bool
        Open a new one in any case.
    host : str, optional
        The address to listen on; default this machine only.
    port : int, optional
        The port; default 8349 or, where that is taken, a free one.
    public_url : str, optional
        The address that others use, for example behind a reverse proxy.
    store : str or Path, optional
        Where the room is kept; default ``ETIQUETTE_STORE``, else a file in the user's data folder.
    house : House, optional
        The rules of the house, which are shown beside the answers.

    Raises
    ------
    StoreError
        When the store cannot be used.
    BusyError
        When another program on this machine is serving the room that would go on.
    OSError
        When the port is taken or not allowed.
    """
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
    )
    thread = RoomThread(server)
    thread.start()
    return ServedRoom(thread)
