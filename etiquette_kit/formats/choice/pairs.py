"""Texts about a pair of situations: the question that leads from one to the other, and the difference."""

from __future__ import annotations

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.locale import catalog


def what_if(scenario: Scenario, twin: Scenario, lang: str) -> str:
    """Return the question that offers the twin: it names what would be different there."""
    words = catalog(lang)
    return words.get(f"pairs.if_{_difference(scenario, twin)}") or words("pairs.if")


def contrast(scenario: Scenario, twin: Scenario, lang: str) -> str:
    """Return how a scenario differs from its twin, which came before, and what fits best in each."""
    words = catalog(lang)
    changed = words.get(f"pairs.now_{_difference(twin, scenario)}") or words("pairs.now")
    return f"{changed} {words('pairs.best', before=_best(twin, lang), now=_best(scenario, lang))}"


def _difference(scenario: Scenario, other: Scenario) -> str:
    """Return the first fact that differs, with its value in the other scenario, as a key of the locale."""
    for name in ("wanted", "sensitive"):
        before, after = getattr(scenario.facts, name), getattr(other.facts, name)
        if before != after and after is not None:
            return f"{name}_{'yes' if after else 'no'}"
    return ""


def _best(scenario: Scenario, lang: str) -> str:
    words = catalog(lang)
    best = [option.action for option in scenario.options if option.action in scenario.advice.best]
    return words("end.or").join(words("quiz.action", action=scenario.place.action_name(action, lang)) for action in best)
