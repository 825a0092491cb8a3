"""How a group votes, by show of hands or with phones: where the sheets find the words that differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Voting:
    """Where the words of a way of voting are in the locale.

    Attributes
    ----------
    steps : str
        The table with the names of the plan's steps.
    say : tuple of str
        The tables with what to say in each step; a text of a later one replaces that of an earlier one with the same number.
    lead : str
        The table that says how to lead through a situation.
    buttons : str
        The table with the names of the buttons that are pressed for that.
    votes, not_shown : str
        The texts for both votes on a reaction, and for a vote without figures.
    counted_on_paper : bool
        Whether the facilitator needs space to write counts down.
    """

    steps: str
    say: tuple[str, ...]
    lead: str
    buttons: str
    votes: str
    not_shown: str
    counted_on_paper: bool


HANDS = Voting(
    steps="workshop_steps",
    say=("say",),
    lead="sheet.lead",
    buttons="workshop_card",
    votes="sheet.votes",
    not_shown="workshop.not_counted",
    counted_on_paper=True,
)
"""A show of hands."""

PHONES = Voting(
    steps="room.plan",
    say=("say", "room_say"),
    lead="room_sheet.lead",
    buttons="room.steps",
    votes="room_sheet.votes",
    not_shown="room.not_shown",
    counted_on_paper=False,
)
"""A live room."""
