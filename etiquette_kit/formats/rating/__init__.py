"""Rate every reaction on the four words of the grades; the closer to the article's grades, the more credit."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats.choice import contrast, suits, what_if
from etiquette_kit.formats.display_order import decoded_order, revised_order
from etiquette_kit.formats.protocol import ItemAnswer, ItemOption, MaterialSource
from etiquette_kit.formats.rating.exercise import Rating, credit_of
from etiquette_kit.formats.rating.pages import RatedReaction, RatingQuestion, RatingReveal, fingerprint
from etiquette_kit.formats.rating.response import decoded, encoded
from etiquette_kit.formats.rating.stored import StoredRating, read

__all__ = [
    "FOLDER",
    "NAME",
    "RatedReaction",
    "Rating",
    "RatingQuestion",
    "RatingReveal",
    "build",
    "contrast",
    "credit_of",
    "decoded",
    "encoded",
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

NAME = "rating"
FOLDER = Path(__file__).parent


def materials(bank: MaterialSource) -> Mapping[str, Scenario]:
    """Return the bank's scenarios by id."""
    return bank.scenarios


def build(scenario: Scenario, rng: random.Random) -> Rating:
    """Build a rating of a scenario's reactions, in random order."""
    order = [option.id for option in scenario.options]
    rng.shuffle(order)
    return Rating(scenario, tuple(order))


def rebuild(scenario: Scenario | StoredRating, shown: str) -> Rating:
    """Build a rating with its reactions in the recorded order.

    Raises
    ------
    msgspec.MsgspecError
        When it is not a list of options.
    """
    return Rating(scenario, decoded_order(shown))


def revise(scenario: Scenario, shown: str) -> str:
    """Return the order without reactions that no longer exist, and with new ones at the end."""
    return revised_order(shown, [option.id for option in scenario.options])


def summarise(scenario: Scenario | StoredRating, response: str) -> tuple[ItemAnswer, ...]:
    """Return the ratings as one answer with their credit; the scenario is the only item.

    The reactions of a situation are not items of their own: they are rated together, and so they depend on one another. Four ratings of
    four words are up to 256 different responses, too many to be counted; therefore the option is empty.

    Raises
    ------
    ResponseError
        When the response is not a rating of the scenario's reactions.
    """
    (situation,) = scenario.situations
    return (ItemAnswer("", "", Rating(scenario, ()).credit(response), situation.relation, situation.theme),)


def item_options(scenario: Scenario | StoredRating, lang: str) -> Mapping[str, Sequence[ItemOption]]:  # noqa: ARG001  the interface
    """Return nothing, because responses are not counted; see `summarise`."""
    return {}
