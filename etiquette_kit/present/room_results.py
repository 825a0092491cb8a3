"""The results of a room, as text, as a table and as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import msgspec

from etiquette_kit.live.results import Outcome
from etiquette_kit.live.room import Room
from etiquette_kit.locale import Catalog
from etiquette_kit.locale.numbers import percent


def titles(room: Room, lang: str) -> dict[str, str]:
    """Return the titles of a room's situations by id; in the room's language where this one is missing."""
    scenarios = [ballot.exercise.scenario for ballot in room.ballots]
    return {scenario.id: scenario.text(lang if lang in scenario.languages else room.lang).title for scenario in scenarios}


def as_lines(outcomes: Sequence[Outcome], named: dict[str, str], words: Catalog) -> list[str]:
    """Return lines of text: votes, mean credit before and after the discussion, and the gain."""
    if not outcomes:
        return [words("room.results.none")]
    lines = []
    for outcome in outcomes:
        lines.append(named[outcome.scenario])
        for which, voters, credit in (("first", outcome.first_voters, outcome.before), ("second", outcome.second_voters, outcome.after)):
            name = words(f"workshop_card.{which}")
            if voters is None or credit is None:
                lines.append(f"  {name}: {words('room.results.too_few')}")
            else:
                lines.append(f"  {name}: {words('room.results.credit', voters=voters, credit=percent(credit, words))}")
        if outcome.gain is not None:
            lines.append(f"  {words('room.results.gain', gain=percent(outcome.gain, words))}")
    return lines


def as_csv(outcomes: Sequence[Outcome], named: dict[str, str]) -> str:
    """Return a table with a row for each situation; figures that are not disclosed are empty."""
    out = io.StringIO()
    columns = ["scenario", "title", "first_voters", "second_voters", "before", "after", "gain"]
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**msgspec.structs.asdict(outcome), "title": named[outcome.scenario]} for outcome in outcomes)
    return out.getvalue()


def as_json(outcomes: Sequence[Outcome], named: dict[str, str]) -> list[dict[str, Any]]:
    """Return plain values for JSON."""
    return [{**msgspec.structs.asdict(outcome), "title": named[outcome.scenario]} for outcome in outcomes]
