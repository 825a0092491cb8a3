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
    "write": "writing",
    "records": "records",
    "analysis": "analysing",
    "first": "first_question",
    "site": "static_site",
    "room": "room_load",
}
"""The parts, and the module in which each is measured."""


def main() -> None:
    """Measure; the results of a complete run are saved, of single parts only on request, and of a quick run never."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="run this part and print it; may be given several times")
    parser.add_argument("--keep", action="store_true", help="with --only: put its lines in the table in place of those before")
    parser.add_argument("--quick", action="store_true", help="few repetitions; prints, and writes nothing")
    options = parser.parse_args()
    if options.keep and options.quick:
        parser.error("the results of a quick run are not saved")
    measured: dict[str, list[Row]] = {}
    for name in options.only or PARTS:
        measured[name] = import_module(f"benchmarks.{PARTS[name]}").measure(quick=options.quick)
        print("\n".join(printed(measured[name])), flush=True)
    if options.keep or not (options.only or options.quick):
        write(measured, PARTS)


if __name__ == "__main__":
    main()
