"""One situation put to the room: a first show of hands, a talk, a second show of hands, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from etiquette_kit.formats.choice import Choice

RoundPhase = Literal["vote", "discuss", "revote", "reveal"]
ROUND_PHASES: tuple[RoundPhase, ...] = get_args(RoundPhase)
WhichVote = Literal["first", "second"]
"""The vote before the talk, and the one after it."""
COUNTED_IN: dict[RoundPhase, WhichVote] = {"vote": "first", "revote": "second"}
"""Which show of hands is counted in which phase."""
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
    which : {"first", "second"} or None
        The show of hands that it is about; None while no hands are up.
    """

    def __init__(self, refusal: Refusal, message: str, option: str | None = None, which: WhichVote | None = None) -> None:
        super().__init__(message)
        self.refusal = refusal
        self.option = option
        self.which = which


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
    exercise : Choice
        The situation with its options in the order shown.
    phase : {"vote", "discuss", "revote", "reveal"}
        What is going on.
    first, second : Hands or None
        The hands before and after the talk; None where none were counted.
    """

    exercise: Choice
    phase: RoundPhase = "vote"
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
        which = COUNTED_IN.get(self.phase)
        if which is None:
            raise HandsError("closed", f"hands are counted in the phases vote and revote, not in {self.phase!r}")
        return self._with(which, counts)

    def correct(self, which: WhichVote, counts: Mapping[str, object]) -> Round:
        """Replace a show of hands after the answer was shown, where a number was mistyped.

        Parameters
        ----------
        which : {"first", "second"}
            The hands before or after the talk.
        counts : mapping of str to int
            As in ``count``.

        Raises
        ------
        HandsError
            As in ``count``; before the answer is shown, one counts again instead.
        """
        if self.phase != "reveal":
            raise HandsError("closed", f"counts are corrected in the phase reveal, not in {self.phase!r}")
        return self._with(which, counts)

    def _with(self, which: WhichVote, counts: Mapping[str, object]) -> Round:
        for option, number in counts.items():
            if option not in self.exercise.order:
                message = f"{self.exercise.scenario.id!r} has no option {option!r}; it has: {', '.join(self.exercise.order)}"
                raise HandsError("unknown_option", message, option, which)
            if type(number) is not int or number < 0:
                raise HandsError("no_number", f"option {option!r}: {number!r} is not a whole number of hands", option, which)
            if number > MOST_HANDS:
                raise HandsError("too_many", f"option {option!r}: {number} hands; at most {MOST_HANDS} can be counted", option, which)
        hands = Hands({option: cast("int", counts.get(option, 0)) for option in self.exercise.order})
        counted = hands if hands.total else None
        return replace(self, first=counted) if which == "first" else replace(self, second=counted)

    def go(self, phase: RoundPhase) -> Round:
        """Go over to another phase; once the answer was shown, it stays shown."""
        if self.phase == "reveal" or phase not in ROUND_PHASES:
            return self
        return replace(self, phase=phase)

    @property
    def best(self) -> tuple[str, ...]:
        """The options that fit the article best, in the order shown."""
        return self.exercise.grade(self.exercise.order[0]).best

    def share_at_best(self, hands: Hands | None) -> float | None:
        """Return which share of a show of hands was at an option that fits best, 0..1; None where none were counted."""
        return None if hands is None else sum(hands.counts[option] for option in self.best) / hands.total
