"""Serving a room in a separate thread, so that a notebook's kernel is free for its cells."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from etiquette_kit.hosts.server.server import RoomServer

_T = TypeVar("_T")
_TIMEOUT = 15.0  # seconds


class RoomThread:
    """Serves a room in a thread.

    Parameters
    ----------
    server : RoomServer
        The room's server, not started yet.
    """

    def __init__(self, server: RoomServer) -> None:
        self.server = server
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="etiquette-room", daemon=True)
        self._started: Future[None] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    def start(self) -> None:
        """Start the thread, and wait until the room is served.

        Raises
        ------
        OSError
            When the port is taken or not allowed.
        """
        self._thread.start()
        self._started.result(_TIMEOUT)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        try:
            await self.server.start()
        except BaseException as error:  # noqa: BLE001  raised again in start
            self._started.set_exception(error)
            return
        self._started.set_result(None)
        await self._stopping.wait()
        await self.server.stop()

    def run(self, function: Callable[[], _T]) -> _T:
        """Call a function in the room's thread, and return its result.

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
            except Exception as error:  # noqa: BLE001  raised again in run
                done.set_exception(error)

        self._loop.call_soon_threadsafe(call)
        return done.result(_TIMEOUT)

    def await_(self, work: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
        """Run a coroutine in the room's thread, and return its result.

        Raises
        ------
        RuntimeError
            When the room is not being served.
        """
        if self._loop is None or not self._thread.is_alive():
            message = "the room is not being served"
            raise RuntimeError(message)
        return asyncio.run_coroutine_threadsafe(work(), self._loop).result(_TIMEOUT)

    def flush(self) -> None:
        """Wait until all events so far are stored and the pages are updated."""
        if self._loop is not None and self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self.server.flush(), self._loop).result(_TIMEOUT)

    def stop(self) -> None:
        """Stop serving, after all events are stored; does nothing if the room is not being served."""
        if self._loop is not None and self._stopping is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(_TIMEOUT)
