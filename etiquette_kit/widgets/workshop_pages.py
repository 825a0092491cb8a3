"""The pages of a workshop, as plain values: the plan, a round in each of its phases, and the end."""

from __future__ import annotations

from typing import Any

from etiquette_kit.locale import Catalog, catalog, counted
from etiquette_kit.rules import FITS_BEST
from etiquette_kit.rules.passages import attributed
from etiquette_kit.widgets.pages import spoken_percent
from etiquette_kit.workshop import PLANS, Hands, Plan, Round, Run
from etiquette_kit.workshop.sheets import LETTERS, plan_title, questions


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


def round_page(run: Run, lang: str) -> dict[str, Any]:
    """Describe the situation on the screen; nothing of the answer before the phase in which it is shown."""
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
        "question": entry.exercise.question(lang),
        "letters": LETTERS,
    }
    match entry.phase:
        case "vote" | "revote":
            hands = entry.first if entry.phase == "vote" else entry.second
            page["hands"] = dict(hands.counts) if hands else {}
        case "discuss":
            page["discuss"] = {
                "title": words("workshop.discuss"),
                "lead": words("workshop.discuss_lead"),
                "questions": questions(entry, lang),
            }
        case "reveal":
            page["revealed"] = _revealed(entry, lang)
    return page


def _revealed(entry: Round, lang: str) -> dict[str, Any]:
    words = catalog(lang)
    told = entry.exercise.reveal(lang)
    best = [name for name, option in told["options"].items() if option["grade"] == FITS_BEST]
    shares = [words("end.percent", value=round(100 * sum(hands.share(name) for name in best))) for hands in _both(entry)]
    summary = ""
    if entry.first and entry.second:
        summary = words("workshop.best_both", first=shares[0], second=shares[1])
    elif shares:
        summary = words("workshop.best_first", share=shares[0])
    return {
        **told,
        "title": words("workshop.reveal"),
        "summary": summary,
        "votes": {name: _votes(entry, name, words) for name in entry.exercise.order},
    }


def _both(entry: Round) -> list[Hands]:
    return [hands for hands in (entry.first, entry.second) if hands]


def _votes(entry: Round, option: str, words: Catalog) -> list[list[Any]]:
    """Return for each count: which it was, its name, the share of the hands 0..1, and share and hands in words."""
    named = (("first", entry.first), ("second", entry.second))
    return [
        [
            which,
            words(f"workshop_card.{which}"),
            hands.share(option),
            counted(words, "workshop.hands", hands.counts[option], share=spoken_percent(hands.share(option), words)),
        ]
        for which, hands in named
        if hands
    ]


def _signed(value: int) -> str:
    return f"{value:+d}".replace("-", "\N{MINUS SIGN}")


def summary_page(run: Run, lang: str) -> dict[str, Any]:
    """Describe the end: how well the hands fitted the article, before and after the talk."""
    words = catalog(lang)
    rows = []
    for entry in run.played:
        first, second = entry.credit(entry.first), entry.credit(entry.second)
        change = (
            "–" if first is None or second is None else words("workshop.points", value=_signed(round(100 * second) - round(100 * first)))
        )
        said = ["–" if credit is None else spoken_percent(credit, words) for credit in (first, second)]
        rows.append([entry.exercise.scenario.text(lang).title, *said, change])
    any_counted = any(_both(entry) for entry in run.played)
    return {
        "kind": "summary",
        "position": run.position,
        "phase": None,
        "title": words("workshop.end_title"),
        "lead": words("workshop.end_lead" if any_counted else "workshop.end_none"),
        "caption": words("workshop.end_caption"),
        "rows": rows if any_counted else [],
        "source": attributed(words, "end.source"),
    }
