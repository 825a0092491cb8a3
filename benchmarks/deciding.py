"""The number of decisions per second; the lower bound is one dictionary lookup with a tuple as the key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

from etiquette_kit.rules import Facts, all_cells, decide

from benchmarks.interleaved import medians
from benchmarks.row import Row


def measure(*, quick: bool) -> list[Row]:
    """Decide all 24 combinations of facts repeatedly, and construct their facts."""
    cells = list(all_cells())
    keys = [(cell.event, cell.relation, cell.network, cell.wanted, cell.personal, cell.sensitive) for cell in cells]
    answers = dict(zip(keys, map(decide, cells), strict=True))
    rounds = 20 if quick else 500
    seconds = medians(
        {
            "lookup": _over(rounds, keys, answers.__getitem__),
            "decide": _over(rounds, cells, decide),
            "facts": _over(rounds, keys, lambda key: Facts(*key)),
        },
        3 if quick else 15,
    )
    per_second = {name: rounds * len(cells) / value for name, value in seconds.items()}
    floor = {"dict lookup on a tuple": per_second["lookup"]}
    return [
        Row("decide", "`decide(facts)`", per_second["decide"], "1/s", floor),
        Row("decide", "building `Facts(…)`, checks and all", per_second["facts"], "1/s", floor),
    ]


def _over(rounds: int, things: Sequence[Any], do: Callable[[Any], object]) -> Callable[[], None]:
    def run() -> None:
        for _ in repeat(None, rounds):
            for thing in things:
                do(thing)

    return run
