"""Where the best option stands in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.warning import WHOLE_BANK, FairnessWarning
from etiquette_kit.rules import FITS_BEST

TOO_OFTEN = 0.45
"""In what share of the bank one position may hold a best option."""


def best_position(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn when one position, as written, holds the best option too often."""
    if len(scenarios) < WHOLE_BANK:
        return
    held: Counter[int] = Counter()
    for scenario in scenarios:
        key = scenario.key()
        held.update(position for position, option in enumerate(scenario.options) if key[option.id] == FITS_BEST)
    for position, count in sorted(held.items()):
        if count > TOO_OFTEN * len(scenarios):
            yield FairnessWarning(
                "", "best_position", (), {"position": str(position + 1), "count": str(count), "total": str(len(scenarios))}
            )
