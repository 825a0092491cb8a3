"""Lengths that give an answer away, or that drift apart between the languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.lint.fairness.words import quoted
from etiquette_kit.rules import FITS_BEST

BEST_LONGEST = 0.3
"""In what share of a bank the best option may be the longest."""

UNEQUAL = 1.6
"""How many times as long as the shortest option the longest may be, in characters."""

APART = 1.5
"""How many times as long as in another language a stem may be, in characters."""


def _lengths(scenario: Scenario, lang: str) -> list[int]:
    return [len(option.text(lang).label) for option in scenario.options]


def _best_is_longest(scenario: Scenario, lang: str) -> int | None:
    """Return the position of the best option where it alone is the longest."""
    lengths = _lengths(scenario, lang)
    longest = max(lengths)
    position = lengths.index(longest)
    best = scenario.key()[scenario.options[position].id] == FITS_BEST
    return position if best and lengths.count(longest) == 1 else None


def best_longest(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of each best option that is the longest, when they are more than `BEST_LONGEST` of the bank."""
    for lang in dict.fromkeys(lang for scenario in scenarios for lang in scenario.languages):
        written = [scenario for scenario in scenarios if lang in scenario.languages]
        found = [(scenario, position) for scenario in written if (position := _best_is_longest(scenario, lang)) is not None]
        if len(found) <= BEST_LONGEST * len(written) or len(found) < 2:  # noqa: PLR2004  one scenario is no pattern
            continue
        for scenario, position in found:
            values = {
                "text": quoted(scenario.options[position].text(lang).label),
                "count": str(len(found)),
                "total": str(len(written)),
                "share": f"{BEST_LONGEST:.0%}",
            }
            yield FairnessWarning(scenario.id, "best_longest", ("option", position, "text", lang, "label"), values)


def unequal_options(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of options of very different length."""
    for scenario in scenarios:
        for lang in scenario.languages:
            lengths = _lengths(scenario, lang)
            if max(lengths) > UNEQUAL * min(lengths):
                position = lengths.index(min(lengths))
                values = {
                    "text": quoted(scenario.options[position].text(lang).label),
                    "shortest": str(min(lengths)),
                    "longest": str(max(lengths)),
                }
                yield FairnessWarning(scenario.id, "unequal_options", ("option", position, "text", lang, "label"), values)


def languages_apart(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a stem that is much longer in one language than in another."""
    for scenario in scenarios:
        places: dict[str, tuple[str | int, ...]] = {lang: ("text", lang, "stem") for lang in scenario.texts}
        yield from languages_apart_in({lang: text.stem for lang, text in scenario.texts.items()}, scenario.id, places)


def languages_apart_in(texts: Mapping[str, str], name: str, places: Mapping[str, tuple[str | int, ...]]) -> Iterator[FairnessWarning]:
    """Warn of a text that is much longer in one language than in another; both mappings are by language."""
    lengths = {lang: len(text) for lang, text in texts.items()}
    if not lengths:
        return
    longest, shortest = max(lengths, key=lengths.__getitem__), min(lengths, key=lengths.__getitem__)
    if lengths[longest] > APART * lengths[shortest]:
        values = {"longer": longest, "shorter": shortest, "more": str(lengths[longest]), "less": str(lengths[shortest])}
        yield FairnessWarning(name, "languages_apart", places[shortest], values)
