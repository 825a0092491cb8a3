"""One run of a room: all join, all vote, all see the answer; the time and memory, and whether every vote was counted once."""

from __future__ import annotations

import asyncio
import gc
import json
import statistics
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etiquette_kit.live.events import RoomEvent, Voted, decode
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store

from benchmarks.phones import Crowd, Facilitator, facilitator
from benchmarks.served_room import ServedRoom, room_command

VOTING = 5.0  # seconds in which all phones vote


@dataclass(frozen=True)
class Run:
    """The figures of one run.

    Attributes
    ----------
    join : float
        Seconds until all had their seats.
    vote_middle, vote_late : float
        Seconds until a vote was acknowledged: the median, and what one in a hundred exceeds.
    vote_processor : float
        Seconds of processor that the server needed for all votes.
    reveal : float
        Seconds from the facilitator's command until the last phone had the answer.
    memory : float
        The peak memory of the server, in MB.
    """

    join: float
    vote_middle: float
    vote_late: float
    vote_processor: float
    reveal: float
    memory: float


def run_room(count: int) -> tuple[Run, dict[str, bytes]]:
    """Run the kit's room, and check the stored votes; return also the messages to phones, for the lower bound."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.sqlite3"
        with ServedRoom(room_command(store)) as served:
            run, sent = asyncio.run(_run(served, count))
        check_votes(stored_events(store), count)
    return run, sent


def run_floor(count: int, says: Mapping[str, bytes]) -> Run:
    """Run the lower bound, with the same messages."""
    with tempfile.TemporaryDirectory() as folder:
        messages = Path(folder) / "says.json"
        messages.write_text(json.dumps({name: message.decode() for name, message in says.items()}), encoding="utf-8")
        with ServedRoom(["benchmarks.bare_room", str(messages)]) as served:
            return asyncio.run(_run(served, count))[0]


async def _run(served: ServedRoom, count: int) -> tuple[Run, dict[str, bytes]]:
    gc.collect()
    gc.disable()  # only the server is measured
    try:
        crowd = Crowd(served.port, served.code, count)
        leader = await facilitator(served.port, served.code, served.key)
        joined = await crowd.join()
        options = await open_vote(crowd, leader)
        before = served.processor
        waited = await crowd.vote(options, VOTING)
        processor = served.processor - before
        reveal = await show_answer(crowd, leader)
        crowd.leave()
        leader.transport.abort()
        late = statistics.quantiles(waited, n=100)[-1]
        return Run(joined, statistics.median(waited), late, processor, reveal, served.most_memory), crowd.samples
    finally:
        gc.enable()


async def open_vote(crowd: Crowd, leader: Facilitator) -> list[str]:
    """Open the first vote, wait until every phone shows it, and return the options."""
    shown = crowd.expect("vote", len(crowd.phones))
    leader.tell(do="next", **{"from": [0, "lobby"]})
    await crowd.until(shown)
    return [option["id"] for option in json.loads(crowd.samples["vote"])["page"]["question"]["options"]]


async def show_answer(crowd: Crowd, leader: Facilitator) -> float:
    """Show the answer; return the seconds until the last phone has it."""
    shown = crowd.expect("reveal", len(crowd.phones))
    begin = leader.tell(do="go", phase="reveal", **{"from": [0, "vote"]})
    return await crowd.until(shown) - begin


def stored_events(store: Path) -> list[RoomEvent]:
    """Return the stored events of the only room in a store, read by a process that did not write them."""
    opened = Store(store)
    with opened.reading() as connection:
        (number,) = connection.exec_driver_sql("SELECT id FROM rooms").scalars()
    events = [decode(body) for body in Rooms(opened).events(number)]
    opened.close()
    return events


def check_votes(events: list[RoomEvent], count: int) -> None:
    """Raise an error for a run in which not every seat has voted exactly once.

    Raises
    ------
    RuntimeError
        When a vote was lost or counted twice.
    """
    votes = Counter(event.seat for event in events if isinstance(event, Voted))
    if votes != Counter(range(count)):
        message = f"{votes.total()} votes of {len(votes)} seats were stored, of {count} that were cast"
        raise RuntimeError(message)
