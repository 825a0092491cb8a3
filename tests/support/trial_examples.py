"""Answers of a trial for tests: readers who understand and rate as the key does, changed where a test needs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from etiquette_kit import load_bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.trial import READING_QUESTIONS, UNSURE, TrialAnswer, TrialAnswers, right_answer, trial_text_hash

BANK = load_bank()
IDS = ("client-from-the-city-run", "boss-worries-about-the-team", "colleague-asks-for-hiking-photos-to-hide")
SCENARIOS = [BANK[name] for name in IDS]


def answer(scenario: Scenario, lang: str = "en", **changed: Any) -> TrialAnswer:
    key = scenario.key()
    understood = {name: right_answer(scenario, name) or UNSURE for name in READING_QUESTIONS}
    full = TrialAnswer(scenario.id, trial_text_hash(scenario, lang), tuple(key), understood, dict(key), 4, 4)
    return msgspec.structs.replace(full, **changed)


def skipped(scenario: Scenario, lang: str = "en") -> TrialAnswer:
    return TrialAnswer(scenario.id, trial_text_hash(scenario, lang), tuple(scenario.key()))


def answers(number: int = 1, lang: str = "en", given: Sequence[TrialAnswer] | None = None, **changed: Any) -> TrialAnswers:
    all_answers = tuple(given if given is not None else [answer(each, lang) for each in SCENARIOS])
    full = TrialAnswers(lang=lang, reader=f"{number:016x}", saved=1, answers=all_answers)
    return msgspec.structs.replace(full, **changed)


def encoded(content: TrialAnswers) -> bytes:
    return msgspec.json.encode(content)


def written(path: Path, content: TrialAnswers) -> Path:
    path.write_bytes(encoded(content))
    return path
