"""The pages of a live room, as plain values with all texts. They contain no answer and no distribution of votes before the reveal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from etiquette_kit.content.house_rules import House
from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.phases import CLOSING, OPEN_IN
from etiquette_kit.live.room import Room
from etiquette_kit.live.voters import MIN_VOTES_SHOWN, ShownVotes, shown_votes
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.numbers import change, percent
from etiquette_kit.present.house_notes import note_on
from etiquette_kit.present.room_end import learned, most_moved, task
from etiquette_kit.present.sheets import LETTERS, questions
from etiquette_kit.present.vote_moves import flow
from etiquette_kit.present.writing_help import writing_help
from etiquette_kit.rules.passages import attributed
from etiquette_kit.workshop import Hands, Round
from etiquette_kit.workshop.round import WhichVote

_VOTES: tuple[WhichVote, ...] = ("first", "second")
_NO_VOTE = ("lobby", *CLOSING)
"""The phases before the first situation and after the last one."""


def phone_page(room: Room, lang: str, now: datetime, house: House | None = None) -> dict[str, Any]:
    """Describe the page of every phone; its own votes are sent to each phone separately."""
    return {**_page(room, lang, now, house), "say": catalog(lang)(f"room.phone.{room.phase}")}


def screen_page(room: Room, lang: str, now: datetime, house: House | None = None) -> dict[str, Any]:
    """Describe the projector's page, without the join information."""
    words = catalog(lang)
    talk = None
    if room.phase == "discuss" and room.ballot:
        talk = {
            "title": words("workshop.discuss"),
            "lead": words("room.talk.lead"),
            "questions": questions(Round(room.ballot.exercise), lang),
        }
    page = _page(room, lang, now, house)
    writing = msgspec.to_builtins(writing_help(words)) if room.phase == "write" else None
    return {**page, "say": words(f"room.screen.{room.phase}"), "discuss": talk, "writing": writing, "view": room.view, "turns": room.turns}


def counts(room: Room, present: int, lang: str, *, gone: int = 0) -> dict[str, Any]:
    """Describe how many people are present and how many have voted, not how they voted.

    Parameters
    ----------
    room : Room
        The room.
    present : int
        How many have a page open now.
    lang : str
        The language.
    gone : int
        How many have voted in the open or last closed vote and have no page open any more.
    """
    words = catalog(lang)
    text = (
        plural(words, "room.joined", present)
        if room.phase in _NO_VOTE
        else words("room.voted", voted=room.voted, present=max(present + gone, room.voted))
    )
    return {"present": present, "voted": room.voted, "text": text}


def _page(room: Room, lang: str, now: datetime, house: House | None) -> dict[str, Any]:
    words = catalog(lang)
    ballot = room.ballot if room.started else None
    phase = room.phase
    return {
        "phase": phase,
        "position": room.position,
        "total": len(room.ballots),
        "progress": words("workshop.progress", number=room.position + 1, total=len(room.ballots)) if ballot else "",
        "which": shown_vote(room),
        "open": phase in OPEN_IN,
        "left": None if room.ends is None else max(0.0, (room.ends - now).total_seconds()),
        "question": msgspec.to_builtins(ballot.exercise.question(lang)) if ballot else None,
        "letters": LETTERS,
        "revealed": revealed(ballot, lang, house) if ballot and phase == "reveal" else None,
        "task": task(phase, lang),
        "end": end(room, lang) if phase == "end" else None,
    }


def shown_vote(room: Room) -> WhichVote | None:
    """Return the open vote, or the last one that was open; None where there is none."""
    if room.phase in _NO_VOTE:
        return None
    return "second" if room.phase in ("revote", "reclosed", "reveal") else "first"


def revealed(ballot: Ballot, lang: str, house: House | None = None) -> dict[str, Any]:
    """Describe the answer, both votes, and the changes between them; also the house rules, which are not a part of the answer."""
    words = catalog(lang)
    shown = shown_votes(ballot)
    entry = _round(ballot, shown, MIN_VOTES_SHOWN)
    shares = {which: share(entry, which) for which in _VOTES}
    if all(value is None for value in shares.values()):
        summary = words("room.summary.none")
    elif any(value is None for value in shares.values()):
        (value,) = (value for value in shares.values() if value is not None)
        summary = plural(words, "room.summary.single", len(entry.best), share=percent(value, words))
    else:
        shown_shares = {which: percent(value or 0.0, words) for which, value in shares.items()}
        summary = plural(words, "room.summary.both", len(entry.best), **shown_shares)
    return {
        **msgspec.to_builtins(ballot.exercise.key_page(lang)),
        "best": entry.best,
        "summary": summary,
        "votes": {option: [_vote(ballot, entry, which, option, words) for which in _VOTES] for option in ballot.exercise.order},
        "note": _note(ballot, shown, words),
        "flow": flow(shown, ballot.exercise.order, entry.best, words),
        "house": msgspec.to_builtins(note_on(house, ballot.exercise.material, lang)),
    }


def _vote(ballot: Ballot, entry: Round, which: WhichVote, option: str, words: Catalog) -> list[Any]:
    """Return which vote it is, its name, the option's share of it 0..1 or None, and the share as text."""
    name = words(f"workshop_card.{which}")
    hands = entry.first if which == "first" else entry.second
    if hands is None:
        votes = len(ballot.votes(which))
        return [which, name, None, words("room.no_vote" if not votes else "room.too_few" if votes < MIN_VOTES_SHOWN else "room.not_shown")]
    part = hands.share(option)
    return [which, name, part, plural(words, "room.votes", hands.counts[option], share=percent(part, words))]


def _note(ballot: Ballot, shown: ShownVotes, words: Catalog) -> str | None:
    """Return a note on whose votes are not shown, without their number; None where all are shown."""
    if shown.first is not None and shown.second is not None:
        return None if ballot.first.keys() == ballot.second.keys() else words("room.only_both")
    if shown.first is not None:
        return words("room.only_first") if ballot.second else None
    if shown.second is not None:
        return words("room.only_second") if ballot.first else None
    return words("room.few", least=MIN_VOTES_SHOWN) if ballot.first or ballot.second else None


def as_round(ballot: Ballot, least: int) -> Round:
    """Return a situation as a round of a workshop, with the votes that are shown, if at least `least` people cast them."""
    return _round(ballot, shown_votes(ballot), least)


def _round(ballot: Ballot, shown: ShownVotes, least: int) -> Round:
    first, second = (None if votes is None or len(votes) < least else Hands(ballot.tally(votes)) for votes in (shown.first, shown.second))
    return Round(ballot.exercise, "reveal" if ballot.phase == "reveal" else "vote", first, second)


def share(entry: Round, which: WhichVote) -> float | None:
    """Return the share of a vote for options that fit best; None where there were too few votes."""
    return entry.share_at_best(entry.first if which == "first" else entry.second)


def end(room: Room, lang: str) -> dict[str, Any]:
    """Describe the end: by situation what fits best and how many chose it before and after the discussion, and where most people moved."""
    words = catalog(lang)
    rows = []
    for ballot in room.revealed:
        entry = as_round(ballot, MIN_VOTES_SHOWN)
        first, second = (share(entry, which) for which in _VOTES)
        texts = [percent(first, words), percent(second, words), change(first, second, words)]
        rows.append([ballot.exercise.scenario.text(lang).title, *texts])
    return {
        "title": words("workshop.end_title"),
        "lead": words("room.end.lead"),
        "rows": rows,
        "learned": [learned(ballot.exercise, lang) for ballot in room.revealed],
        "moved": most_moved(room.revealed, lang, words),
        "caption": words("room.end.caption"),
        "figures": words("room.end.figures" if rows else "room.end.none", least=MIN_VOTES_SHOWN),
        "handout": "handout.html" if rows else None,
        "source": attributed(words, "end.source"),
    }
