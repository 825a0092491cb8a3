"""Events on their way to the store: written in groups, off the loop, and only then acknowledged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from etiquette_kit.live.events import RoomEvent, encode
from etiquette_kit.quiz.store_errors import ConflictError, StoreError

_MOST = 2000
"""Events in one transaction."""

_PAUSE = 1.0
"""Seconds between two attempts where the store cannot be written."""

_log = logging.getLogger(__name__)

Append = Callable[[int, Sequence[bytes]], None]
Then = Callable[[Literal["kept", "held"]], None]


class Journal:
    """Group commit: while one group is being written, the next one gathers.

    A store that cannot be written keeps nothing back: what happened is acknowledged as not kept yet, piles up, and is written
    as soon as that is possible.

    Parameters
    ----------
    append : callable
        Takes the place of the first event and the events as JSON, and returns once they are on disk; runs in a thread.
    place : int
        The place of the next event.
    on_trouble : callable
        Called on the loop with the trouble when it begins, and with None when it is over.
    """

    def __init__(self, append: Append, place: int, on_trouble: Callable[[StoreError | ConflictError | None], None]) -> None:
        self._append = append
        self._place = place
        self._on_trouble = on_trouble
        self._trouble: StoreError | ConflictError | None = None
        self._waiting: list[tuple[bytes | None, Then | None]] = []  # without an event: only to be told
        self._more = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self._thread = ThreadPoolExecutor(1, "etiquette-room-store")

    def write(self, event: RoomEvent, then: Then | None = None) -> None:
        """Take an event; ``then`` is called on the loop once it is known whether it is on disk.

        Parameters
        ----------
        event : Event
            What happened.
        then : callable, optional
            Gets "kept" when the event is on disk, "held" when the store cannot be written just now.
        """
        if not isinstance(self._trouble, ConflictError):  # after one, nothing will be written here any more
            self._waiting.append((encode(event), then if self._trouble is None else None))
            self._empty.clear()
            self._more.set()
        if self._trouble is not None and then is not None:
            then("held")

    def when_kept(self, then: Then) -> None:
        """Call ``then`` on the loop once it is known whether everything that was taken so far is on disk."""
        if self._trouble is not None:
            then("held")
        elif self._waiting:
            self._waiting.append((None, then))
            self._more.set()
        else:
            then("kept")

    async def run(self) -> None:
        """Write until cancelled, or until the room turns out to be served elsewhere as well."""
        loop = asyncio.get_running_loop()
        while True:
            await self._more.wait()
            group = self._waiting[:_MOST]
            bodies = [body for body, _ in group if body is not None]
            try:
                if bodies:
                    await loop.run_in_executor(self._thread, self._append, self._place, bodies)
            except ConflictError as error:
                self._hold(error)
                self._empty.set()
                return
            except Exception as error:  # noqa: BLE001  the facilitator is told
                trouble = error if isinstance(error, StoreError) else StoreError("other", repr(error))
                if trouble is not error and _kind(self._trouble) != "other":
                    _log.exception("the events of a room cannot be written")
                self._hold(trouble)
                await asyncio.sleep(_PAUSE)
                continue
            self._place += len(bodies)
            del self._waiting[: len(group)]
            if self._trouble is not None:
                self._trouble = None
                loop.call_soon(self._on_trouble, None)
            self._tell(group, "kept")
            if not self._waiting:
                self._more.clear()
                self._empty.set()

    def _hold(self, error: StoreError | ConflictError) -> None:
        """Acknowledge what waits as not kept yet, and say once why."""
        before, self._trouble = self._trouble, error
        waiting, self._waiting = self._waiting, [(body, None) for body, _ in self._waiting if body is not None]
        self._tell(waiting, "held")
        if _kind(before) != _kind(error):
            asyncio.get_running_loop().call_soon(self._on_trouble, error)

    @staticmethod
    def _tell(group: Sequence[tuple[bytes | None, Then | None]], how: Literal["kept", "held"]) -> None:
        """Acknowledge events, each by itself, so that one that fails keeps nothing from being written."""
        for _, then in group:
            if then is not None:
                asyncio.get_running_loop().call_soon(then, how)

    async def drain(self, patience: float) -> bool:
        """Wait until everything is on disk; tell whether that was so within these seconds."""
        try:
            await asyncio.wait_for(self._empty.wait(), patience)
        except TimeoutError:
            return False
        return not self._waiting

    def close(self) -> None:
        """End the thread; a group that is being written comes to its end first."""
        self._thread.shutdown(wait=True)


def _kind(trouble: StoreError | ConflictError | None) -> str | None:
    if isinstance(trouble, StoreError):
        return trouble.kind
    return "conflict" if trouble else None
