"""A situation of which one reaction is chosen: state and grading."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from etiquette_kit.content.material import Material
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats.choice.pages import (
    ChoiceQuestion,
    ChoiceReveal,
    question,
    question_lines,
    recap,
    response_line,
    reveal,
    words_to_read,
)
from etiquette_kit.formats.protocol import Decision, Recap, ResponseError, Result
from etiquette_kit.rules import FITS_BEST


def credit_of(grade: int) -> float:
    """Return what a grade of 1 to 4 earns: ``(grade - 1) / 3``, so 0, 1/3, 2/3 or 1."""
    return (grade - 1) / 3


class Keyed(Material, Protocol):
    """Material with graded options: a scenario, or one that was kept, with the key it had then."""

    def key(self) -> Mapping[str, int]:
        """Return each option's grade."""


@dataclass(frozen=True)
class Choice:
    """A scenario of which one reaction is to be chosen.

    Attributes
    ----------
    material : Keyed
        The scenario; what it says is on a page only where it is one of a bank.
    order : tuple of str
        The option ids in the order shown.
    """

    material: Keyed
    order: tuple[str, ...]
    format_name: str = "choice"

    @property
    def scenario(self) -> Scenario:
        """The situation with its words.

        Raises
        ------
        TypeError
            When it was read from what is kept of answers, where only its key counts.
        """
        if not isinstance(self.material, Scenario):
            message = f"{self.material.id!r} was kept for its key alone"
            raise TypeError(message)
        return self.material

    @property
    def shown(self) -> str:
        """The order of the options, as JSON."""
        return json.dumps(list(self.order))

    @property
    def options(self) -> tuple[str, ...]:
        """The option ids in the order shown."""
        return self.order

    @cached_property
    def _key(self) -> Mapping[str, int]:
        return self.material.key()

    def parse(self, given: object) -> str:
        """Return the id of the chosen option.

        Raises
        ------
        ResponseError
            When the scenario has no such option.
        """
        if not isinstance(given, str) or given not in self._key:
            message = f"scenario {self.material.id!r} has no option {given!r}; it has: {', '.join(self.order)}"
            raise ResponseError(message)
        return given

    def credit(self, option: str) -> float:
        """Return what an option earns, 0..1; raises ResponseError when there is no such option."""
        return credit_of(self._key[self.parse(option)])

    def grade(self, response: str) -> Result:
        """Grade the chosen option.

        Parameters
        ----------
        response : str
            An option's id.

        Returns
        -------
        Result
            With credit 0, 1/3, 2/3 or 1.

        Raises
        ------
        ResponseError
            When the scenario has no such option.
        """
        credit = self.credit(response)
        best = tuple(option for option in self.order if self._key.get(option) == FITS_BEST)
        return Result(self.material.id, response, credit, {self.material.id: credit}, self._key[response], best)

    def question(self, lang: str) -> ChoiceQuestion:
        """Return person, place, stem and options, in the order shown."""
        return question(self.scenario, self.order, lang)

    def reveal(self, response: str, lang: str) -> ChoiceReveal:
        """Return for every option its grade in words, the reason, the feedback and the passages; and how the chosen one fits."""
        return reveal(self.scenario, self.order, lang, response)

    def key_page(self, lang: str) -> ChoiceReveal:
        """Return what ``reveal`` returns where nobody in particular has chosen: in front of a room."""
        return reveal(self.scenario, self.order, lang)

    def recap(self, response: str, lang: str) -> Recap:
        """Return what the chosen reaction amounts to, and what fits best."""
        return recap(self.scenario, self.grade(response), lang)

    def question_lines(self, lang: str) -> list[str]:
        """Return the question as lines of text."""
        return question_lines(self.scenario, self.order, lang)

    def response_line(self, response: str, lang: str, *, revealed: bool) -> str:
        """Return which option was chosen and, where it may be revealed, how it fits."""
        return response_line(self.scenario, response, lang, revealed=revealed)

    def words_to_read(self, lang: str) -> float:
        """Return how many words a learner reads: what stands before the answer, and what stands open after it, at the longest."""
        return words_to_read(self.scenario, self.order, lang)

    def decisions(self, response: str) -> tuple[Decision, ...]:
        """Return the chosen action in its situation, graded."""
        return (Decision(self.scenario.facts, self.scenario.option(response).action, self._key[response]),)
