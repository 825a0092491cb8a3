"""Whether a bank as a whole is in balance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.warning import WHOLE_BANK, FairnessWarning
from etiquette_kit.rules import IN_LINE, all_cells, decide

PER_CELL = 3
"""How many scenarios each kind of situation should have."""

_NOTHING_TO_HIDE = ("R1", "R4", "R7")
"""The rules for a wanted request on a private network with nothing to hide."""

_ENOUGH, _ONE_IN = 3, 3
"""From how many of these situations on they are judged, and that one in how many may offer to accept with little to see."""

RELATION_SHARES = (0.2, 0.5)
GENDER_SHARES = (0.35, 0.65)
PLATFORM_SHARE = 0.5
"""The shares of a bank between which a part may lie, or up to which."""


def thin_cells(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of situations in which there is something to choose, and of which the bank has too few."""
    if len(scenarios) < WHOLE_BANK:
        return
    present = Counter(scenario.facts for scenario in scenarios)
    for cell in all_cells():
        grades = decide(cell).grades.values()
        if grades and min(grades) < IN_LINE and present[cell] < PER_CELL:
            yield FairnessWarning("", "thin_cell", (), {"cell": str(cell), "count": str(present[cell]), "least": str(PER_CELL)})


def limited_too_often(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn when a wanted contact with nothing to hide may be let in half too often: there that fits as well, and answers for all."""
    open_ones = [scenario for scenario in scenarios if scenario.advice.rule in _NOTHING_TO_HIDE]
    count = sum(any(option.action == "accept_limited" for option in scenario.options) for scenario in open_ones)
    if len(open_ones) >= _ENOUGH and _ONE_IN * count > len(open_ones):
        yield FairnessWarning("", "limited_too_often", (), {"count": str(count), "total": str(len(open_ones))})


def _lopsided(kind: str, counts: Counter[str], least: float, most: float) -> Iterator[FairnessWarning]:
    total = counts.total()
    if total < WHOLE_BANK:
        return
    for name, count in sorted(counts.items()):
        if not least * total <= count <= most * total:
            values = {"name": name, "count": str(count), "total": str(total), "least": f"{least:.0%}", "most": f"{most:.0%}"}
            yield FairnessWarning("", kind, (), values)


def lopsided_relation(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn when clients, colleagues or bosses are too few or too many."""
    counts = Counter({"client": 0, "colleague": 0, "boss": 0})
    counts.update(scenario.facts.relation for scenario in scenarios)
    yield from _lopsided("lopsided_relation", counts, *RELATION_SHARES)


def lopsided_gender(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn when women or men are too few or too many, overall or in one role."""
    for role in (None, "client", "colleague", "boss"):
        concerned = [scenario for scenario in scenarios if role in (None, scenario.facts.relation)]
        counts = Counter({"female": 0, "male": 0})
        counts.update(scenario.person.gender for scenario in concerned if scenario.person.gender != "diverse")
        for warned in _lopsided("lopsided_gender", counts, *GENDER_SHARES):
            yield warned._replace(values={**warned.values, "name": f"{warned.values['name']} {role or ''}".strip()})


def lopsided_platform(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn when one platform takes more than its share."""
    yield from _lopsided("lopsided_platform", Counter(scenario.platform for scenario in scenarios), 0.0, PLATFORM_SHARE)
