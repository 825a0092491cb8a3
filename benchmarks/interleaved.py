"""Timing functions in turn, A B A B …, so that other load on the machine affects all of them equally."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def medians(things: Mapping[str, Callable[[], object]], times: int) -> dict[str, float]:
    """Return the median seconds of each function, after a warm-up round.

    Parameters
    ----------
    things : mapping of str to callable
        What to do, by name.
    times : int
        How many rounds.
    """
    taken: dict[str, list[float]] = {name: [] for name in things}
    for turn in range(times + 1):
        for name, thing in things.items():
            gc.collect()
            begin = time.perf_counter()
            thing()
            seconds = time.perf_counter() - begin
            if turn:
                taken[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}
