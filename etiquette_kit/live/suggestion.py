"""What to do after the first vote, by how many chose well.

Peer instruction works best where the room is divided: with between 30 and 70 percent right, talking convinces; with fewer, there
is nobody to learn from, and with more, little is left to learn (Crouch & Mazur, *Peer Instruction: Ten years of experience
and results*, American Journal of Physics 69, 2001).
"""

from __future__ import annotations

from typing import Literal

from etiquette_kit.live.ballot import Ballot

GOOD = 0.8
"""The credit from which a vote counts as a good one."""

_LEAST, _MOST = 0.3, 0.7

Suggestion = Literal["few", "explain", "discuss", "reveal"]


def suggestion(ballot: Ballot) -> Suggestion:
    """Return what to do: ``explain`` first, let them ``discuss``, ``reveal`` the answer, or, below fourteen votes, nothing: ``few``.

    It rests on the latest sample of the first vote, never on all votes; see ``voters``.
    """
    if not ballot.samples:
        return "few"
    counts = ballot.tally(ballot.samples[-1])
    share = sum(count for option, count in counts.items() if ballot.exercise.credit(option) >= GOOD) / sum(counts.values())
    if share < _LEAST:
        return "explain"
    return "discuss" if share <= _MOST else "reveal"
