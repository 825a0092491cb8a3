"""``from etiquette_kit import Quiz`` in a fresh interpreter; the lower bound is ``import ipywidgets``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from benchmarks.fresh import environment
from benchmarks.interleaved import medians
from benchmarks.row import Row

_FLOOR = "`import ipywidgets`"


def measure(*, quick: bool) -> list[Row]:
    """Start interpreters in turn."""
    seconds = medians(
        {
            "ours": _fresh("from etiquette_kit import Quiz"),
            "floor": _fresh("import ipywidgets"),
            "required": _fresh("import anywidget, msgspec"),
        },
        2 if quick else 25,
    )
    floor = {_FLOOR: 1000 * seconds["floor"]}
    return [
        Row("import", "`from etiquette_kit import Quiz`", 1000 * seconds["ours"], "ms", floor, most_ratio=1.3),
        Row("import", "of these, what it requires: `import anywidget, msgspec`", 1000 * seconds["required"], "ms", floor),
    ]


def _fresh(statement: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-c", statement], check=True, env=environment())
