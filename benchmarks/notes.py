"""How well `assess_note` judges labelled notes: precision, recall and share of sure ones, by criterion and language.

The notes of a file are judged once, and the table is printed; with ``--keep`` it goes into the README of this folder.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from etiquette_kit.formats.note.assessment import CRITERIA, assess_note
from etiquette_kit.locale import languages

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "notes"
_README = Path(__file__).with_name("README.md")
_BEGIN, _END = "<!-- notes: begin -->", "<!-- notes: end -->"
_STRICT = frozenset({"short", "addresses", "declines", "channel"})
_Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True)
class Share:
    """A share of some cases, with its interval by Wilson at 95 %."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """The share; 0 of no cases."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The interval; everything is possible without a case."""
        if not self.of:
            return 0.0, 1.0
        middle = (self.value + _Z**2 / (2 * self.of)) / (1 + _Z**2 / self.of)
        half = _Z / (1 + _Z**2 / self.of) * sqrt(self.value * (1 - self.value) / self.of + _Z**2 / (4 * self.of**2))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        if not self.of:
            return "–"
        low, high = self.interval
        return f"{self.value:.3f} [{low:.2f}, {high:.2f}] ({self.count}/{self.of})"


@dataclass(frozen=True)
class Line:
    """The figures of one criterion in one language."""

    criterion: str
    lang: str
    precision: Share
    recall: Share
    sure: Share

    @property
    def reached(self) -> bool:
        """Whether the targets are reached."""
        if self.criterion in _STRICT:
            return self.precision.value >= 0.95 and self.recall.value >= 0.85 and self.sure.value >= 0.85
        return self.precision.value >= 0.90 and self.sure.value >= 0.60


def read(file: Path) -> list[dict[str, Any]]:
    """Return the notes of a file, one JSON object a line with ``text``, ``lang`` and ``labels``."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def line(criterion: str, lang: str, pairs: Iterable[tuple[bool, bool | None]]) -> Line:
    """Return the figures of a criterion from labels and judgements; precision and recall are those among the sure ones."""
    every = list(pairs)
    sure = [(label, met) for label, met in every if met is not None]
    right = sum(label and bool(met) for label, met in sure)
    return Line(
        criterion,
        lang,
        Share(right, sum(bool(met) for _, met in sure)),
        Share(right, sum(label for label, _ in sure)),
        Share(len(sure), len(every)),
    )


def lines(notes: Sequence[Mapping[str, Any]], judged: Sequence[Mapping[str, bool | None]]) -> list[Line]:
    """Return the figures of all criteria, in each language and together."""
    both = list(zip(notes, judged, strict=True))
    found = []
    for criterion in CRITERIA:
        for lang in (*languages(), "all"):
            pairs = [(note["labels"][criterion], met[criterion]) for note, met in both if lang in (note["lang"], "all")]
            if pairs:
                found.append(line(criterion, lang, pairs))
    return found


def printed(found: Iterable[Line]) -> Iterator[str]:
    """Yield the lines of the table in Markdown."""
    yield "| criterion | language | precision | recall | sure | target reached |"
    yield "|---|---|---|---|---|---|"
    for one in found:
        yield f"| `{one.criterion}` | {one.lang} | {one.precision} | {one.recall} | {one.sure} | {'yes' if one.reached else '**no**'} |"


def main() -> None:
    """Judge the notes of a file and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notes", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=FOLDER / "develop.jsonl", help="labelled notes")
    parser.add_argument("--keep", action="store_true", help="put the table into benchmarks/README.md")
    options = parser.parse_args()
    notes = read(options.file)
    judged = [{name: found.met for name, found in assess_note(note["text"], note["lang"]).criteria.items()} for note in notes]
    table = list(printed(lines(notes, judged)))
    print("\n".join(table))
    if options.keep:
        head, _, rest = _README.read_text(encoding="utf-8").partition(_BEGIN)
        _, _, tail = rest.partition(_END)
        _README.write_text("\n".join([head + _BEGIN, "", *table, "", f"Of {len(notes)} notes.", "", _END + tail]), encoding="utf-8")


if __name__ == "__main__":
    main()
