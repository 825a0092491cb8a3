# ruff: noqa: S311  the chance here is no secret
"""Sessions to test."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.formats.choice import build
from etiquette_kit.quiz.session import AnswerError, Clock, Session

BANK = load_bank()
AT = datetime(2025, 1, 1, tzinfo=UTC)


def ticking() -> Clock:
    moments = (AT + timedelta(seconds=count) for count in range(100_000))
    return lambda: next(moments)


def started(length: int = 3, mode: Any = "practice", seed: int = 1) -> Session:
    rng = random.Random(seed)
    scenarios = rng.sample(list(BANK), length)
    return Session.start([build(scenario, rng) for scenario in scenarios], mode, "de", ticking())


def option_of_grade(session: Session, grade: int) -> str:
    exercise = session.exercise
    assert exercise is not None
    return next(name for name, value in exercise.scenario.key().items() if value == grade)


def refusal(session: Session, response: Any, question: str | None = None) -> str:
    before = list(session.events)
    with pytest.raises(AnswerError) as caught:
        session.answer(response, question)
    assert session.events == before
    assert isinstance(caught.value, ValueError)
    return caught.value.refusal
