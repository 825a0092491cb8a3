"""Selection of the situations for a workshop or a live room."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from etiquette_kit.bank import Bank, SelectionError, UnwrittenError, draw
from etiquette_kit.formats.choice import NAME, Choice, build, suits
from etiquette_kit.locale import DEFAULT_LANGUAGE
from etiquette_kit.locale.arguments import ArgumentTypeError, as_written
from etiquette_kit.workshop.plan import PLANS

FORMATS = (NAME,)
"""The formats for a show of hands and a live room: those in which everyone chooses one of a few options."""


def checked_names(names: object) -> tuple[str, ...]:
    """Return the ids of situations that were given; one alone may stand without a list.

    Raises
    ------
    ArgumentTypeError
        When they are something else.
    """
    if isinstance(names, str):
        return (names,)
    if isinstance(names, Iterable):
        found = tuple(names)
        if all(isinstance(name, str) for name in found):
            return found
    raise ArgumentTypeError("scenario_list", name="scenarios", given=as_written(names), example='scenarios=["…", "…"]')


def situations(bank: Bank, seed: int | str, names: Sequence[str] | str | None = None, *, lang: str = DEFAULT_LANGUAGE) -> list[Choice]:
    """Select the situations of a workshop, with their options in the order shown; reproducible by seed.

    Parameters
    ----------
    bank : Bank
        The scenarios.
    seed : int or str
        Determines which situations are drawn, and the order of their options.
    names : sequence of str, optional
        The ids of the situations, in order, instead of drawing them; one alone may stand without a list.
    lang : str
        The language; only what is written in it is drawn.

    Returns
    -------
    list of Choice
        If they are drawn, as many as the longest plan has; a shorter plan uses the first of them.

    Raises
    ------
    KeyError
        When the bank lacks a scenario.
    SelectionError
        When there is no situation in the language, or one of those named is not written in it.
    """
    if names is None:
        limit = max(plan.situations for plan in PLANS.values())
        found = [scenario for scenario in bank if suits(scenario)]
        written = [scenario for scenario in found if lang in scenario.languages]
        chosen = draw(written, limit, random.Random(f"{seed}"))  # noqa: S311  no secret
    else:
        found = chosen = [bank[name] for name in checked_names(names)]
        written = [scenario for scenario in found if lang in scenario.languages]
    if found and (not written or (names and len(written) < len(found))):
        raise UnwrittenError(lang, found)
    if not chosen:
        message = "there is no situation to put to the room"
        raise SelectionError(message)
    return [build(scenario, random.Random(f"{seed}/{scenario.id}")) for scenario in chosen]  # noqa: S311
