"""A situation as the learner sees it, while it is written; what is not there yet is an ellipsis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import Person, Scenario, paragraphs
from etiquette_kit.formats.choice import ChoiceQuestion, ChoiceReveal
from etiquette_kit.formats.choice.pages import OptionLabel, Paragraph, reveal

_NOT_YET = "…"


def preview_question(raw: Mapping[str, Any], lang: str) -> ChoiceQuestion:
    """Return the question in a language, before the answer."""
    text = raw.get("text", {}).get(lang, {})
    person = Person(_given(raw.get("person", {}), "name"), "diverse")
    platform, event = PLATFORMS.get(str(raw.get("platform"))), raw.get("facts", {}).get("event")
    occasion = platform.occasion(event, lang) if platform and event in platform.events else _NOT_YET
    options = (
        OptionLabel(_letter(option, place), _given(option.get("text", {}).get(lang, {}), "label"))
        for place, option in enumerate(raw.get("option", ()))
    )
    return ChoiceQuestion(
        "preview",
        "choice",
        _given(text, "title"),
        person.name,
        person.initials,
        _given(text, "role"),
        platform.id if platform else "",
        occasion,
        tuple(Paragraph(part.text, part.quote) for part in paragraphs(_given(text, "stem"))),
        tuple(options),
    )


def preview_reveal(scenario: Scenario, lang: str, chosen: str) -> ChoiceReveal:
    """Return what the learner sees after an answer."""
    return reveal(scenario, [option.id for option in scenario.options], lang, chosen)


def example_option(scenario: Scenario, chosen: str) -> str:
    """Return the chosen option, or one to begin with: the first that does not fit best, so that what fits better is shown as well."""
    key = scenario.key()
    if chosen in key:
        return chosen
    return next((option for option, grade in key.items() if grade < max(key.values())), next(iter(key)))


def _given(table: Mapping[str, Any], name: str) -> str:
    text = table.get(name)
    return text if isinstance(text, str) and text.strip() else _NOT_YET


def _letter(option: Mapping[str, Any], place: int) -> str:
    name = option.get("id")
    return name if isinstance(name, str) and name else str(place + 1)
