"""Items of scenarios, as a report finds them in a store."""

from __future__ import annotations

from collections.abc import Iterable

from etiquette_kit.analysis.reports.known_items import KnownItem, known_answers
from etiquette_kit.analysis.reports.summaries import Summaries
from etiquette_kit.bank import Bank
from etiquette_kit.content.scenario import Scenario


def items_of(scenarios: Iterable[Scenario], bank: Bank, lang: str = "de") -> dict[str, KnownItem]:
    """The items by name; somebody answered each of them."""
    known = list(scenarios)
    given = [(scenario.content, "choice", scenario.options[0].id) for scenario in known]
    return known_answers(given, Summaries({scenario.content: scenario.record().decode() for scenario in known}), bank, lang).items
