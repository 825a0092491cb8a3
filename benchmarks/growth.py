"""The growth of a figure with the size of its input."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping


def exponent(figures: Mapping[int, float]) -> float:
    """Return the slope of the logarithms of figures and sizes, by least squares: 1 is linear."""
    x, y = ([math.log(value) for value in values] for values in (figures, figures.values()))
    return statistics.linear_regression(x, y).slope
