"""The timing plan of a workshop."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette_kit.locale.arguments import as_written
from etiquette_kit.locale.plain_error import PlainError

ROUND = {"read": 1, "vote": 1, "discuss": 3, "revote": 1, "reveal": 5}
"""Minutes of each part of one situation, by phase; reading comes first."""

SITUATION = "situation"
"""The name of the step with one situation."""


class PlanError(PlainError, ValueError):
    """A length for which there is no plan."""


@dataclass(frozen=True)
class Step:
    """A step of a workshop.

    Attributes
    ----------
    name : str
        Its name; the text is in the locale under ``workshop_steps``.
    start : int
        Minutes from the beginning.
    minutes : int
        How long it takes.
    """

    name: str
    start: int
    minutes: int


@dataclass(frozen=True)
class Plan:
    """A timing plan.

    Attributes
    ----------
    minutes : int
        The length of the whole workshop.
    situations : int
        The number of situations.
    steps : tuple of Step
        The steps in order, without gaps.
    """

    minutes: int
    situations: int
    steps: tuple[Step, ...]

    def of(self, situations: int) -> Plan:
        """Return the plan for a different number of situations; its length changes accordingly."""
        return _plan(situations, **{step.name: step.minutes for step in self.steps if step.name != SITUATION})


def _plan(situations: int, **frame: int) -> Plan:
    """Put the situations between the first step of the frame and the others."""
    (first, minutes), *rest = frame.items()
    lengths = [(first, minutes), *[(SITUATION, sum(ROUND.values()))] * situations, *rest]
    steps: list[Step] = []
    clock = 0
    for name, length in lengths:
        steps.append(Step(name, clock, length))
        clock += length
    return Plan(clock, situations, tuple(steps))


PLANS = {plan.minutes: plan for plan in (_plan(4, welcome=5, note=7, close=4), _plan(6, welcome=6, note=11, close=7))}
"""The plans by length in minutes."""


def plan_of(minutes: int) -> Plan:
    """Return the plan for a length.

    Raises
    ------
    PlanError
        When there is none; the message lists all lengths.
    """
    try:
        return PLANS[minutes]
    except (KeyError, TypeError):  # a value without a hash is no length either
        message = f"there is no plan for {minutes!r} minutes; there are plans for: {', '.join(map(str, PLANS))}"
        raise PlanError("plan", message, given=as_written(minutes), allowed=", ".join(map(str, PLANS))) from None
