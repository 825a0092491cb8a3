"""Whom and what a report on a group is about.

It is chosen by who answered which situations and in how many sessions, never by what they answered: so nothing about an answer follows
from what is there and what is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from etiquette_kit.analysis.blocks import Ints
from etiquette_kit.analysis.cohort import FEWEST
from etiquette_kit.analysis.known_items import KnownItem, areas
from etiquette_kit.records.disclosure import Audit, Column, Pattern, harmless

Mask = npt.NDArray[np.bool_]
Table = Literal["relation", "gain", "theme", "item"]
ALL = "all"
"""The gain of all relations together."""

_BOUND = 2**62
_OF_GAIN = 2  # figures: before and after


@dataclass(frozen=True)
class Publication:
    """What may be shown of a group, all of it about the same people.

    Attributes
    ----------
    answers : pandas.DataFrame
        The answers that count, by person and time.
    is_first : ndarray of bool
        Which of them are a person's first answer to their item.
    persons : int
        How many people gave them: all that are counted.
    relations, themes, gains : frozenset of str
        The areas, and the relations whose gain is shown; ``"all"`` is all together. Everybody counted answered something in each.
    items : tuple of str
        The items with figures of their own; at least k people of those counted answered each.
    same_situations : bool
        Whether all who are counted answered the same items, so that these can be compared.
    required : tuple of (str, str)
        What people must have answered to be counted, as table and name; ``"repeated"`` names an item that was to be answered in two
        sessions or more.
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
    """Choose what may be shown of a group; None where fewer than k people answered anything.

    Two ways are tried, and the one is taken that shows more figures (a gain has two), each counted as often as people are behind it. One
    counts the people
    who all answered the same items, and their answers to these. The other counts the people who answered something in each of some
    areas, and all their answers. Then figures are taken one after the other, as long as together they expose nobody: areas by relation,
    gains, themes, items with most people first. An item that is not scored counts in no gain, and in an area only where nothing is scored;
    its own figures are how many chose which option.

    Parameters
    ----------
    answers : pandas.DataFrame
        As from `stored_answers`.
    items : mapping of str to KnownItem
        By name, the items that may be shown; answers to others are left out.
    least : int
        The smallest group, k.
    """
    given = _Given(answers, items)
    if given.people < least:
        return None
    found = [_audited(given, selection, least) for selection in (_same_items(given, least), _areas(given, least)) if selection is not None]
    best = max(found, key=lambda chosen: chosen.score)  # of two that show as much, the first
    return best.publication()


class _Given:
    """Who answered what: an entry for each person and item, sorted by both."""

    def __init__(self, answers: pd.DataFrame, items: Mapping[str, KnownItem]) -> None:
        named = answers["item"].cat
        order = _known_in_order(answers, named.codes.to_numpy(), np.array([name in items for name in named.categories], dtype=bool))
        self.table = answers if order is None else answers.iloc[order]
        rows = named.codes.to_numpy().astype(np.int64)
        rows = rows if order is None else rows[order]
        self.names: list[str] = named.categories.tolist()
        participant = self.table["participant"].to_numpy()
        person = np.cumsum(np.diff(participant, prepend=participant[:1]) != 0)
        self.people = int(person[-1]) + 1 if len(person) else 0
        _, self.first, self.entry = np.unique(person * len(self.names) + rows, return_index=True, return_inverse=True)
        self.person, self.item = person[self.first], rows[self.first]
        session = self.table["session"].to_numpy()
        again = session != session[self.first][self.entry]
        scored = np.array([name in items and items[name].is_scored for name in self.names], dtype=bool)
        self.repeated: Mask = (np.bincount(self.entry[again], minlength=len(self.first)) > 0) & scored[self.item]
        """Which entries were answered in two sessions or more, and have a credit before and after."""
        by_relation, by_theme = areas(items, "relation"), areas(items, "theme")
        self.relations, self.relation = _named([by_relation.get(name) for name in self.names])
        self.themes, self.theme = _named([by_theme.get(name) for name in self.names])
        """The names of the areas, and of each item the place of its own among them, −1 where it counts in none."""

    def tally(self, entries: Mask, area: Ints, areas: int) -> Ints:
        """Return, people × areas, how many of these entries are in each area."""
        found = area[self.item[entries]]
        places = (self.person[entries] * areas + found)[found >= 0]
        return np.bincount(places, minlength=self.people * areas).reshape(self.people, areas)

    def repetitions(self, repeated: Mask) -> Ints:
        """Return how many of these entries each person has."""
        return np.bincount(self.person[repeated], minlength=self.people)

    def who(self, item: int, *, repeated: bool) -> Mask:
        """Return who answered an item."""
        there = np.zeros(self.people, dtype=bool)
        chosen = (self.item == item) & self.repeated if repeated else self.item == item
        there[self.person[chosen]] = True
        return there


def _known_in_order(answers: pd.DataFrame, items: npt.NDArray[Any], is_known: Mask) -> Ints | None:
    """Return the places of answers to known items, sorted by person and time; None where they stand so already."""
    places = np.flatnonzero(is_known[items])
    at, participant = answers["at"].astype("int64").to_numpy()[places], answers["participant"].to_numpy()[places]
    later, next_one = np.diff(at) >= 0, np.diff(participant)
    if len(places) == len(answers) and bool(((next_one > 0) | ((next_one == 0) & later)).all()):
        return None
    order: Ints = places[np.lexsort((at, participant))]
    return order


def _named(names: Sequence[str | None]) -> tuple[list[str], Ints]:
    different = sorted({name for name in names if name is not None})
    return different, np.array([different.index(name) if name is not None else -1 for name in names], dtype=np.int64)


class _Selection(NamedTuple):
    """Entries that count, and those of them whose repetition counts too."""

    entries: Mask
    repeated: Mask
    same_items: bool
    required: tuple[tuple[str, str], ...]


class _Figure(NamedTuple):
    """A figure that could be shown: its sums, or its item."""

    table: Table
    name: str
    sums: tuple[int, ...]
    item: int | None
    people: int


class _Audited(NamedTuple):
    """What of a selection can be shown."""

    given: _Given
    selection: _Selection
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


def _same_items(given: _Given, least: int) -> _Selection | None:
    """Select the people who answered the same items: of the items that most people answered, as many as pay; None where nobody did."""
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
        if repeated and people >= FEWEST:
            figures += _OF_GAIN * (1 + len(_different(given.relation, repeated)))
        if figures * people > score:
            best, score = together, figures * people
    if best is None:
        return None
    mine = best[given.person]
    everybody = int(best.sum())
    by_all = np.bincount(given.item[mine], minlength=len(given.names)) == everybody
    by_all_again = np.bincount(given.item[mine & given.repeated], minlength=len(given.names)) == everybody
    names = sorted(("item", given.names[item]) for item in np.flatnonzero(by_all))  # by name: their order in the store tells who came first
    names += sorted(("repeated", given.names[item]) for item in np.flatnonzero(by_all_again))
    entries = mine & by_all[given.item]
    return _Selection(entries, entries & by_all_again[given.item], same_items=True, required=tuple(names))


def _different(area: Ints, items: Collection[int]) -> set[int]:
    """Return the areas of some items."""
    return {int(place) for place in area[[*items]]} - {-1}


def _any(counts: Ints) -> list[int]:
    return [int(place) for place in np.flatnonzero(counts)]


def _areas(given: _Given, least: int) -> _Selection:
    """Select the people who answered something in the same areas: of the areas that most people answered, as many as pay."""
    everything = np.ones(len(given.item), dtype=bool)
    wanted = list(_areas_answered(given, everything, given.repeated))
    wanted = [(table, name, who) for table, name, who in wanted if who.sum() >= (FEWEST if table == "gain" else least)]
    wanted.sort(key=lambda area: -int(area[2].sum()))  # stable: the order of importance where as many did
    together = np.ones(given.people, dtype=bool)
    best, score, required, figures = together, 0, 0, 0
    for number, (table, _, who) in enumerate(wanted, start=1):
        figures += _OF_GAIN if table == "gain" else 1
        together = together & who
        people = int(together.sum())
        if people < (FEWEST if table == "gain" else least):
            break
        by_item = np.bincount(given.item[together[given.person]], minlength=len(given.names))
        worth = figures * people + int(by_item[by_item >= least].sum())
        if worth > score:
            best, score, required = together, worth, number
    mine = best[given.person]
    names = tuple((table, name) for table, name, _ in wanted[:required])
    return _Selection(mine, mine & given.repeated, same_items=False, required=names)


def _areas_answered(given: _Given, entries: Mask, repeated: Mask) -> Iterator[tuple[Table, str, Mask]]:
    """Yield all areas, those that matter most first, and who answered anything in them."""
    by_relation = given.tally(entries, given.relation, len(given.relations)) > 0
    again = given.tally(repeated, given.relation, len(given.relations)) > 0
    by_theme = given.tally(entries, given.theme, len(given.themes)) > 0
    yield from (("relation", name, by_relation[:, place]) for place, name in enumerate(given.relations))
    yield "gain", ALL, given.repetitions(repeated) > 0
    yield from (("gain", name, again[:, place]) for place, name in enumerate(given.relations))
    yield from (("theme", name, by_theme[:, place]) for place, name in enumerate(given.themes))


def _audited(given: _Given, selection: _Selection, least: int) -> _Audited:
    entries = selection.entries
    counted = np.zeros(given.people, dtype=bool)
    counted[given.person[entries]] = True
    people = int(counted.sum())
    matrix = _Matrix(given, selection)
    figures = [
        _Figure(table, name, matrix.sums_of(table, name), None, people)
        for table, name, who in _areas_answered(given, entries, selection.repeated)
        if who[counted].all() and (table != "gain" or people >= FEWEST)
    ]
    by_item = np.bincount(given.item[entries], minlength=len(given.names))
    items = [_Figure("item", given.names[item], (), item, int(by_item[item])) for item in _any(by_item) if by_item[item] >= least]
    figures += sorted(items, key=lambda figure: (-figure.people, figure.name))
    audit = Audit(matrix.kinds, matrix.patterns, least)

    def is_harmless(some: Sequence[_Figure]) -> bool:
        sums = [place for figure in some for place in figure.sums]
        return not audit.exposes(sums, {figure.item for figure in some if figure.item is not None})

    return _Audited(given, selection, people, harmless(figures, is_harmless))


class _Matrix:
    """The figures of a selection as rows over people and answers, for the audit.

    A person's mean in an area weighs each of her answers there with one over their number. First answers and the last ones of those
    repeated are columns of their own.
    """

    def __init__(self, given: _Given, selection: _Selection) -> None:
        self._given = given
        entries, repeated = selection.entries, selection.repeated
        person, item = given.person[entries], given.item[entries]
        again = repeated[entries]
        by_relation = given.tally(entries, given.relation, len(given.relations))
        by_theme = given.tally(entries, given.theme, len(given.themes))
        pairs = given.tally(repeated, given.relation, len(given.relations))
        relation, theme = given.relation[item], given.theme[item]
        values = [
            item,
            _where(relation >= 0, by_relation, person, relation),
            _where(theme >= 0, by_theme, person, theme),
            np.where(again, given.repetitions(repeated)[person], 0),
            _where(again & (relation >= 0), pairs, person, relation),
        ]
        number, places = _numbered(values)
        self._distinct = [[int(value) for value in row] for row in np.column_stack([column[places] for column in values])]
        starts = np.flatnonzero(np.diff(person, prepend=-1))
        alike: dict[bytes, int] = {}
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(person)], strict=True):
            key = number[start:end].tobytes()
            alike[key] = alike.get(key, 0) + 1
        self.patterns = [Pattern(_Kinds(key), people) for key, people in alike.items()]

    @cached_property
    def _width(self) -> int:
        return 3 * len(self._given.relations) + len(self._given.themes) + 2

    def sums_of(self, table: Table, name: str) -> tuple[int, ...]:
        """Return the places of a figure's sums: of a gain the means before and after."""
        relations = len(self._given.relations)
        themes = relations + len(self._given.themes)
        if table == "theme":
            return (relations + self._given.themes.index(name),)
        if table == "gain" and name == ALL:
            return (themes, themes + 1)
        place = self._given.relations.index(name)
        return (place,) if table == "relation" else (themes + 2 + 2 * place, themes + 3 + 2 * place)

    @cached_property
    def kinds(self) -> list[list[Column]]:
        """The different answers, each as the column of the first and, where it was repeated, that of the last one."""
        given = self._given
        unit = lcm(*(count for row in self._distinct for count in row[1:] if count))
        kinds = []
        for item, in_relation, in_theme, pairs, pairs_there in self._distinct:
            first, last = [0] * self._width, [0] * self._width
            if in_relation:
                first[self.sums_of("relation", given.relations[given.relation[item]])[0]] = unit // in_relation
            if in_theme:
                first[self.sums_of("theme", given.themes[given.theme[item]])[0]] = unit // in_theme
            if pairs:
                before, after = self.sums_of("gain", ALL)
                first[before] = last[after] = unit // pairs
            if pairs_there:
                before, after = self.sums_of("gain", given.relations[given.relation[item]])
                first[before] = last[after] = unit // pairs_there
            columns = [Column(item, tuple(first))]
            if pairs:
                columns.append(Column(None, tuple(last)))
            kinds.append(columns)
        return kinds


def _where(there: Mask, counts: Ints, person: Ints, area: Ints) -> Ints:
    """Return each person's count in the area, 0 where there is none."""
    return np.where(there, counts[person, area], 0) if counts.shape[1] else np.zeros(len(person), dtype=np.int64)


class _Kinds(Sequence[int]):
    """Numbers that stand in bytes until they are looked at: of most people they never are."""

    def __init__(self, written: bytes) -> None:
        self._written = memoryview(written).cast("q")

    def __len__(self) -> int:
        return len(self._written)

    def __getitem__(self, place: Any) -> Any:
        return self._written[place]


def _numbered(columns: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Return a number for each row of some columns, the same for the same row, and where each number first stands."""
    code = np.zeros(len(columns[0]), dtype=np.int64)
    bound = 1
    for column in columns:
        most = int(column.max(initial=0)) + 1
        if bound * most > _BOUND:
            different, code = np.unique(code, return_inverse=True)
            bound = len(different)
        code = code * most + column
        bound *= most
    _, places, number = np.unique(code, return_index=True, return_inverse=True)
    return number.astype(np.int64), places
