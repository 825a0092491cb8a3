"""A suggestion for the next step after the first vote, based on the share of good answers.

Peer instruction works best where the group is divided: with between 30 and 70 percent right, the discussion is effective; with fewer,
there are too few people to learn from, and with more, little is left to learn (Crouch & Mazur, *Peer Instruction: Ten years of
experience and results*, American Journal of Physics 69, 2001).
"""

from __future__ import annotations

from typing import Literal

from etiquette_kit.live.ballot import Ballot

GOOD = 0.8
"""The credit from which a vote counts as good."""

_MIN_SHARE, _MAX_SHARE = 0.3, 0.7

Suggestion = Literal["few", "explain", "discuss", "reveal"]


def suggestion(ballot: Ballot) -> Suggestion:
    """Return the suggestion: ``explain`` first, ``discuss``, ``reveal`` the answer, or, below fourteen votes, none: ``few``.

    It is based on the latest sample of the first vote, never on all votes; see ``voters``.
    """
    if not ballot.samples:
        return "few"
    counts = ballot.tally(ballot.samples[-1])
    share = sum(count for option, count in counts.items() if ballot.exercise.credit(option) >= GOOD) / sum(counts.values())
    if share < _MIN_SHARE:
        return "explain"
    return "discuss" if share <= _MAX_SHARE else "reveal"
