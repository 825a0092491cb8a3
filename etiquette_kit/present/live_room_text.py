"""A live room as plain text: its situations and, while it is served, its phase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from etiquette_kit.formats.choice import Choice
from etiquette_kit.locale import catalog, plural
from etiquette_kit.present.quiz_text import contents_line
from etiquette_kit.workshop import Plan

if TYPE_CHECKING:
    from etiquette_kit.live import Room


def live_room_text(exercises: Sequence[Choice], plan: Plan, seed: object, room: Room | None, lang: str) -> str:
    """Return the room as reproducible text: without code and addresses."""
    words = catalog(lang)
    phase = words(f"room.phases.{room.phase}") if room else words("room_notebook.not_open")
    lines = [plural(words, "room_notebook.text", plan.situations, minutes=plan.minutes, seed=seed, phase=phase)]
    lines += [f"  {contents_line(exercise, lang)}" for exercise in exercises]
    return "\n".join(lines)
