"""What every format offers to the session and to the screen."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from etiquette_kit.scenario import Scenario


class ResponseError(ValueError):
    """A response that the exercise does not offer."""


class Result(msgspec.Struct, frozen=True):
    """What a response is worth.

    Attributes
    ----------
    scenario : str
        The scenario's id.
    response : str
        What the learner gave; for a choice the option's id.
    credit : float
        0..1.
    grade : int
        4 fits best, 3 is fine, 2 does not quite fit, 1 does not fit.
    best : tuple of str
        The options of grade 4.
    """

    scenario: str
    response: str
    credit: float
    grade: int
    best: tuple[str, ...]


class Exercise(Protocol):
    """A scenario in a format: state and grading, no screen, no clock, no chance."""

    @property
    def format_name(self) -> str:
        """The format's name: the module in this package and the view in the front end."""

    @property
    def scenario(self) -> Scenario:
        """The situation."""

    @property
    def order(self) -> tuple[str, ...]:
        """The option ids in the order shown."""

    def grade(self, response: str) -> Result:
        """Grade a response; raises ResponseError when the exercise does not offer it."""

    def question(self, lang: str) -> dict[str, Any]:
        """Return what the screen may show before the answer: no grade, no key, no feedback."""

    def feedback(self, response: str, lang: str) -> dict[str, Any]:
        """Return what the screen shows after the answer."""

    def reveal(self, lang: str) -> dict[str, Any]:
        """Return the part of the feedback that does not depend on a response: every reaction with grade, reason and passages."""
