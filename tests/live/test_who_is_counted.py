"""What a room publishes of one situation is over the same people, so that no difference of two figures tells of fewer than five."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, count

import pytest
from etiquette_kit.live.room import Room
from etiquette_kit.present.control_page import control_page
from etiquette_kit.present.room_pages import screen_page
from hypothesis import event, given, settings
from hypothesis import strategies as st
from published import Counts, bars, counted_elsewhere, end_shares, ends, moved_at_end, printed, spoken_best
from room_examples import AT, LANGUAGES, at_vote, exercises, go, played, vote

EXERCISE = exercises(1)[0]
BEST = {EXERCISE.order.index(option) for option in EXERCISE.grade(EXERCISE.order[0]).best}
WORST = next(index for index in range(len(EXERCISE.order)) if index not in BEST)
Choice = int | None
numbers = count(1)


def counts_of(votes: Sequence[Choice], seats: Sequence[int]) -> Counts:
    return tuple(sum(votes[seat] == option for seat in seats) for option in range(len(EXERCISE.order)))


def less(some: Counts, others: Counts) -> Counts:
    return tuple(one - other for one, other in zip(some, others, strict=True))


# ---- attacks ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [6, 12, 40])
@pytest.mark.parametrize("secret", range(3))
def test_second_bars_less_the_flow_do_not_give_a_latecomers_vote(people: int, secret: int):
    room = played([seat % 3 for seat in range(people)] + [None], [seat % 2 for seat in range(people)] + [secret], [EXERCISE])
    shown, sides = bars(room)[1], ends(room, EXERCISE.order)
    assert shown is not None
    assert sides is not None
    assert not any(less(shown, sides[1]))
    assert sum(shown) == people


@pytest.mark.parametrize("secret", range(3))
def test_first_bars_less_the_flow_do_not_give_the_vote_of_one_who_left(secret: int):
    room = played([*(seat % 3 for seat in range(12)), secret], [0] * 12, [EXERCISE])
    shown, sides = bars(room)[0], ends(room, EXERCISE.order)
    assert shown is not None
    assert sides is not None
    assert not any(less(shown, sides[0]))


def test_how_one_who_voted_once_voted_changes_nothing_that_is_published():
    seen = []
    for secret in range(3):
        room = played([0, 1, 2, 0, 1, 2, 0, secret, None], [0, 0, 0, 1, 1, 1, 2, None, secret], [EXERCISE])
        pages = [screen_page(room, lang, AT) for lang in LANGUAGES]
        room.apply(room.go("end", AT))
        seen.append((pages, [screen_page(room, lang, AT) for lang in LANGUAGES], list(counted_elsewhere(room, EXERCISE))))
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.parametrize("at_border", [True, False])
def test_a_hint_and_the_bars_together_do_not_tell_how_one_who_left_voted(at_border: bool):  # noqa: FBT001
    """With 14 of 20 at what fits best talking pays, with 15 there is little left to learn: the vote of the one that the bars lack."""
    good, bad = min(BEST), WORST
    hints = set()
    for secret in (good, bad):
        first = [good] * (14 if at_border else 9) + [bad] * (5 if at_border else 10) + [secret]
        by_hand = (first.count(good) / len(first)) > 0.7
        room = hinted(first)
        sample = room.ballots[0].samples[-1]
        assert len(sample) == len(first) - 9
        share = sum(EXERCISE.order.index(option) in BEST for option in sample.values()) / len(sample)
        hints.add((hint(room), "explain" if share < 0.3 else "discuss" if share <= 0.7 else "reveal", by_hand))
    assert all(shown == of_sample for shown, of_sample, _ in hints)
    assert (len({by_hand for *_, by_hand in hints}) == 2) == at_border


def test_reopening_a_vote_for_one_does_not_change_the_hint():
    room = hinted([min(BEST)] * 14 + [WORST] * 6)
    before = hint(room)
    for seat, turned in enumerate([WORST] * 4, 1):
        go(room, "vote")
        cast(room, seat, turned)
        assert hint(go(room, "closed")) == before
        assert len(room.ballots[0].samples) == 1
    go(room, "vote")
    for seat in range(14):
        cast(room, seat, WORST)
    assert hint(go(room, "closed")) == "explain"


def test_bars_that_a_hint_nearly_equals_are_left_out():
    """As where of those who vote again all but one are those whose votes the hint rested on."""
    for others, shown in ((0, (5, 5)), (1, (None, 6)), (4, (None, 9)), (5, (10, 10))):
        room = hinted([seat % 3 for seat in range(14)])
        sample = set(room.ballots[0].samples[-1])
        again = sample | set(sorted(set(range(14)) - sample)[:others])
        go(room, "revote")
        vote(room, "second", [0 if seat in again else None for seat in range(14)])
        go(room, "reveal")
        assert tuple(None if counts is None else sum(counts) for counts in bars(room)) == shown
        assert (ends(room, EXERCISE.order) is None) == (None in shown)
        note = screen_page(room, "en", AT)["revealed"]["note"]
        assert note.startswith("Only the second vote is shown" if None in shown else "Only those who voted both times")


def hinted(first: Sequence[Choice]) -> Room:
    room = at_vote(len(first), [EXERCISE])
    vote(room, "first", first)
    return go(room, "closed")


def hint(room: Room) -> str | None:
    shown = control_page(room, "en", AT)["suggestion"]
    return None if shown is None else str(shown["kind"])


def cast(room: Room, seat: int, option: int) -> None:
    which = room.which
    assert which is not None
    happened = room.vote(seat, 0, which, EXERCISE.order[option], f"{next(numbers)}", AT)
    if happened is not None:
        room.apply(happened)


# ---- what is shown ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [5, 8, 37, 500])
def test_where_everybody_votes_twice_everything_is_shown(people: int):
    first, second = [seat % 3 for seat in range(people)], [seat % 2 for seat in range(people)]
    room = played(first, second, [EXERCISE])
    assert bars(room) == [counts_of(first, range(people)), counts_of(second, range(people))]
    assert ends(room, EXERCISE.order) == bars(room)
    assert screen_page(room, "en", AT)["revealed"]["note"] is None


@pytest.mark.parametrize(
    ("first", "second", "shown", "note"),
    [
        ([0] * 30, [], (30, None), None),
        ([0] * 30, [1] * 4, (30, None), "Only the first vote is shown, so that nobody can be recognised."),
        ([0] * 30, [1] * 5, (5, 5), "Only those who voted both times are counted here."),
        ([0] * 30 + [None] * 4, [1] * 29 + [None] + [2] * 4, (29, 29), "Only those who voted both times are counted here."),
        ([0] * 4, [1] * 30, (None, 30), "Only the second vote is shown, so that nobody can be recognised."),
        ([None] * 9, [1] * 9, (None, 9), None),
        ([0] * 20 + [None] * 16, [None] * 16 + [1] * 20, (20, None), "Only the first vote is shown, so that nobody can be recognised."),
        ([0] * 4, [1] * 4, (None, None), "Distributions appear from 5 votes on, so that nobody can be recognised."),
        ([], [], (None, None), None),
    ],
)
def test_whose_votes_are_shown_and_what_is_said_of_the_others(
    first: list[Choice], second: list[Choice], shown: tuple[int | None, int | None], note: str | None
):
    room = played(first, second, [EXERCISE])
    assert tuple(None if counts is None else sum(counts) for counts in bars(room)) == shown
    assert screen_page(room, "en", AT)["revealed"]["note"] == note
    assert (ends(room, EXERCISE.order) is not None) == (None not in shown)
    # A vote that is not shown is named by its size only.
    texts = {votes[which][3] for votes in screen_page(room, "en", AT)["revealed"]["votes"].values() for which in (0, 1)}
    assert {text for text in texts if "%" not in text} <= {"no vote", "too few votes", "not shown"}


def test_a_hint_needs_fourteen_votes():
    assert hint(hinted([min(BEST)] * 13)) == "few"
    assert hint(hinted([min(BEST)] * 14)) == "reveal"


# ---- the law ----------------------------------------------------------------------------------------------------------------

voters = st.lists(st.tuples(st.sampled_from([0, 1, 2, None]), st.sampled_from([0, 1, 2, None])), max_size=40)
mostly_twice = st.tuples(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=4, max_size=30),
    st.lists(st.tuples(st.none(), st.integers(0, 2)), max_size=6),
    st.lists(st.tuples(st.integers(0, 2), st.none()), max_size=6),
).map(lambda groups: [voter for group in groups for voter in group])
with_hints = st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0, 1, 2, 2, None])), min_size=14, max_size=40)
changes = st.lists(st.lists(st.tuples(st.integers(0, 39), st.integers(0, 2)), max_size=15), max_size=3)
many_changes = st.lists(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 2)), min_size=8, max_size=30), min_size=1, max_size=3)


@settings(max_examples=300)
@given(voters | mostly_twice | with_hints | with_hints, changes | many_changes)
def test_no_two_published_figures_differ_by_the_votes_of_fewer_than_five(
    pairs: list[tuple[Choice, Choice]], reopened: Sequence[list[tuple[int, int]]]
):
    """Figures are read off the pages; whose votes they are is worked out here, from who voted when."""
    first, second = ([pair[which] for pair in pairs] for which in (0, 1))
    room = hinted(first)
    for votes in reopened:
        go(room, "vote")
        for seat, option in votes:
            if seat < len(pairs):
                cast(room, seat, option)
                first[seat] = option
        go(room, "closed")
    hints = [{(seat, option) for seat, option in sample.items()} for sample in room.ballots[0].samples]
    go(room, "revote")
    vote(room, "second", second)
    go(room, "reveal")
    shown, sides = bars(room), ends(room, EXERCISE.order)
    assert printed(room) == shown

    everybody = {which: {seat for seat, choice in enumerate(votes) if choice is not None} for which, votes in enumerate((first, second))}
    both = everybody[0] & everybody[1]
    counted: dict[int, set[int]] = {}
    for which, votes in enumerate((first, second)):
        counts = shown[which]
        if counts is not None:
            counted[which] = both if len(both) >= 5 else everybody[which]
            assert counts == counts_of(votes, sorted(counted[which]))
            assert len(counted[which]) >= 5
    event(f"shown: {sorted(counted)}, hints: {len(hints)}")
    if len(counted) == 2:
        assert counted[0] == counted[1]
    if sides is not None:
        assert sides == [counts_of(votes, sorted(both)) for votes in (first, second)]
        assert set(counted) == {0, 1}

    published = [*hints, *([{(seat, EXERCISE.order[first[seat]]) for seat in counted[0]}] if 0 in counted else [])]  # type: ignore[index]
    for one, other in combinations(published, 2):
        differing = {seat for seat, _ in one ^ other}
        assert not differing or len(differing) >= 5

    room.apply(room.go("end", AT))
    moved = sum(first[seat] != second[seat] for seat in both)
    assert moved_at_end(room) == (None if sides is None else (moved, len(both) if moved else None))
    assert end_shares(room) == [spoken_best(counts, EXERCISE) for counts in shown]
    for which, counts in counted_elsewhere(room, EXERCISE):
        assert counts == shown[which]


@settings(max_examples=150)
@given(mostly_twice, st.integers(0, 2**32))
def test_of_whoever_voted_once_no_page_depends_on_the_choice(pairs: list[tuple[Choice, Choice]], seed: int):
    others = [
        tuple(None if choice is None else choice if None not in pair else (choice + 1 + seed % 2) % 3 for choice in pair) for pair in pairs
    ]
    if sum(None not in pair for pair in pairs) < 5:
        return
    made = []
    for votes in (pairs, others):
        room = played([pair[0] for pair in votes], [pair[1] for pair in votes], [EXERCISE])
        pages = [page(room, lang, AT) for page in (screen_page, control_page) for lang in LANGUAGES]
        room.apply(room.go("end", AT))
        made.append((pages, [screen_page(room, lang, AT) for lang in LANGUAGES], list(counted_elsewhere(room, EXERCISE))))
    assert made[0] == made[1]
