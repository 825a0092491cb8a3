"""A warning about a scenario, or about the bank as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

WHOLE_BANK = 20
"""From how many scenarios on a bank is judged as a whole."""


class FairnessWarning(NamedTuple):
    """What a check warns of.

    Attributes
    ----------
    scenario : str
        The id of the scenario, or of other material; empty where the whole bank is meant.
    kind : str
        The kind of finding.
    where : tuple of str and int
        The keys that lead to the place, from its table on.
    values : mapping of str to str
        What the words leave open.
    """

    scenario: str
    kind: str
    where: tuple[str | int, ...] = ()
    values: Mapping[str, str] = {}
