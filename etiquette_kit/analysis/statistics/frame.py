"""Validation of a participants × items table of credits."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


def credits_of(frame: object) -> Floats:
    """Return the credits of a frame as an array of the same shape.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows are participants, columns are items, values are credits 0..1; NaN, None and ``pd.NA`` mean not seen.

    Raises
    ------
    ValueError
        When it is not a frame, is empty, has a duplicate column or a value that is not a credit; the message has the error and position.
    """
    if not isinstance(frame, pd.DataFrame):
        message = f"a pandas.DataFrame is needed, participants × items, not {type(frame).__name__}"
        raise ValueError(message)  # noqa: TRY004  bad data of any kind is one error
    if frame.shape[1] == 0:
        raise ValueError("the frame has no columns: one per item is needed")
    if frame.shape[0] == 0:
        raise ValueError("the frame has no rows: one per participant is needed")
    doubled = frame.columns[frame.columns.duplicated()]
    if len(doubled):
        message = f"column {doubled[0]!r} is in the frame more than once: each item needs a column of its own"
        raise ValueError(message)
    return np.column_stack([_column(frame, name) for name in frame.columns])


def _column(frame: pd.DataFrame, name: Any) -> Floats:
    column = frame[name]
    if column.dtype != object and column.dtype.kind not in "biuf":
        first = next(iter(column.dropna()), None)
        message = f"column {name!r} holds {column.dtype} such as {first!r}, not credits from 0 to 1"
        raise ValueError(message)
    numbers = pd.Series([_number(value) for value in column]) if column.dtype == object else column
    values = np.asarray(numbers.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)
    wrong = np.flatnonzero(~(np.isnan(values) | ((values >= 0) & (values <= 1))))
    if len(wrong):
        row = int(wrong[0])
        more = f" (and {len(wrong) - 1} more in this column)" if len(wrong) > 1 else ""
        message = f"row {frame.index[row]!r}, column {name!r}: {column.iloc[row]!r} is not a credit from 0 to 1{more}"
        raise ValueError(message)
    return values


def _number(value: Any) -> float:
    """Return a value of a column of mixed types as a number; infinity, which is not a credit, where it is not one."""
    if value is None or value is pd.NA:
        return float("nan")
    return float(value) if isinstance(value, bool | int | float | np.number | np.bool_) else float("inf")
