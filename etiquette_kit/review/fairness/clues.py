"""Words that tell wrong options from the best without knowing anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etiquette_kit.review.fairness.warning import Warned
from etiquette_kit.review.fairness.words import names, plain_words, quoted, words
from etiquette_kit.rules import FITS_BEST
from etiquette_kit.scenario import Scenario

ABSOLUTE = {
    "de": ("immer", "nie", "niemals", "nirgends", "stets", "ausnahmslos", "unbedingt", "keinesfalls", "auf keinen fall", "auf jeden fall"),
    "en": ("always", "never", "ever", "nowhere", "invariably", "absolutely", "under no circumstances", "in no case", "whatever happens"),
}
"""Words without exceptions; test-wise readers know that they seldom stand in the best option (Haladyna and Downing, 1989)."""

TELLING = 7
"""From how many letters on a word tells something when the stem shares it with the best option only."""


def absolute_words(scenarios: Sequence[Scenario]) -> Iterator[Warned]:
    """Warn of absolute words in wrong options."""
    for scenario in scenarios:
        key = scenario.key()
        for position, option in enumerate(scenario.options):
            if key[option.id] == FITS_BEST:
                continue
            for lang, text in option.texts.items():
                found = _absolute(text.label, lang)
                if found:
                    values = {"word": found[0], "text": quoted(text.label)}
                    yield Warned(scenario.id, "absolute_words", ("option", position, "text", lang, "label"), values)


def _absolute(label: str, lang: str) -> list[str]:
    line = f" {' '.join(words(label))} "
    return [phrase for phrase in ABSOLUTE.get(lang, ()) if f" {phrase} " in line]


def shared_words(scenarios: Sequence[Scenario]) -> Iterator[Warned]:
    """Warn of a long word that the stem shares with the best options and with no other."""
    for scenario in scenarios:
        key = scenario.key()
        known = names(scenario.person.name) | names(scenario.place.name("en"))
        for lang in scenario.languages:
            stem = plain_words(scenario.text(lang).stem) - known
            labels = {option.id: plain_words(option.text(lang).label) for option in scenario.options}
            wrong = set().union(*(labels[name] for name in labels if key[name] != FITS_BEST))
            own = stem - wrong
            for position, option in enumerate(scenario.options):
                if key[option.id] != FITS_BEST:
                    continue
                telling = sorted(word for word in labels[option.id] & own if len(word) >= TELLING)
                if telling:
                    values = {"word": telling[0], "text": quoted(option.text(lang).label)}
                    yield Warned(scenario.id, "shared_words", ("option", position, "text", lang, "label"), values)
