"""Pairs of scenarios in which one sentence differs, and with it the reaction that fits best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.rules import FITS_BEST

_WHERE = ("twin",)


def are_twins(one: str, other: str, twins: Mapping[str, str | None]) -> bool:
    """Tell whether one of two scenarios names the other as its twin; `twins` holds what each names."""
    return twins.get(one) == other or twins.get(other) == one


def twin_missing(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a twin that is no other scenario that can be played."""
    present = {scenario.id for scenario in scenarios}
    for scenario in scenarios:
        others = present - {scenario.id}
        if scenario.twin is not None and scenario.twin not in others:
            near = nearest(scenario.twin, sorted(others)) or ""
            yield FairnessWarning(scenario.id, "twin_missing", _WHERE, {"other": scenario.twin, "nearest": near})


def twin_one_sided(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a scenario whose twin does not name it in return."""
    present = {scenario.id: scenario for scenario in scenarios}
    for scenario in scenarios:
        other = present.get(scenario.twin or "")
        if other is not None and scenario.id not in (other.id, other.twin):
            yield FairnessWarning(scenario.id, "twin_one_sided", _WHERE, {"id": scenario.id, "other": other.id})


def twin_differs(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of twins that differ in their title or in their options' actions or words."""
    for earlier, later in _pairs(scenarios):
        for lang, text in later.texts.items():
            if lang in earlier.texts and text.title != earlier.texts[lang].title:
                yield FairnessWarning(later.id, "twin_differs", ("text", lang, "title"), {"part": "title", "other": earlier.id})
        actions = {option.action: option for option in earlier.options}
        if set(actions) - {option.action for option in later.options}:
            yield FairnessWarning(later.id, "twin_differs", _WHERE, {"part": "action", "other": earlier.id})
        for position, option in enumerate(later.options):
            if option.action not in actions:
                yield FairnessWarning(later.id, "twin_differs", ("option", position, "action"), {"part": "action", "other": earlier.id})
                continue
            before = actions[option.action].texts
            for lang, words in option.texts.items():
                if lang in before and words.label != before[lang].label:
                    where = ("option", position, "text", lang, "label")
                    yield FairnessWarning(later.id, "twin_differs", where, {"part": "label", "other": earlier.id})


def twin_same_best(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of twins in which the same reactions fit best."""
    for earlier, later in _pairs(scenarios):
        if _best(earlier) == _best(later):
            yield FairnessWarning(later.id, "twin_same_best", _WHERE, {"other": earlier.id})


def _best(scenario: Scenario) -> set[str]:
    grades = scenario.advice.grades
    return {option.action for option in scenario.options if grades[option.action] == FITS_BEST}


def _pairs(scenarios: Sequence[Scenario]) -> Iterator[tuple[Scenario, Scenario]]:
    """Yield each two scenarios that name each other, once, in the order of the bank."""
    seen: dict[str, Scenario] = {}
    for scenario in scenarios:
        earlier = seen.get(scenario.twin or "")
        if earlier is not None and earlier.twin == scenario.id:
            yield earlier, scenario
        seen[scenario.id] = scenario
