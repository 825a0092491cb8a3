"""Texts that stand in the bank twice, nearly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.twins import are_twins
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.lint.fairness.words import quoted, words

Place = tuple[str, tuple[str | int, ...], str]  # scenario, path, text

_RUN = 3
_COMMON = 50  # a run that stands in more texts than this says nothing, and would make the comparison slow

SIMILAR_STEMS = 0.25
SIMILAR_OPTIONS = 0.5
"""The likeness from which on two texts count as nearly the same: shared runs of three words over all runs of both (Jaccard, 1901)."""


def similar_stems(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a stem that resembles that of an earlier scenario."""
    for lang in _languages(scenarios):
        texts: list[Place] = [(s.id, ("text", lang, "stem"), s.texts[lang].stem) for s in scenarios if lang in s.texts]
        yield from _similar(texts, SIMILAR_STEMS, "similar_stems", _twins(scenarios))


def similar_options(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of an option that resembles one of an earlier scenario."""
    for lang in _languages(scenarios):
        texts: list[Place] = [
            (scenario.id, ("option", position, "text", lang, "label"), option.texts[lang].label)
            for scenario in scenarios
            for position, option in enumerate(scenario.options)
            if lang in option.texts
        ]
        yield from _similar(texts, SIMILAR_OPTIONS, "similar_options", _twins(scenarios))


def _twins(scenarios: Sequence[Scenario]) -> dict[str, str | None]:
    return {scenario.id: scenario.twin for scenario in scenarios}


def _languages(scenarios: Sequence[Scenario]) -> list[str]:
    return list(dict.fromkeys(lang for scenario in scenarios for lang in scenario.texts))


@lru_cache(maxsize=4096)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Remember the texts of a bank: while somebody writes in it, all but one stay."""
    value_text = words(text)
    return frozenset(zip(*(value_text[start:] for start in range(_RUN)), strict=False))


def _similar(texts: Sequence[Place], threshold: float, kind: str, twins: Mapping[str, str | None]) -> Iterator[FairnessWarning]:
    """Compare only texts that share a run, found by an index: the work grows with the texts, not with their pairs.

    Twins are meant to be alike.
    """
    runs = [_runs(text) for _, _, text in texts]
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for current, own in enumerate(runs):
        shared: dict[int, int] = defaultdict(int)
        for run in own:
            holders = index[run]
            if len(holders) <= _COMMON:
                for earlier in holders:
                    shared[earlier] += 1
                holders.append(current)
        scenario, where, text = texts[current]
        # The runs of both are at least as many as those of the longer one: most texts need no closer look.
        likely = (earlier for earlier, count in shared.items() if count >= threshold * max(len(own), len(runs[earlier])))
        for earlier in sorted(likely):
            likeness = shared[earlier] / len(own | runs[earlier])
            other = texts[earlier][0]
            if likeness >= threshold and other != scenario and not are_twins(scenario, other, twins):
                yield FairnessWarning(scenario, kind, where, {"text": quoted(text), "other": other, "share": f"{likeness:.0%}"})
                break
