"""Choosing one reaction to a situation: state and grading."""

from __future__ import annotations

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
from etiquette_kit.formats.display_order import encoded_order
from etiquette_kit.formats.protocol import Decision, Recap, ResponseError, Result
from etiquette_kit.rules import FITS_BEST


def credit_of(grade: int) -> float:
    """Return the credit for a grade of 1 to 4: ``(grade - 1) / 3``, that is 0, 1/3, 2/3 or 1."""
    return (grade - 1) / 3


class Keyed(Material, Protocol):
    """Material with graded options: a scenario, or a stored one with its key at that time."""

    def key(self) -> Mapping[str, int]:
        """Return each option's grade."""


@dataclass(frozen=True)
class Choice:
    """A choice of one reaction to a scenario.

    Attributes
    ----------
    material : Keyed
        The scenario; only one from a bank has texts for a page.
    order : tuple of str
        The option ids in the order shown.
    """

    material: Keyed
    order: tuple[str, ...]
    format_name: str = "choice"

    @property
    def scenario(self) -> Scenario:
        """The situation with its texts.

        Raises
        ------
        TypeError
            When it is a stored scenario, which is used only for its key.
        """
        if not isinstance(self.material, Scenario):
            message = f"{self.material.id!r} is a stored scenario, which is used only for its key"
            raise TypeError(message)
        return self.material

    @property
    def shown(self) -> str:
        """The order of the options, as JSON."""
        return encoded_order(self.order)

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
        """Return the credit for an option, 0..1; raises ResponseError when there is no such option."""
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
        """Return every option with its grade as text, reason, feedback and passages, and how the chosen one fits."""
        return reveal(self.scenario, self.order, lang, response)

    def key_page(self, lang: str) -> ChoiceReveal:
        """Return the same as ``reveal`` without a chosen option, for a group."""
        return reveal(self.scenario, self.order, lang)

    def recap(self, response: str, lang: str) -> Recap:
        """Return the action of the chosen reaction, and what fits best."""
        return recap(self.scenario, self.grade(response), lang)

    def question_lines(self, lang: str) -> list[str]:
        """Return the question as lines of text."""
        return question_lines(self.scenario, self.order, lang)

    def response_line(self, response: str, lang: str, *, revealed: bool) -> str:
        """Return the chosen option and, if `revealed`, how it fits."""
        return response_line(self.scenario, response, lang, revealed=revealed)

    def words_to_read(self, lang: str) -> float:
        """Return how many words a learner reads: the text before the answer, and the longest that is expanded after it."""
        return words_to_read(self.scenario, self.order, lang)

    def decisions(self, response: str) -> tuple[Decision, ...]:
        """Return the chosen action in its situation, graded."""
        return (Decision(self.scenario.facts, self.scenario.option(response).action, self._key[response]),)
