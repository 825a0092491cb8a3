"""The facilitator's sheet: the timing, what to say and to press, and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from etiquette_kit.content.house_rules import House
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.templates import template
from etiquette_kit.present.house_notes import general_note
from etiquette_kit.present.sheets.situation import closing, printed, texts
from etiquette_kit.present.sheets.voting import HANDS, Voting
from etiquette_kit.present.take_home import TakeHome
from etiquette_kit.rules.passages import attributed
from etiquette_kit.workshop.plan import SITUATION, Plan
from etiquette_kit.workshop.round import Round


def run_sheet(
    rounds: Sequence[Round],
    plan: Plan,
    lang: str,
    house: House | None = None,
    *,
    voting: Voting = HANDS,
    take_home: TakeHome | None = None,
) -> str:
    """Return the facilitator's sheet: the timing, instructions, and for every situation the answer key and questions.

    Parameters
    ----------
    rounds : sequence of Round
        The situations, in order.
    plan : Plan
        The timing, for the same number of situations.
    lang : str
        The language.
    house : House, optional
        The employer's house rules, printed next to the article's advice.
    voting : Voting
        How the group votes.
    take_home : TakeHome, optional
        Where participants go on practising.

    Returns
    -------
    str
        A complete HTML page.
    """
    words = catalog(lang)
    times = {step: words("sheet.minutes", start=step.start, end=step.start + step.minutes) for step in plan.steps}
    of_situations = (time for step, time in times.items() if step.name == SITUATION)
    steps = [
        {
            "name": step.name,
            "title": words(f"{voting.steps}.{step.name}"),
            "minutes": time,
            "say": texts(words, *(f"{table}.{step.name}" for table in voting.say), **words.table(voting.buttons)),
        }
        for step, time in times.items()
        if step.name != SITUATION
    ]
    return template(__package__, "run_sheet.html.j2").render(
        words=words,
        voting=voting,
        house=general_note(house, lang),
        steps=steps,
        situations=[{**printed(entry, lang, house), "minutes": time} for entry, time in zip(rounds, of_situations, strict=True)],
        timing=_timing(plan, words, voting),
        plan_title=plan_title(plan, words),
        source=attributed(words, "end.source"),
        advice=texts(words, voting.lead, **words.table(voting.buttons)),
        closing=closing(words),
        take_home=take_home,
    )


def plan_title(plan: Plan, words: Catalog) -> str:
    """Return the title of a plan."""
    return f"{words('sheet.plan_title')}: {plural(words, 'workshop.plan_choice', plan.situations, minutes=plan.minutes)}"


def _timing(plan: Plan, words: Catalog, voting: Voting) -> list[dict[str, Any]]:
    """Return the rows of the plan; the situations, which take equally long, share one."""
    rows = []
    for (name, minutes), grouped in groupby(plan.steps, key=lambda step: (step.name, step.minutes)):
        starts = [step.start for step in grouped]
        rows.append({"starts": starts, "minutes": minutes, "name": words(f"{voting.steps}.{name}")})
    return rows
