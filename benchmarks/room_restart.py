"""A room whose server is killed during a vote and started again: acknowledged votes are stored, and the phones reconnect."""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from etiquette_kit.live.events import Joined, Voted

from benchmarks.phones import Crowd, facilitator
from benchmarks.room_run import VOTING, check_votes, open_vote, stored_events
from benchmarks.served_room import ServedRoom, room_command

PATIENCE = 10.0  # seconds within which all phones should have reconnected


@dataclass(frozen=True)
class Restart:
    """The results for the phones and their votes.

    Attributes
    ----------
    missing : int
        Votes that were acknowledged before the server was killed and that the store does not have.
    away : float
        The share of the phones that were not back after ten seconds, 0..1.
    back : float
        Seconds after which 99 percent of them were back.
    """

    missing: int
    away: float
    back: float


def run_restart(count: int) -> Restart:
    """Kill the server when half of the votes are acknowledged, start it again, let the others vote, and kill it after the last."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.sqlite3"
        found = asyncio.run(_run(store, count))
        events = stored_events(store)
    check_votes(events, count)
    seats = sum(isinstance(event, Joined) for event in events)
    if seats != count:
        message = f"{count} phones have {seats} seats"
        raise RuntimeError(message)
    return found


async def _run(store: Path, count: int) -> Restart:
    served = ServedRoom(room_command(store))
    crowd = Crowd(served.port, served.code, count)
    try:
        leader = await facilitator(served.port, served.code, served.key)
        await crowd.join()
        options = await open_vote(crowd, leader)
        crowd.returns = True
        await crowd.vote(options, VOTING, until=count // 2)
        served.kill()
        killed = time.perf_counter()
        acknowledged = crowd.acknowledged
        nearly_all, last = crowd.expect("welcome", round(0.99 * count)), crowd.expect("ack", count - len(acknowledged))
        stored_now = await crowd.loop.run_in_executor(None, stored_events, store)
        served = await crowd.loop.run_in_executor(None, lambda: ServedRoom(room_command(store, again=True)))
        back = await crowd.until(nearly_all) - killed
        if missing := count - crowd.present:
            with suppress(TimeoutError):
                await asyncio.wait_for(crowd.expect("welcome", missing), killed + PATIENCE - time.perf_counter())
        away = 1 - crowd.present / count
        await crowd.until(last)
        crowd.leave()
    finally:
        served.kill()
    stored = {int(event.id, 16) for event in stored_now if isinstance(event, Voted)}  # the id of a vote contains the phone's number
    return Restart(len(acknowledged - stored), away, back)
