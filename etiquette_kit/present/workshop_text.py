"""A workshop as plain text: the situations with their phases and hands."""

from __future__ import annotations

from etiquette_kit.formats.choice import fingerprint
from etiquette_kit.locale import catalog, plural
from etiquette_kit.workshop import Hands, Plan, Run


def workshop_text(run: Run, plan: Plan, seed: object, lang: str) -> str:
    """Return the workshop as reproducible text."""
    words = catalog(lang)
    lines = [plural(words, "workshop.text", len(run.rounds), minutes=plan.minutes, seed=seed)]
    for entry in run.rounds:
        phase = words(f"workshop_phases.{entry.phase}")
        text = words("workshop.text_phase", title=entry.exercise.scenario.title(lang), phase=phase)
        lines.append(f"  {fingerprint(entry.exercise.scenario, lang)} {text}{_hands(entry.first)}{_hands(entry.second)}")
    return "\n".join(lines)


def _hands(hands: Hands | None) -> str:
    return "" if hands is None else f" ({', '.join(f'{option} {number}' for option, number in hands.counts.items())})"
