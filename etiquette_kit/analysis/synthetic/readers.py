"""Made-up readers of a trial, for demonstrations and tests; they contain no observations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.trial import READING_QUESTIONS, UNSURE, TrialAnswer, TrialAnswers, right_answer, trial_text_hash
from etiquette_kit.locale import catalog

_SLIPS = 0.04  # how often a question about the text is answered wrongly, in a text that is clear
_HARD_SLIPS = 0.4  # in one that is not
_SKIPPED = 0.06
_REMARKED = 0.15
_SPREAD = 0.55  # the standard deviation of a rating around its key, in words of the four


def synthetic_readers(scenarios: Sequence[Scenario], readers: int, lang: str, *, seed: int = 1, guess: bool = False) -> list[TrialAnswers]:
    """Return made-up answers of made-up readers.

    One scenario, the second, is hard to understand: in it people often get wrong whether they want the contact, and rate accordingly.

    Parameters
    ----------
    scenarios : sequence of Scenario
        What they read.
    readers : int
        How many they are.
    lang : str
        The language of the texts.
    seed : int
        Makes the answers reproducible.
    guess : bool
        Whether they guessed without the text first; then they do so by chance.
    """
    rng = np.random.default_rng(seed)
    remarks = list(catalog(lang).table("trial_made_up").values())
    hard = scenarios[1].id if len(scenarios) > 1 else ""
    return [
        TrialAnswers(
            lang=lang,
            reader=f"{int(rng.integers(2**63)):016x}",
            saved=1,
            answers=tuple(_answer(scenario, lang, rng, remarks, hard=scenario.id == hard, guess=guess) for scenario in scenarios),
        )
        for _ in range(readers)
    ]


def _answer(scenario: Scenario, lang: str, rng: np.random.Generator, remarks: Sequence[str], *, hard: bool, guess: bool) -> TrialAnswer:
    key = scenario.key()
    order = tuple(str(name) for name in rng.permutation(list(key)))
    text = trial_text_hash(scenario, lang)
    if rng.random() < _SKIPPED:
        return TrialAnswer(scenario.id, text, order)
    understood = {
        name: _understood(scenario, name, rng, _HARD_SLIPS if hard and name == "wanted" else _SLIPS) for name in READING_QUESTIONS
    }
    spread = 2 * _SPREAD if hard else _SPREAD
    return TrialAnswer(
        scenario.id,
        text,
        order,
        understood,
        {name: int(np.clip(np.rint(rng.normal(grade, spread)), 1, 4)) for name, grade in key.items()},
        int(np.clip(np.rint(rng.normal(2.4 if hard else 3.7, 0.5)), 1, 4)),
        int(np.clip(np.rint(rng.normal(3.6, 0.5)), 1, 4)),
        str(rng.choice(list(remarks))) if rng.random() < _REMARKED else "",
        str(rng.choice(list(key))) if guess else None,
    )


def _understood(scenario: Scenario, question: str, rng: np.random.Generator, slips: float) -> str:
    right = right_answer(scenario, question)
    others = [value for value in (*READING_QUESTIONS[question], UNSURE) if value != right]
    return str(rng.choice(others)) if right is None or rng.random() < slips else right
