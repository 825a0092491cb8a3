"""Statistics and reports of up to two million answers from a store, compared with pandas and DuckDB on the same answers."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

from tests.support.cluster import Cluster, programs

from benchmarks.fresh import environment
from benchmarks.growth import exponent
from benchmarks.made_up import EACH
from benchmarks.row import Row

_PEERS = {"pandas": "pandas, `pivot` and `corr`", "duckdb": "DuckDB, a self-join in a file of its own"}
_GIBIBYTE = 1074  # MB

Task = tuple[str, str, int]
"""The method, see `store_ways`; the place of the answers; and their number."""


def measure(*, quick: bool) -> list[Row]:
    """Measure in fresh interpreters, in turn; the other tools compute a part of the same figures."""
    sizes = [4_000, 20_000, 60_000] if quick else [100_000, 500_000, 2_000_000]
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        addresses = {("SQLite", size): str(folder / f"{size}.sqlite3") for size in sizes}
        reported = {"SQLite": str(folder / "reported.sqlite3")}
        if programs():
            cluster = opened.enter_context(Cluster())
            addresses |= {("PostgreSQL", size): cluster.new_database() for size in sizes}
            reported["PostgreSQL"] = cluster.new_database()
        else:
            print("analysis: without PostgreSQL, of which there is no server here; Debian's package is postgresql", file=sys.stderr)
        databases = list(reported)
        if find_spec("duckdb"):  # in the group `bench`
            addresses |= {("DuckDB", size): str(folder / f"{size}.duckdb") for size in sizes}
        tasks: dict[Task, list[str]] = {}
        for (place, size), address in addresses.items():
            _fresh("fill", address, size // EACH, 1)
            ways = ["duckdb"] if place == "DuckDB" else ["ours", "pandas"]
            tasks |= {(way, place, size): [way, address] for way in ways}
        for place, address in reported.items():
            _fresh("fill", address, sizes[-1] // EACH, 2)
            tasks["report", place, sizes[-1]] = ["report", address]
        seconds, memory = _measured(tasks, 1 if quick else 3)
    return [row for database in databases for row in _rows(database, sizes, seconds, memory)]


def _measured(tasks: Mapping[Task, list[str]], times: int) -> tuple[dict[Task, float], dict[Task, float]]:
    """Return the median of the seconds, and the peak memory in MB."""
    taken: dict[Task, list[dict[str, float]]] = {task: [] for task in tasks}
    for turn in range(times + 1):
        for task, (way, address) in tasks.items():
            found = _fresh(way, address)
            if turn:  # the first round warms up the disk
                taken[task].append(found)
    seconds = {task: statistics.median(found["seconds"] for found in measured) for task, measured in taken.items()}
    return seconds, {task: max(found["megabytes"] for found in measured) for task, measured in taken.items()}


def _rows(database: str, sizes: list[int], seconds: Mapping[Task, float], memory: Mapping[Task, float]) -> list[Row]:
    def peers(figures: Mapping[Task, float], size: int) -> dict[str, float]:
        found = {"pandas": figures["pandas", database, size], "duckdb": figures.get(("duckdb", "DuckDB", size))}
        return {_PEERS[way]: figure for way, figure in found.items() if figure is not None}

    rows = [
        Row("analysis", f"{database}: item statistics of {size:,} answers", seconds["ours", database, size], "s", peers(seconds, size))
        for size in sizes
    ]
    for size in (sizes[0], sizes[-1]):
        what = f"{database}: the same, most memory, {size:,} answers"
        rows.append(Row("analysis", what, memory["ours", database, size], "MB", peers(memory, size), most=_GIBIBYTE))
    slope = exponent({size: seconds["ours", database, size] for size in sizes})
    by_peer = {name: exponent({size: peers(seconds, size)[name] for size in sizes}) for name in peers(seconds, sizes[0])}
    what = f"{database}: time grows with the number of answers to the power of, {sizes[0]:,} to {sizes[-1]:,}"
    rows.append(Row("analysis", what, slope, "", by_peer, most=1.05))
    whole: Task = ("report", database, sizes[-1])
    rows.append(Row("analysis", f"{database}: `etiquette report` on {sizes[-1]:,} answers", seconds[whole], "s"))
    rows.append(Row("analysis", f"{database}: the same, most memory", memory[whole], "MB", most=_GIBIBYTE))
    return rows


def _fresh(way: str, address: str, *numbers: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.store_ways", way, address, *map(str, numbers)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment())
    found: dict[str, float] = json.loads(done.stdout)
    return found
