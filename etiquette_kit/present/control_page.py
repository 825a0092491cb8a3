"""The facilitator's page: the steps, questions for the discussion, and the timing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from etiquette_kit.content.house_rules import House
from etiquette_kit.live.messages import SheetName
from etiquette_kit.live.phases import CLOSING, TALKING
from etiquette_kit.live.room import Room
from etiquette_kit.live.suggestion import suggestion
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.present.control_clock import clock
from etiquette_kit.present.control_steps import group_titles, main_step, steps
from etiquette_kit.present.room_pages import screen_page
from etiquette_kit.present.sheets import questions
from etiquette_kit.workshop import Round

TIMES = (30, 60, 90, 120)
"""The time limits for a vote, in seconds."""

TALKS = (120, 180, 240, 300)
"""The lengths of a talk, in seconds."""


def control_page(room: Room, lang: str, now: datetime, house: House | None = None) -> dict[str, Any]:
    """Describe the page, without the join information and problems of the store."""
    words = catalog(lang)
    page = screen_page(room, lang, now, house)
    hint = suggestion(room.ballot) if room.ballot and room.phase == "closed" else None
    follows = room.position + 1 if room.started else room.position
    return {
        **{name: value for name, value in page.items() if name not in ("say", "discuss")},
        "title": words(f"room.phases.{room.phase}"),
        "steps": steps(room, hint, words),
        "step_groups": group_titles(words),
        "main": main_step(room, hint, words),
        "take_back": _take_back(room, now),
        "suggestion": {"kind": hint, "text": words(f"room.suggestion.{hint}")} if hint else None,
        "questions": questions(Round(room.ballot.exercise), lang) if room.ballot and room.started else [],
        "next": _next(room, follows, lang),
        "task_say": list(words.table(f"room.task_say.{room.phase}").values()) if page["task"] else [],
        "plan": clock(room, words, now),
        "timer": _timer(room, words),
        "talk": _talk(room, words),
        "sheets": _sheets(room),
    }


def _next(room: Room, position: int, lang: str) -> dict[str, str] | None:
    if position >= len(room.ballots):
        return None
    scenario = room.ballots[position].exercise.scenario
    text = scenario.text(lang)
    return {"title": text.title, "who": f"{scenario.person.name} · {text.role}"}


def _take_back(room: Room, now: datetime) -> dict[str, Any] | None:
    """Return for how many seconds the last step can be taken back, and the message for that; None where it cannot."""
    left = room.taking_back(now)
    return {"left": left, "send": {"do": "take_back", **_here(room)}} if left else None


def _sheets(room: Room) -> list[SheetName]:
    """Return the sheets that can be printed, the one that is needed now first."""
    if not room.revealed:
        return ["run_sheet", "handout"]
    return ["handout", "vote_sheet", "run_sheet"] if room.phase in CLOSING else ["run_sheet", "handout", "vote_sheet"]


def _timer(room: Room, words: Catalog) -> dict[str, Any] | None:
    if room.which is None:
        return None
    choices: list[list[Any]] = [[seconds, plural(words, "room.timer.seconds", seconds)] for seconds in TIMES]
    return {"choices": [*choices, [None, words("room.timer.none")]], "send": {"do": "timer", **_here(room)}}


def _talk(room: Room, words: Catalog) -> dict[str, Any] | None:
    """Return the lengths of a talk, with the one that the room has, and what can be done with a talk that goes on; None after the last."""
    if room.phase in ("questions", "end"):
        return None
    choices: list[list[Any]] = [[seconds, plural(words, "room.talk.minutes", seconds // 60)] for seconds in TALKS]
    goes_on = room.phase in TALKING
    return {
        "choices": [*choices, [None, words("room.talk.none")]],
        "chosen": room.talk,
        "send": {"do": "talk", **_here(room)},
        "extend": {"do": "extend_talk", **_here(room)} if goes_on else None,
        "stop": {"do": "stop_talk", **_here(room)} if goes_on and room.ends else None,
    }


def _here(room: Room) -> dict[str, Any]:
    return {"from": [room.position, room.phase]}
