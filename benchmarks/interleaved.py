"""Timing things in turn, A B A B …, so that whatever else the machine does meets them all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def medians(things: Mapping[str, Callable[[], object]], times: int) -> dict[str, float]:
    """Return the median seconds of each thing, after one round that does not count.

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
