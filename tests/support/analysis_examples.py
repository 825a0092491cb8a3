"""Data for the analysis, and the same statistics once more, straight from their definitions and without any speed."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from repository import DATA as ALL_DATA

DATA = ALL_DATA / "item_analysis"
CREDITS = (0.0, 1 / 3, 2 / 3, 1.0)

Row = tuple[int, str, str, float, float | None]


def lsat6() -> pd.DataFrame:
    return pd.read_csv(DATA / "lsat6.csv", index_col="participant")


def lsat7() -> pd.DataFrame:
    patterns = pd.read_csv(DATA / "lsat7.csv")
    return patterns.loc[patterns.index.repeat(patterns.pop("persons"))].reset_index(drop=True)


def expected(name: str) -> dict[str, Any]:
    return json.loads((DATA / f"{name}.expected.json").read_text(encoding="utf-8"))


def frames(*, missing: bool, people: tuple[int, int] = (2, 14), items: tuple[int, int] = (2, 6)) -> st.SearchStrategy[pd.DataFrame]:
    values = st.sampled_from([*CREDITS, float("nan")] if missing else CREDITS)

    def of(shape: tuple[int, int]) -> st.SearchStrategy[pd.DataFrame]:
        rows = st.lists(st.lists(values, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
        return rows.map(lambda cells: pd.DataFrame(cells, columns=[f"i{number}" for number in range(shape[1])], dtype=float))

    return st.tuples(st.integers(*people), st.integers(*items)).flatmap(of)


def answers_of(frame: pd.DataFrame) -> list[Row]:
    """The frame as answers; the response names the credit."""
    return [
        (person, str(item), f"{3 * value:.0f}", float(value), 1.0)
        for person, row in enumerate(frame.itertuples(index=False))
        for item, value in zip(frame.columns, row, strict=True)
        if not np.isnan(value)
    ]


def alpha_by_definition(frame: pd.DataFrame) -> float:
    """Alpha of complete data, as Cronbach (1951) wrote it; items that do not vary are left out, as psych does."""
    varying = frame.loc[:, frame.max() > frame.min()]
    items = varying.shape[1]
    total = varying.sum(axis=1).var(ddof=1)
    if items < 2 or not total > 1e-9:
        return float("nan")
    return items / (items - 1) * (1 - varying.var(ddof=1).sum() / total)


def upper_lower_by_definition(frame: pd.DataFrame) -> dict[str, float]:
    """Hundredths of a person, sorted by score; the tied ones take turns in the places that their score fills."""
    thirds = {person: [Fraction(round(3 * value)) for value in row.dropna()] for person, row in frame.iterrows()}
    scores = {person: sum(seen, Fraction(0)) / len(seen) for person, seen in thirds.items() if seen}
    size = Fraction(27 * len(scores), 100)
    groups: list[dict[Any, Fraction]] = []
    for upper in (True, False):
        weights: dict[Any, Fraction] = {}
        left = size
        for score in sorted(set(scores.values()), reverse=upper):
            tied = [person for person, own in scores.items() if own == score]
            taken = min(left, Fraction(len(tied)))
            weights |= dict.fromkeys(tied, taken / len(tied))
            left -= taken
        groups.append(weights)
    found: dict[str, float] = {}
    for item in frame.columns:
        means = []
        for weights in groups:
            seen = {person: float(weight) for person, weight in weights.items() if weight and not np.isnan(frame.loc[person, item])}
            means.append(sum(w * frame.loc[p, item] for p, w in seen.items()) / sum(seen.values()) if seen else float("nan"))
        found[item] = means[0] - means[1] if len(scores) > 1 else float("nan")
    return found
