"""Storing a room's complete situations, and reading them."""

from __future__ import annotations

import msgspec

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats import FormatError
from etiquette_kit.formats.choice import Choice, rebuild
from etiquette_kit.live.events import PlannedSituation
from etiquette_kit.rules import FactsError
from etiquette_kit.workshop.situations import FORMATS


class EarlierReadingError(FormatError):
    """A situation stored with an earlier decision table, which graded other actions than the present one."""


def planned(exercise: Choice) -> PlannedSituation:
    """Return an exercise as a room stores it."""
    scenario = exercise.scenario
    return PlannedSituation(msgspec.Raw(msgspec.json.encode(scenario)), exercise.shown, exercise.format_name, scenario.content)


def exercise_of(situation: PlannedSituation) -> Choice:
    """Return a stored exercise.

    Raises
    ------
    FormatError
        When a room does not support its format.
    EarlierReadingError
        When the decision table does not grade it, because it was stored with an earlier one.
    msgspec.ValidationError
        When it is not valid.
    """
    if situation.format_name not in FORMATS:
        message = f"a room does not support the format {situation.format_name!r}; it supports: {', '.join(FORMATS)}"
        raise FormatError(message)
    exercise = rebuild(msgspec.json.decode(situation.material, type=Scenario), situation.shown)
    try:
        exercise.scenario.key()
    except (FactsError, KeyError) as error:
        message = f"the situation {exercise.scenario.id!r} is of an earlier version of the kit, which read the article differently"
        raise EarlierReadingError(message) from error
    return exercise
