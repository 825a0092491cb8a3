"""Which figures about a group may be shown together: every combination of them concerns at least k people, or nobody.

Every figure is a weighted sum over answers: a row of a matrix with a column for each person and answer. A reader of a report can add
and subtract its rows. The figures expose a set of fewer than k people if some combination of rows is zero in all columns
but theirs and is not zero in theirs; that is, if the matrix without their columns has a smaller rank. All of this is computed exactly,
in integers.

A situation whose answers are all shown (how many chose each reaction) needs only one row, with weight 1 for everybody who answered it.
Its other figures add nothing, as long as at least k people answered: a combination of them without a mean credit concerns all of
these people. So such a row can be eliminated by subtracting the columns of two people who answered the same situation, and only
the other figures, the *sums*, have to be searched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from math import gcd
from typing import NamedTuple, TypeVar

from etiquette_kit.privacy.thresholds import MIN_GROUP_FLOOR

EFFORT = 30_000
"""How many times a person's answers are examined for one report; figures not proved safe by then count as unsafe."""

_T = TypeVar("_T")


class ThresholdError(ValueError):
    """A minimum group size that is below the limit."""


def checked_group_size(minimum: int) -> int:
    """Return the minimum group size if it is not below the limit.

    Raises
    ------
    ThresholdError
        When it is below 5.
    """
    if minimum < MIN_GROUP_FLOOR:
        message = f"the smallest group whose results are shown is {MIN_GROUP_FLOOR}; {minimum} would let people be recognised"
        raise ThresholdError(message)
    return minimum


class Column(NamedTuple):
    """The weights of a person's answer in the figures.

    Attributes
    ----------
    item : int or None
        The item in whose own figures it has weight 1; None where there is none.
    weights : tuple of int
        Its weight in each of the sums, all in one unit.
    """

    item: int | None
    weights: tuple[int, ...]


class Pattern(NamedTuple):
    """People with identical columns.

    Attributes
    ----------
    kinds : sequence of int
        The kinds of answers that each of them gave, as indices of `Audit`'s list.
    people : int
        Their number.
    """

    kinds: Sequence[int]
    people: int


class _Span:
    """A growing vector space, spanned by integer vectors."""

    def __init__(self, rows: dict[int, list[int]] | None = None) -> None:
        self._rows = rows or {}

    @property
    def rank(self) -> int:
        return len(self._rows)

    def copy(self) -> _Span:
        return _Span(dict(self._rows))

    def add(self, vector: Sequence[int]) -> bool:
        """Add a vector, and return whether it was not in the space before."""
        if not any(vector):
            return False
        left = list(vector)
        for pivot, row in self._rows.items():  # a row is zero at the pivots of the rows before it
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


class _Elimination:
    """The span of the columns of some people, after eliminating the rows of the items shown."""

    def __init__(self, span: _Span, seen: dict[int, Sequence[int]]) -> None:
        self.span = span
        self._seen = seen

    def copy(self) -> _Elimination:
        return _Elimination(self.span.copy(), dict(self._seen))

    def take(self, columns: Iterable[Column]) -> bool:
        """Add a person's columns, and return whether that changed the span; a person who changes nothing never will later."""
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
    """The search was stopped because it takes too long."""


class Audit:
    """The figures about one group, and which of them may be shown.

    Parameters
    ----------
    kinds : sequence of sequence of Column
        The different kinds of answers, each as one column or more.
    patterns : sequence of Pattern
        The people, each in one pattern.
    least : int
        The smallest group, k.
    effort : int
        The total number of times that a person's answers may be examined.
    """

    def __init__(self, kinds: Sequence[Sequence[Column]], patterns: Sequence[Pattern], least: int, effort: int = EFFORT) -> None:
        self._kinds = kinds
        self._patterns = patterns
        self._least = checked_group_size(least)
        self._effort = effort

    def exposes(self, sums: Sequence[int], items: Collection[int]) -> bool:
        """Return whether figures expose fewer than k people; also True if the remaining effort is not enough to decide.

        Parameters
        ----------
        sums : sequence of int
            Which of the sums are shown, as indices of ``Column.weights``.
        items : collection of int
            The items whose own figures are shown; each was answered by at least k people.
        """
        return _Check(self, sums, items).is_exposing()

    def columns(self, sums: Sequence[int], items: Collection[int]) -> list[list[Column]]:
        """Return, for each kind of answer, its columns restricted to these figures."""
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
        """Count one examination of a person's answers."""
        if self._effort <= 0:
            raise _EffortSpentError
        self._effort -= 1


class _Check:
    """The check whether a set of figures exposes anybody."""

    def __init__(self, audit: Audit, sums: Sequence[int], items: Collection[int]) -> None:
        self._audit = audit
        self._columns = audit.columns(sums, items)
        self._rank = 0

    def is_exposing(self) -> bool:
        least = self._audit.least
        whole = self._empty()
        for columns in self._columns:
            whole.take(columns)
        self._rank = whole.span.rank
        kept = self._empty()
        rare = []
        for pattern in self._audit.patterns:  # a pattern of k people or more is never left out as a whole
            if pattern.people < least:
                rare.append(pattern)
            elif kept.span.rank < self._rank:
                kept.take(self._of(pattern))
        if kept.span.rank == self._rank:
            return False
        try:
            return not self._has_groups(kept, rare) and self._search(kept, rare, least - 1)
        except _EffortSpentError:
            return True

    def _empty(self) -> _Elimination:
        return _Elimination(_Span(), {})

    def _of(self, pattern: Pattern) -> Iterable[Column]:
        return (column for kind in pattern.kinds for column in self._columns[kind])

    def _has_groups(self, kept: _Elimination, rare: Sequence[Pattern]) -> bool:
        """Return whether k disjoint groups each have the full rank: leaving out fewer than k people then keeps one of them complete."""
        found = 0
        group = kept.copy()
        for pattern in rare[: self._audit.least * 40]:  # larger groups are not worth the effort
            for _ in range(pattern.people):
                self._audit.spend()
                group.take(self._of(pattern))
                if group.span.rank == self._rank:
                    found += 1
                    if found == self._audit.least:
                        return True
                    group = kept.copy()
        return False

    def _search(self, kept: _Elimination, rare: Sequence[Pattern], left: int) -> bool:
        """Search exhaustively for at most `left` people without whom the rank is smaller."""
        kept = kept.copy()
        for place, pattern in enumerate(rare):
            if kept.span.rank == self._rank:
                return False
            self._audit.spend()
            more = kept.copy()
            if not more.take(self._of(pattern)):
                continue
            if pattern.people <= left and self._search(kept, rare[place + 1 :], left - pattern.people):
                return True
            kept = more
        return kept.span.rank < self._rank


def largest_safe_choice(wanted: Sequence[_T], is_safe: Callable[[Sequence[_T]], bool]) -> list[_T]:
    """Return a maximal safe selection from a list, chosen greedily in its order: no further entry could be added.

    Parameters
    ----------
    wanted : sequence
        The entries, the most important first.
    is_safe : callable
        Returns whether a selection is safe; a part of a safe selection must be safe, too.
    """
    taken: list[_T] = []

    def take(entries: Sequence[_T]) -> None:
        if is_safe([*taken, *entries]):
            taken.extend(entries)
        elif len(entries) > 1:
            middle = len(entries) // 2
            take(entries[:middle])
            take(entries[middle:])

    if wanted:
        take(wanted)
    return taken
