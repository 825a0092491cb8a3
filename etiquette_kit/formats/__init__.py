"""Exercises: a scenario in a format. One module per format; a new one is found by its name."""

from __future__ import annotations

import random
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from etiquette_kit.exercises.exercise import Exercise, ResponseError, Result
from etiquette_kit.nearest import nearest
from etiquette_kit.scenario import Scenario

__all__ = ["Exercise", "FormatError", "ResponseError", "Result", "build", "formats", "rebuild", "suits"]


class FormatError(ValueError):
    """A format that does not exist."""


def formats() -> tuple[str, ...]:
    """Return the names of the formats that there are."""
    return tuple(module.name for module in iter_modules(__path__) if module.name != "exercise")


def suits(scenario: Scenario, format_name: str = "choice") -> bool:
    """Tell whether a format can use a scenario.

    Raises
    ------
    FormatError
        When there is no such format.
    """
    return bool(_module(format_name).suits(scenario))


def build(scenario: Scenario, rng: random.Random, format_name: str = "choice") -> Exercise:
    """Make an exercise of a scenario.

    Parameters
    ----------
    scenario : Scenario
        The situation.
    rng : random.Random
        The source of chance, for example for the order of the options.
    format_name : str
        One of ``formats()``.

    Raises
    ------
    FormatError
        When there is no such format.
    """
    exercise: Exercise = _module(format_name).build(scenario, rng)
    return exercise


def rebuild(scenario: Scenario, order: tuple[str, ...], format_name: str = "choice") -> Exercise:
    """Make an exercise as it was shown before, from the order that was recorded.

    Raises
    ------
    FormatError
        When there is no such format.
    """
    exercise: Exercise = _module(format_name).rebuild(scenario, order)
    return exercise


def _module(format_name: str) -> ModuleType:
    if format_name not in formats():
        near = nearest(format_name, formats())
        hint = f"; did you mean {near!r}?" if near else ""
        message = f"there is no format {format_name!r}; there are: {', '.join(formats())}{hint}"
        raise FormatError(message)
    return import_module(f"{__name__}.{format_name}")
