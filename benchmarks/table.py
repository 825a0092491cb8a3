"""The table as Markdown in this folder's README, and as JSON beside it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.row import Row, spoken

_FOLDER = Path(__file__).parent
_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_PACKAGES = ("anywidget", "duckdb", "ipykernel", "ipywidgets", "jupyterquiz", "msgspec", "numpy", "pandas", "voila")


def printed(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of the table in Markdown."""
    yield "| what | ours | peer or floor | ratio | target | reached |"
    yield "|---|--:|---|--:|---|---|"
    for row in rows:
        peers = "; ".join(f"{name}: {spoken(value, row.unit)}" for name, value in row.peers.items())
        ratio = "" if row.ratio is None else f"{row.ratio:.2f} ×" if row.ratio < 10 else f"{row.ratio:.0f} ×"
        reached = {True: "yes", False: "**no**", None: ""}[row.reached]
        yield f"| {row.what} | {spoken(row.ours, row.unit)} | {peers} | {ratio} | {row.target} | {reached} |"


def write(rows: list[Row]) -> None:
    """Put the figures between the README's markers, and into ``results.json``."""
    place = surroundings()
    readme = _FOLDER / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    packages = ", ".join(f"{name} {number}" for name, number in place["packages"].items())
    told = f"Measured on {place['date']} with `{place['command']}`: Python {place['python']}, {place['cores']} cores; {packages}."
    readme.write_text("\n".join([before + _BEGIN, "", told, "", *printed(rows), "", _END + after]), encoding="utf-8")
    results = {**place, "rows": [row.as_dict() for row in rows]}
    (_FOLDER / "results.json").write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def surroundings() -> dict[str, Any]:
    """Return with what, on what and when was measured."""
    return {
        "command": "uv run --group bench python -m benchmarks",
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
        "machine": platform.machine(),
        "cores": os.cpu_count(),
    }
