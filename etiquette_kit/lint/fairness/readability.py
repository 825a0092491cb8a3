"""How hard a stem is to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.warning import Warned
from etiquette_kit.lint.fairness.words import sentences, words

HARD = 50
"""The readability index from which on a text is hard."""

_LONG = 6  # letters; a word with more is long


def lix(text: str) -> float:
    """Return the readability index LIX of a text.

    Words per sentence plus the percentage of words of more than six letters (Björnsson, 1968). Below 30 is very easy, 40
    average, above 50 hard; it was made for several languages, German and English among them (Anderson, 1981).
    """
    spoken = words(text)
    if not spoken:
        return 0.0
    return len(spoken) / sentences(text) + 100 * sum(len(word) > _LONG for word in spoken) / len(spoken)


def hard_to_read(scenarios: Sequence[Scenario]) -> Iterator[Warned]:
    """Warn of a stem that is hard to read."""
    for scenario in scenarios:
        for lang, text in scenario.texts.items():
            index = lix(text.stem)
            if index > HARD:
                yield Warned(scenario.id, "hard_to_read", ("text", lang, "stem"), {"index": f"{index:.0f}", "limit": str(HARD)})
