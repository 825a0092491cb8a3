"""Writing events to the store: in groups, outside of the event loop, and acknowledged only afterwards."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from etiquette_kit.live.events import RoomEvent, encode
from etiquette_kit.quiz.store_errors import ConflictError, StoreError

_MAX_GROUP = 2000
"""The maximum number of events in one transaction."""

_PAUSE = 1.0
"""Seconds between two attempts while the store cannot be written."""

_log = logging.getLogger(__name__)

Append = Callable[[int, Sequence[bytes]], None]
Then = Callable[[Literal["kept", "held"]], None]


class Journal:
    """Group commit: while one group is being written, the next one is collected.

    A store that cannot be written does not block the room: events are acknowledged as not stored yet, queued, and written as soon as
    that is possible.

    Parameters
    ----------
    append : callable
        Writes events, given the position of the first one and the events as JSON, and returns once they are on disk; runs in a thread.
    place : int
        The position of the next event.
    on_trouble : callable
        Called on the event loop with the error when a problem starts, and with None when it is over.
    """

    def __init__(self, append: Append, place: int, on_trouble: Callable[[StoreError | ConflictError | None], None]) -> None:
        self._append = append
        self._place = place
        self._on_trouble = on_trouble
        self._trouble: StoreError | ConflictError | None = None
        self._waiting: list[tuple[bytes | None, Then | None]] = []  # without an event: only a callback
        self._more = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self._thread = ThreadPoolExecutor(1, "etiquette-room-store")

    def write(self, event: RoomEvent, then: Then | None = None) -> None:
        """Queue an event; ``then`` is called on the event loop once it is known whether it is on disk.

        Parameters
        ----------
        event : RoomEvent
            The event.
        then : callable, optional
            Called with "kept" when the event is on disk, with "held" when the store cannot be written at present.
        """
        if not isinstance(self._trouble, ConflictError):  # after a conflict nothing more is written
            self._waiting.append((encode(event), then if self._trouble is None else None))
            self._empty.clear()
            self._more.set()
        if self._trouble is not None and then is not None:
            then("held")

    def when_stored(self, then: Then) -> None:
        """Call ``then`` on the event loop once it is known whether all events so far are on disk."""
        if self._trouble is not None:
            then("held")
        elif self._waiting:
            self._waiting.append((None, then))
            self._more.set()
        else:
            then("kept")

    async def run(self) -> None:
        """Write until cancelled, or until the room is found to be served by another process as well."""
        loop = asyncio.get_running_loop()
        while True:
            await self._more.wait()
            group = self._waiting[:_MAX_GROUP]
            bodies = [body for body, _ in group if body is not None]
            try:
                if bodies:
                    await loop.run_in_executor(self._thread, self._append, self._place, bodies)
            except ConflictError as error:
                self._report_held(error)
                self._empty.set()
                return
            except Exception as error:  # noqa: BLE001  the facilitator is notified
                trouble = error if isinstance(error, StoreError) else StoreError("other", repr(error))
                if trouble is not error and _kind(self._trouble) != "other":
                    _log.exception("the events of a room cannot be written")
                self._report_held(trouble)
                await asyncio.sleep(_PAUSE)
                continue
            self._place += len(bodies)
            del self._waiting[: len(group)]
            if self._trouble is not None:
                self._trouble = None
                loop.call_soon(self._on_trouble, None)
            self._acknowledge(group, "kept")
            if not self._waiting:
                self._more.clear()
                self._empty.set()

    def _report_held(self, error: StoreError | ConflictError) -> None:
        """Acknowledge queued events as not stored yet, and report a new problem once."""
        before, self._trouble = self._trouble, error
        waiting, self._waiting = self._waiting, [(body, None) for body, _ in self._waiting if body is not None]
        self._acknowledge(waiting, "held")
        if _kind(before) != _kind(error):
            asyncio.get_running_loop().call_soon(self._on_trouble, error)

    @staticmethod
    def _acknowledge(group: Sequence[tuple[bytes | None, Then | None]], how: Literal["kept", "held"]) -> None:
        """Acknowledge events by separate callbacks, so that an error in one does not stop the writing."""
        for _, then in group:
            if then is not None:
                asyncio.get_running_loop().call_soon(then, how)

    async def drain(self, patience: float) -> bool:
        """Wait until everything is on disk; return whether that succeeded within these seconds."""
        try:
            await asyncio.wait_for(self._empty.wait(), patience)
        except TimeoutError:
            return False
        return not self._waiting

    def close(self) -> None:
        """End the thread, after a group that is being written."""
        self._thread.shutdown(wait=True)


def _kind(trouble: StoreError | ConflictError | None) -> str | None:
    if isinstance(trouble, StoreError):
        return trouble.kind
    return "conflict" if trouble else None
