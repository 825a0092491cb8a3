"""A room keeps its situations whole, and reads them again from what was kept."""

from __future__ import annotations

import msgspec

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats import FormatError
from etiquette_kit.formats.choice import Choice, rebuild
from etiquette_kit.live.events import PlannedSituation
from etiquette_kit.rules import FactsError
from etiquette_kit.workshop.situations import FORMATS


class EarlierReadingError(FormatError):
    """A situation that was kept under an earlier reading of the article, which graded other reactions than this one does."""


def planned(exercise: Choice) -> PlannedSituation:
    """Return an exercise as a room keeps it."""
    scenario = exercise.scenario
    return PlannedSituation(msgspec.Raw(msgspec.json.encode(scenario)), exercise.shown, exercise.format_name, scenario.content)


def exercise_of(situation: PlannedSituation) -> Choice:
    """Return the exercise that was kept.

    Raises
    ------
    FormatError
        When it is of a format that a room cannot hold.
    EarlierReadingError
        When the table does not grade it, because it was kept under an earlier one.
    msgspec.ValidationError
        When it is none.
    """
    if situation.format_name not in FORMATS:
        message = f"a room cannot hold the format {situation.format_name!r}; it holds: {', '.join(FORMATS)}"
        raise FormatError(message)
    exercise = rebuild(msgspec.json.decode(situation.material, type=Scenario), situation.shown)
    try:
        exercise.scenario.key()
    except (FactsError, KeyError) as error:
        message = f"the situation {exercise.scenario.id!r} is of an earlier version of the kit, which read the article differently"
        raise EarlierReadingError(message) from error
    return exercise
