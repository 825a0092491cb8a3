"""The benchmarks run: the parts that need neither a browser nor a peer, few times; and the table tells what was measured."""

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.row import Row

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "part", ["decide", *(pytest.param(name, marks=pytest.mark.slow) for name in ("import", "bank", "records", "analysis"))]
)
def test_a_part_runs_and_prints_its_rows(part: str):
    command = [sys.executable, "-m", "benchmarks", "--quick", "--only", part]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    head, rule, *rows = done.stdout.splitlines()
    assert head.startswith("| what | ours |")
    assert len(rows) >= 2
    assert {line.count("|") for line in (head, rule, *rows)} == {7}


def test_a_target_is_a_limit_on_the_ratio_or_on_the_figure():
    slow = Row("a", "b", 30, "ms", {"peer": 20}, most_ratio=1.4)
    assert (slow.ratio, slow.target, slow.reached) == (1.5, "≤ 1.4 ×", False)
    small = Row("a", "b", 3900, "bytes", most=4000)
    assert (small.ratio, small.target, small.reached) == (None, "≤ 4 kB", True)
    fast = Row("a", "b", 300, "1/s", {"floor": 500}, least_ratio=0.5)
    assert (fast.ratio, fast.target, fast.reached) == (0.6, "≥ 0.5 ×", True)
    assert Row("a", "b", 200, "1/s", {"floor": 500}, least_ratio=0.5).reached is False
    told = Row("a", "b", 1, "ms", {"peer": 0})
    assert (told.ratio, told.target, told.reached) == (None, "", None)
