"""What a live room shows after its last situation: the task, the questions, and what the group learned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from etiquette_kit.formats.choice import Choice
from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.events import RoomPhase
from etiquette_kit.live.voters import shown_votes
from etiquette_kit.locale import Catalog, catalog
from etiquette_kit.present.sheets import closing
from etiquette_kit.present.takeaways import rule_for


def task(phase: RoomPhase, lang: str) -> dict[str, Any] | None:
    """Describe what the group is asked to do after the last situation; None in other phases."""
    words = catalog(lang)
    if phase == "write":
        title, points = words("workshop.write_title"), []
    elif phase == "questions":
        title, points = words("workshop.closing_title"), closing(words)
    else:
        return None
    return {"title": title, "lead": words(f"room.task.{phase}_lead"), "points": points, "note": words(f"room.task.{phase}_note")}


def learned(exercise: Choice, lang: str) -> dict[str, str]:
    """Describe what to take along from a situation whose answer was shown: what fits best, and the rule behind it."""
    words = catalog(lang)
    scenario = exercise.scenario
    actions = [scenario.option(name).action for name in exercise.grade(exercise.order[0]).best]
    names = [scenario.place.action_name(action, lang) for action in actions]
    rules = dict.fromkeys(rule_for(scenario.facts, action) for action in actions)
    texts = [words(f"takeaways.{rule}") for rule in rules if rule] or [scenario.advice.reason(action, lang) for action in actions[:1]]
    return {"best": words("room.end.best", actions=words("end.or").join(names)), "rule": texts[0] if texts else ""}


def most_moved(ballots: Sequence[Ballot], lang: str, words: Catalog) -> str | None:
    """Say where most people changed their mind, of the votes that are shown; None where both votes are shown of no situation."""
    found = []
    for ballot in ballots:
        shown = shown_votes(ballot)
        if shown.first is not None and shown.second is not None:
            second = shown.second
            moved = sum(option != second[seat] for seat, option in shown.first.items())
            found.append((moved, len(shown.first), ballot.exercise.scenario.text(lang).title))
    if not found:
        return None
    moved, voters, title = max(found, key=lambda entry: entry[0])
    return words("room.end.moved", title=title, moved=moved, voters=voters) if moved else words("room.end.none_moved")
