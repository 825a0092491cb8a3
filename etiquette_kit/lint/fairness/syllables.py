"""Words that are too long to be read at a glance, by their syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.warning import FairnessWarning

if TYPE_CHECKING:
    from pyphen import Pyphen

MOST_SYLLABLES = {"de": 7, "en": 5}
"""How many syllables a word may have; German joins its words together, so that it takes more of them to be too many."""

_DICTIONARIES = {"de": "de_DE", "en": "en_US"}

_VOWEL = re.compile(r"[aeiouyäöüàáâèéêìíîòóôùúûœæøå]", re.IGNORECASE)

# A syllable has two letters at least, but for a few, so that shorter words need not be looked up.
_CANDIDATES = {lang: re.compile(rf"[^\W\d_]{{{2 * (most + 1)},}}") for lang, most in MOST_SYLLABLES.items()}


@cache
def _dictionary(lang: str) -> Pyphen:
    from pyphen import Pyphen  # reading the German patterns takes half a second, which only a long word is worth

    return Pyphen(lang=_DICTIONARIES[lang])


@cache
def syllables(word: str, lang: str) -> int:
    """Return how many syllables a word has, by the places where it may be divided.

    The patterns divide some words too often; a part without a vowel is no syllable.
    """
    return sum(1 for part in _dictionary(lang).inserted(word, "\n").split("\n") if _VOWEL.search(part))


def long_word(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of the longest word of a text where it has too many syllables."""
    for scenario in scenarios:
        for where, lang, text in _texts(scenario):
            if lang not in _CANDIDATES:
                continue
            found = {word: syllables(word, lang) for word in _CANDIDATES[lang].findall(text)}
            if found and max(found.values()) > MOST_SYLLABLES[lang]:
                word = max(found, key=found.__getitem__)
                values = {"word": word, "count": str(found[word]), "most": str(MOST_SYLLABLES[lang])}
                yield FairnessWarning(scenario.id, "long_word", where, values)


def _texts(scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for lang, text in scenario.texts.items():
        yield ("text", lang, "title"), lang, text.title
        yield ("text", lang, "stem"), lang, text.stem
    for position, option in enumerate(scenario.options):
        for lang, words in option.texts.items():
            yield ("option", position, "text", lang, "label"), lang, words.label
            yield ("option", position, "text", lang, "feedback"), lang, words.feedback
