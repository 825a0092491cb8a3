"""Who speaks in an option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.cue_words import cue_words
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.lint.fairness.words import quoted, words


def other_voice(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of an option that is not told in the first person."""
    for scenario in scenarios:
        for position, option in enumerate(scenario.options):
            for lang, text in option.texts.items():
                first_person = cue_words(lang, "lint.first_person")
                if first_person and not set(first_person) & set(words(text.label)):
                    yield FairnessWarning(
                        scenario.id, "other_voice", ("option", position, "text", lang, "label"), {"text": quoted(text.label)}
                    )
