"""Krippendorff's alpha: how far single raters agree, whatever is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from etiquette_kit.analysis.statistics.ratings import ratings_of


def krippendorff_alpha(frame: pd.DataFrame) -> float:
    """Return Krippendorff's alpha with the interval difference (c − k)².

    ``1 − D_o / D_e`` with the observed and the expected disagreement of pairs of values (Krippendorff, 2004, chapter 11; 2011). Each row
    with m ≥ 2 ratings contributes its pairs with the weight 1 / (m − 1); rows with a single rating are left out. The differences are
    those of an interval scale, not of an ordinal one, because a credit of the kit is an interval scale of the grades as well: one word
    beside the key costs a third, two words two thirds.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows are what is rated, columns are raters; NaN means not rated.

    Returns
    -------
    float
        1 for full agreement, about 0 for chance; NaN where no row has two ratings, or all values are the same.

    Raises
    ------
    ValueError
        When the frame has something other than numbers.
    """
    ratings = ratings_of(frame)
    counts = (~np.isnan(ratings)).sum(axis=1)
    usable = ratings[counts > 1]
    values = usable[~np.isnan(usable)]
    if not len(values):
        return float("nan")
    # The sum of (x − y)² over all ordered pairs of m values is 2m times the sum of their squared deviations from the mean.
    within = sum(2 * len(row) * ((row - row.mean()) ** 2).sum() / (len(row) - 1) for row in (row[~np.isnan(row)] for row in usable))
    total = len(values)
    expected = 2 * total * ((values - values.mean()) ** 2).sum() / (total - 1)
    return float(1 - within / expected) if expected > 0 else float("nan")
