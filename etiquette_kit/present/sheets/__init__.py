"""Sheets to print for a workshop: one for the facilitator before it, one for the participants after it. HTML without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from etiquette_kit.content.house_rules import House
from etiquette_kit.content.scenario import paragraphs
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.present.house_notes import general_note, note_on
from etiquette_kit.rules import FITS_BEST, article_table
from etiquette_kit.rules.passages import attributed, cited
from etiquette_kit.workshop.plan import SITUATION, Plan
from etiquette_kit.workshop.round import Round

if TYPE_CHECKING:
    import jinja2

LETTERS = "ABCDE"
"""The letters of the options in a workshop, in the order shown."""


@cache
def _template(name: str) -> jinja2.Template:
    import jinja2  # used only for sheets

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template(name)


def sheet_style() -> str:
    """Return the style sheet that stands in each sheet."""
    return _template("sheet.css").render()


def handout(rounds: Sequence[Round], lang: str, house: House | None = None) -> str:
    """Return the participants' sheet: the situations with every reaction's grade and reason, and the hands where they were counted.

    Parameters
    ----------
    rounds : sequence of Round
        The situations; a round whose answer was not shown is printed without hands.
    lang : str
        The language.
    house : House, optional
        The employer's house rules, printed next to the article's advice.

    Returns
    -------
    str
        A complete HTML page.
    """
    words = catalog(lang)
    return _template("handout.html.j2").render(
        words=words,
        house=general_note(house, lang),
        situations=[_situation(entry, lang, house) for entry in rounds],
        passages=cited((passage.id for passage in article_table().passages), lang),
        source=attributed(words, "end.source"),
        rules=_texts(words, "sheet.rules"),
    )


def run_sheet(rounds: Sequence[Round], plan: Plan, lang: str, house: House | None = None) -> str:
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

    Returns
    -------
    str
        A complete HTML page.
    """
    words = catalog(lang)
    situations = iter(rounds)
    steps = [
        {
            "name": step.name,
            "minutes": words("sheet.minutes", start=step.start, end=step.start + step.minutes),
            "situation": _situation(next(situations), lang, house) if step.name == SITUATION else None,
            "say": [] if step.name == SITUATION else _texts(words, f"say.{step.name}"),
        }
        for step in plan.steps
    ]
    return _template("run_sheet.html.j2").render(
        words=words,
        house=general_note(house, lang),
        steps=steps,
        plan=plan,
        plan_title=plan_title(plan, words),
        source=attributed(words, "end.source"),
        advice=_texts(words, "sheet.lead"),
        closing=closing(words),
    )


def plan_title(plan: Plan, words: Catalog) -> str:
    """Return the title of a plan."""
    return f"{words('sheet.plan_title')}: {plural(words, 'workshop.plan_choice', plan.situations, minutes=plan.minutes)}"


def questions(entry: Round, lang: str) -> list[str]:
    """Return questions for the discussion of a situation; they do not reveal the answer."""
    words = catalog(lang)
    rule = entry.exercise.scenario.advice.rule
    found = (words.get(f"questions.{rule}.{number}") for number in (1, 2))
    return [text for text in found if text]


def closing(words: Catalog) -> list[str]:
    """Return the questions for the last round."""
    return _texts(words, "closing")


def _texts(words: Catalog, table: str) -> list[str]:
    """Return the texts of a table in order."""
    return list(words.table(table).values())


def _situation(entry: Round, lang: str, house: House | None) -> dict[str, Any]:
    scenario = entry.exercise.scenario
    text = scenario.text(lang)
    revealed = entry.exercise.key_page(lang).options
    counted = entry if entry.phase == "reveal" else Round(entry.exercise)
    return {
        "title": text.title,
        "who": f"{scenario.person.name} · {text.role}",
        "occasion": scenario.place.occasion(scenario.facts.event, lang),
        "stem": paragraphs(text.stem),
        "questions": questions(entry, lang),
        "house": note_on(house, entry.exercise.material, lang),
        "options": [
            {
                "letter": letter,
                "label": scenario.option(name).text(lang).label,
                "best": revealed[name].grade == FITS_BEST,
                **msgspec.structs.asdict(revealed[name]),
                "first": counted.first.counts[name] if counted.first else None,
                "second": counted.second.counts[name] if counted.second else None,
            }
            for letter, name in zip(LETTERS, entry.exercise.order, strict=False)
        ],
    }
