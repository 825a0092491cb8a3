"""What makes scenarios unfair: each kind of warning is a small function of its own.

A check takes scenarios and yields warnings; those of a whole bank keep silent while it is small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from etiquette_kit.review.fairness.balance import (
    lopsided_gender,
    lopsided_platform,
    lopsided_relation,
    thin_cells,
)
from etiquette_kit.review.fairness.clues import absolute_words, shared_words
from etiquette_kit.review.fairness.length import best_longest, languages_apart, unequal_options
from etiquette_kit.review.fairness.likeness import similar_options, similar_stems
from etiquette_kit.review.fairness.position import best_position
from etiquette_kit.review.fairness.reading import hard_to_read
from etiquette_kit.review.fairness.stem import mail_merge, no_person, no_platform, no_quote, no_wish
from etiquette_kit.review.fairness.twins import twin_differs, twin_missing, twin_one_sided, twin_same_best
from etiquette_kit.review.fairness.voice import other_voice
from etiquette_kit.review.fairness.warning import Warned
from etiquette_kit.scenario import Scenario

Check = Callable[[Sequence[Scenario]], Iterator[Warned]]

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
)


def fairness_warnings(scenarios: Sequence[Scenario]) -> Iterator[Warned]:
    """Yield what every check warns of."""
    for check in CHECKS:
        yield from check(scenarios)


__all__ = ["CHECKS", "Warned", "fairness_warnings"]
