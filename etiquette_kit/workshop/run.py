"""A workshop's sequence of rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etiquette_kit.formats.choice import Choice
from etiquette_kit.workshop.round import Round, RoundPhase, WhichVote


class Run:
    """The rounds of a workshop and the current position.

    Parameters
    ----------
    exercises : sequence of Choice
        At least one.
    """

    def __init__(self, exercises: Sequence[Choice]) -> None:
        self.rounds = [Round(exercise) for exercise in exercises]
        self.position = 0

    @property
    def round(self) -> Round | None:
        """The round on the screen; None at the end."""
        return self.rounds[self.position] if self.position < len(self.rounds) else None

    def count(self, counts: Mapping[str, object]) -> None:
        """Record a show of hands for the round on the screen; see ``Round.count``."""
        if self.round is not None:
            self.rounds[self.position] = self.round.count(counts)

    def correct(self, hands: Mapping[WhichVote, Mapping[str, object]]) -> None:
        """Replace shows of hands of the round on the screen, all or none; see ``Round.correct``."""
        if self.round is not None:
            corrected = self.round
            for which, counts in hands.items():
                corrected = corrected.correct(which, counts)
            self.rounds[self.position] = corrected

    def go(self, phase: RoundPhase) -> None:
        """Change to another phase of the round on the screen."""
        if self.round is not None:
            self.rounds[self.position] = self.round.go(phase)

    def next(self) -> None:
        """Move to the next situation, or after the last one to the end; a round without an answer stays as it is."""
        self.position = min(self.position + 1, len(self.rounds))

    def back(self) -> None:
        """Return to the previous situation."""
        self.position = max(self.position - 1, 0)

    @property
    def counted(self) -> bool:
        """Whether any hands were counted; they would be lost with the run."""
        return any(entry.first or entry.second for entry in self.rounds)

    @property
    def played(self) -> list[Round]:
        """The rounds whose answer was shown."""
        return [entry for entry in self.rounds if entry.phase == "reveal"]
