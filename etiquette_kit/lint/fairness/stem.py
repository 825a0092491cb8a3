"""Whether a stem says what an answer needs: who, where, what they write, what I want."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.cue_words import address, cue_words, salutation
from etiquette_kit.lint.fairness.sentences import parts
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.lint.fairness.words import names, plain_words, quoted, words

_PLACEHOLDER = re.compile(r"\{\{?\s*\w+\s*\}?\}|<\s*\w*[Nn]ame\s*>|\[\s*\w*[Nn]ame\s*\]")


def _texts(scenarios: Sequence[Scenario]) -> Iterator[tuple[Scenario, str, str]]:
    for scenario in scenarios:
        for lang, text in scenario.texts.items():
            yield scenario, lang, text.stem


@lru_cache(maxsize=16)
def _said(stem: str) -> frozenset[str]:
    """Return the words of a stem; of one with a hyphen, its parts as well."""
    value_text = plain_words(stem)
    return value_text.union(part for word in value_text if "-" in word for part in word.split("-"))


def no_person(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a stem that does not name the person."""
    for scenario, lang, stem in _texts(scenarios):
        if not names(scenario.person.name) & _said(stem):
            yield FairnessWarning(scenario.id, "no_person", ("text", lang, "stem"), {"name": scenario.person.name})


def no_platform(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a stem that does not name the platform."""
    for scenario, lang, stem in _texts(scenarios):
        name = scenario.place.name(lang)
        if name.lower() not in _said(stem):
            yield FairnessWarning(scenario.id, "no_platform", ("text", lang, "stem"), {"platform": name})


def no_quote(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a stem without a paragraph that tells what the person writes."""
    for scenario, lang, stem in _texts(scenarios):
        if not any(part.quote for part in parts(stem)):
            yield FairnessWarning(scenario.id, "no_quote", ("text", lang, "stem"), {"name": scenario.person.name})


def no_wish(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a stem that never speaks of the learner: then it cannot say what she wants."""
    for scenario, lang, stem in _texts(scenarios):
        own = " ".join(part.text for part in parts(stem) if not part.quote)
        spoken_to = address(lang)
        if spoken_to and not spoken_to.search(own):
            yield FairnessWarning(scenario.id, "no_wish", ("text", lang, "stem"))


def mail_merge(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a message whose facts do not fit its text.

    A personal one must not read like bulk mail, and bulk mail must not address anybody by name: a mail-merge text is disputable.
    """
    for scenario, lang, stem in _texts(scenarios):
        if scenario.facts.event != "message":
            continue
        for message in (part.text for part in parts(stem) if part.quote):
            line = f" {' '.join(words(message))} "
            bulk = _PLACEHOLDER.search(message) or any(f" {sign} " in line for sign in cue_words(lang, "lint.bulk_mail"))
            greeting = salutation(lang)
            if bool(bulk) if scenario.facts.personal else bool(greeting and greeting.search(message)):
                yield FairnessWarning(scenario.id, "mail_merge", ("text", lang, "stem"), {"text": quoted(message)})
