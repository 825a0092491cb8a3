"""One way to the item table, in a process of its own: seconds and most memory as JSON."""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etiquette_kit.analysis.blocks import Answer

_CREATE = """CREATE TABLE answers (
  participant INTEGER, place INTEGER, item TEXT, response TEXT, credit REAL, seconds REAL, PRIMARY KEY (participant, place)
) {}"""
_SELECT = "SELECT participant, item, response, credit, seconds FROM answers WHERE participant < {} ORDER BY participant, place"
_BATCH = 10_000


def fill(folder: Path, people: int) -> int:
    """Write made-up answers to the shipped scenarios, as an SQLite file and, where DuckDB is installed, as one of its own."""
    from etiquette_kit import load_bank
    from etiquette_kit.analysis.synthetic import synthetic_answers

    with sqlite3.connect(folder / "answers.sqlite") as store:
        store.execute(_CREATE.format("WITHOUT ROWID"))
        for batch in synthetic_answers(load_bank(), people):
            placed = ((person, place, *rest) for place, (person, *rest) in enumerate(batch))
            store.executemany("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)", placed)
    try:
        import duckdb
    except ImportError:
        return people
    import pandas as pd

    with duckdb.connect(str(folder / "answers.duckdb")) as own:
        own.execute(_CREATE.format(""))
        for chunk in pd.read_sql_query("SELECT * FROM answers", store, chunksize=500_000):
            own.register("chunk", chunk)
            own.execute("INSERT INTO answers SELECT * FROM chunk")
    return people


def ours(folder: Path, people: int) -> int:
    """Return how many items the kit's own way finds, from batches as the file gives them."""
    from etiquette_kit.analysis import answer_statistics

    def batches() -> Iterator[list[Answer]]:
        with sqlite3.connect(folder / "answers.sqlite") as store:
            cursor = store.execute(_SELECT.format(people))
            while batch := cursor.fetchmany(_BATCH):
                yield batch

    return len(answer_statistics(batches()).items)


def pandas(folder: Path, people: int) -> int:
    """Return how many items pandas finds: participants × items, means and correlations of pairs; no groups, shares or times."""
    import pandas as pd

    with sqlite3.connect(folder / "answers.sqlite") as store:
        answers = pd.read_sql_query(_SELECT.format(people), store)
    frame = answers.drop_duplicates(["participant", "item"]).pivot(index="participant", columns="item", values="credit")  # noqa: PD010
    figures = frame.agg(["count", "mean", "std"]), frame.corr()
    return len(figures[1])


def duckdb(folder: Path, people: int) -> int:
    """Return how many items DuckDB finds: counts, means and covariances of pairs, from a file of its own; no groups, shares or times."""
    import duckdb as engine

    with engine.connect(str(folder / "answers.duckdb"), read_only=True) as store:
        store.execute(
            f"""CREATE TEMP TABLE firsts AS SELECT participant, item, arg_min(credit, place) AS credit FROM answers
            WHERE participant < {people} GROUP BY participant, item"""  # noqa: S608  a number
        )
        store.execute("SELECT item, count(*), avg(credit), stddev_samp(credit) FROM firsts GROUP BY item").fetchall()
        pairs = store.execute(
            """SELECT a.item, b.item, count(*), covar_samp(a.credit, b.credit), corr(a.credit, b.credit)
            FROM firsts a JOIN firsts b USING (participant) GROUP BY a.item, b.item"""
        ).fetchall()
    return len({pair[0] for pair in pairs})


_WAYS: dict[str, Callable[[Path, int], int]] = {"fill": fill, "ours": ours, "pandas": pandas, "duckdb": duckdb}
_NEEDED = {"fill": [], "ours": ["etiquette_kit.analysis", "scipy.special"], "pandas": ["pandas"], "duckdb": ["duckdb"]}
"""What each way imports; that is not timed."""


def main() -> None:
    """Go one way and print what it took."""
    way, folder, people = sys.argv[1:]
    for name in _NEEDED[way]:
        import_module(name)
    begin = time.perf_counter()
    found = _WAYS[way](Path(folder), int(people))
    taken = time.perf_counter() - begin
    if not found:
        message = f"{way} found nothing"
        raise RuntimeError(message)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"seconds": taken, "megabytes": most}))


if __name__ == "__main__":
    main()
