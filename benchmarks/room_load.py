"""A live room under load: up to ten thousand simulated phones, compared with a bare WebSocket server that sends the same bytes."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence

from benchmarks.growth import exponent
from benchmarks.room_beside import late_cells
from benchmarks.room_restart import PATIENCE, Restart, run_restart
from benchmarks.room_run import VOTING, Run, run_floor, run_room
from benchmarks.row import Row
from benchmarks.served_room import open_many_files

_TIMES = {100: 7, 1000: 5, 5000: 3, 10_000: 3}
"""Repetitions by number of phones."""

_AWAY = 1000
"""The number of phones of the room that is killed, and of the one in a notebook's kernel."""

_FLOOR = "a bare tornado WebSocket"


def measure(*, quick: bool) -> list[Row]:
    """Measure the room and the lower bound in turn, with the same messages; then the room that is killed, and the one in a kernel."""
    open_many_files()
    times = {100: 1, 1000: 1} if quick else _TIMES
    ours: dict[int, list[Run]] = {size: [] for size in times}
    floor: dict[int, list[Run]] = {size: [] for size in times}
    for turn in range(max(times.values())):
        for size in (size for size in times if turn < times[size]):
            run, sent = run_room(size)
            ours[size].append(run)
            floor[size].append(run_floor(size, sent))
    restarts = [run_restart(_AWAY) for _ in range(1 if quick else 3)]
    cells = [late_cells(_AWAY) for _ in range(1 if quick else 3)]
    rows = [row for size in times for row in _rows(size, max(times), ours[size], floor[size])]
    return [*rows, *_growth(ours, floor), *_restarted(restarts), *_beside_a_notebook(cells)]


def _middle(runs: Sequence[Run], figure: Callable[[Run], float]) -> float:
    return statistics.median(map(figure, runs))


def _rows(size: int, largest: int, ours: Sequence[Run], floor: Sequence[Run]) -> list[Row]:
    def row(
        what: str, figure: Callable[[Run], float], factor: float, unit: str, most_ratio: float | None = None, most: float | None = None
    ) -> Row:
        peers = {_FLOOR: factor * _middle(floor, figure)}
        return Row("room", f"{size:,} phones: {what}", factor * _middle(ours, figure), unit, peers, most_ratio=most_ratio, most=most)

    return [
        row("joining, a hundred at once", lambda run: run.join, 1, "s"),
        row(f"a vote until its acknowledgement, all within {VOTING:g} s, median", lambda run: run.vote_middle, 1000, "ms"),
        row("the same, 99th percentile", lambda run: run.vote_late, 1000, "ms", 10, 100),
        row("processor of the server for all votes", lambda run: run.vote_processor, 1, "s"),
        row("the answer, from the facilitator's click to the last phone", lambda run: run.reveal, 1000, "ms", 2),
        row("most memory of the server", lambda run: run.memory, 1, "MB", 2 if size == largest else None),
    ]


def _growth(ours: Mapping[int, Sequence[Run]], floor: Mapping[int, Sequence[Run]]) -> list[Row]:
    figures: dict[str, Callable[[Run], float]] = {
        "joining": lambda run: run.join,
        "the processor's time for votes": lambda run: run.vote_processor,
        "the answer on the last phone": lambda run: run.reveal,
    }

    def grows(runs: Mapping[int, Sequence[Run]], figure: Callable[[Run], float]) -> float:
        return exponent({size: _middle(of_size, figure) for size, of_size in runs.items()})

    between = f"{min(ours):,} to {max(ours):,}"
    return [
        Row(
            "room",
            f"{what} grows with the number of phones to the power of, {between}",
            grows(ours, figure),
            "",
            {_FLOOR: grows(floor, figure)},
            most=1.15,
        )
        for what, figure in figures.items()
    ]


def _restarted(restarts: Sequence[Restart]) -> list[Row]:
    killed = f"{_AWAY:,} phones, the server killed while they vote, and started again"
    return [
        Row("room", f"{killed}: acknowledged votes that the store does not have", max(run.missing for run in restarts), "", most=0),
        Row("room", f"{killed}: phones not back after {PATIENCE:g} s", 100 * max(run.away for run in restarts), "%", most=1),
        Row("room", f"{killed}: until 99 % are back", statistics.median(run.back for run in restarts), "s"),
    ]


def _beside_a_notebook(runs: Sequence[Mapping[str, float]]) -> list[Row]:
    late = {name: 1000 * max(run[name] for run in runs) for name in runs[0]}
    what = f"in a notebook's kernel, {_AWAY:,} phones: a cell begins late by, at most, while all"
    peers = {"nobody there": late["nobody"]}
    return [
        Row("room", f"{what} join", late["join"], "ms", peers),
        Row("room", f"{what} vote", late["vote"], "ms", peers, most=100),
        Row("room", f"{what} get the answer", late["answer"], "ms", peers),
    ]
