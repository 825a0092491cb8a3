"""Item statistics: the difficulty and discrimination of each item."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd

from etiquette_kit.analysis.statistics.alpha import alpha_if_dropped, item_rest
from etiquette_kit.analysis.statistics.extreme_groups import extreme_group_weights, ranked
from etiquette_kit.analysis.statistics.flags import item_flags
from etiquette_kit.analysis.statistics.frame import Floats, credits_of
from etiquette_kit.analysis.statistics.moments import Moments


def item_statistics(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the statistics of each item, from pairwise available cases.

    ``item_rest`` and ``alpha_if_dropped`` come from the covariances of all pairs of items, each over the participants who saw both, as
    ``r.drop`` and ``raw_alpha`` in R's ``psych::alpha``. (Where only two items vary, psych returns a ratio of their covariance and
    variance as alpha; a single item has no alpha, so here it is NaN.) Items that do not vary are left out of the others' figures, as in
    psych.

    ``upper_lower`` is the mean credit among the upper 27 % of participants minus that among the lower 27 %, by their mean credit over
    the items they saw (Kelley, 1939; for dichotomous items this is the discrimination index D). Each group has exactly 27 % of all
    participants who saw any item. If its boundary is among tied scores, all tied participants have the same fractional weight.
    Scores are tied when they agree to nine decimal places.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows are participants, columns are items, values are credits 0..1; NaN means not seen.

    Returns
    -------
    pandas.DataFrame
        Indexed by item, in the order of the columns: ``n`` (participants who saw it), ``mean``, ``sd`` (n − 1), ``item_rest``,
        ``upper_lower``, ``alpha_if_dropped`` and ``flags``, a tuple of names for `flag_reason`. A figure that does not exist is NaN.

    Raises
    ------
    ValueError
        When the frame is not valid; the message has the error and its position.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": [1, 1, 0, 0], "b": [1, 1, 0, 1], "c": [1, 0, 0, None]})
    >>> item_statistics(frame)["n"].to_dict()
    {'a': 4, 'b': 4, 'c': 3}
    """
    given = credits_of(frame)
    moments = Moments()
    moments.add(given)
    return item_table(list(frame.columns), moments, _upper_lower(given))


def item_table(items: Sequence[Hashable], moments: Moments, upper_lower: Floats) -> pd.DataFrame:
    """Return the table of `item_statistics` from computed moments and group differences."""
    covariance = moments.covariance()
    n = moments.counts.astype(np.int64)
    table = pd.DataFrame(
        {
            "n": n,
            "mean": moments.means,
            "sd": np.sqrt(np.maximum(np.diag(covariance), 0)),
            "item_rest": item_rest(covariance),
            "upper_lower": upper_lower,
            "alpha_if_dropped": alpha_if_dropped(covariance),
        },
        index=pd.Index(np.fromiter(items, dtype=object, count=len(items)), name="item").infer_objects(),
    )
    rows = zip(n, moments.means, upper_lower, strict=True)
    table["flags"] = pd.Series([item_flags(int(count), mean, split) for count, mean, split in rows], index=table.index, dtype=object)
    return table


def _upper_lower(given: Floats) -> Floats:
    given = given[~np.isnan(given).all(axis=1)]
    seen = ~np.isnan(given)
    known = np.where(seen, given, 0)
    _, level, persons = np.unique(ranked(known.sum(axis=1) / seen.sum(axis=1)), return_inverse=True, return_counts=True)
    lower, upper = (weights[level] for weights in extreme_group_weights(persons))
    return group_difference(upper @ known, upper @ seen, lower @ known, lower @ seen, len(known))


def group_difference(upper_sum: Floats, upper_n: Floats, lower_sum: Floats, lower_n: Floats, persons: float) -> Floats:
    """Return the difference of the groups' means; NaN for a single participant, and where a group did not see an item."""
    usable = (upper_n > 0) & (lower_n > 0) & (persons > 1)
    upper, lower = (
        np.divide(total, n, out=np.full(len(n), np.nan), where=usable) for total, n in ((upper_sum, upper_n), (lower_sum, lower_n))
    )
    difference: Floats = upper - lower
    return difference
