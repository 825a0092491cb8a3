"""`etiquette scenarios`: the scenarios of a bank as a list, for somebody who wants to choose some."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from etiquette_kit.bank import Bank
from etiquette_kit.cli.options import BankPath, Lang, Languages, Output, chosen_bank, words_of
from etiquette_kit.content.material import spoken_language
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.locale import catalog, plural


def scenarios(
    lang: Lang = None,
    bank: BankPath = None,
    languages: Languages = None,
    output: Annotated[Output, typer.Option("--format")] = Output.text,
) -> None:
    """List the scenarios that can be played, theme by theme: id, who it is, what happens, and the title.

    A workshop of your own choice names them by their ids.
    """
    words = words_of(lang)
    found = chosen_bank(bank, words, languages)
    if others := sum(words.lang not in scenario.languages for scenario in found):
        typer.echo(plural(words, "check.other_language", others), err=True)
    if output is Output.json:
        typer.echo(json.dumps(listed(found, words.lang), ensure_ascii=False, indent=2))
        return
    for line in listed_lines(found, words.lang):
        typer.echo(line)


def listed(bank: Bank, lang: str) -> list[dict[str, str]]:
    """Return ``id``, ``theme``, ``relation``, ``event`` and ``title`` of each scenario, in the order of the bank.

    A title stands in the first language that its scenario has, where it is not written in the one that is asked for.
    """
    return [
        {
            "id": scenario.id,
            "theme": scenario.theme,
            "relation": scenario.facts.relation,
            "event": scenario.facts.event,
            "title": _title(scenario, lang),
        }
        for scenario in bank
    ]


def listed_lines(bank: Bank, lang: str) -> Iterator[str]:
    """Return the same in words and columns, theme by theme."""
    kinds = {scenario.id: _kind(scenario, lang) for scenario in bank}
    widest_id, widest_kind = (max(map(len, texts)) for texts in (kinds.keys(), kinds.values()))
    for theme in dict.fromkeys(scenario.theme for scenario in bank):
        yield f"{bank.theme_title(theme, lang)} ({theme})"
        for scenario in bank.select(theme=theme):
            yield f"  {scenario.id:<{widest_id}}  {kinds[scenario.id]:<{widest_kind}}  {_title(scenario, lang)}"


def _title(scenario: Scenario, lang: str) -> str:
    return scenario.title(spoken_language(scenario, lang))


def _kind(scenario: Scenario, lang: str) -> str:
    words = catalog(lang)
    return f"{words(f'short.relation.{scenario.facts.relation}')}, {words(f'short.event.{scenario.facts.event}')}"
