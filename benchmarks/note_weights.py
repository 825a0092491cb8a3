"""Compute the weights of `assess_note` from labelled notes, and print how well they do on notes that they were not computed from.

A logistic regression with a penalty, the same for all languages. Whoever writes something new does so in words of which the patterns know
fewer than of those here. Therefore the weights are computed from copies of the notes in each of which a quarter of what the patterns
found, drawn at random, is as if it had not been found: single words count for more then, and where little is found nothing is sure.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from etiquette_kit.formats.note.assessment import signs
from etiquette_kit.formats.note.assessment.evidence import Evidence
from etiquette_kit.formats.note.assessment.signs import SIGNS
from etiquette_kit.formats.note.assessment.tokens import word_count
from etiquette_kit.formats.note.assessment.weights import present
from numpy.typing import NDArray

from benchmarks.note_parts import plain_notes
from benchmarks.notes import FOLDER, lines, printed, read

FILE = Path(signs.__file__).with_name("weight_values.py")
_HEAD = '''"""The weights of the signs, computed by ``python -m benchmarks.note_weights --write`` from the notes in tests/data/notes."""
'''
_COPIES, _LOST, _PENALTY, _FOLDS, _PLAIN, _SEED = 12, 0.25, 1.0, 10, 90, 7
_LIMITS = {
    "declines": (0.2, 0.75),
    "reason": (0.15, 0.75),
    "separation": (0.2, 0.82),
    "friendly": (0.2, 0.8),
    "addresses": (0.2, 0.8),
    "channel": (0.2, 0.8),
}
"""Up to which probability a criterion is not met, and from which on it is."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class _Thinned:
    found: Mapping[str, object]
    words: frozenset[str]


def _thinned(evidence: Evidence, chance: np.random.Generator) -> _Thinned:
    return _Thinned({name: places for name, places in evidence.found.items() if chance.random() >= _LOST}, evidence.words)


def _row(criterion: str, evidence: Evidence | _Thinned) -> list[float]:
    there = present(criterion, evidence)
    return [float(name in there) for name in SIGNS[criterion]]


def fitted(rows: Array, labels: Array, penalty: float) -> Array:
    """Return the weights, with the bias at the end, that fit labels best; found by Newton's method."""
    columns = np.c_[rows, np.ones(len(rows))]
    shrink = np.full(columns.shape[1], penalty)
    shrink[-1] = 0.01 * penalty
    weights = np.zeros(columns.shape[1])
    for _ in range(100):
        likely = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (likely - labels) + shrink * weights
        bend = (columns * (likely * (1 - likely))[:, None]).T @ columns + np.diag(shrink)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return weights


def _likely(weights: Array, rows: Array) -> Array:
    found: Array = 1 / (1 + np.exp(-np.c_[rows, np.ones(len(rows))] @ weights))
    return found


def _judged(criterion: str, likely: float) -> bool | None:
    low, high = _LIMITS[criterion]
    return True if likely >= high else False if likely <= low else None


def main() -> None:
    """Compute, print the cross-validated table, and write the weights if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.note_weights", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name}")
    options = parser.parse_args()
    held = read(FOLDER / "develop.jsonl")
    notes = [*held, *read(FOLDER / "more.jsonl"), *plain_notes(_PLAIN, _SEED)]
    evidence = [Evidence(note["text"], note["lang"]) for note in notes]
    chance = np.random.default_rng(_SEED)
    fold = chance.permutation(np.arange(len(notes)) % _FOLDS)
    judged: list[dict[str, bool | None]] = [{"short": word_count(note["text"]) <= 60} for note in held]
    values: dict[str, dict[str, float]] = {}
    for criterion in SIGNS:
        labels = np.array([note["labels"][criterion] for note in notes], dtype=float)
        whole = np.array([_row(criterion, found) for found in evidence])
        copies = np.array([[_row(criterion, _thinned(found, chance)) for found in evidence] for _ in range(_COPIES)])
        for number in range(_FOLDS):
            kept, left = fold != number, np.flatnonzero(fold[: len(held)] == number)
            weights = fitted(np.vstack(list(copies[:, kept])), np.tile(labels[kept], _COPIES), _PENALTY * _COPIES)
            for place, likely in zip(left, _likely(weights, whole[left]), strict=True):
                judged[place][criterion] = _judged(criterion, float(likely))
        weights = fitted(np.vstack(list(copies)), np.tile(labels, _COPIES), _PENALTY * _COPIES)
        values[criterion] = {name: round(float(value), 2) for name, value in zip([*SIGNS[criterion], "bias"], weights, strict=True)}
    print(f"Of {len(held)} notes, each judged by weights from the other nine tenths:\n")
    print("\n".join(printed(lines(held, judged))))
    if options.write:
        tables = {"LIMITS: dict[str, tuple[float, float]]": _LIMITS, "VALUES: dict[str, dict[str, float]]": values}
        FILE.write_text("\n".join([_HEAD, *(f"{name} = {table!r}" for name, table in tables.items()), ""]), encoding="utf-8")
        subprocess.run([sys.executable, "-m", "ruff", "format", "-q", FILE], check=True)


if __name__ == "__main__":
    main()
