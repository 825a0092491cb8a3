"""The scenarios of a bank as a list, for somebody who wants to choose some."""

from __future__ import annotations

from collections.abc import Iterator

from etiquette_kit.bank import Bank
from etiquette_kit.locale import catalog
from etiquette_kit.scenario import Scenario


def listed(bank: Bank, lang: str) -> list[dict[str, str]]:
    """Return ``id``, ``theme``, ``relation``, ``event`` and ``title`` of each scenario, in the order of the bank."""
    return [
        {
            "id": scenario.id,
            "theme": scenario.theme,
            "relation": scenario.facts.relation,
            "event": scenario.facts.event,
            "title": scenario.text(lang).title,
        }
        for scenario in bank
    ]


def listed_lines(bank: Bank, lang: str) -> Iterator[str]:
    """Return the same in words and columns, theme by theme."""
    kinds = {scenario.id: _kind(scenario, lang) for scenario in bank}
    widest_id, widest_kind = (max(map(len, texts)) for texts in (kinds.keys(), kinds.values()))
    for theme in bank.themes:
        yield f"{bank.theme_title(theme, lang)} ({theme})"
        for scenario in bank.select(theme=theme):
            yield f"  {scenario.id:<{widest_id}}  {kinds[scenario.id]:<{widest_kind}}  {scenario.text(lang).title}"


def _kind(scenario: Scenario, lang: str) -> str:
    words = catalog(lang)
    return f"{words(f'short.relation.{scenario.facts.relation}')}, {words(f'short.event.{scenario.facts.event}')}"
