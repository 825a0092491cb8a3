"""Reading the bank, compared with ``tomllib`` on the same bytes; and whether the time is linear in the number of scenarios."""

from __future__ import annotations

import re
import tempfile
import tomllib
from pathlib import Path

from etiquette_kit.bank import load_bank
from etiquette_kit.content.shipped import shipped

from benchmarks.interleaved import medians
from benchmarks.row import Row

_PER_FILE = 250  # scenarios; a file stays well below the 2 MB that are read


def measure(*, quick: bool) -> list[Row]:
    """Read the shipped bank and two generated ones."""
    folder = shipped("scenarios")
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.toml"))]
    with tempfile.TemporaryDirectory() as temporary:
        few, many = (100, 200) if quick else (1000, 10_000)
        small, large = (generated(Path(temporary) / str(count), texts, count) for count in (few, many))
        shipped_seconds = medians(
            {"ours": lambda: load_bank(folder), "floor": lambda: [tomllib.loads(text) for text in texts]},
            3 if quick else 15,
        )
        generated_seconds = medians({"small": lambda: load_bank(small), "large": lambda: load_bank(large)}, 1 if quick else 3)
    ours, floor = shipped_seconds["ours"], shipped_seconds["floor"]
    each = {"small": 1000 * generated_seconds["small"] / few, "large": 1000 * generated_seconds["large"] / many}
    return [
        Row("bank", "reading the shipped bank", 1000 * ours, "ms", {"`tomllib.loads`": 1000 * floor}, most_ratio=1.5),
        Row("bank", f"a scenario among {many:,}", each["large"], "ms", {f"among {few:,}": each["small"]}, most_ratio=1.2),
    ]


def generated(folder: Path, texts: list[str], count: int) -> Path:
    """Write this number of scenarios, copies of the shipped ones with other ids, and return their folder."""
    folder.mkdir()
    head, _, _ = texts[0].partition("[[scenario]]")
    bodies = ["[[scenario]]" + body for text in texts for body in text.split("[[scenario]]")[1:]]
    scenarios = [re.sub(r'(?m)^id = "', f'id = "n{number}-', bodies[number % len(bodies)], count=1) for number in range(count)]
    for start in range(0, count, _PER_FILE):
        path = folder / f"theme-{start:05}.toml"
        path.write_text(head + "".join(scenarios[start : start + _PER_FILE]), encoding="utf-8")
    assert len(load_bank(folder)) == count
    return folder
