"""Words that are too long to be read at a glance, by their syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.locale import catalog, languages

if TYPE_CHECKING:
    from pyphen import Pyphen


class Syllables:
    """The syllables of a language's words.

    Parameters
    ----------
    lang : str
        The language; its file ``lint.toml`` names the patterns by which its words are divided.

    Attributes
    ----------
    most : int
        How many syllables a word may have; German joins its words together, so that it takes more of them to be too many.
    """

    def __init__(self, lang: str) -> None:
        words = catalog(lang)
        self.most = int(words("syllables.most"))
        self._patterns = words("syllables.patterns")
        self._vowel = re.compile(f"[{re.escape(words('syllables.vowels'))}]", re.IGNORECASE)
        # A syllable has two letters at least, but for a few, so that shorter words need not be looked up.
        self._candidate = re.compile(rf"[^\W\d_]{{{2 * (self.most + 1)},}}")
        self._known: dict[str, int] = {}

    @cached_property
    def _dictionary(self) -> Pyphen:
        from pyphen import Pyphen  # reading the German patterns takes half a second, which only a long word is worth

        return Pyphen(lang=self._patterns)

    def count(self, word: str) -> int:
        """Return how many syllables a word has, by the places where it may be divided.

        The patterns divide some words too often; a part without a vowel is no syllable.
        """
        if word not in self._known:
            self._known[word] = sum(1 for part in self._dictionary.inserted(word, "\n").split("\n") if self._vowel.search(part))
        return self._known[word]

    def too_long(self, text: str) -> tuple[str, int] | None:
        """Return the word of a text that has most syllables, and how many, where they are too many."""
        found = {word: self.count(word) for word in self._candidate.findall(text)}
        longest = max(found, key=found.__getitem__, default="")
        return (longest, found[longest]) if found and found[longest] > self.most else None


@cache
def syllables_of(lang: str) -> Syllables | None:
    """Return the syllables of a language; None where the kit does not have it, or it names no patterns."""
    return Syllables(lang) if lang in languages() and catalog(lang)("syllables.patterns") else None


def long_word(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of the longest word of a text where it has too many syllables."""
    for scenario in scenarios:
        for where, lang, text in _texts(scenario):
            yield from long_word_in(text, lang, scenario.id, where)


def long_word_in(text: str, lang: str, name: str, where: tuple[str | int, ...]) -> Iterator[FairnessWarning]:
    """Warn of the longest word of a text where it has too many syllables."""
    syllables = syllables_of(lang)
    if syllables and (found := syllables.too_long(text)):
        values = {"word": found[0], "count": str(found[1]), "most": str(syllables.most)}
        yield FairnessWarning(name, "long_word", where, values)


def _texts(scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for lang, text in scenario.texts.items():
        yield ("text", lang, "title"), lang, text.title
        yield ("text", lang, "stem"), lang, text.stem
    for position, option in enumerate(scenario.options):
        for lang, words in option.texts.items():
            yield ("option", position, "text", lang, "label"), lang, words.label
            yield ("option", position, "text", lang, "feedback"), lang, words.feedback
