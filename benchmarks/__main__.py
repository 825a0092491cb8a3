"""The command: run all parts and write the table, or run one part and print it."""

from __future__ import annotations

import argparse
from importlib import import_module

from benchmarks.row import Row
from benchmarks.table import printed, write

PARTS = {
    "messages": "messages",
    "build": "building",
    "click": "clicking",
    "import": "importing",
    "decide": "deciding",
    "bank": "reading",
    "records": "records",
    "analysis": "analysing",
    "first": "first_question",
}
"""The parts, and the module in which each is measured."""


def main() -> None:
    """Measure; only a whole run with all repetitions is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="run this part and print it; may be given several times")
    parser.add_argument("--quick", action="store_true", help="few repetitions; prints, and writes nothing")
    options = parser.parse_args()
    rows: list[Row] = []
    for name in options.only or PARTS:
        rows += import_module(f"benchmarks.{PARTS[name]}").measure(quick=options.quick)
        print("\n".join(printed([row for row in rows if row.part == name])), flush=True)
    if not options.only and not options.quick:
        write(rows)


if __name__ == "__main__":
    main()
