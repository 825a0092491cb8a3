"""Choose one reaction; its credit is (grade - 1) / 3."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from etiquette_kit.content.material import short_hash
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats.choice.exercise import Choice, credit_of
from etiquette_kit.formats.choice.pages import ChoiceQuestion, ChoiceReveal, OptionFeedback
from etiquette_kit.formats.choice.pairs import contrast, what_if
from etiquette_kit.formats.choice.stored import StoredScenario, read
from etiquette_kit.formats.display_order import decoded_order, revised_order
from etiquette_kit.formats.protocol import ItemAnswer, ItemOption, MaterialSource
from etiquette_kit.rules import IN_LINE

__all__ = [
    "FOLDER",
    "NAME",
    "Choice",
    "ChoiceQuestion",
    "ChoiceReveal",
    "OptionFeedback",
    "build",
    "contrast",
    "credit_of",
    "fingerprint",
    "item_options",
    "materials",
    "read",
    "rebuild",
    "revise",
    "suits",
    "summarise",
    "what_if",
]

NAME = "choice"
FOLDER = Path(__file__).parent


def materials(bank: MaterialSource) -> Mapping[str, Scenario]:
    """Return the bank's scenarios by id."""
    return bank.scenarios


def suits(scenario: Scenario) -> bool:
    """Return whether some reaction of the scenario is not in line with the article; otherwise every answer would be right."""
    return min(scenario.key().values()) < IN_LINE


def build(scenario: Scenario, rng: random.Random) -> Choice:
    """Build a choice from a scenario, with its options in random order."""
    order = [option.id for option in scenario.options]
    rng.shuffle(order)
    return Choice(scenario, tuple(order))


def rebuild(scenario: Scenario | StoredScenario, shown: str) -> Choice:
    """Build a choice with its options in the recorded order.

    Raises
    ------
    msgspec.MsgspecError
        When it is not a list of options.
    """
    return Choice(scenario, decoded_order(shown))


def revise(scenario: Scenario, shown: str) -> str:
    """Return the order without options that no longer exist, and with new ones at the end."""
    return revised_order(shown, [option.id for option in scenario.options])


def fingerprint(scenario: Scenario, lang: str) -> str:
    """Return a short hash of the text before the answer; it changes with the stem or any option, and does not depend on the key."""
    text = scenario.text(lang)
    labels = [option.text(lang).label for option in scenario.options]
    parts = [scenario.person.name, text.title, text.role, text.stem, *labels]
    return short_hash(parts)


def summarise(scenario: Scenario | StoredScenario, response: str) -> tuple[ItemAnswer, ...]:
    """Return the chosen option as an answer; the scenario is the only item.

    Raises
    ------
    ResponseError
        When the scenario has no such option.
    """
    (situation,) = scenario.situations
    return (ItemAnswer("", response, Choice(scenario, ()).credit(response), situation.relation, situation.theme),)


def item_options(scenario: Scenario | StoredScenario, lang: str) -> Mapping[str, Sequence[ItemOption]]:
    """Return the options with their credit; the scenario is the only item."""
    labels = scenario.labels(lang)
    return {"": [ItemOption(option, credit_of(grade), labels[option]) for option, grade in scenario.key().items()]}
