"""The table as Markdown in this folder's README, and as JSON next to it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.row import Row, formatted

_FOLDER = Path(__file__).parent
_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_COMMAND = "uv run --group bench python -m benchmarks"
_PACKAGES = (
    "anywidget", "duckdb", "ipykernel", "ipywidgets", "jupyterquiz", "msgspec", "numpy", "pandas", "psycopg", "sqlalchemy", "voila",
)  # fmt: skip


Part = dict[str, Any]
"""The versions, machine and time of a part, see `surroundings`; and its ``rows``, see `Row.as_dict`."""


def printed(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of the table in Markdown."""
    return _lines(row.as_dict() for row in rows)


def _lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "| what | ours | peer or floor | ratio | target | reached |"
    yield "|---|--:|---|--:|---|---|"
    for row in rows:
        unit, ratio = row["unit"], row["ratio"]
        peers = "; ".join(f"{name}: {formatted(value, unit)}" for name, value in row["peers"].items())
        shown = "" if ratio is None else f"{ratio:.2f} ×" if ratio < 10 else f"{ratio:.0f} ×"
        reached = {True: "yes", False: "**no**", None: ""}[row["reached"]]
        yield f"| {row['what']} | {formatted(row['ours'], unit)} | {peers} | {shown} | {row['target']} | {reached} |"


def write(measured: Mapping[str, Sequence[Row]], names: Iterable[str], folder: Path = _FOLDER) -> None:
    """Write figures between the README's markers and to ``results.json``; parts that were not measured are unchanged.

    Parameters
    ----------
    measured : mapping of str to sequence of Row
        By part, what was measured just now.
    names : iterable of str
        All parts, in the order of the table; others are dropped.
    folder : Path
        Where the two files are.
    """
    place = surroundings() if measured else {}
    file = folder / "results.json"
    before: dict[str, Part] = json.loads(file.read_text(encoding="utf-8"))["parts"] if file.exists() else {}
    after = before | {name: {**place, "rows": [row.as_dict() for row in rows]} for name, rows in measured.items()}
    parts = {name: after[name] for name in names if name in after}
    file.write_text(json.dumps({"command": _COMMAND, "parts": parts}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    readme = folder / "README.md"
    head, _, rest = readme.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    table = _lines(row for part in parts.values() for row in part["rows"])
    readme.write_text("\n".join([head + _BEGIN, "", *table, "", *_when(parts), "", _END + tail]), encoding="utf-8")


def _when(parts: Mapping[str, Part]) -> Iterator[str]:
    """Yield when each part was measured."""
    runs: dict[tuple[str, str, int], list[str]] = {}
    for name, part in parts.items():
        runs.setdefault((part["date"], part["python"], part["cores"]), []).append(f"`{name}`")
    yield f"Measured with `{_COMMAND}`; the versions of what was measured are in `results.json`:"
    for place, (date, python, cores) in enumerate(runs, start=1):
        end = "." if place == len(runs) else ";"
        yield f"{', '.join(runs[date, python, cores])} on {date} with Python {python} on {cores} cores{end}"


def surroundings() -> dict[str, Any]:
    """Return the versions, the machine and the time of the measurement."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
        "machine": platform.machine(),
        "cores": os.cpu_count(),
    }
