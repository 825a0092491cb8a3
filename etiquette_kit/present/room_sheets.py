"""The sheets of a live room, with the votes that may be shown."""

from __future__ import annotations

from collections.abc import Iterable

from etiquette_kit.content.house_rules import House
from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.messages import SheetName
from etiquette_kit.live.room import Room
from etiquette_kit.live.voters import MIN_VOTES_SHOWN
from etiquette_kit.present.control_clock import plan_for
from etiquette_kit.present.room_pages import as_round
from etiquette_kit.present.sheets import PHONES, handout, run_sheet, vote_sheet
from etiquette_kit.present.take_home import TakeHome
from etiquette_kit.privacy.thresholds import MIN_GROUP_SIZE


def printed_sheet(which: SheetName, room: Room, lang: str, house: House | None = None, take_home: TakeHome | None = None) -> str:
    """Return a sheet as the facilitator prints it.

    Parameters
    ----------
    which : {"run_sheet", "handout", "vote_sheet"}
        The run sheet has all answers. The handout has the situations whose answer was shown, or, as long as there is none, all of them, so
        that it can be printed beforehand. The sheet with the votes has what the projector has shown, and no more.
    room : Room
        The room.
    lang : str
        A language of the room.
    house : House, optional
        The employer's house rules.
    take_home : TakeHome, optional
        Where participants go on practising.
    """
    match which:
        case "run_sheet":
            rounds = [as_round(ballot, MIN_GROUP_SIZE) for ballot in room.ballots]
            return run_sheet(rounds, plan_for(room), lang, house, voting=PHONES, take_home=take_home)
        case "handout":
            return room_handout(room.revealed or room.ballots, lang, house, take_home)
        case "vote_sheet":
            return vote_sheet([as_round(ballot, MIN_VOTES_SHOWN) for ballot in room.revealed], lang)


def room_handout(
    ballots: Iterable[Ballot],
    lang: str,
    house: House | None = None,
    take_home: TakeHome | None = None,
    *,
    least: int = MIN_GROUP_SIZE,
) -> str:
    """Return the participants' sheet on some situations, with the votes of at least so many people."""
    return handout([as_round(ballot, least) for ballot in ballots], lang, house, voting=PHONES, take_home=take_home)
