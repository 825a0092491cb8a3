"""Which figures about a group may be shown: none about fewer than k people, and none from which such a figure follows.

Cell suppression as in official statistics (primary and complementary; Hundepool et al., *Statistical Disclosure Control*,
2012, chapter 4). A figure is a sum over the answers to some scenarios; it tells about everyone who answered any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from etiquette_kit.records.terms import LEAST_GROUP, LEAST_POSSIBLE


class ThresholdError(ValueError):
    """A smallest group that is too small to be one."""


class Cell(msgspec.Struct, frozen=True):
    """A figure that could be shown.

    Attributes
    ----------
    table, row : str
        Where it would stand.
    items : frozenset of str
        The scenarios that it sums over.
    """

    table: str
    row: str
    items: frozenset[str]

    @property
    def place(self) -> tuple[str, str]:
        """Table and row."""
        return self.table, self.row


def checked_least(least: int) -> int:
    """Return the smallest group, when it is not below what is possible.

    Raises
    ------
    ThresholdError
        When it is below 5.
    """
    if least < LEAST_POSSIBLE:
        message = f"the smallest group whose results are shown is {LEAST_POSSIBLE}; {least} would let people be recognised"
        raise ThresholdError(message)
    return least


def publishable(cells: Sequence[Cell], who: Mapping[str, frozenset[int]], least: int = LEAST_GROUP) -> frozenset[tuple[str, str]]:
    """Choose the cells that may be shown together.

    Parameters
    ----------
    cells : sequence of Cell
        All figures about one group.
    who : mapping of str to frozenset of int
        By scenario, who answered it.
    least : int
        The smallest group, k.

    Returns
    -------
    frozenset of (str, str)
        Their places. Nothing that was shown can be subtracted so that a figure about fewer than k people is left.

    Raises
    ------
    ThresholdError
        When ``least`` is below 5.
    """
    checked_least(least)
    present = {item for cell in cells for item in cell.items if who.get(item)}
    all_cells = [Cell(cell.table, cell.row, cell.items & present) for cell in cells]
    filled = [cell for cell in all_cells if cell.items]
    people = {cell.place: len(_people(cell.items, who)) for cell in filled}
    small = [cell for cell in filled if people[cell.place] < least]
    shown = [cell for cell in filled if people[cell.place] >= least]
    while (leak := _leak(shown, small, who, least)) is not None:
        # The one about the fewest people goes: it costs least, and a total stays longest.
        victim = min(leak, key=lambda cell: (people[cell.place], len(cell.items), cell.place))
        shown.remove(victim)
    return frozenset(cell.place for cell in shown)


def _people(items: Iterable[str], who: Mapping[str, frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*(who.get(item, frozenset()) for item in items))


def _is_small(items: Iterable[str], who: Mapping[str, frozenset[int]], least: int) -> bool:
    """Tell whether fewer people than ``least`` answered any of these."""
    found: set[int] = set()
    for item in items:
        found |= who.get(item, frozenset())
        if len(found) >= least:
            return False
    return True


def _leak(shown: Sequence[Cell], small: Sequence[Cell], who: Mapping[str, frozenset[int]], least: int) -> list[Cell] | None:
    """Return cells of which one must go, because together they tell about too few people; None where there are none."""
    for cell in shown:
        for other in shown:
            rest = cell.items - other.items
            if other.items < cell.items and _is_small(rest, who, least):
                return [cell, other]
        for table in {other.table for other in shown}:
            parts = [other for other in shown if other.table == table and other.items <= cell.items and other is not cell]
            rest = cell.items.difference(*(part.items for part in parts))
            if parts and rest and _is_small(rest, who, least):
                return [cell, *parts]
    return _derivation(shown, small)


def _derivation(shown: Sequence[Cell], small: Sequence[Cell]) -> list[Cell] | None:
    """Return the cells whose sums and differences give one that is too small; None where none does."""
    import numpy as np

    if not shown or not small:
        return None
    items = sorted({item for cell in (*shown, *small) for item in cell.items})
    matrix = np.array([[item in cell.items for item in items] for cell in shown], dtype=float)
    for cell in small:
        target = np.array([item in cell.items for item in items], dtype=float)
        weights, *_ = np.linalg.lstsq(matrix.T, target, rcond=None)
        if np.abs(matrix.T @ weights - target).max() < _ZERO:
            return [part for part, weight in zip(shown, weights, strict=True) if abs(weight) > _ZERO]
    return None


_ZERO = 1e-9
