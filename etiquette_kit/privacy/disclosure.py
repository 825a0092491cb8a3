"""Which figures about a group may be shown together: whatever is combined from them concerns at least k people, or nobody.

Every figure is a weighted sum over answers: a row of a matrix with a column for each person and answer. Whoever reads a report can add
and subtract its rows as she likes. The figures expose a set of fewer than k people if some combination of rows is zero in all columns
but theirs and is not zero in theirs; that is, if the matrix without their columns has a smaller rank. All of this is computed exactly,
in whole numbers.

A situation whose answers are all shown (how many chose each reaction) needs one row only, with weight 1 for everybody who answered it.
Its other figures add nothing, as long as at least k people answered: a combination of them that no mean credit enters concerns all of
these people. So such a row can be taken off again by subtracting the columns of two people who answered the same situation, and only
the other figures, the *sums*, have to be searched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from math import gcd
from typing import NamedTuple, TypeVar

from etiquette_kit.privacy.thresholds import MIN_GROUP_FLOOR

EFFORT = 30_000
"""How often a person's answers are looked at for one report, before what has not been proved harmless counts as harmful."""

_T = TypeVar("_T")


class ThresholdError(ValueError):
    """A smallest group that is too small to be one."""


def checked_group_size(least: int) -> int:
    """Return the smallest group, when it is not below what is possible.

    Raises
    ------
    ThresholdError
        When it is below 5.
    """
    if least < MIN_GROUP_FLOOR:
        message = f"the smallest group whose results are shown is {MIN_GROUP_FLOOR}; {least} would let people be recognised"
        raise ThresholdError(message)
    return least


class Column(NamedTuple):
    """What a person's answer weighs in the figures.

    Attributes
    ----------
    item : int or None
        The item in whose own figures it has the weight 1; None where it is in none.
    weights : tuple of int
        What it weighs in each of the sums, all in one unit.
    """

    item: int | None
    weights: tuple[int, ...]


class Pattern(NamedTuple):
    """People whose columns are the same.

    Attributes
    ----------
    kinds : sequence of int
        The kinds of answers that each of them gave, as places in `Audit`'s list.
    people : int
        How many they are.
    """

    kinds: Sequence[int]
    people: int


class _Span:
    """A space of vectors of whole numbers, which grows."""

    def __init__(self, rows: dict[int, list[int]] | None = None) -> None:
        self._rows = rows or {}

    @property
    def rank(self) -> int:
        return len(self._rows)

    def copy(self) -> _Span:
        return _Span(dict(self._rows))

    def add(self, vector: Sequence[int]) -> bool:
        """Add a vector, and tell whether it was not in the space before."""
        if not any(vector):
            return False
        left = list(vector)
        for pivot, row in self._rows.items():  # a row has nothing at the pivots of those before it
            if left[pivot]:
                common = gcd(left[pivot], row[pivot])
                ours, theirs = row[pivot] // common, left[pivot] // common
                left = [ours * a - theirs * b for a, b in zip(left, row, strict=True)]
        divisor = gcd(*left)
        if not divisor:
            return False
        pivot = next(place for place, value in enumerate(left) if value)
        self._rows[pivot] = [value // divisor for value in left]
        return True


class _Kept:
    """What the columns of some people span, when the rows of the items shown have been taken off."""

    def __init__(self, span: _Span, seen: dict[int, Sequence[int]]) -> None:
        self.span = span
        self._seen = seen

    def copy(self) -> _Kept:
        return _Kept(self.span.copy(), dict(self._seen))

    def take(self, columns: Iterable[Column]) -> bool:
        """Add a person's columns, and tell whether that changed anything; whoever changes nothing never will later."""
        changed = False
        for item, weights in columns:
            if item is None:
                changed |= self.span.add(weights)
            elif (before := self._seen.get(item)) is None:
                self._seen[item] = weights
                changed = True
            elif before != weights:
                changed |= self.span.add([a - b for a, b in zip(weights, before, strict=True)])
        return changed


class _EffortSpentError(Exception):
    """It would take too long to find out."""


class Audit:
    """The figures about one group, and what may be shown of them.

    Parameters
    ----------
    kinds : sequence of sequence of Column
        The different answers there are, each as one column or more.
    patterns : sequence of Pattern
        The people, each in one pattern.
    least : int
        The smallest group, k.
    effort : int
        How often a person's answers are looked at in all.
    """

    def __init__(self, kinds: Sequence[Sequence[Column]], patterns: Sequence[Pattern], least: int, effort: int = EFFORT) -> None:
        self._kinds = kinds
        self._patterns = patterns
        self._least = checked_group_size(least)
        self._effort = effort

    def exposes(self, sums: Sequence[int], items: Collection[int]) -> bool:
        """Tell whether figures expose fewer than k people; also where that cannot be found out with the effort that is left.

        Parameters
        ----------
        sums : sequence of int
            Which of the sums are shown, as places in ``Column.weights``.
        items : collection of int
            The items whose own figures are shown; each was answered by at least k people.
        """
        return _Question(self, sums, items).is_exposing()

    def columns(self, sums: Sequence[int], items: Collection[int]) -> list[list[Column]]:
        """Return, for each kind of answer, its columns in these figures alone."""
        return [
            [Column(item if item in items else None, tuple(weights[place] for place in sums)) for item, weights in columns]
            for columns in self._kinds
        ]

    @property
    def least(self) -> int:
        """The smallest group, k."""
        return self._least

    @property
    def patterns(self) -> Sequence[Pattern]:
        """The people."""
        return self._patterns

    def spend(self) -> None:
        """Count one look at a person's answers."""
        if self._effort <= 0:
            raise _EffortSpentError
        self._effort -= 1


class _Question:
    """Whether some figures expose anybody."""

    def __init__(self, audit: Audit, sums: Sequence[int], items: Collection[int]) -> None:
        self._audit = audit
        self._columns = audit.columns(sums, items)
        self._rank = 0

    def is_exposing(self) -> bool:
        least = self._audit.least
        whole = self._nobody()
        for columns in self._columns:
            whole.take(columns)
        self._rank = whole.span.rank
        kept = self._nobody()
        rare = []
        for pattern in self._audit.patterns:  # a pattern of k people or more is never left out as a whole
            if pattern.people < least:
                rare.append(pattern)
            elif kept.span.rank < self._rank:
                kept.take(self._of(pattern))
        if kept.span.rank == self._rank:
            return False
        try:
            return not self._has_groups(kept, rare) and self._is_found(kept, rare, least - 1)
        except _EffortSpentError:
            return True

    def _nobody(self) -> _Kept:
        return _Kept(_Span(), {})

    def _of(self, pattern: Pattern) -> Iterable[Column]:
        return (column for kind in pattern.kinds for column in self._columns[kind])

    def _has_groups(self, kept: _Kept, rare: Sequence[Pattern]) -> bool:
        """Tell whether k groups without a member in common each have the full rank: fewer than k people leave one of them whole."""
        found = 0
        group = kept.copy()
        for pattern in rare[: self._audit.least * 40]:  # groups that grow larger than that are not worth it
            for _ in range(pattern.people):
                self._audit.spend()
                group.take(self._of(pattern))
                if group.span.rank == self._rank:
                    found += 1
                    if found == self._audit.least:
                        return True
                    group = kept.copy()
        return False

    def _is_found(self, kept: _Kept, rare: Sequence[Pattern], left: int) -> bool:
        """Look for people to leave out, at most so many, without whom the rank is smaller; all ways are tried."""
        kept = kept.copy()
        for place, pattern in enumerate(rare):
            if kept.span.rank == self._rank:
                return False
            self._audit.spend()
            more = kept.copy()
            if not more.take(self._of(pattern)):
                continue
            if pattern.people <= left and self._is_found(kept, rare[place + 1 :], left - pattern.people):
                return True
            kept = more
        return kept.span.rank < self._rank


def largest_safe_choice(wanted: Sequence[_T], is_harmless: Callable[[Sequence[_T]], bool]) -> list[_T]:
    """Return what can be taken of a list, the first first, so that all together is harmless and nothing else could be added.

    Parameters
    ----------
    wanted : sequence
        What matters most stands first.
    is_harmless : callable
        Given a list of them; what is harmless stays so when something is left out.
    """
    taken: list[_T] = []

    def take(some: Sequence[_T]) -> None:
        if is_harmless([*taken, *some]):
            taken.extend(some)
        elif len(some) > 1:
            middle = len(some) // 2
            take(some[:middle])
            take(some[middle:])

    if wanted:
        take(wanted)
    return taken
