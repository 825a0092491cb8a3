"""Rating every reaction to a situation: state and grading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats.choice.exercise import Choice, Keyed
from etiquette_kit.formats.display_order import encoded_order
from etiquette_kit.formats.protocol import Recap, Result
from etiquette_kit.formats.rating.pages import (
    RatingQuestion,
    RatingReveal,
    question,
    question_lines,
    recap,
    response_line,
    reveal,
    words_to_read,
)
from etiquette_kit.formats.rating.response import RATINGS, checked, decoded, encoded

_GREATEST = max(RATINGS) - min(RATINGS)


def credit_of(ratings: Mapping[str, int], key: Mapping[str, int]) -> float:
    """Return the credit for ratings: the mean over reactions of ``1 - |rating - grade| / 3``, 0..1.

    Divided only once, so that the credit for the grades themselves is exactly 1.

    Parameters
    ----------
    ratings, key : mapping of str to int
        The rating and the article's grade of each option, 1..4; both have the same options, at least one.
    """
    greatest = _GREATEST * len(key)
    return (greatest - sum(abs(ratings[option] - grade) for option, grade in key.items())) / greatest


@dataclass(frozen=True)
class Rating:
    """A rating of all reactions to a scenario.

    Attributes
    ----------
    material : Keyed
        The scenario; only one from a bank has texts for a page.
    order : tuple of str
        The option ids in the order shown.
    """

    material: Keyed
    order: tuple[str, ...]
    format_name: str = "rating"

    @property
    def scenario(self) -> Scenario:
        """The situation with its texts.

        Raises
        ------
        TypeError
            When it is a stored scenario, which is used only for its key.
        """
        return Choice(self.material, self.order).scenario

    @property
    def shown(self) -> str:
        """The order of the options, as JSON."""
        return encoded_order(self.order)

    @property
    def options(self) -> tuple[str, ...]:
        """Nothing: a response is not one of the options, but a rating of each."""
        return ()

    @cached_property
    def _key(self) -> Mapping[str, int]:
        return self.material.key()

    def parse(self, given: object) -> str:
        """Return ratings as text.

        Parameters
        ----------
        given : object
            A mapping from each option's id to a rating from 1 to 4.

        Raises
        ------
        ResponseError
            When an option is missing or unknown, or a rating is something else.
        """
        return encoded(checked(given, self._key))

    def credit(self, response: str) -> float:
        """Return the credit for encoded ratings, 0..1; raises ResponseError when they are not valid."""
        return credit_of(decoded(response, self._key), self._key)

    def grade(self, response: str) -> Result:
        """Grade encoded ratings.

        Parameters
        ----------
        response : str
            As from ``parse``.

        Returns
        -------
        Result
            With the mean credit over the reactions; without a grade, because a rating is not one of the reactions.

        Raises
        ------
        ResponseError
            When it is not a rating of each reaction.
        """
        credit = self.credit(response)
        return Result(self.material.id, response, credit, {self.material.id: credit})

    def question(self, lang: str) -> RatingQuestion:
        """Return person, place, stem, the reactions in the order shown, and the four words."""
        return question(self.scenario, self.order, lang)

    def reveal(self, response: str, lang: str) -> RatingReveal:
        """Return every reaction with its rating and the article's grade, the largest difference first."""
        return reveal(self.scenario, self.order, decoded(response, self._key), self.credit(response), lang)

    def recap(self, response: str, lang: str) -> Recap:
        """Return how many ratings are the article's, and the largest difference."""
        return recap(self.scenario, self.order, decoded(response, self._key), self.credit(response), lang)

    def question_lines(self, lang: str) -> list[str]:
        """Return the question as lines of text."""
        return question_lines(self.scenario, self.order, lang)

    def response_line(self, response: str, lang: str, *, revealed: bool) -> str:
        """Return the ratings in words and, if `revealed`, the article's beside them."""
        return response_line(self.scenario, decoded(response, self._key), lang, revealed=revealed)

    def words_to_read(self, lang: str) -> float:
        """Return how many words a learner reads: the text before the answer, and the longest that is expanded after it."""
        return words_to_read(self.scenario, self.order, lang)
