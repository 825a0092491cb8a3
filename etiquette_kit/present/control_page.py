"""The facilitator's page: the possible next steps, questions for the discussion, and the timing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from etiquette_kit.content.house_rules import House
from etiquette_kit.live.events import RoomPhase
from etiquette_kit.live.messages import SheetName
from etiquette_kit.live.room import Room
from etiquette_kit.live.suggestion import suggestion
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.present.room_pages import screen_page
from etiquette_kit.present.sheets import plan_title, questions
from etiquette_kit.workshop import Plan, Round, plan_of

TIMES = (30, 60, 90, 120)
"""The time limits for a vote, in seconds."""

_PRIMARY: dict[RoomPhase, str] = {"vote": "closed", "closed": "discuss", "discuss": "revote", "revote": "reclosed", "reclosed": "reveal"}
"""The usual next phase, unless another one is suggested; after other phases it is the next situation."""

_INTERRUPTED = ("vote", "discuss", "revote")
"""Phases in which showing the answer interrupts a vote or the discussion, so that the page asks for confirmation."""


def control_page(room: Room, lang: str, now: datetime, house: House | None = None) -> dict[str, Any]:
    """Describe the page, without the join information and problems of the store."""
    words = catalog(lang)
    page = screen_page(room, lang, now, house)
    hint = suggestion(room.ballot) if room.ballot and room.phase == "closed" else None
    follows = room.position + 1 if room.started else room.position
    return {
        **{name: value for name, value in page.items() if name not in ("say", "discuss")},
        "title": words(f"room.phases.{room.phase}"),
        "steps": _steps(room, hint, words),
        "suggestion": {"kind": hint, "text": words(f"room.suggestion.{hint}")} if hint else None,
        "questions": questions(Round(room.ballot.exercise), lang) if room.ballot and room.started else [],
        "next": _next(room, follows, lang),
        "plan": _plan(room, words, now),
        "timer": _timer(room, page["left"], words),
        "sheets": _sheets(room),
    }


def plan_for(room: Room) -> Plan:
    """Return the timing plan for the room's number of situations."""
    return plan_of(room.minutes).of(len(room.ballots))


def _steps(room: Room, hint: str | None, words: Catalog) -> list[dict[str, Any]]:
    """Return the buttons, the usual next step first."""
    here = [room.position, room.phase]
    last = room.position + 1 >= len(room.ballots)
    steps: list[dict[str, Any]] = []

    def add(name: str, text: str, send: dict[str, Any], ask: str | None = None) -> None:
        steps.append({"name": name, "text": words(f"room.steps.{text}"), "send": {**send, "from": here}, "ask": ask and words(ask)})

    for phase in room.next_phases:
        early = phase == "reveal" and room.phase in _INTERRUPTED
        add(phase, _step_text(room, phase), {"do": "go", "phase": phase}, "workshop_card.reveal_ask" if early else None)
    if room.phase == "lobby":
        add("next", "start", {"do": "next"})
    elif room.phase == "reveal":
        add("next", "finish" if last else "next", {"do": "next"})
    elif room.phase != "end":
        add("skip", "skip_last" if last else "skip", {"do": "next"})
    if room.started and room.position > 0:
        add("back", "back", {"do": "back"})
    usual = "reveal" if hint == "reveal" else _PRIMARY.get(room.phase, "next")
    for step in steps:
        step["primary"] = step.pop("name") == usual
    return sorted(steps, key=lambda step: not step["primary"])


def _step_text(room: Room, phase: RoomPhase) -> str:
    """Return the key of a step's text; it differs for a vote that was open before."""
    assert room.ballot is not None
    if phase == "vote" or (phase == "revote" and (room.ballot.second or room.phase == "reclosed")):
        return f"{phase}_again"
    return phase


def _next(room: Room, position: int, lang: str) -> dict[str, str] | None:
    if position >= len(room.ballots):
        return None
    scenario = room.ballots[position].exercise.scenario
    text = scenario.text(lang)
    return {"title": text.title, "who": f"{scenario.person.name} · {text.role}"}


def _plan(room: Room, words: Catalog, now: datetime) -> dict[str, Any]:
    """Return the plan; its clock starts with the first situation, after the welcome."""
    plan = plan_for(room)
    welcome = plan.steps[0].minutes * 60
    begun = None if room.begun is None else welcome + (now - room.begun).total_seconds()
    due = [index for index, step in enumerate(plan.steps) if begun is not None and step.start * 60 <= begun]
    return {
        "caption": plan_title(plan, words),
        "steps": [[step.start, words(f"room.plan.{step.name}"), step.minutes] for step in plan.steps],
        "begun": begun,
        "now": due[-1] if due else None,
    }


def _sheets(room: Room) -> list[SheetName]:
    """Return the sheets that can be printed, the one that is needed now first."""
    if not room.revealed:
        return ["run_sheet", "handout"]
    return ["handout", "vote_sheet", "run_sheet"] if room.phase == "end" else ["run_sheet", "handout", "vote_sheet"]


def _timer(room: Room, left: float | None, words: Catalog) -> dict[str, Any] | None:
    if room.which is None:
        return None
    choices: list[list[Any]] = [[seconds, plural(words, "room.timer.seconds", seconds)] for seconds in TIMES]
    return {
        "left": left,
        "choices": [*choices, [None, words("room.timer.none")]],
        "send": {"do": "timer", "from": [room.position, room.phase]},
    }
