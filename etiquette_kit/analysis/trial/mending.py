"""What is to be mended in a scenario, by what readers said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from etiquette_kit.analysis.statistics.content_validity import ALL_MUST_AGREE, reaches
from etiquette_kit.analysis.trial.results import RatedOption, SituationResult

_FAR, _DIVIDED = 1.0, 1.1
"""Words of the four: so far, on average, readers are from the key, or two of them from each other, where an option is worth a look."""

_SEVERAL = 3
"""Fewer readers cannot be divided."""


@dataclass(frozen=True)
class Mending:
    """Something to mend: what it is, and the option that it is about, if any.

    Attributes
    ----------
    kind : str
        A key of the locale's ``trial_mend``: a question of ``READING_QUESTIONS``, a scale of ``SCALES``, ``option`` (rated otherwise
        than the key), ``divided`` (readers disagree) or ``guess`` (options give the key away).
    option : RatedOption or None
        The option.
    """

    kind: str
    option: RatedOption | None = None


def mendings(found: SituationResult) -> Iterator[Mending]:
    """Yield what is to be mended.

    A question about the text is worth a look at the first wrong or hesitant answer where up to five people answered it; beyond that, and
    for the two scales, at the thresholds of the content validity index.
    """
    for name, answers in found.understood.items():
        if falls_short(answers.right, answers.total):
            yield Mending(name)
    for option in found.options:
        ratings = option.ratings
        if ratings and _mean([abs(rating - option.key) for rating in ratings]) >= _FAR:
            yield Mending("option", option)
        elif len(ratings) >= _SEVERAL and _mean([abs(one - other) for one, other in combinations(ratings, 2)]) >= _DIVIDED:
            yield Mending("divided", option)
    for name, scale in found.scales.items():
        if falls_short(scale.agree, scale.total):
            yield Mending(name)
    if found.guesses is not None and found.guesses.gives_away:
        yield Mending("guess")


def falls_short(agree: int, total: int) -> bool:
    """Tell whether too few of so many agree; of up to five, all must."""
    return agree < total if total <= ALL_MUST_AGREE else reaches(agree, total) is False


def _mean(values: list[int]) -> float:
    return sum(values) / len(values)
