"""What makes scenarios unfair: each kind of warning is a small function of its own.

A check takes scenarios and yields warnings; those of a whole bank keep silent while it is small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.balance import limited_too_often, lopsided_gender, lopsided_platform, lopsided_relation, thin_cells
from etiquette_kit.lint.fairness.clues import absolute_words, shared_words
from etiquette_kit.lint.fairness.facts_in_text import no_role, telling_title, unclear_sensitive, unclear_wish
from etiquette_kit.lint.fairness.length import best_longest, languages_apart, unequal_options
from etiquette_kit.lint.fairness.plain_language import doubled_title, long_sentence, many_options, option_words, title_words
from etiquette_kit.lint.fairness.position import best_position
from etiquette_kit.lint.fairness.readability import hard_to_read
from etiquette_kit.lint.fairness.similarity import similar_options, similar_stems
from etiquette_kit.lint.fairness.stem import mail_merge, no_person, no_platform, no_quote, no_wish
from etiquette_kit.lint.fairness.syllables import long_word
from etiquette_kit.lint.fairness.twins import twin_differs, twin_missing, twin_one_sided, twin_same_best
from etiquette_kit.lint.fairness.voice import other_voice
from etiquette_kit.lint.fairness.warning import FairnessWarning

Check = Callable[[Sequence[Scenario]], Iterator[FairnessWarning]]

CHECKS: tuple[Check, ...] = (
    best_longest,
    best_position,
    absolute_words,
    shared_words,
    unequal_options,
    similar_stems,
    similar_options,
    no_person,
    no_platform,
    no_quote,
    no_wish,
    hard_to_read,
    other_voice,
    languages_apart,
    mail_merge,
    thin_cells,
    lopsided_relation,
    lopsided_gender,
    lopsided_platform,
    twin_missing,
    twin_one_sided,
    twin_differs,
    twin_same_best,
    no_role,
    unclear_wish,
    unclear_sensitive,
    telling_title,
    title_words,
    long_sentence,
    long_word,
    option_words,
    many_options,
    doubled_title,
    limited_too_often,
)

_SCENE: frozenset[Check] = frozenset(
    {
        no_person,
        no_platform,
        no_quote,
        no_wish,
        hard_to_read,
        languages_apart,
        mail_merge,
        no_role,
        unclear_wish,
        unclear_sensitive,
        telling_title,
        title_words,
        long_sentence,
        long_word,
    }
)
"""Checks of title and stem, which need no options."""

_EACH: frozenset[Check] = _SCENE | {absolute_words, unequal_options, other_voice, option_words, many_options}
"""Checks that look at one scenario at a time."""


def warnings_about(scenario: Scenario, others: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Yield what the checks warn of in one scenario, as if it were the last of a bank.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    others : sequence of Scenario
        The other ones of the bank, with which it is compared.
    """
    for check in CHECKS:
        if check in _EACH:
            yield from check([scenario])
        else:
            yield from (found for found in check([*others, scenario]) if found.scenario == scenario.id)


def scene_warnings(scenario: Scenario) -> Iterator[FairnessWarning]:
    """Yield what the checks warn of in title and stem; the scenario may have no options yet."""
    for check in CHECKS:
        if check in _SCENE:
            yield from check([scenario])


def fairness_warnings(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Yield what every check warns of, in the order of the checks.

    Those that look at one scenario at a time all look at it before they go on to the next, so that its texts are divided into words
    once.
    """
    found: dict[Check, list[FairnessWarning]] = {check: [] for check in CHECKS}
    for scenario in scenarios:
        for check in _EACH:
            found[check] += check([scenario])
    for check in CHECKS:
        yield from found[check] if check in _EACH else check(scenarios)


__all__ = ["CHECKS", "FairnessWarning", "fairness_warnings", "scene_warnings", "warnings_about"]
