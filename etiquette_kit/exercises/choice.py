"""Choose one reaction; its credit is (grade - 1) / 3."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from etiquette_kit.exercises.exercise import ResponseError, Result
from etiquette_kit.rules import FITS_BEST, IN_LINE
from etiquette_kit.rules.passages import cited, source
from etiquette_kit.scenario import Scenario, paragraphs


@dataclass(frozen=True)
class Choice:
    """A scenario of which one reaction is to be chosen.

    Attributes
    ----------
    scenario : Scenario
        The situation.
    order : tuple of str
        The option ids in the order shown.
    """

    scenario: Scenario
    order: tuple[str, ...]
    format_name: str = "choice"

    @cached_property
    def _key(self) -> dict[str, int]:
        return self.scenario.key()

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
        if response not in self._key:
            message = f"scenario {self.scenario.id!r} has no option {response!r}; it has: {', '.join(self.order)}"
            raise ResponseError(message)
        value = self._key[response]
        best = tuple(option for option in self.order if self._key[option] == FITS_BEST)
        return Result(self.scenario.id, response, (value - 1) / 3, value, best)

    def question(self, lang: str) -> dict[str, Any]:
        """Return person, place, stem and options, in the order shown."""
        scenario = self.scenario
        text = scenario.text(lang)
        return {
            "id": scenario.id,
            "format": self.format_name,
            "title": text.title,
            "person": scenario.person.name,
            "role": text.role,
            "platform": scenario.platform,
            "occasion": scenario.place.occasion(scenario.facts.event, lang),
            "stem": [[part.text, part.quote] for part in paragraphs(text.stem)],
            "options": [[option, scenario.option(option).text(lang).label] for option in self.order],
        }

    def feedback(self, response: str, lang: str) -> dict[str, Any]:
        """Return the chosen option and its grade, and what ``reveal`` returns."""
        return {**self.reveal(lang), "chosen": response, "grade": self._key[response]}

    def reveal(self, lang: str) -> dict[str, Any]:
        """Return for every option its grade in words, what that rests on, the reason, the feedback and the passages."""
        advice = self.scenario.advice
        options: dict[str, dict[str, Any]] = {}
        for name in self.order:
            option = self.scenario.option(name)
            options[name] = {
                "grade": advice.grades[option.action],
                "verdict": advice.verdict(option.action, lang),
                "tag": advice.tag(option.action, lang),
                "source": source(advice.passages[option.action], lang),
                "reason": advice.reason(option.action, lang),
                "feedback": option.text(lang).feedback,
                "passages": advice.passages[option.action],
            }
        passages = cited((passage for option in options.values() for passage in option["passages"]), lang)
        return {"id": self.scenario.id, "options": options, "passages": passages}


def suits(scenario: Scenario) -> bool:
    """Tell whether one can go wrong in the scenario; where every reaction fits or is fine, there is nothing to choose."""
    return min(scenario.key().values()) < IN_LINE


def build(scenario: Scenario, rng: random.Random) -> Choice:
    """Make a choice of a scenario, with its options in random order."""
    order = [option.id for option in scenario.options]
    rng.shuffle(order)
    return Choice(scenario, tuple(order))


def rebuild(scenario: Scenario, order: tuple[str, ...]) -> Choice:
    """Make a choice with its options in a given order."""
    return Choice(scenario, order)


def grade(exercise: Choice, response: str) -> Result:
    """Grade a response: ``exercise.grade(response)``."""
    return exercise.grade(response)
