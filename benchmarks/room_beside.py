"""A room served from a notebook's kernel: the delay of cells meanwhile."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from benchmarks.phones import Crowd, facilitator
from benchmarks.room_run import VOTING, open_vote, show_answer
from benchmarks.served_room import ServedRoom

_IDLE = 2.0  # seconds before the first phone


def late_cells(count: int) -> dict[str, float]:
    """Return the maximum delay of cells in seconds: without phones, while all join, while all vote, and while all get the answer."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "late.json"
        with ServedRoom(["benchmarks.room_kernel", str(Path(folder) / "store.sqlite3"), str(figures)]) as served:
            moments = asyncio.run(_lead(served, count))
        late = json.loads(figures.read_text(encoding="utf-8"))
    names = ("nobody", "join", "vote", "answer")
    return {
        name: max(seconds for due, seconds in late if begin <= due < end)
        for name, (begin, end) in zip(names, pairwise(moments), strict=True)
    }


async def _lead(served: ServedRoom, count: int) -> list[float]:
    """Run the room; return the start of each part, and the end of the last one."""
    crowd = Crowd(served.port, served.code, count)
    leader = await facilitator(served.port, served.code, served.key)
    moments = [time.perf_counter()]
    await asyncio.sleep(_IDLE)
    moments.append(time.perf_counter())
    await crowd.join()
    options = await open_vote(crowd, leader)
    moments.append(time.perf_counter())
    await crowd.vote(options, VOTING)
    moments.append(time.perf_counter())
    await show_answer(crowd, leader)
    await asyncio.sleep(0.2)  # for the last cells that it delayed
    moments.append(time.perf_counter())
    crowd.leave()
    return moments
