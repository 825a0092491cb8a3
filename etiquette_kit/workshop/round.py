"""One situation put to the room: a first show of hands, a talk, a second show of hands, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from etiquette_kit.exercises import Exercise

Phase = Literal["vote", "discuss", "revote", "reveal"]
PHASES: tuple[Phase, ...] = get_args(Phase)
MOST_HANDS = 9999

Refusal = Literal["unknown_option", "no_number", "too_many", "closed"]


class HandsError(ValueError):
    """A count that is refused; the round is as it was.

    Attributes
    ----------
    refusal : {"unknown_option", "no_number", "too_many", "closed"}
        Why.
    option : str or None
        The option whose count it is about.
    """

    def __init__(self, refusal: Refusal, message: str, option: str | None = None) -> None:
        super().__init__(message)
        self.refusal = refusal
        self.option = option


@dataclass(frozen=True)
class Hands:
    """A show of hands.

    Attributes
    ----------
    counts : mapping of str to int
        Hands by option id, for every option of the exercise.
    """

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many hands were counted."""
        return sum(self.counts.values())

    def share(self, option: str) -> float:
        """Return an option's share of all hands, 0..1; 0 where there were no hands."""
        return self.counts[option] / self.total if self.total else 0.0


@dataclass(frozen=True)
class Round:
    """Where the room stands with one situation.

    Attributes
    ----------
    exercise : Exercise
        The situation with its options in the order shown.
    phase : {"vote", "discuss", "revote", "reveal"}
        What is going on.
    first, second : Hands or None
        The hands before and after the talk; None where none were counted.
    """

    exercise: Exercise
    phase: Phase = "vote"
    first: Hands | None = None
    second: Hands | None = None

    def count(self, counts: Mapping[str, object]) -> Round:
        """Note a show of hands; counting again before the answer is shown replaces it.

        Parameters
        ----------
        counts : mapping of str to int
            Hands by option id; an option that is left out has none. Where all are nought, nothing was counted.

        Raises
        ------
        HandsError
            When an option does not exist, a count is not a whole number from 0 to 9999, or no count is due now.
        """
        if self.phase not in ("vote", "revote"):
            raise HandsError("closed", f"hands are counted in the phases vote and revote, not in {self.phase!r}")
        for option, number in counts.items():
            if option not in self.exercise.order:
                message = f"{self.exercise.scenario.id!r} has no option {option!r}; it has: {', '.join(self.exercise.order)}"
                raise HandsError("unknown_option", message, option)
            if type(number) is not int or number < 0:
                raise HandsError("no_number", f"option {option!r}: {number!r} is not a whole number of hands", option)
            if number > MOST_HANDS:
                raise HandsError("too_many", f"option {option!r}: {number} hands; at most {MOST_HANDS} can be counted", option)
        hands = Hands({option: cast("int", counts.get(option, 0)) for option in self.exercise.order})
        counted = hands if hands.total else None
        return replace(self, first=counted) if self.phase == "vote" else replace(self, second=counted)

    def go(self, phase: Phase) -> Round:
        """Go over to another phase; once the answer was shown, it stays shown."""
        if self.phase == "reveal" or phase not in PHASES:
            return self
        return replace(self, phase=phase)

    def credit(self, hands: Hands | None) -> float | None:
        """Return the mean credit of a show of hands, 0..1; None where none were counted."""
        if hands is None:
            return None
        return sum(number * self.exercise.grade(option).credit for option, number in hands.counts.items()) / hands.total
