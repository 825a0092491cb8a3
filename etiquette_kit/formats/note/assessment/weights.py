"""The weights of the signs, and the judgement that follows from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp

from etiquette_kit.formats.note.assessment.signs import SIGNS, Found
from etiquette_kit.formats.note.assessment.weight_values import LIMITS, VALUES


@dataclass(frozen=True)
class Weights:
    """How much each sign of a criterion counts.

    Attributes
    ----------
    bias : float
        The sum without any sign.
    signs : mapping of str to float
        What a sign adds, by its name.
    not_met, met : float
        Up to which probability a criterion is not met, and from which on it is; between them nothing is said.
    """

    bias: float
    signs: Mapping[str, float]
    not_met: float
    met: float

    def probability(self, present: Collection[str]) -> float:
        """Return the probability that the criterion is met.

        Parameters
        ----------
        present : collection of str
            The names of the signs that are there.
        """
        return 1 / (1 + exp(-self.bias - sum(weight for name, weight in self.signs.items() if name in present)))

    def judged(self, probability: float) -> bool | None:
        """Return whether the criterion is met; None where that is not sure."""
        if probability >= self.met:
            return True
        return False if probability <= self.not_met else None


@cache
def weights() -> dict[str, Weights]:
    """Return the weights of each criterion, as ``benchmarks/note_weights.py`` has computed them."""
    return {name: Weights(VALUES[name]["bias"], VALUES[name], *LIMITS[name]) for name in SIGNS}


def present(criterion: str, evidence: Found) -> frozenset[str]:
    """Return the names of a criterion's signs that are there."""
    return frozenset(name for name, sign in SIGNS[criterion].items() if sign.holds(evidence))
