"""Whose votes are shown: all figures about a situation count the same people, so that no difference reveals the votes of a few.

Two figures over almost the same people reveal the votes of those in whom they differ: the votes of all minus the votes of those who
voted both times are the votes of people who came late. So both votes and the changes count those who voted both times. The hint after
the first vote is shown before it is known who they will be; it is based on a sample that differs from them by enough people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from etiquette_kit.live.ballot import Ballot, Votes

MIN_VOTES_SHOWN = 5
"""The minimum number of voters for figures about votes, and the minimum number of people by which two figures must differ."""

LEFT_OUT = 2 * MIN_VOTES_SHOWN - 1
"""The number of voters that the sample leaves out: if up to four of all do not vote again, it still differs from the rest by five."""


@dataclass(frozen=True)
class ShownVotes:
    """The votes on one situation that are shown.

    Attributes
    ----------
    first, second : mapping of int to str, or None
        The options chosen before and after the discussion, by seat; None where nothing is shown. If both are shown, they are of the same
        people.
    """

    first: Votes | None
    second: Votes | None


def shown_votes(ballot: Ballot) -> ShownVotes:
    """Select the votes to show: those of people who voted both times, or, if these are fewer than five, only one vote."""
    both = [seat for seat in ballot.first if seat in ballot.second]
    first: Votes | None = None
    second: Votes | None = None
    if len(both) >= MIN_VOTES_SHOWN:
        first, second = ({seat: votes[seat] for seat in both} for votes in (ballot.first, ballot.second))
    elif len(ballot.first) >= MIN_VOTES_SHOWN:
        first = ballot.first
    elif len(ballot.second) >= MIN_VOTES_SHOWN:
        second = ballot.second
    if first is not None and not _is_separate(first, ballot.samples):
        first = None
    return ShownVotes(first, second)


def sample(votes: Votes, tokens: Iterable[str], seed: str, before: Sequence[Votes]) -> Votes | None:
    """Draw a sample of votes for the hint; None where the hint stays the same, or there are too few votes.

    Parameters
    ----------
    votes : mapping of int to str
        The first vote.
    tokens : iterable of str
        The hashes of the voters' tokens, in the order of ``votes``; they are secret.
    seed : str
        The seed, which together with the tokens determines the sample; the same for all samples of one vote.
    before : sequence of mapping of int to str
        The samples of earlier hints.
    """
    if len(votes) - LEFT_OUT < MIN_VOTES_SHOWN:
        return None
    drawn = sorted(zip(votes, tokens, strict=True), key=lambda voter: _hash(seed, voter[1]))
    found = {seat: votes[seat] for seat, _ in drawn[LEFT_OUT:]}
    return found if all(difference(found, other) >= MIN_VOTES_SHOWN for other in before) else None


def sampling_seed(tokens: Iterable[str]) -> str:
    """Return the seed for sampling these people; it depends on all their tokens, so that nobody can choose a token to influence it."""
    return _hash(*sorted(tokens))


def difference(votes: Votes, others: Votes) -> int:
    """Return by how many people two votes differ: those who are only in one of them, or chose another option."""
    return sum(votes.get(seat) != others.get(seat) for seat in votes.keys() | others.keys())


def _is_separate(votes: Votes, samples: Iterable[Votes]) -> bool:
    """Return whether votes are equal to each sample, or differ from it by at least five people."""
    return all(difference(votes, other) not in range(1, MIN_VOTES_SHOWN) for other in samples)


def _hash(*parts: str) -> str:
    return sha256(" ".join(parts).encode()).hexdigest()
