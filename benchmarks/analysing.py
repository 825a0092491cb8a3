"""Item statistics of up to two million answers from an SQLite file, against pandas and DuckDB on the same rows."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.fresh import environment
from benchmarks.row import Row

_EACH = 20  # answers of each person
_PEERS = {"pandas": "pandas, `pivot` and `corr`", "duckdb": "DuckDB, a self-join"}
_GIBIBYTE = 1074  # MB


def measure(*, quick: bool) -> list[Row]:
    """Measure in fresh interpreters, ours and the peers in turn; each opens the file and computes what it can of the same table."""
    answers = [10_000, 50_000, 200_000] if quick else [100_000, 500_000, 2_000_000]
    ways = ["ours", "pandas", *(["duckdb"] if find_spec("duckdb") else [])]  # in the group `bench`
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _fresh("fill", folder, answers[-1] // _EACH)
        taken: dict[tuple[str, int], list[dict[str, float]]] = {(way, number): [] for way in ways for number in answers}
        for turn in range(2 if quick else 4):
            for (way, number), measured in taken.items():
                found = _fresh(way, folder, number // _EACH)
                if turn:  # the first round warms up the disk
                    measured.append(found)
    seconds = {key: statistics.median(found["seconds"] for found in measured) for key, measured in taken.items()}
    memory = {key: max(found["megabytes"] for found in measured) for key, measured in taken.items()}
    rows = []
    for number in answers:
        peers = {_PEERS[way]: seconds[way, number] for way in ways[1:]}
        rows.append(Row("analysis", f"item statistics of {number:,} answers", seconds["ours", number], "s", peers))
    for number in (answers[0], answers[-1]):
        peers = {_PEERS[way]: memory[way, number] for way in ways[1:]}
        rows.append(Row("analysis", f"the same, most memory, {number:,} answers", memory["ours", number], "MB", peers, most=_GIBIBYTE))
    exponent = _exponent([(number, seconds["ours", number]) for number in answers])
    peers = {_PEERS[way]: _exponent([(number, seconds[way, number]) for number in answers]) for way in ways[1:]}
    what = f"time grows with the number of answers to the power of, {answers[0]:,} to {answers[-1]:,}"
    return [*rows, Row("analysis", what, exponent, "", peers, most=1.05)]


def _exponent(points: list[tuple[int, float]]) -> float:
    """Return the slope of the logarithms, by least squares."""
    x, y = ([math.log(value) for value in values] for values in zip(*points, strict=True))
    return statistics.linear_regression(x, y).slope


def _fresh(what: str, folder: Path, people: int) -> dict[str, float]:
    # This process stays small: the most memory of one that was started counts from its parent's.
    command = [sys.executable, "-m", "benchmarks.item_table", what, str(folder), str(people)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment())
    found: dict[str, float] = json.loads(done.stdout)
    return found
