"""What may be shown about a group, attacked with everything that was shown."""

from itertools import combinations

import numpy as np
import pytest
from etiquette_kit.records.threshold import Cell, ThresholdError, publishable
from hypothesis import given
from hypothesis import strategies as st

ITEMS = [f"i{number}" for number in range(6)]


def cells_of(items: list[str]) -> list[Cell]:
    halves = (items[: len(items) // 2], items[len(items) // 2 :])
    thirds = (items[0::3], items[1::3], items[2::3])
    return [
        Cell("all", "all", frozenset(items)),
        *(Cell("relation", str(row), frozenset(part)) for row, part in enumerate(halves)),
        *(Cell("theme", str(row), frozenset(part)) for row, part in enumerate(thirds)),
        *(Cell("item", item, frozenset([item])) for item in items),
    ]


def people_of(items: frozenset[str], who: dict[str, frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*(who[item] for item in items))


groups = st.lists(st.frozensets(st.integers(0, 13), max_size=14), min_size=6, max_size=6).map(
    lambda sets: dict(zip(ITEMS, sets, strict=True))
)


@given(groups, st.integers(5, 9))
def test_nothing_that_is_shown_is_about_too_few(who: dict[str, frozenset[int]], least: int):
    shown = publishable(cells_of(ITEMS), who, least)
    for cell in cells_of(ITEMS):
        if cell.place in shown:
            assert len(people_of(cell.items, who)) >= least


@given(groups, st.integers(5, 9))
def test_no_difference_of_two_published_figures_is_about_too_few(who: dict[str, frozenset[int]], least: int):
    present = {item for item in ITEMS if who[item]}
    shown = publishable(cells_of(ITEMS), who, least)
    published = [Cell(cell.table, cell.row, cell.items & present) for cell in cells_of(ITEMS) if cell.place in shown]
    for one, other in combinations(published, 2):
        for whole, part in ((one, other), (other, one)):
            if part.items < whole.items:
                assert len(people_of(whole.items - part.items, who)) >= least


@given(groups, st.integers(5, 9))
def test_no_sum_over_published_figures_gives_a_suppressed_one(who: dict[str, frozenset[int]], least: int):
    cells = cells_of(ITEMS)
    shown = publishable(cells, who, least)
    present = [item for item in ITEMS if who[item]]
    rows = [[float(item in cell.items) for item in present] for cell in cells if cell.place in shown]
    rank = np.linalg.matrix_rank(np.array(rows)) if rows and present else 0
    for cell in cells:
        small = frozenset(present) & cell.items
        if small and len(people_of(small, who)) < least and rows:
            target = [float(item in small) for item in present]
            assert np.linalg.matrix_rank(np.array([*rows, target])) == rank + 1


def test_a_large_group_is_shown_in_full():
    who = {item: frozenset(range(20)) for item in ITEMS}
    cells = cells_of(ITEMS)
    assert publishable(cells, who) == {cell.place for cell in cells}


def test_beside_a_small_cell_another_one_is_suppressed():
    who = {item: frozenset(range(12)) for item in ITEMS} | {"i0": frozenset(range(3))}
    shown = publishable(cells_of(ITEMS), who)
    hidden = {cell.place for cell in cells_of(ITEMS)} - shown
    assert ("item", "i0") in hidden
    assert len({place for place in hidden if place[0] == "item"}) >= 2
    assert ("all", "all") in shown


@pytest.mark.parametrize(("people", "least", "any_shown"), [(7, 7, True), (6, 7, False), (6, 5, True), (3, 5, False)])
def test_how_many_people_it_takes(people: int, least: int, *, any_shown: bool):
    who = {item: frozenset(range(people)) for item in ITEMS}
    assert bool(publishable(cells_of(ITEMS), who, least)) is any_shown


@pytest.mark.parametrize("least", [4, 0, -1])
def test_fewer_than_five_is_refused(least: int):
    with pytest.raises(ThresholdError, match="is 5"):
        publishable([], {}, least)
