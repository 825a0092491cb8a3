"""What a workshop can be given in place of situations that are drawn."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from etiquette_kit.bank import Bank, SelectionError
from etiquette_kit.formats.choice import Choice
from etiquette_kit.locale import catalog, page_language
from etiquette_kit.workshop.list_file import SITUATIONS_VARIABLE, list_of_name, load_list
from etiquette_kit.workshop.plan import PLANS, plan_of
from etiquette_kit.workshop.situation_list import SituationList
from etiquette_kit.workshop.situations import checked_names, situations


@runtime_checkable
class SituationSource(Protocol):
    """Where situations are being chosen, perhaps while the workshop's page is open."""

    @property
    def chosen(self) -> SituationList:
        """What is chosen now; without situations, they are drawn."""

    def follow(self, changed: Callable[[], None]) -> None:
        """Call a function after each change of what is chosen."""


GivenSituations = SituationSource | SituationList | Path | str | Sequence[str] | None
"""A chooser, a list, its file, ids separated by commas, ids in order, or nothing."""


def given_list(given: GivenSituations, bank: Bank, lang: str) -> SituationList | None:
    """Return the situations that a workshop was given; None where they are to be drawn.

    Without any, they are those that ``ETIQUETTE_SCENARIOS`` names.

    Parameters
    ----------
    given : SituationSource, SituationList, Path, str, sequence of str or None
        What the workshop was given.
    bank : Bank
        The scenarios.
    lang : str
        The language in which a notebook shows errors.

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    SituationListError
        When the list has errors.
    """
    if isinstance(given, SituationSource):
        return given.chosen if given.chosen.scenarios else None
    if isinstance(given, SituationList):
        return given if given.scenarios else None
    if given is None:
        named = os.environ.get(SITUATIONS_VARIABLE)
        return list_of_name(named, bank, lang=lang) if named else None
    if isinstance(given, Path):
        return load_list(given, bank, lang=lang)
    if isinstance(given, str):
        return list_of_name(given, bank, lang=lang)
    return SituationList(scenarios=checked_names(given))


@dataclass(frozen=True)
class WorkshopSituations:
    """The situations of a workshop.

    Attributes
    ----------
    exercises : sequence of Choice
        The situations with their options in the order shown; where they were drawn, as many as the longest plan has.
    fixed : bool
        Whether they were chosen rather than drawn.
    minutes : int
        The length of the timing plan.
    lang : str
        The language in which the workshop begins.
    """

    exercises: Sequence[Choice]
    fixed: bool
    minutes: int
    lang: str

    @property
    def planned(self) -> Sequence[Choice]:
        """Those that the workshop uses: all that were chosen, or of those that were drawn as many as the plan has."""
        return self.exercises if self.fixed else self.exercises[: plan_of(self.minutes).situations]


def workshop_situations(
    bank: Bank, given: GivenSituations, seed: int | str, *, minutes: int | None = None, lang: str | None = None
) -> WorkshopSituations:
    """Return the situations of a workshop: those that it was given, or else drawn ones.

    Parameters
    ----------
    bank : Bank
        The scenarios.
    given : SituationSource, SituationList, Path, str, sequence of str or None
        What the workshop was given.
    seed : int or str
        Determines which situations are drawn, and the order of their options.
    minutes : int, optional
        The length of the timing plan. Default: what the list says or its length needs, else the shortest.
    lang : str, optional
        The language. Default: what the list says, else that of a page that was asked for none.

    Raises
    ------
    FileNotFoundError, SituationListError
        As ``given_list``.
    KeyError, SelectionError
        As ``situations``.
    """
    spoken = lang or page_language()
    catalog(spoken)  # raises before anything is read
    if minutes is not None:
        plan_of(minutes)
    found = given_list(given, bank, spoken)
    if lang is None and found is not None and found.language is not None:
        spoken = found.language
    try:
        exercises = situations(bank, seed, None if found is None else found.scenarios, lang=spoken)
    except SelectionError as nothing:
        nothing.lang = spoken  # the page also shows the error
        raise
    usual = min(PLANS) if found is None else found.plan_minutes
    return WorkshopSituations(exercises, found is not None, minutes or usual, spoken)
