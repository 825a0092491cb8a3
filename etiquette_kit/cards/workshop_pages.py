"""The pages of a workshop, as plain values: the plan, a round in each of its phases, and the end."""

from __future__ import annotations

from typing import Any

from etiquette_kit.locale import Catalog, catalog, counted, spoken_change, spoken_percent
from etiquette_kit.rules.passages import attributed
from etiquette_kit.workshop import PLANS, Hands, Plan, Round, Run
from etiquette_kit.workshop.round import COUNTED_IN
from etiquette_kit.workshop.sheets import LETTERS, closing, plan_title, questions


def start_page(plan: Plan, chosen: int | None, lang: str) -> dict[str, Any]:
    """Describe the page with the plan and the sheets to print; where one was chosen out of several, with the choice."""
    words = catalog(lang)
    plans = [[minutes, words("workshop.plan_choice", minutes=minutes, count=entry.situations)] for minutes, entry in PLANS.items()]
    return {
        "kind": "plan",
        "title": words("workshop.title"),
        "lead": words("workshop.lead"),
        "plans": plans if chosen else [],
        "chosen": chosen,
        "caption": plan_title(plan, words),
        "steps": [[step.start, words(f"workshop_steps.{step.name}"), step.minutes] for step in plan.steps],
        "source": attributed(words, "end.source"),
    }


def round_page(run: Run, lang: str, *, open_numbers: bool = False) -> dict[str, Any]:
    """Describe the situation on the screen; nothing of the answer before the phase in which it is shown.

    ``hands`` has the counts that can be typed in now, by which show of hands they are; after the answer, only while the
    numbers are open to be corrected.
    """
    words = catalog(lang)
    entry = run.round
    assert entry is not None
    total = len(run.rounds)
    page: dict[str, Any] = {
        "kind": "round",
        "phase": entry.phase,
        "position": run.position,
        "last": run.position + 1 == total,
        "progress": {
            "done": run.position + 1,
            "total": total,
            "text": words("workshop.progress", number=run.position + 1, total=total),
        },
        "question": {**entry.exercise.question(lang), "initials": entry.exercise.scenario.person.initials},
        "letters": LETTERS,
    }
    which = COUNTED_IN.get(entry.phase)
    if which or open_numbers:
        noted = {"first": entry.first, "second": entry.second}
        page["hands"] = {name: dict(hands.counts) if hands else {} for name, hands in noted.items() if which in (name, None)}
    if entry.phase == "discuss":
        page["discuss"] = {
            "title": words("workshop.discuss"),
            "lead": words("workshop.discuss_lead"),
            "questions": questions(entry, lang),
        }
    if entry.phase == "reveal":
        page["revealed"] = _revealed(entry, lang)
    return page


def _revealed(entry: Round, lang: str) -> dict[str, Any]:
    words = catalog(lang)
    counts = [hands for hands in (entry.first, entry.second) if hands]
    shares = [_share(entry, hands, words) for hands in counts]
    many = len(entry.best)
    match shares:
        case [first, second]:
            summary = counted(words, "workshop.best_both", many, first=first, second=second)
        case [share]:
            summary = counted(words, "workshop.best_first", many, share=share)
        case _:
            summary = words("workshop.none_counted")
    return {
        **entry.exercise.reveal(lang),
        "title": words("workshop.reveal"),
        "summary": summary,
        "best": entry.best,
        "votes": {name: _votes(entry, name, words) if counts else [] for name in entry.exercise.order},
    }


def _share(entry: Round, hands: Hands | None, words: Catalog) -> str:
    share = entry.share_at_best(hands)
    return words("workshop.not_counted") if share is None else spoken_percent(share, words)


def _votes(entry: Round, option: str, words: Catalog) -> list[list[Any]]:
    """Return for each count: which it is, its name, the share of the hands 0..1, and share and hands in words.

    The share of a count that was left out is None.
    """
    votes: list[list[Any]] = []
    for which, hands in (("first", entry.first), ("second", entry.second)):
        name = words(f"workshop_card.{which}")
        if hands is None:
            votes.append([which, name, None, words("workshop.not_counted")])
        else:
            share = hands.share(option)
            votes.append([which, name, share, counted(words, "workshop.hands", hands.counts[option], share=spoken_percent(share, words))])
    return votes


def summary_page(run: Run, lang: str) -> dict[str, Any]:
    """Describe the end: what is left to do in the room, and how many hands were at what fits best, before and after the talk."""
    words = catalog(lang)
    rows = []
    for entry in run.played:
        first, second = entry.share_at_best(entry.first), entry.share_at_best(entry.second)
        change = spoken_change(first, second, words)
        told = [_share(entry, hands, words) for hands in (entry.first, entry.second)]
        rows.append([entry.exercise.scenario.text(lang).title, *told, change])
    any_counted = any(entry.first or entry.second for entry in run.played)
    return {
        "kind": "summary",
        "position": run.position,
        "phase": None,
        "title": words("workshop.end_title"),
        "lead": words("workshop.end_lead"),
        "tasks": [
            [words("workshop.write_title"), [words("workshop.write")]],
            [words("workshop.closing_title"), closing(words)],
        ],
        "caption": words("workshop.end_caption"),
        "figures": words("workshop.end_figures" if any_counted else "workshop.end_none"),
        "rows": rows if any_counted else [],
        "source": attributed(words, "end.source"),
    }
