"""Columns that grow batch by batch, small enough for millions of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from etiquette_kit.analysis.blocks import Numbered


class Names:
    """Text of which there are few different ones: each is kept once, and a number for each row."""

    def __init__(self) -> None:
        self._numbers = Numbered()
        self._parts = [np.empty(0, dtype=np.int32)]

    def add(self, names: Sequence[str]) -> None:
        """Add rows."""
        self._parts.append(np.fromiter(map(self._numbers.__getitem__, names), dtype=np.int32, count=len(names)))

    def column(self) -> pd.Categorical[str]:
        """Return all rows, as categories in alphabetical order."""
        names = sorted(self._numbers)
        place = {name: at for at, name in enumerate(names)}
        places = np.array([place[name] for name in self._numbers], dtype=np.int32)
        return pd.Categorical.from_codes(places[np.concatenate(self._parts)], categories=pd.Index(names))


class Figures:
    """Numbers; None becomes NaN where they are floats.

    Parameters
    ----------
    kind : str
        The type of what `column` returns: ``"int64"``, ``"float64"`` or ``"datetime64[us]"``, which is taken for UTC.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._parts = [np.empty(0, dtype=kind)]

    def add(self, values: Sequence[Any]) -> None:
        """Add rows; times in microseconds since 1970."""
        self._parts.append(np.array(values, dtype=self._kind))

    def column(self) -> Any:
        """Return all rows."""
        whole = np.concatenate(self._parts)
        return pd.DatetimeIndex(whole).tz_localize("UTC") if whole.dtype.kind == "M" else whole
