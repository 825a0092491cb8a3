"""Validation of a table of ratings: what is rated × who rated it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from etiquette_kit.analysis.statistics.frame import Floats


def ratings_of(frame: object) -> Floats:
    """Return the ratings of a frame as an array of the same shape.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows are what is rated, columns are raters, values are numbers; NaN means not rated.

    Raises
    ------
    ValueError
        When it is not a frame, or a value is not a finite number.
    """
    if not isinstance(frame, pd.DataFrame):
        message = f"a pandas.DataFrame is needed, what is rated × raters, not {type(frame).__name__}"
        raise ValueError(message)  # noqa: TRY004  bad data of any kind is one error
    try:
        values = frame.to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError):
        raise ValueError("the frame holds something other than numbers") from None
    if np.isinf(values).any():
        raise ValueError("the frame holds a rating that is infinite")
    return values
