"""Choose one reaction; its credit is (grade - 1) / 3."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats.choice.exercise import Choice, credit_of
from etiquette_kit.formats.choice.pages import ChoiceQuestion, ChoiceReveal, OptionFeedback
from etiquette_kit.formats.choice.pairs import contrast, what_if
from etiquette_kit.formats.choice.stored import StoredScenario, read
from etiquette_kit.formats.protocol import ItemAnswer, ItemOption
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


def materials(bank: Bank) -> Mapping[str, Scenario]:
    """Return the bank's scenarios by id."""
    return bank.scenarios


def suits(scenario: Scenario) -> bool:
    """Tell whether one can go wrong in the scenario; where every reaction is in line with the article, there is nothing to choose."""
    return min(scenario.key().values()) < IN_LINE


def build(scenario: Scenario, rng: random.Random) -> Choice:
    """Make a choice of a scenario, with its options in random order."""
    order = [option.id for option in scenario.options]
    rng.shuffle(order)
    return Choice(scenario, tuple(order))


def rebuild(scenario: Scenario | StoredScenario, shown: str) -> Choice:
    """Make a choice with its options in the order that was recorded.

    Raises
    ------
    msgspec.MsgspecError
        When that is no order of options.
    """
    return Choice(scenario, msgspec.json.decode(shown, type=tuple[str, ...]))


def revise(scenario: Scenario, shown: str) -> str:
    """Return the order with options that are gone left out, and new ones at the end."""
    present = [option.id for option in scenario.options]
    order = [name for name in rebuild(scenario, shown).order if name in present]
    return Choice(scenario, (*order, *(name for name in present if name not in order))).shown


def fingerprint(scenario: Scenario, lang: str) -> str:
    """Return a short hash of what learners read before they answer; it changes with any stem or option, and holds nothing of the key."""
    import hashlib  # loads OpenSSL, which only the text form needs

    text = scenario.text(lang)
    labels = [option.text(lang).label for option in scenario.options]
    parts = [scenario.person.name, text.title, text.role, text.stem, *labels]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def summarise(scenario: Scenario | StoredScenario, response: str) -> tuple[ItemAnswer, ...]:
    """Return the chosen option: the scenario is the only item.

    Raises
    ------
    ResponseError
        When the scenario has no such option.
    """
    (situation,) = scenario.situations
    return (ItemAnswer("", response, Choice(scenario, ()).credit(response), situation.relation, situation.theme),)


def item_options(scenario: Scenario | StoredScenario, lang: str) -> Mapping[str, Sequence[ItemOption]]:
    """Return the options with what they earn: the scenario is the only item."""
    labels = scenario.labels(lang)
    return {"": [ItemOption(option, credit_of(grade), labels[option]) for option, grade in scenario.key().items()]}
