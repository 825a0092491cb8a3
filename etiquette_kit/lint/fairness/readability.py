"""How hard a stem is to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.lint.fairness.words import sentences, words

HARD = 50
"""The readability index from which on a text is hard."""

_LONG = 6  # letters; a word with more is long


def lix(text: str) -> float:
    """Return the readability index LIX of a text.

    Words per sentence plus the percentage of words of more than six letters (Björnsson, 1968). Below 30 is very easy, 40
    average, above 50 hard; it was made for several languages, German and English among them (Anderson, 1981).
    """
    value_text = words(text)
    if not value_text:
        return 0.0
    return len(value_text) / sentences(text) + 100 * sum(len(word) > _LONG for word in value_text) / len(value_text)


def hard_to_read(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a stem that is hard to read."""
    for scenario in scenarios:
        for lang, text in scenario.texts.items():
            yield from hard_to_read_in(text.stem, scenario.id, ("text", lang, "stem"))


def hard_to_read_in(text: str, name: str, where: tuple[str | int, ...]) -> Iterator[FairnessWarning]:
    """Warn of a text that is hard to read."""
    index = lix(text)
    if index > HARD:
        yield FairnessWarning(name, "hard_to_read", where, {"index": f"{index:.0f}", "limit": str(HARD)})
