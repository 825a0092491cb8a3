"""A room keeps its situations whole, and reads them again from what was kept."""

from __future__ import annotations

import msgspec

from etiquette_kit.exercises import Exercise, rebuild
from etiquette_kit.room.events import Situation
from etiquette_kit.scenario import Scenario


def kept(exercise: Exercise) -> Situation:
    """Return an exercise as a room keeps it."""
    scenario = exercise.scenario
    return Situation(msgspec.Raw(msgspec.json.encode(scenario)), exercise.order, scenario.content)


def exercise_of(situation: Situation) -> Exercise:
    """Return the exercise that was kept.

    Raises
    ------
    msgspec.ValidationError
        When it is none.
    """
    return rebuild(msgspec.json.decode(situation.scenario, type=Scenario), situation.order)
