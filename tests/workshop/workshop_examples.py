"""Rounds to test."""

import random

from etiquette_kit import load_bank
from etiquette_kit.formats.choice import build
from etiquette_kit.workshop import Round

BANK = load_bank()


def round_of(scenario: str = "frying-pan-saddle") -> Round:
    return Round(build(BANK[scenario], random.Random(1)))  # noqa: S311  no secret
