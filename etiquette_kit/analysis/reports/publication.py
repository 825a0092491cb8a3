"""The choice of the people and figures for a report on a group.

It depends only on who answered which situations and in how many sessions, never on the answers: so nothing about an answer can be
concluded from which figures are shown or missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from etiquette_kit.analysis.reports.cohort import MIN_PERSONS
from etiquette_kit.analysis.reports.figure_matrix import ALL, FigureMatrix, Table
from etiquette_kit.analysis.reports.given_answers import GivenAnswers, Mask, Selection
from etiquette_kit.analysis.reports.known_items import KnownItem
from etiquette_kit.analysis.statistics.blocks import Ints
from etiquette_kit.privacy.disclosure import Audit, largest_safe_choice

_OF_GAIN = 2  # figures: before and after


@dataclass(frozen=True)
class Publication:
    """The figures about a group that may be shown, all about the same people.

    Attributes
    ----------
    answers : pandas.DataFrame
        The answers that count, by person and time.
    is_first : ndarray of bool
        Which of them are a person's first answer to their item.
    persons : int
        The number of people counted, who gave these answers.
    relations, themes, gains : frozenset of str
        The areas, and the relations whose gain is shown; ``"all"`` is the total. All people counted answered something in each.
    items : tuple of str
        The items with figures of their own; at least k of the people counted answered each.
    same_situations : bool
        Whether all people counted answered the same items, so that these can be compared.
    required : tuple of (str, str)
        What people must have answered to be counted, as table and name; ``"repeated"`` with an item that must be answered in two or
        more sessions.
    """

    answers: pd.DataFrame
    is_first: Mask
    persons: int
    relations: frozenset[str]
    themes: frozenset[str]
    gains: frozenset[str]
    items: tuple[str, ...]
    same_situations: bool
    required: tuple[tuple[str, str], ...]


def publication(answers: pd.DataFrame, items: Mapping[str, KnownItem], least: int) -> Publication | None:
    """Choose the figures about a group that may be shown; None where fewer than k people answered anything.

    Two selections are compared by the number of figures they show (a gain has two), each weighted by its number of people. The first
    counts the people who all answered the same items, and their answers to these. The second counts the people who answered something in
    each of a set of areas, and all their answers. Then figures are added one by one, as long as all of them together expose nobody: areas
    by relation, gains, themes, and items with the most people first. An item that is not scored does not count in gains, and in an area
    only where no item is scored; its own figures are how many chose each option.

    Parameters
    ----------
    answers : pandas.DataFrame
        As from `stored_answers`.
    items : mapping of str to KnownItem
        The items that may be shown, by name; answers to others are left out.
    least : int
        The minimum group size, k.
    """
    given = GivenAnswers(answers, items)
    if given.people < least:
        return None
    found = [_audited(given, selection, least) for selection in (_same_items(given, least), _areas(given, least)) if selection is not None]
    best = max(found, key=lambda chosen: chosen.score)  # the first one in case of a tie
    return best.publication()


class _Figure(NamedTuple):
    """A figure that could be shown: its sums, or its item."""

    table: Table
    name: str
    sums: tuple[int, ...]
    item: int | None
    people: int


class _Audited(NamedTuple):
    """A selection with the figures that can be shown."""

    given: GivenAnswers
    selection: Selection
    people: int
    figures: list[_Figure]

    @property
    def score(self) -> int:
        return sum(figure.people * max(1, len(figure.sums)) for figure in self.figures)

    def publication(self) -> Publication:
        given, (entries, repeated, same_items, required) = self.given, self.selection
        is_first = np.zeros(len(given.table), dtype=bool)
        is_first[given.first] = True
        counts = entries[given.entry] & (is_first | repeated[given.entry])
        names = {
            table: [figure.name for figure in self.figures if figure.table == table] for table in ("relation", "theme", "gain", "item")
        }
        return Publication(
            given.table if counts.all() else given.table[counts],
            is_first[counts],
            self.people,
            frozenset(names["relation"]),
            frozenset(names["theme"]),
            frozenset(names["gain"]),
            tuple(sorted(names["item"])),
            same_items,
            required,
        )


def _same_items(given: GivenAnswers, least: int) -> Selection | None:
    """Select the people who answered the same items: as many of the most answered items as maximise the score; None where nobody did."""
    once = np.bincount(given.item, minlength=len(given.names))
    twice = np.bincount(given.item[given.repeated], minlength=len(given.names))
    both = ((False, once), (True, twice))
    wanted = [(-int(counts[item]), again, given.names[item], item) for again, counts in both for item in _any(counts)]
    together = np.ones(given.people, dtype=bool)
    items: set[int] = set()
    repeated: set[int] = set()
    best, score = None, 0
    for _, again, _, item in sorted(wanted):
        together = together & given.who(item, repeated=again)
        people = int(together.sum())
        if people < least:
            break
        (repeated if again else items).add(item)
        figures = len(items) + len(_different(given.relation, items)) + len(_different(given.theme, items))
        if repeated and people >= MIN_PERSONS:
            figures += _OF_GAIN * (1 + len(_different(given.relation, repeated)))
        if figures * people > score:
            best, score = together, figures * people
    if best is None:
        return None
    mine = best[given.person]
    everybody = int(best.sum())
    by_all = np.bincount(given.item[mine], minlength=len(given.names)) == everybody
    by_all_again = np.bincount(given.item[mine & given.repeated], minlength=len(given.names)) == everybody
    # Sorted, because the order in the store would reveal who came first.
    names = sorted(("item", given.names[item]) for item in np.flatnonzero(by_all))
    names += sorted(("repeated", given.names[item]) for item in np.flatnonzero(by_all_again))
    entries = mine & by_all[given.item]
    return Selection(entries, entries & by_all_again[given.item], same_items=True, required=tuple(names))


def _different(area: Ints, items: Collection[int]) -> set[int]:
    """Return the areas of items."""
    return {int(place) for place in area[[*items]]} - {-1}


def _any(counts: Ints) -> list[int]:
    return [int(place) for place in np.flatnonzero(counts)]


def _areas(given: GivenAnswers, least: int) -> Selection:
    """Select the people who answered something in the same areas: as many of the most answered areas as maximise the score."""
    everything = np.ones(len(given.item), dtype=bool)
    wanted = list(_areas_answered(given, everything, given.repeated))
    wanted = [(table, name, who) for table, name, who in wanted if who.sum() >= (MIN_PERSONS if table == "gain" else least)]
    wanted.sort(key=lambda area: -int(area[2].sum()))  # stable: by importance in case of a tie
    together = np.ones(given.people, dtype=bool)
    best, score, required, figures = together, 0, 0, 0
    for number, (table, _, who) in enumerate(wanted, start=1):
        figures += _OF_GAIN if table == "gain" else 1
        together = together & who
        people = int(together.sum())
        if people < (MIN_PERSONS if table == "gain" else least):
            break
        by_item = np.bincount(given.item[together[given.person]], minlength=len(given.names))
        value = figures * people + int(by_item[by_item >= least].sum())
        if value > score:
            best, score, required = together, value, number
    mine = best[given.person]
    names = tuple((table, name) for table, name, _ in wanted[:required])
    return Selection(mine, mine & given.repeated, same_items=False, required=names)


def _areas_answered(given: GivenAnswers, entries: Mask, repeated: Mask) -> Iterator[tuple[Table, str, Mask]]:
    """Yield all areas, the most important first, with a mask of the people who answered anything in them."""
    by_relation = given.tally(entries, given.relation, len(given.relations)) > 0
    again = given.tally(repeated, given.relation, len(given.relations)) > 0
    by_theme = given.tally(entries, given.theme, len(given.themes)) > 0
    yield from (("relation", name, by_relation[:, place]) for place, name in enumerate(given.relations))
    yield "gain", ALL, given.repetitions(repeated) > 0
    yield from (("gain", name, again[:, place]) for place, name in enumerate(given.relations))
    yield from (("theme", name, by_theme[:, place]) for place, name in enumerate(given.themes))


def _audited(given: GivenAnswers, selection: Selection, least: int) -> _Audited:
    entries = selection.entries
    counted = np.zeros(given.people, dtype=bool)
    counted[given.person[entries]] = True
    people = int(counted.sum())
    matrix = FigureMatrix(given, selection)
    figures = [
        _Figure(table, name, matrix.sums_of(table, name), None, people)
        for table, name, who in _areas_answered(given, entries, selection.repeated)
        if who[counted].all() and (table != "gain" or people >= MIN_PERSONS)
    ]
    by_item = np.bincount(given.item[entries], minlength=len(given.names))
    items = [_Figure("item", given.names[item], (), item, int(by_item[item])) for item in _any(by_item) if by_item[item] >= least]
    figures += sorted(items, key=lambda figure: (-figure.people, figure.name))
    audit = Audit(matrix.kinds, matrix.patterns, least)

    def is_safe(chosen: Sequence[_Figure]) -> bool:
        sums = [place for figure in chosen for place in figure.sums]
        return not audit.exposes(sums, {figure.item for figure in chosen if figure.item is not None})

    return _Audited(given, selection, people, largest_safe_choice(figures, is_safe))
