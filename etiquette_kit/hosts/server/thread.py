"""A room in a thread of its own, beside a notebook's kernel, which stays free for its cells."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from etiquette_kit.hosts.server.server import RoomServer

_T = TypeVar("_T")
_PATIENCE = 15.0  # seconds


class RoomThread:
    """Serves a room in a thread.

    Parameters
    ----------
    server : RoomServer
        The room, not started yet.
    """

    def __init__(self, server: RoomServer) -> None:
        self.server = server
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="etiquette-room", daemon=True)
        self._started: Future[None] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None

    def start(self) -> None:
        """Start it, and wait until it serves.

        Raises
        ------
        OSError
            When the port is taken or not allowed.
        """
        self._thread.start()
        self._started.result(_PATIENCE)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        try:
            await self.server.start()
        except BaseException as error:  # noqa: BLE001  it is raised where start was called
            self._started.set_exception(error)
            return
        self._started.set_result(None)
        await self._over.wait()
        await self.server.stop()

    def run(self, function: Callable[[], _T]) -> _T:
        """Call a function in the room's thread, and return what it returns.

        Raises
        ------
        RuntimeError
            When the room is not being served.
        """
        if self._loop is None or not self._thread.is_alive():
            message = "the room is not being served"
            raise RuntimeError(message)
        done: Future[_T] = Future()

        def call() -> None:
            try:
                done.set_result(function())
            except Exception as error:  # noqa: BLE001  it is raised where run was called
                done.set_exception(error)

        self._loop.call_soon_threadsafe(call)
        return done.result(_PATIENCE)

    def flush(self) -> None:
        """Wait until what happened so far is kept, and the pages have heard of it."""
        if self._loop is not None and self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self.server.flush(), self._loop).result(_PATIENCE)

    def stop(self) -> None:
        """Stop serving, once what happened is kept; a room that is not being served is left alone."""
        if self._loop is not None and self._over is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join(_PATIENCE)
