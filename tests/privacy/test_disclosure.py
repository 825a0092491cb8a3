"""The audit of what may be shown together, against the rule tried on all sets of people."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

import pytest
from disclosure_audit import Row, exposed
from etiquette_kit.privacy.disclosure import Audit, Column, Pattern, ThresholdError, largest_safe_choice
from hypothesis import given, settings
from hypothesis import strategies as st


class Case(NamedTuple):
    kinds: list[list[Column]]
    patterns: list[Pattern]
    sums: list[int]
    items: list[int]
    least: int

    def exposes(self, **more: int) -> bool:
        return Audit(self.kinds, self.patterns, self.least, **more).exposes(self.sums, self.items)

    @property
    def people(self) -> list[int]:
        return list(range(sum(pattern.people for pattern in self.patterns)))

    @property
    def rows(self) -> list[Row]:
        """The matrix in full, a row for each sum and each item."""
        whose = [kinds for kinds, people in self.patterns for _ in range(people)]
        columns = {
            (person, kind, place): column
            for person, kinds in enumerate(whose)
            for kind in kinds
            for place, column in enumerate(self.kinds[kind])
        }
        sums: list[Row] = [{at: Fraction(column.weights[place]) for at, column in columns.items()} for place in self.sums]
        return sums + [{at: Fraction(column.item == item) for at, column in columns.items()} for item in self.items]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    width = draw(st.integers(1, 4))
    weights = st.tuples(*[st.integers(0, 3)] * width)
    column = st.builds(Column, st.sampled_from([None, 0, 1, 2]), weights)
    kinds = draw(st.lists(st.lists(column, min_size=1, max_size=2), min_size=1, max_size=6))
    answered = st.sets(st.integers(0, len(kinds) - 1), min_size=1, max_size=4).map(sorted)
    patterns = draw(st.lists(st.builds(Pattern, answered, st.sampled_from([1, 1, 1, 2, 5])), min_size=2, max_size=6))
    patterns = [pattern for at, pattern in enumerate(patterns) if sum(other.people for other in patterns[: at + 1]) <= 9]
    least = draw(st.integers(5, 7))
    used = {kind for pattern in patterns for kind in pattern.kinds}
    kinds = [columns if kind in used else [Column(None, (0,) * width)] for kind, columns in enumerate(kinds)]

    def answered_by(item: int) -> int:
        return sum(people for own, people in patterns if any(column.item == item for kind in own for column in kinds[kind]))

    items = [item for item in (0, 1, 2) if answered_by(item) >= least]
    return Case(
        kinds,
        patterns,
        draw(st.sets(st.integers(0, width - 1)).map(sorted)),
        draw(st.sets(st.sampled_from(items)).map(sorted)) if items else [],
        least,
    )


def rank(rows: Sequence[Row], people: frozenset[int]) -> int:
    """The rank of the columns of some people, by elimination as it stands in textbooks."""
    places = sorted({column for row in rows for column in row if column[0] in people})
    matrix = [[row.get(place, Fraction(0)) for place in places] for row in rows]
    found = 0
    for place in range(len(places)):
        pivot = next((line for line in range(found, len(matrix)) if matrix[line][place]), None)
        if pivot is None:
            continue
        matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
        for line in range(found + 1, len(matrix)):
            factor = matrix[line][place] / matrix[found][place]
            matrix[line] = [a - factor * b for a, b in zip(matrix[line], matrix[found], strict=True)]
        found += 1
    return found


def by_the_rule(case: Case) -> bool:
    """Whether the rank falls without any set of fewer than k people."""
    people = frozenset(case.people)
    whole = rank(case.rows, people)
    return any(
        rank(case.rows, people - set(few)) < whole
        for size in range(1, min(case.least, len(people) + 1))
        for few in combinations(people, size)
    )


@given(cases())
@settings(max_examples=150, deadline=None)
def test_the_audit_is_the_rule(case: Case):
    exposes = by_the_rule(case)
    assert case.exposes() == exposes
    assert (exposed(case.rows, case.people, case.least) is not None) == exposes, "the implementation in tests/support"


def in_directions(people: Sequence[int], width: int, least: int, item: int | None = None) -> Case:
    """So many people in each of several directions, of which any `width` span the whole space; a second answer of theirs adds nothing."""
    nothing = Column(None, (0,) * width)
    kinds = [[Column(item, tuple(place**power for power in range(width))), nothing] for place in range(len(people))]
    patterns = [Pattern([place], number) for place, number in enumerate(people)]
    return Case(kinds, patterns, list(range(width)), [] if item is None else [item], least)


@pytest.mark.parametrize(
    ("people", "width", "least", "exposes"),
    [
        ([1] * 5, 2, 5, True),
        ([1] * 6, 2, 5, False),  # without four of them, two are left
        ([1] * 7, 3, 5, False),
        ([1] * 7, 3, 6, True),
        ([1] * 8, 3, 6, False),
        ([2] * 3, 2, 5, True),
        ([2] * 4, 2, 5, False),
        ([2] * 4, 3, 5, True),
        ([2] * 4, 2, 6, False),
        ([2] * 4, 2, 7, True),
        ([4, 1, 1], 2, 5, True),
        ([4, 4], 2, 5, True),
        ([4, 4, 1], 2, 5, False),
        ([3, 3, 3], 2, 6, False),
        ([3, 3, 3], 2, 7, True),
        ([6, 1, 1, 1], 2, 5, True),
        ([6, 2, 2, 1], 2, 5, False),
        ([5, 5], 2, 5, False),
        ([5, 4], 2, 5, True),
    ],
)
def test_who_can_be_left_out_is_found_where_the_people_do_not_fall_into_groups(people: list[int], width: int, least: int, exposes: bool):  # noqa: FBT001
    for order in (people, people[::-1]):
        case = in_directions(order, width, least)
        assert case.exposes() == by_the_rule(case) == exposes


@pytest.mark.parametrize(("people", "exposes"), [([1] * 6, True), ([1] * 7, False), ([2] * 4, True), ([2] * 5, False)])
def test_where_all_answered_an_item_that_is_shown_one_more_is_needed(people: list[int], exposes: bool):  # noqa: FBT001
    case = in_directions(people, 3, 5, item=0)
    assert case.exposes() == by_the_rule(case) == exposes


@pytest.mark.parametrize(("number", "exposes"), [(6, True), (7, False)])
def test_of_several_answers_of_a_person_each_counts_though_another_adds_nothing(number: int, exposes: bool):  # noqa: FBT001
    """From the second person on, the answers to the item weigh nothing new."""
    kinds = [[Column(None, (0, 1, place, place**2)), Column(0, (place, 0, 0, 0))] for place in range(number)]
    case = Case(kinds, [Pattern([place], 1) for place in range(number)], [0, 1, 2, 3], [0], 5)
    assert case.exposes() == by_the_rule(case) == exposes


class Counting(Audit):
    looks = 0

    def spend(self) -> None:
        self.looks += 1
        super().spend()


@pytest.mark.parametrize("people", [[1] * 6, [2] * 4, [1] * 9])
def test_each_look_at_somebody_s_answers_is_counted_and_without_enough_of_them_it_is_harmful(people: list[int]):
    case = in_directions(people, 2, 5)
    audit = Counting(case.kinds, case.patterns, case.least)
    assert not audit.exposes(case.sums, case.items)
    assert audit.looks > sum(people)
    for effort in range(audit.looks):
        assert case.exposes(effort=effort)
    assert not case.exposes(effort=audit.looks)


def test_groups_that_are_whole_settle_it_where_it_would_take_long_to_try_everybody():
    assert not in_directions([1] * 100, 10, 7).exposes(effort=100)


@pytest.mark.parametrize("exposes", [False, True])
@pytest.mark.parametrize("bystanders", [[0], [0, 0, 0], [1]])
def test_who_adds_nothing_changes_nothing(bystanders: list[int], exposes: bool):  # noqa: FBT001
    """Some have no weight at all, or stand in a direction in which somebody stands already."""
    number = 5 if exposes else 6
    kinds = [[Column(None, (0, 0))], *([Column(None, (1, place))] for place in range(number))]
    own = [Pattern([place], 1) for place in range(1, number + 1)]
    for at in range(number + 1):
        patterns = [*own[:at], *(Pattern([kind], 1) for kind in bystanders), *own[at:]]
        case = Case(kinds, patterns, [0, 1], [], 5)
        assert case.exposes() == by_the_rule(case)
        assert case.exposes() == exposes or 1 in bystanders


people_in_directions = st.lists(st.tuples(st.integers(-1, 6), st.sampled_from([1, 1, 1, 2, 2, 3, 5])), min_size=2, max_size=8)


@given(people_in_directions, st.integers(1, 3), st.integers(5, 7), st.booleans())
@settings(deadline=None)
def test_the_audit_is_the_rule_where_few_are_alike(found: list[tuple[int, int]], width: int, least: int, with_item: bool):  # noqa: FBT001
    found = [pair for place, pair in enumerate(found) if sum(people for _, people in found[: place + 1]) <= 9]
    answered = with_item and sum(people for _, people in found) >= least
    directions = [tuple(place**power if place >= 0 else 0 for power in range(width)) for place, _ in found]
    kinds = [[Column(0 if answered else None, direction)] for direction in directions]
    patterns = [Pattern([kind], people) for kind, (_, people) in enumerate(found)]
    case = Case(kinds, patterns, list(range(width)), [0] if answered else [], least)
    assert case.exposes() == by_the_rule(case)


@given(cases(), st.integers(0, 30))
@settings(max_examples=300, deadline=None)
def test_however_little_effort_is_left_nothing_harmful_is_called_harmless(case: Case, effort: int):
    if not case.exposes(effort=effort):
        assert exposed(case.rows, case.people, case.least) is None


@given(cases())
@settings(max_examples=300, deadline=None)
def test_what_is_harmless_stays_so_with_less_in_it_and_for_smaller_groups(case: Case):
    if not case.exposes():
        assert not any(case._replace(sums=case.sums[:at] + case.sums[at + 1 :]).exposes() for at in range(len(case.sums)))
        assert not any(case._replace(items=case.items[:at] + case.items[at + 1 :]).exposes() for at in range(len(case.items)))
        assert case.least == 5 or not case._replace(least=case.least - 1).exposes()


@given(st.lists(st.integers(0, 7)), st.integers(0, 30))
def test_what_is_taken_is_harmless_and_the_first_is_taken_first(wanted: list[int], most: int):
    taken = largest_safe_choice(wanted, lambda some: sum(some) <= most)
    one_by_one: list[int] = []
    for number in wanted:
        if sum(one_by_one) + number <= most:
            one_by_one.append(number)
    assert taken == one_by_one


def person_means(counts: Sequence[tuple[int, int, int]]) -> Case:
    """People with so many answers in cells (first relation, first theme), (first, second), (second, second)."""
    kinds, patterns = [], []
    for a, b, c in counts:
        first, second, both = 60 // (a + b), 60 // c, 60 // (b + c)
        own = [Column(None, (first, 0, 60 // a, 0)), Column(None, (first, 0, 0, both)), Column(None, (0, second, 0, both))]
        kinds += [[column] for column in own]
        patterns.append(Pattern(range(len(kinds) - 3, len(kinds)), 1))
    return Case(kinds, patterns, [0, 1, 2, 3], [], 7)


def test_relations_alone_are_harmless_and_with_all_themes_they_are_not():
    counts = [(1, 1, 1), (1, 1, 2), (2, 1, 1), (1, 2, 1), (1, 2, 2), (2, 2, 1), (3, 1, 1)]
    case = person_means(counts)
    assert not case._replace(sums=[0, 1]).exposes()
    assert case.exposes()
    assert not person_means([(1, 2, 1)] * 7).exposes(), "all of one pattern"
    assert not person_means(counts * 2).exposes(), "seven people can be left out, not fewer"


def test_a_large_group_is_settled_without_looking_at_everybody():
    counts = [(1 + number % 5, 1 + number % 3, 1 + number % 7) for number in range(3000)]
    case = person_means([(a, b, c) for a, b, c in counts if 60 % (a + b) == 60 % (b + c) == 60 % c == 0])
    assert not case.exposes(effort=200)


@pytest.mark.parametrize("least", [4, 0, -1])
def test_fewer_than_five_is_refused(least: int):
    with pytest.raises(ThresholdError, match="is 5"):
        Audit([], [], least)
