"""Which situations are put to a room."""

from __future__ import annotations

import random
from collections.abc import Sequence

from etiquette_kit.bank import Bank, SelectionError, UnwrittenError, draw
from etiquette_kit.formats.choice import NAME, Choice, build, suits
from etiquette_kit.locale import DEFAULT_LANGUAGE
from etiquette_kit.workshop.plan import PLANS

FORMATS = (NAME,)
"""The formats that a show of hands and a live room can hold: those in which everyone chooses one of a few options."""


def situations(bank: Bank, seed: int | str, names: Sequence[str] | None = None, *, lang: str = DEFAULT_LANGUAGE) -> list[Choice]:
    """Choose the situations of a workshop, with their options in the order shown; the same seed gives the same.

    Parameters
    ----------
    bank : Bank
        Where the scenarios come from.
    seed : int or str
        Which situations are drawn, and the order of their options.
    names : sequence of str, optional
        The ids of the situations, in order, instead of drawing them.
    lang : str
        The language; only what is written in it is drawn.

    Returns
    -------
    list of Choice
        Where they are drawn, as many as the longest plan has; a shorter plan takes the first of them.

    Raises
    ------
    KeyError
        When the bank lacks a scenario.
    SelectionError
        When nothing is left to play, or not all that was named is written in the language.
    """
    if names is None:
        most = max(plan.situations for plan in PLANS.values())
        found = [scenario for scenario in bank if suits(scenario)]
        written = [scenario for scenario in found if lang in scenario.languages]
        chosen = draw(written, most, random.Random(f"{seed}"))  # noqa: S311  no secret
    else:
        found = chosen = [bank[name] for name in names]
        written = [scenario for scenario in found if lang in scenario.languages]
    if found and (not written or (names and len(written) < len(found))):
        raise UnwrittenError(lang, found)
    if not chosen:
        message = "there is no situation to put to the room"
        raise SelectionError(message)
    return [build(scenario, random.Random(f"{seed}/{scenario.id}")) for scenario in chosen]  # noqa: S311
