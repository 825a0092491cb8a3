"""A process like a notebook's kernel: an event loop in the main thread, in which cells would run, and a room in another thread."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from pathlib import Path

from etiquette_kit.bank import load_bank
from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.hosts.server.opening import begin
from etiquette_kit.hosts.server.server import RoomServer
from etiquette_kit.hosts.server.thread import RoomThread
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from etiquette_kit.workshop import situations

_PAUSE = 0.01  # seconds between two cells


async def _cells(over: asyncio.Event) -> list[tuple[float, float]]:
    """Run a callback repeatedly; return when each was due and its delay in seconds."""
    loop, late = asyncio.get_running_loop(), []
    while not over.is_set():
        ran: asyncio.Future[None] = loop.create_future()
        due = time.perf_counter() + _PAUSE
        loop.call_later(_PAUSE, ran.set_result, None)
        await ran
        late.append((due, time.perf_counter() - due))
    return late


async def main() -> None:
    """Serve until Ctrl-C, and then write the delays of cells."""
    store, figures = map(Path, sys.argv[1:])
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, over.set)
    rooms = Rooms(Store(store))
    server = RoomServer(
        begin(rooms, situations(load_bank(), "1")[:4], lang="de", minutes=60, port=0), rooms, limits=Limits(per_address=None)
    )
    thread = RoomThread(server)
    thread.start()
    print(server.control, flush=True)
    late = await _cells(over)
    thread.stop()
    figures.write_text(json.dumps(late))


if __name__ == "__main__":
    asyncio.run(main())
