"""The room's web server, based on tornado: one port for one room."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from tornado.web import Application

from etiquette_kit.content.house_rules import House
from etiquette_kit.hosts.server.bounded_server import BoundedHTTPServer
from etiquette_kit.hosts.server.file_limit import raise_file_limit
from etiquette_kit.hosts.server.guard import Guard
from etiquette_kit.hosts.server.handlers import (
    FOLDERS,
    EntryHandler,
    FileHandler,
    HandoutHandler,
    NotFoundHandler,
    RoomPageHandler,
    page_files,
)
from etiquette_kit.hosts.server.host import Host
from etiquette_kit.hosts.server.join_info import JoinInfo
from etiquette_kit.hosts.server.journal import Journal
from etiquette_kit.hosts.server.limits import Limits, limits_for
from etiquette_kit.hosts.server.listening import listening
from etiquette_kit.hosts.server.logs import hide_addresses
from etiquette_kit.hosts.server.opening import Opening
from etiquette_kit.hosts.server.reach import Reach
from etiquette_kit.hosts.server.sockets import PollHandler, Socket
from etiquette_kit.live.errors import NetworkError
from etiquette_kit.live.results import results
from etiquette_kit.present.take_home import TakeHome
from etiquette_kit.store.sql.rooms import Rooms

_PING = 30.0  # seconds, so that a phone that disconnects silently is detected
_DRAIN_TIMEOUT = 5.0  # seconds to wait for the last events to be written

_log = logging.getLogger(__name__)


class RoomServer:
    """Serves a room until it is stopped.

    Parameters
    ----------
    opening : Opening
        The room.
    rooms : Rooms
        The store of rooms.
    host : str
        The address to bind to; ``"0.0.0.0"`` for all networks of the machine.
    port : int
        The port; 0 for a free one.
    or_free : bool
        Whether to use a free port if that one is not available.
    public : str, optional
        The address that others use for it, for example behind a reverse proxy.
    limits : Limits, optional
        The server's limits.
    house : House, optional
        The employer's house rules, which are shown with the answers.
    take_home : TakeHome, optional
        Where participants go on practising, which is shown at the end.
    lang : str, optional
        The language in which the room's pages start; default that of each browser, or else the room's own.

    Attributes
    ----------
    reach : Reach
        From where it can be reached.
    host : Host
        The room while it is being served; set by ``start``.
    port : int
        The port on which it is served.
    """

    host: Host

    def __init__(
        self,
        opening: Opening,
        rooms: Rooms,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        or_free: bool = False,
        public: str | None = None,
        limits: Limits | None = None,
        house: House | None = None,
        take_home: TakeHome | None = None,
        lang: str | None = None,
    ) -> None:
        self.reach = Reach(host, public)
        self.opening = opening
        self.port = port
        self._or_free = or_free
        self._rooms = rooms
        self._bound_to = host
        self._lang = lang
        self._house = house
        self._take_home = take_home
        self._limits = limits or limits_for(public=public is not None)
        self._ended = False
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Start to serve.

        Raises
        ------
        AddressError
            When this machine does not have the address.
        OSError
            When the port is taken or not allowed.
        """
        hide_addresses()
        file_limit = raise_file_limit()
        opened = self._listen()
        self.port = opened.getsockname()[1]
        loop = asyncio.get_running_loop()
        self._journal = Journal(self._append, self.opening.length, self._on_trouble)
        self.host = Host(
            self.opening.room,
            self._join_info(),
            self._journal,
            self._limits,
            later=loop.call_later,
            clock=loop.time,
            house=self._house,
            take_home=self._take_home,
            reach=self.reach,
            open_network=self._open_network,
            lang=self._lang,
        )
        self._server = BoundedHTTPServer(
            _application(self.host, self._limits),
            max_body_size=self._limits.body_bytes,
            max_header_size=self._limits.header_bytes,
            max_buffer_size=self._limits.body_bytes + self._limits.header_bytes,
            idle_connection_timeout=self._limits.head_seconds,
            body_timeout=self._limits.body_seconds,
        )
        self._server.file_limit = file_limit
        self._server.add_socket(opened)
        self._tasks = [loop.create_task(self._journal.run())]
        if self.port != self.opening.head.port:
            await loop.run_in_executor(None, self._rooms.set_port, self.opening.head.id, self.port)

    def _listen(self) -> socket.socket:
        try:
            return listening(self._bound_to, self.port)
        except OSError:
            if not self._or_free:
                raise
            return listening(self._bound_to, 0)

    def _join_info(self) -> JoinInfo:
        return JoinInfo(self.opening.head.code, self.reach.bases(self.port))

    async def open_network(self) -> None:
        """Listen on this machine's addresses in its networks as well, and show them on all pages; nobody loses the connection.

        Raises
        ------
        NetworkError
            When the machine is in no network, or none of its addresses can be listened on.
        """
        await self.reach.open(self.port, self._server.add_socket)
        self.host.move(self._join_info())

    def _open_network(self, failed: Callable[[NetworkError], None]) -> None:
        """Do so, and report why it failed where it did."""

        async def opening() -> None:
            try:
                await self.open_network()
            except NetworkError as error:
                failed(error)

        task = asyncio.get_running_loop().create_task(opening())
        self._tasks.append(task)
        task.add_done_callback(self._tasks.remove)

    async def stop(self) -> None:
        """Stop serving, after all events are stored."""
        self._server.stop()
        if not await self._journal.drain(_DRAIN_TIMEOUT):
            _log.warning("the last events of room %s could not be written", self.opening.head.code)
        self.host.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._journal.close()
        await self._server.close_all_connections()

    async def flush(self) -> None:
        """Wait until all events so far are stored and the pages are updated; with a time limit if they cannot be stored."""
        await self._journal.drain(_DRAIN_TIMEOUT)
        await asyncio.sleep(0)

    @property
    def is_open(self) -> bool:
        """Whether other machines can reach it, judging by the addresses it is bound to."""
        return self.reach.kind == "open"

    @property
    def control(self) -> str:
        """The facilitator's address, with the key, for this machine."""
        return f"{self._local_base}control/#{self.opening.key}"

    @property
    def screen(self) -> str:
        """The projector's address, for this machine."""
        return f"{self._local_base}screen/"

    @property
    def _local_base(self) -> str:
        return f"{self.reach.local_base(self.port)}{self.opening.head.code}/"

    def _append(self, place: int, events: Sequence[bytes]) -> None:
        """Write events, and, when the workshop is over, its results; runs in the journal's thread."""
        number = self.opening.head.id
        self._rooms.append(number, place, events)
        ended = self.host.room.phase == "end"
        if ended and not self._ended:
            self._rooms.end(number, datetime.now(UTC), msgspec.json.encode(results(self.host.room)))
        elif self._ended and not ended:
            self._rooms.reopen(number)
        self._ended = ended

    def _on_trouble(self, trouble: Any) -> None:
        self.host.broadcaster.on_trouble(trouble)


def _application(host: Host, limits: Limits) -> Application:
    own: dict[str, Any] = {"host": host, "guard": Guard(host.join_info.code, limits), "own_files": page_files()}
    code = "/([^/]{1,64})"
    routes: list[Any] = [
        ("/", EntryHandler, own),
        (f"/static/((?:{'|'.join(FOLDERS)})/[a-z_]+\\.[a-z]+)", FileHandler, own),
        (f"{code}/(?:(screen|control)/)?ws", Socket, own),
        (f"{code}/(?:(screen|control)/)?poll", PollHandler, own),
        (f"{code}/handout\\.html", HandoutHandler, own),
        (f"{code}(?:/(screen|control))?(/?)", RoomPageHandler, own),
    ]
    return Application(
        routes,
        default_handler_class=NotFoundHandler,
        default_handler_args=own,
        websocket_max_message_size=limits.message_bytes,
        websocket_ping_interval=_PING,
        websocket_ping_timeout=_PING,
        log_function=lambda _handler: None,  # requests are not logged, for privacy
    )
