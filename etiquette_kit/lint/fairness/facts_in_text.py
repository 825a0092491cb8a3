"""Whether a stem says what the grades depend on: who it is, what the learner wants, and whether there is something to hide.

The words that these are told by stand in the locale under ``cues``: beginnings of words, or several words in a row. They are many, so
that a stem that says it in some usual way is not blamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.cue_words import address, beginnings
from etiquette_kit.lint.fairness.sentences import told_sentences
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.lint.fairness.words import quoted
from etiquette_kit.locale import catalog, languages

ROLE_WITHIN = 2
"""In how many sentences from the beginning the role is named."""


def _stems(scenarios: Sequence[Scenario]) -> Iterator[tuple[Scenario, str, tuple[str, ...]]]:
    """Yield the stems in the languages whose words are known, as sentences without those of the message."""
    for scenario in scenarios:
        for lang, text in scenario.texts.items():
            if lang in languages():
                # Typographic apostrophes only, so that a cue is written in one way.
                yield scenario, lang, told_sentences(text.stem.replace("'", "’"))


def no_role(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a stem whose beginning does not say whether it is about a client, a colleague or the boss."""
    for scenario, lang, sentences in _stems(scenarios):
        cues = beginnings(lang, f"cues.{scenario.facts.relation}", inside=True)
        if cues and not any(cues.search(sentence) for sentence in sentences[:ROLE_WITHIN]):
            values = {"name": scenario.person.name, "role": catalog(lang)(f"values.relation.{scenario.facts.relation}")}
            yield FairnessWarning(scenario.id, "no_role", ("text", lang, "stem"), values)


def unclear_wish(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a stem in which no sentence says whether the learner wants this person there, where that is asked."""
    for scenario, lang, sentences in _stems(scenarios):
        wish, there, spoken_to = beginnings(lang, "cues.wish"), beginnings(lang, "cues.there"), address(lang)
        if scenario.facts.wanted is None or wish is None or there is None or spoken_to is None:
            continue
        if not any(map(spoken_to.search, sentences)):
            continue  # it does not speak to the learner at all, which is said already
        if not any(wish.search(sentence) and there.search(sentence) for sentence in sentences):
            yield FairnessWarning(scenario.id, "unclear_wish", ("text", lang, "stem"), {"name": scenario.person.name})


def unclear_sensitive(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a stem in which no sentence says what this person may see, where that is asked."""
    for scenario, lang, sentences in _stems(scenarios):
        cues = beginnings(lang, "cues.sight")
        if scenario.facts.sensitive is not None and cues and not any(map(cues.search, sentences)):
            yield FairnessWarning(scenario.id, "unclear_sensitive", ("text", lang, "stem"), {"name": scenario.person.name})


def telling_title(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a title that names a reaction or a wish."""
    for scenario in scenarios:
        for lang, text in scenario.texts.items():
            cues = beginnings(lang, "cues.title")
            if cues and (found := cues.search(text.title)):
                values = {"word": found[0], "text": quoted(text.title)}
                yield FairnessWarning(scenario.id, "telling_title", ("text", lang, "title"), values)
