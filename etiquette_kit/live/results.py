"""The results of a room: both votes on each situation whose answer was shown, and the gain; without groups that are too small."""

from __future__ import annotations

import msgspec

from etiquette_kit.live.ballot import Ballot, Votes
from etiquette_kit.live.room import Room
from etiquette_kit.live.voters import shown_votes
from etiquette_kit.privacy.disclosure import checked_group_size
from etiquette_kit.privacy.thresholds import MIN_GROUP_SIZE


class Outcome(msgspec.Struct, frozen=True):
    """The results of one situation.

    Attributes
    ----------
    scenario, content : str
        Its id, and the hash of its text and key.
    first_voters, second_voters : int or None
        The number of voters counted before and after the discussion, the same people where both are given; None where they are too few.
    first, second : dict of str to int, or None
        Votes by option; None where there were too few.
    before, after : float or None
        Mean credit of the votes, 0..1; None where there were too few.
    gain : float or None
        ``(after − before) / (1 − before)`` of the room's means (Hake, 1998), at most 1; None where one of them is None, or
        the mean before is 1.
    """

    scenario: str
    content: str
    first_voters: int | None
    second_voters: int | None
    first: dict[str, int] | None
    second: dict[str, int] | None
    before: float | None
    after: float | None
    gain: float | None


def results(room: Room, least: int = MIN_GROUP_SIZE) -> list[Outcome]:
    """Return the results of each situation whose answer was shown.

    Parameters
    ----------
    room : Room
        The room.
    least : int
        The minimum group size for results; not below 5.

    Raises
    ------
    ThresholdError
        When it is below 5.
    """
    checked_group_size(least)
    return [_outcome(ballot, least) for ballot in room.revealed]


def _outcome(ballot: Ballot, least: int) -> Outcome:
    shown = shown_votes(ballot)
    first, second = (_counts(ballot, votes, least) for votes in (shown.first, shown.second))
    before, after = (None if counts is None else _mean_credit(ballot, counts) for counts in (first, second))
    gain = None if before is None or after is None or before == 1 else (after - before) / (1 - before)
    scenario = ballot.exercise.scenario
    return Outcome(
        scenario.id,
        scenario.content,
        None if first is None else sum(first.values()),
        None if second is None else sum(second.values()),
        first,
        second,
        before,
        after,
        gain,
    )


def _counts(ballot: Ballot, votes: Votes | None, least: int) -> dict[str, int] | None:
    return None if votes is None or len(votes) < least else ballot.tally(votes)


def _mean_credit(ballot: Ballot, counts: dict[str, int]) -> float:
    return sum(count * ballot.exercise.credit(option) for option, count in counts.items()) / sum(counts.values())
