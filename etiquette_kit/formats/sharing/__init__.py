"""Decide who sees which post of a profile; credit is for private and professional contacts kept apart, never for single posts."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

from etiquette_kit.formats.display_order import decoded_order, revised_order
from etiquette_kit.formats.protocol import ItemAnswer, ItemOption, MaterialSource
from etiquette_kit.formats.sharing.exercise import Sharing
from etiquette_kit.formats.sharing.feedback import ListOutcome, SharingReveal
from etiquette_kit.formats.sharing.pages import SharingQuestion, fingerprint
from etiquette_kit.formats.sharing.profile import Keyed, Profile, problems
from etiquette_kit.formats.sharing.response import decoded, encoded
from etiquette_kit.formats.sharing.separation import LISTS, PRIVATE, PROFESSIONAL, credits_of
from etiquette_kit.formats.sharing.stored import StoredProfile, read

__all__ = [
    "FOLDER",
    "FORM",
    "LISTS",
    "NAME",
    "PRIVATE",
    "PROFESSIONAL",
    "TABLE",
    "ListOutcome",
    "Profile",
    "Sharing",
    "SharingQuestion",
    "SharingReveal",
    "StoredProfile",
    "build",
    "convert",
    "credits_of",
    "decoded",
    "encoded",
    "fingerprint",
    "item_options",
    "materials",
    "problems",
    "read",
    "rebuild",
    "revise",
    "suits",
    "summarise",
]

NAME = "sharing"
TABLE = "profile"
FORM = Profile
FOLDER = Path(__file__).parent


def convert(raw: Mapping[str, Any], theme: str) -> Profile:
    """Return the profile of a table without errors."""
    return msgspec.convert({**raw, "theme": theme}, Profile)


def materials(bank: MaterialSource) -> Mapping[str, Profile]:
    """Return the bank's profiles by id."""
    return cast("Mapping[str, Profile]", bank.materials(TABLE))


def suits(profile: Profile) -> bool:  # noqa: ARG001  the interface
    """Return that every profile can be used."""
    return True


def build(profile: Profile, rng: random.Random) -> Sharing:  # noqa: ARG001  posts stand in the order in which they were written
    """Build an exercise with the posts as in the file, the latest first."""
    return Sharing(profile, profile.post_ids)


def rebuild(profile: Keyed, shown: str) -> Sharing:
    """Build an exercise with the posts in the recorded order.

    Raises
    ------
    msgspec.MsgspecError
        When it is not a list of posts.
    """
    return Sharing(profile, decoded_order(shown))


def revise(profile: Profile, shown: str) -> str:
    """Return the order without posts that no longer exist, and with new ones at the end."""
    return revised_order(shown, profile.post_ids)


def summarise(profile: Keyed, response: str) -> tuple[ItemAnswer, ...]:
    """Return an answer with its credit for each professional list: what clients, colleagues and the boss see are three items.

    How much is seen, by the list and in private, has too many values to be counted; therefore the option is empty.

    Raises
    ------
    ResponseError
        When the response is not a grid of the profile's posts.
    """
    result = Sharing(profile, ()).grade(response)
    return tuple(ItemAnswer(found.id, "", result.items[found.id], found.relation, found.theme) for found in profile.situations)


def item_options(profile: Keyed, lang: str) -> Mapping[str, Sequence[ItemOption]]:  # noqa: ARG001  the interface
    """Return the items without options, because answers are not counted; see `summarise`."""
    return {found.id: () for found in profile.situations}
