"""Words that tell wrong options from the best without knowing anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.cue_words import cue_words
from etiquette_kit.lint.fairness.warning import WHOLE_BANK, FairnessWarning
from etiquette_kit.lint.fairness.words import names, plain_words, quoted, words
from etiquette_kit.rules import FITS_BEST

MORE_THAN_CHANCE = 1.2
"""How many times as often as by chance a best option may be the one that echoes the stem, over a whole bank."""

TELLING = 7
"""From how many letters on a word tells something when the stem shares it with the best option only."""


def absolute_words(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of absolute words in wrong options.

    Test-wise readers know that words without exceptions seldom stand in the best option (Haladyna and Downing, 1989).
    """
    for scenario in scenarios:
        key = scenario.key()
        for position, option in enumerate(scenario.options):
            if key[option.id] == FITS_BEST:
                continue
            for lang, text in option.texts.items():
                found = _absolute(text.label, lang)
                if found:
                    values = {"word": found[0], "text": quoted(text.label)}
                    yield FairnessWarning(scenario.id, "absolute_words", ("option", position, "text", lang, "label"), values)


def _absolute(label: str, lang: str) -> list[str]:
    line = f" {' '.join(words(label))} "
    return [phrase for phrase in cue_words(lang, "lint.absolute") if f" {phrase} " in line]


class _Echo(NamedTuple):
    """An option that alone shares a long word with the stem."""

    scenario: Scenario
    position: int
    word: str
    is_best: bool
    chance: float


def shared_words(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a long word that the stem shares with the best options and with no other.

    Where many options echo their stems, wrong ones as often as the best, an echo tells nothing.
    """
    for lang in dict.fromkeys(lang for scenario in scenarios for lang in scenario.languages):
        found = [echo for scenario in scenarios if lang in scenario.languages for echo in _echoes(scenario, lang)]
        best = [echo for echo in found if echo.is_best]
        if len(found) >= WHOLE_BANK and len(best) <= MORE_THAN_CHANCE * sum(echo.chance for echo in found):
            continue
        for scenario, position, word, _, _ in best:
            values = {"word": word, "text": quoted(scenario.options[position].text(lang).label)}
            yield FairnessWarning(scenario.id, "shared_words", ("option", position, "text", lang, "label"), values)


def _echoes(scenario: Scenario, lang: str) -> Iterator[_Echo]:
    """Yield the options that share a long word with the stem: the best if no wrong one has it, a wrong one if no other has it."""
    key = scenario.key()
    known = names(scenario.person.name) | names(scenario.place.name(lang))
    stem = {word for word in plain_words(scenario.text(lang).stem) - known if len(word) >= TELLING}
    labels = [plain_words(option.text(lang).label) & stem for option in scenario.options]
    is_best = [key[option.id] == FITS_BEST for option in scenario.options]
    for position, own in enumerate(labels):
        others = (words for place, words in enumerate(labels) if place != position and not (is_best[place] and is_best[position]))
        telling = sorted(own.difference(*others))
        if telling:
            yield _Echo(scenario, position, telling[0], is_best[position], sum(is_best) / len(is_best))
