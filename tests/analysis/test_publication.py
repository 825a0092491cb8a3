"""Whom and what a report is about: chosen by who answered what alone, and enough of it to be of use."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest
from etiquette_kit.analysis.reports.publication import Publication, publication
from etiquette_kit.bank import draw, load_bank
from etiquette_kit.content.scenario import Scenario
from stored_items import items_of

BANK = load_bank()
SCENARIOS = list(BANK)
KNOWN = items_of(SCENARIOS, BANK)
Rounds = list[list[Scenario]]


def frame(people: Sequence[Rounds], seed: int = 0) -> pd.DataFrame:
    """Answers as they come out of a store, by chance."""
    rng = random.Random(seed)  # noqa: S311  no secret
    rows = [
        (person, 10 * person + number, f"{scenario.id}@{scenario.content}", rng.choice(list(scenario.key())), rng.random(), at)
        for person, rounds in enumerate(people)
        for number, one in enumerate(rounds)
        for at, scenario in enumerate(one, start=100 * number)
    ]
    table = pd.DataFrame(rows, columns=["participant", "session", "item", "option", "credit", "at"])
    names = {name: table[name].astype("category") for name in ("item", "option")}
    return table.assign(**names, at=pd.to_datetime(table["at"], unit="m", utc=True))


def same_round(size: int, rng: random.Random) -> list[Rounds]:
    shared = draw(SCENARIOS, 12, rng)
    return [[shared if rng.random() < 0.9 else shared[: rng.randint(1, 11)]] for _ in range(size)]


def same_round_twice(size: int, rng: random.Random) -> list[Rounds]:
    shared = draw(SCENARIOS, 12, rng)
    return [[shared, shared] if rng.random() < 0.8 else [shared] for _ in range(size)]


def rounds_of_their_own(size: int, rng: random.Random) -> list[Rounds]:
    return [[draw(SCENARIOS, 10, rng)] for _ in range(size)]


def shown(people: Sequence[Rounds], seed: int = 0, least: int = 7) -> Publication:
    found = publication(frame(people, seed), KNOWN, least)
    assert found is not None
    return found


def choice(found: Publication) -> tuple[object, ...]:
    return found.persons, found.relations, found.themes, found.gains, found.items, found.same_situations, found.required


@pytest.mark.parametrize("make", [same_round, same_round_twice, rounds_of_their_own])
@pytest.mark.parametrize("size", [8, 12, 20, 60])
def test_what_is_shown_does_not_depend_on_what_was_answered(make: Callable[[int, random.Random], list[Rounds]], size: int):
    people = make(size, random.Random(size))  # noqa: S311  no secret
    first, second = (shown(people, seed) for seed in (1, 2))
    assert not first.answers["option"].equals(second.answers["option"])
    assert choice(first) == choice(second)
    assert first.answers["participant"].tolist() == second.answers["participant"].tolist()


@pytest.mark.parametrize(
    ("make", "size", "relations", "themes", "gains", "items"),
    [
        (same_round, 8, 3, 4, 0, 9),
        (same_round, 20, 3, 5, 0, 11),
        (same_round_twice, 20, 3, 5, 2.5, 12),
        (same_round_twice, 60, 3, 5, 4, 12),
        (rounds_of_their_own, 8, 3, 3, 0, 0),
        (rounds_of_their_own, 20, 3, 4, 0, 1),
        (rounds_of_their_own, 60, 3, 4, 0, 40),
    ],
)
def test_ordinary_groups_are_shown_something_of_use(
    make: Callable[[int, random.Random], list[Rounds]], size: int, relations: float, themes: float, gains: float, items: float
):
    found = [shown(make(size, random.Random(seed))) for seed in range(8)]  # noqa: S311  no secret
    means = np.mean([[len(each.relations), len(each.themes), len(each.gains), len(each.items)] for each in found], axis=0)
    assert (means >= [relations, themes, gains, items]).all(), means
    assert np.mean([each.persons for each in found]) >= 0.75 * size


def test_two_halves_with_a_round_each_are_shown_with_both_rounds():
    one, other = SCENARIOS[::6], SCENARIOS[1::6]
    found = shown([[one]] * 10 + [[other]] * 10)
    assert (found.persons, found.same_situations, len(found.items)) == (20, False, len(one) + len(other))


def test_only_what_everybody_repeated_is_a_gain_among_people_with_one_round():
    shared = SCENARIOS[::6]
    found = shown([[shared, shared[:4]]] * 12)
    relations = {scenario.facts.relation for scenario in shared[:4]}
    assert (found.same_situations, found.gains) == (True, {"all", *relations})
    later = found.answers[~found.is_first]
    assert set(later["item"]) == {f"{scenario.id}@{scenario.content}" for scenario in shared[:4]}


def test_answers_count_by_time_whatever_their_order_in_the_store():
    people = same_round_twice(12, random.Random(3))  # noqa: S311  no secret
    whole = frame(people)
    ordered, mixed = (publication(table, KNOWN, 7) for table in (whole, whole.sample(frac=1, random_state=1)))
    assert ordered is not None
    assert mixed is not None
    assert choice(ordered) == choice(mixed)
    pd.testing.assert_frame_equal(ordered.answers.reset_index(drop=True), mixed.answers.reset_index(drop=True))
    assert ordered.is_first.tolist() == mixed.is_first.tolist()


def test_where_no_seven_answered_anything_alike_only_their_number_is_shown():
    one_each = {scenario.theme: scenario for scenario in SCENARIOS}.values()
    found = shown([[[scenario]] for scenario in one_each] + [[[SCENARIOS[0]]]])
    assert (found.persons, found.required) == (7, ())
    assert not found.relations | found.themes | found.gains | set(found.items)


def test_six_people_are_not_shown_whatever_else_the_store_holds():
    few = frame([[SCENARIOS[:5]]] * 6)
    assert publication(few, KNOWN, 7) is None
    strangers = frame([[SCENARIOS[:5]]] * 6 + [[SCENARIOS[6:9]]] * 6)
    known = items_of(SCENARIOS[:5], BANK)
    assert publication(strangers, known, 7) is None
