"""Whose votes are shown: everything that is shown of one situation counts the same people, so that no difference tells of a few.

Two figures over almost the same people tell how those voted in whom they differ: bars of everyone minus the ends of a flow of those
who voted both times are the votes of whoever came late. So both votes and the flow count those who voted both times. The hint
after the first vote has to come before anybody knows who they will be; it rests on a sample that differs from them by enough people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from etiquette_kit.live.ballot import Ballot, Votes

MIN_VOTES_SHOWN = 5
"""From how many voters on anything is shown of how they voted, and by how many people two figures differ at the least."""

LEFT_OUT = 2 * MIN_VOTES_SHOWN - 1
"""How many voters the sample leaves out: if up to four of all do not vote again, it still differs from the rest by five."""


@dataclass(frozen=True)
class ShownVotes:
    """The votes that are shown of one situation.

    Attributes
    ----------
    first, second : mapping of int to str, or None
        The options chosen before and after the talk, by seat; None where nothing is shown. Where both are, they are the same people's.
    """

    first: Votes | None
    second: Votes | None


def shown_votes(ballot: Ballot) -> ShownVotes:
    """Choose the votes that are shown: of those who voted both times, or, where they are fewer than five, one vote alone."""
    both = [seat for seat in ballot.first if seat in ballot.second]
    first: Votes | None = None
    second: Votes | None = None
    if len(both) >= MIN_VOTES_SHOWN:
        first, second = ({seat: votes[seat] for seat in both} for votes in (ballot.first, ballot.second))
    elif len(ballot.first) >= MIN_VOTES_SHOWN:
        first = ballot.first
    elif len(ballot.second) >= MIN_VOTES_SHOWN:
        second = ballot.second
    if first is not None and not _apart(first, ballot.samples):
        first = None
    return ShownVotes(first, second)


def sample(votes: Votes, tokens: Iterable[str], lot: str, before: Sequence[Votes]) -> Votes | None:
    """Draw the votes on which the hint rests; None where it stays as it is, or there are too few.

    Parameters
    ----------
    votes : mapping of int to str
        The first vote.
    tokens : iterable of str
        The hashes of the voters' tokens, in the order of ``votes``; nobody knows those of others.
    lot : str
        What decides by lot, together with the tokens; the same for all samples of one vote.
    before : sequence of mapping of int to str
        The samples on which hints rested before.
    """
    if len(votes) - LEFT_OUT < MIN_VOTES_SHOWN:
        return None
    drawn = sorted(zip(votes, tokens, strict=True), key=lambda voter: _hash(lot, voter[1]))
    found = {seat: votes[seat] for seat, _ in drawn[LEFT_OUT:]}
    return found if all(differing(found, other) >= MIN_VOTES_SHOWN for other in before) else None


def lot_of(tokens: Iterable[str]) -> str:
    """Return what decides by lot among these people: all their tokens have a part in it, so that nobody can choose her own accordingly."""
    return _hash(*sorted(tokens))


def differing(votes: Votes, others: Votes) -> int:
    """Return how many people two votes differ by: those who are in one alone, or chose something else."""
    return sum(votes.get(seat) != others.get(seat) for seat in votes.keys() | others.keys())


def _apart(votes: Votes, samples: Iterable[Votes]) -> bool:
    """Tell whether votes are those of a sample, or differ from it by at least five people."""
    return all(differing(votes, other) not in range(1, MIN_VOTES_SHOWN) for other in samples)


def _hash(*parts: str) -> str:
    return sha256(" ".join(parts).encode()).hexdigest()
