"""One method to compute figures from a store, in a separate process: seconds and peak memory as JSON."""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.made_up import COHORT, fill

_SELECT = "SELECT participant, material || '@' || content AS item, credit FROM answers ORDER BY participant, session, seq"


def ours(address: str) -> int:
    """Return how many items the kit finds: with all figures of `answer_statistics`."""
    from etiquette_kit.analysis import answer_statistics
    from etiquette_kit.analysis.reports.stored_answers import answer_batches
    from etiquette_kit.store.sql.store import Store

    return len(answer_statistics(answer_batches(Store(address))).items)


def pandas(address: str) -> int:
    """Return how many items pandas finds in the same store: counts, means and correlations of pairs; no groups, shares or times."""
    import pandas as pd

    with _connected(address) as store:
        answers = pd.read_sql_query(_SELECT, store)
    frame = answers.drop_duplicates(["participant", "item"]).pivot(index="participant", columns="item", values="credit")  # noqa: PD010
    figures = frame.agg(["count", "mean", "std"]), frame.corr()
    return len(figures[1])


def _connected(address: str) -> Any:
    """Return the connection from which pandas reads fastest: SQLite's own, or for PostgreSQL SQLAlchemy's, which it requires."""
    import sqlite3
    from contextlib import closing

    from sqlalchemy import create_engine

    return create_engine(address).connect() if "://" in address else closing(sqlite3.connect(address))


def duckdb(address: str) -> int:
    """Return how many items DuckDB finds in its own file: counts, means, covariances of pairs; no groups, shares or times."""
    import duckdb as engine

    with engine.connect(address, read_only=True) as store:
        store.execute(
            "CREATE TEMP TABLE firsts AS SELECT participant, item, arg_min(credit, place) AS credit FROM answers GROUP BY participant, item"
        )
        store.execute("SELECT item, count(*), avg(credit), stddev_samp(credit) FROM firsts GROUP BY item").fetchall()
        pairs = store.execute(
            """SELECT a.item, b.item, count(*), covar_samp(a.credit, b.credit), corr(a.credit, b.credit)
            FROM firsts a JOIN firsts b USING (participant) GROUP BY a.item, b.item"""
        ).fetchall()
    return len({pair[0] for pair in pairs})


def report(address: str) -> int:
    """Return how many characters `etiquette report` writes about all participants."""
    from contextlib import redirect_stdout
    from io import StringIO

    from etiquette_kit.cli import app

    with redirect_stdout(StringIO()) as printed:
        app(["report", "--store", address, "--cohort", COHORT, "--format", "json"], standalone_mode=False)
    return len(printed.getvalue())


_ANALYSIS = ["etiquette_kit.analysis", "etiquette_kit.analysis.reports.group", "scipy.special"]
_WAYS: dict[str, tuple[Callable[..., int], list[str]]] = {
    "fill": (fill, []),
    "ours": (ours, _ANALYSIS),
    "pandas": (pandas, ["pandas", "sqlalchemy"]),
    "duckdb": (duckdb, ["duckdb"]),
    "report": (report, ["etiquette_kit.cli", *_ANALYSIS]),
}
"""Each method's function, and its imports, which are not timed."""


def main() -> None:
    """Run one method and print its time and memory."""
    way, address, *numbers = sys.argv[1:]
    go, needed = _WAYS[way]
    for name in needed:
        import_module(name)
    begin = time.perf_counter()
    found = go(address, *map(int, numbers))
    taken = time.perf_counter() - begin
    if not found:
        message = f"{way} found nothing"
        raise RuntimeError(message)
    print(json.dumps({"seconds": taken, "megabytes": _most_memory()}))


def _most_memory() -> float:
    """Return the peak memory of this program, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    status = Path("/proc/self/status")
    if status.exists():  # on Linux, ``getrusage`` starts with the value of the parent process
        (found,) = re.findall(r"^VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"), re.MULTILINE)
        peak = int(found) / 1000
    return peak * 1.024


if __name__ == "__main__":
    main()
