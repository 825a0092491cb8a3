"""One situation in a workshop: a first show of hands, a discussion, a second show of hands, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from etiquette_kit.formats.choice import Choice
from etiquette_kit.locale.arguments import as_written
from etiquette_kit.locale.plain_error import PlainError

RoundPhase = Literal["vote", "discuss", "revote", "reveal"]
ROUND_PHASES: tuple[RoundPhase, ...] = get_args(RoundPhase)
WhichVote = Literal["first", "second"]
"""The vote before the discussion, and the one after it."""
COUNTED_IN: dict[RoundPhase, WhichVote] = {"vote": "first", "revote": "second"}
"""Which show of hands is counted in which phase."""
MAX_HANDS = 9999

Refusal = Literal["unknown_option", "no_number", "too_many", "closed"]

_KEYS = {"unknown_option": "hands_option", "no_number": "hands", "too_many": "hands", "closed": "hands_closed"}


class HandsError(PlainError, ValueError):
    """A count that is rejected; the round is unchanged.

    Attributes
    ----------
    refusal : {"unknown_option", "no_number", "too_many", "closed"}
        The reason.
    option : str or None
        The option concerned.
    which : {"first", "second"} or None
        The show of hands concerned; None outside of a vote.
    """

    def __init__(self, refusal: Refusal, message: str, option: str | None = None, which: WhichVote | None = None, **values: object) -> None:
        super().__init__(_KEYS[refusal], message, option=option, **values)
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
        """Return an option's share of all hands, 0..1; 0 if there were no hands."""
        return self.counts[option] / self.total if self.total else 0.0


@dataclass(frozen=True)
class Round:
    """The state of one situation in a workshop.

    Attributes
    ----------
    exercise : Choice
        The situation with its options in the order shown.
    phase : {"vote", "discuss", "revote", "reveal"}
        The current phase.
    first, second : Hands or None
        The hands before and after the discussion; None where none were counted.
    """

    exercise: Choice
    phase: RoundPhase = "vote"
    first: Hands | None = None
    second: Hands | None = None

    def count(self, counts: Mapping[str, object]) -> Round:
        """Record a show of hands; counting again before the answer is shown replaces it.

        Parameters
        ----------
        counts : mapping of str to int
            Hands by option id; an option that is left out has none. If all are zero, nothing was counted.

        Raises
        ------
        HandsError
            When an option does not exist, a count is not a whole number from 0 to 9999, or this is not a phase with a vote.
        """
        which = COUNTED_IN.get(self.phase)
        if which is None:
            raise HandsError("closed", f"hands are counted in the phases vote and revote, not in {self.phase!r}")
        return self._with_counts(which, counts)

    def correct(self, which: WhichVote, counts: Mapping[str, object]) -> Round:
        """Replace a show of hands after the answer was shown, to correct a typing error.

        Parameters
        ----------
        which : {"first", "second"}
            The hands before or after the discussion.
        counts : mapping of str to int
            As in ``count``.

        Raises
        ------
        HandsError
            As in ``count``; before the answer is shown, use ``count`` again instead.
        """
        if self.phase != "reveal":
            raise HandsError("closed", f"counts are corrected in the phase reveal, not in {self.phase!r}")
        return self._with_counts(which, counts)

    def _with_counts(self, which: WhichVote, counts: Mapping[str, object]) -> Round:
        for option, number in counts.items():
            if option not in self.exercise.order:
                message = f"{self.exercise.scenario.id!r} has no option {option!r}; it has: {', '.join(self.exercise.order)}"
                raise HandsError("unknown_option", message, option, which, allowed=", ".join(self.exercise.order))
            if type(number) is not int or number < 0:
                message = f"option {option!r}: {number!r} is not a whole number of hands"
                raise HandsError("no_number", message, option, which, given=as_written(number), most=MAX_HANDS)
            if number > MAX_HANDS:
                message = f"option {option!r}: {number} hands; at most {MAX_HANDS} can be counted"
                raise HandsError("too_many", message, option, which, given=as_written(number), most=MAX_HANDS)
        hands = Hands({option: cast("int", counts.get(option, 0)) for option in self.exercise.order})
        counted = hands if hands.total else None
        return replace(self, first=counted) if which == "first" else replace(self, second=counted)

    def go(self, phase: RoundPhase) -> Round:
        """Change to another phase; once the answer was shown, it stays shown."""
        if self.phase == "reveal" or phase not in ROUND_PHASES:
            return self
        return replace(self, phase=phase)

    @property
    def best(self) -> tuple[str, ...]:
        """The options that fit the article best, in the order shown."""
        return self.exercise.grade(self.exercise.order[0]).best

    def share_at_best(self, hands: Hands | None) -> float | None:
        """Return the share of hands for options that fit best, 0..1; None where none were counted."""
        return None if hands is None else sum(hands.counts[option] for option in self.best) / hands.total
