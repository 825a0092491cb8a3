"""Rounds to test."""

import random

from chosen_situations import BANK, CLIENTS
from etiquette_kit.formats.choice import build
from etiquette_kit.workshop import Round


def round_of(scenario: str = CLIENTS[0]) -> Round:
    return Round(build(BANK[scenario], random.Random(1)))  # noqa: S311  no secret
