"""Who speaks in an option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.lint.fairness.words import quoted, words

FIRST_PERSON = {
    "de": frozenset(["ich", "mich", "mir", "mein", "meine", "meinen", "meinem", "meiner", "meines"]),
    "en": frozenset(["i", "i’m", "i’d", "i’ll", "i’ve", "me", "my", "mine", "myself"]),
}


def other_voice(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of an option that is not told in the first person."""
    for scenario in scenarios:
        for position, option in enumerate(scenario.options):
            for lang, text in option.texts.items():
                if lang in FIRST_PERSON and not FIRST_PERSON[lang] & set(words(text.label)):
                    yield FairnessWarning(
                        scenario.id, "other_voice", ("option", position, "text", lang, "label"), {"text": quoted(text.label)}
                    )
