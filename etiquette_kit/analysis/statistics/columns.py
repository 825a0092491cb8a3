"""Columns of answers; those that grow batch by batch are small enough for millions of rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from etiquette_kit.analysis.statistics.blocks import Numbered

COLUMNS = ["participant", "session", "scenario", "content", "option", "credit", "seconds", "at", "lang"]
"""Of a table of answers; `cohort_report` says what they hold."""

_T = TypeVar("_T", bound=Hashable)


class Repeated(Generic[_T]):
    """Values of which there are few different ones: each is kept once, and a number for each row.

    Attributes
    ----------
    different : dict
        The different values with their numbers, in the order in which they came up.
    """

    def __init__(self) -> None:
        self.different: dict[_T, int] = Numbered()
        self._parts = [np.empty(0, dtype=np.int32)]

    def add(self, values: Sequence[_T]) -> None:
        """Add rows."""
        self._parts.append(np.fromiter(map(self.different.__getitem__, values), dtype=np.int32, count=len(values)))

    def numbers(self) -> npt.NDArray[np.int32]:
        """Return each row's number."""
        return np.concatenate(self._parts)


def categories(names: Sequence[str], numbers: npt.NDArray[Any]) -> pd.Categorical[str]:
    """Return the names with these numbers as categories in alphabetical order.

    Parameters
    ----------
    names : sequence of str
        A name for each number; some may be the same.
    numbers : ndarray of int
        One for each row.
    """
    different = sorted(set(names))
    place = {name: at for at, name in enumerate(different)}
    places = np.array([place[name] for name in names], dtype=np.int32)
    return pd.Categorical.from_codes(places[numbers], categories=pd.Index(different))


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
