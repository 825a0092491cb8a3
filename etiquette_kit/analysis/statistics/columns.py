"""Columns of answers that can be built batch by batch, with little memory for millions of rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from etiquette_kit.analysis.statistics.blocks import Numbered

COLUMNS = ["participant", "session", "scenario", "content", "option", "credit", "seconds", "at", "lang"]
"""The columns of a table of answers; see `cohort_report`."""

_T = TypeVar("_T", bound=Hashable)


class Repeated(Generic[_T]):
    """A column with few distinct values: each value is stored once, and a number for each row.

    Attributes
    ----------
    different : dict
        The distinct values with their numbers, in the order of their first occurrence.
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
    """Return the named numbers as categories in alphabetical order.

    Parameters
    ----------
    names : sequence of str
        A name for each number; duplicates are allowed.
    numbers : ndarray of int
        A number for each row.
    """
    different = sorted(set(names))
    place = {name: at for at, name in enumerate(different)}
    places = np.array([place[name] for name in names], dtype=np.int32)
    return pd.Categorical.from_codes(places[numbers], categories=pd.Index(different))


class Figures:
    """A numeric column; None becomes NaN in a column of floats.

    Parameters
    ----------
    kind : str
        The type of the result of `column`: ``"int64"``, ``"float64"`` or ``"datetime64[us]"``, in UTC.
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
