"""Pairs of situations: drawn apart, and asked for one after the other."""

import random
from itertools import pairwise

import pytest
from etiquette_kit.bank import draw
from etiquette_kit.formats.choice import build, contrast, what_if
from etiquette_kit.locale import languages
from etiquette_kit.quiz.events import Inserted, decode, encode
from etiquette_kit.quiz.recorder import Recorder, SupersededError
from etiquette_kit.quiz.session import Session
from etiquette_kit.quiz.state import ReplayError, replay
from etiquette_kit.store.memory import MemoryAnswers
from hypothesis import given
from hypothesis import strategies as st
from paired_bank import pair_of, paired_bank
from session_examples import ticking

BANK = paired_bank()


def started() -> tuple[Session, str]:
    """Return a session without twins in practice mode, and the id of the first one's twin."""
    chance = random.Random(1)  # noqa: S311  no secret
    halves = [BANK[scenario.id] for scenario in BANK if scenario.twin and not scenario.id.endswith("-twin")]
    session = Session.start([build(half, chance) for half in halves], "practice", "de", ticking())
    return session, halves[0].twin or ""


def put_in(session: Session, position: int, name: str) -> None:
    session.insert(position, build(BANK[name], random.Random(2)))  # noqa: S311  no secret


@given(st.integers(1, 5), st.integers(0, 6), st.integers(0, 999))
def test_twins_are_drawn_apart_and_both_only_where_nothing_else_is_left(pairs: int, singles: int, seed: int):
    bank = paired_bank(pairs, singles)
    pool, singles = list(bank), sum(scenario.twin is None for scenario in bank)
    whole = len(bank) - singles
    for length in (None, whole // 2 + singles):
        drawn = draw(pool, length, random.Random(seed))  # noqa: S311  no secret
        assert len(drawn) == (length or len(pool))
        if length:
            assert not {scenario.twin for scenario in drawn} & {scenario.id for scenario in drawn}
        if length or whole > 2 or singles > 1:
            assert not any(one.id == other.twin for one, other in pairwise(drawn))


def test_an_exercise_that_is_put_in_moves_what_follows_and_can_be_replayed():
    session, twin = started()
    session.next()
    session.answer(session.exercise.order[0])
    session.back()
    session.answer(session.exercise.order[1])
    put_in(session, 1, twin)
    assert isinstance(session.events[-1], Inserted)
    assert (session.state.position, session.state.reached) == (0, 2)
    assert sorted(session.state.responses) == [0, 2]
    assert session.state.responses[2].position == 2
    session.next()
    assert session.exercise.material.id == twin
    assert replay([decode(encode(event)) for event in session.events]) == session.state
    again = Session.resume(session.events, BANK, ticking())
    assert again.state == session.state
    assert [exercise.material.id for exercise in again.exercises] == [exercise.material.id for exercise in session.exercises]


@pytest.mark.parametrize("position", [0, -1, 9])
def test_nothing_is_put_in_before_the_first_or_behind_the_end(position: int):
    session, twin = started()
    before = list(session.events)
    with pytest.raises(ReplayError, match="cannot be put in"):
        put_in(session, position, twin)
    assert session.events == before


def test_nothing_is_put_in_twice_nor_into_a_finished_session():
    session, twin = started()
    put_in(session, 1, twin)
    with pytest.raises(ReplayError):
        put_in(session, 2, twin)
    other, twin = started()
    while not other.state.finished:
        other.next()
    with pytest.raises(ReplayError):
        put_in(other, 1, twin)


def window(store: MemoryAnswers) -> tuple[Recorder, Session | None]:
    recorder = Recorder(store, "practice", "k" * 32, pause=0)
    return recorder, recorder.resume(BANK, ticking())


def test_a_twin_that_was_asked_for_in_one_window_comes_along_when_another_was_faster():
    store = MemoryAnswers()
    first, _ = window(store)
    session, twin = started()
    first.save(session, BANK, ticking())
    second, elsewhere = window(store)
    assert elsewhere is not None
    elsewhere.answer(elsewhere.exercise.order[0])
    elsewhere.next()
    elsewhere.answer(elsewhere.exercise.order[0])
    second.save(elsewhere, BANK, ticking())
    put_in(session, 1, twin)
    session.next()
    given = session.exercise.order[1]
    session.answer(given)
    with pytest.raises(SupersededError) as caught:
        first.save(session, BANK, ticking())
    merged = caught.value.session
    assert caught.value.dropped == 0
    assert [entry.material for entry in merged.state.plan][:2] == [entry.material for entry in session.state.plan][:2]
    assert merged.state.responses[1].response == given
    assert sorted(merged.state.responses) == [0, 1, 2]
    assert replay(merged.events) == merged.state
    kept = window(store)[1]
    assert kept is not None
    assert kept.state == merged.state


def test_answers_after_a_twin_are_kept_with_their_own_situation():
    store = MemoryAnswers()
    recorder, _ = window(store)
    session, twin = started()
    session.answer(session.exercise.order[0])
    put_in(session, 1, twin)
    for _ in (1, 2):
        session.next()
        session.answer(session.exercise.order[0])
    recorder.save(session, BANK, ticking())
    (kept,) = store.export(recorder.person.id)["sessions"]
    plan = [entry.material for entry in session.state.plan]
    assert [answer["material"] for answer in kept["answers"]] == plan[:3]


@pytest.mark.parametrize("lang", languages())
def test_a_pair_says_what_differs_and_what_fits_best_in_each(lang: str):
    scenario = next(entry for entry in BANK if entry.twin)
    wanted, unwanted = pair_of(scenario)
    assert what_if(wanted, unwanted, lang) != what_if(unwanted, wanted, lang)
    told = contrast(unwanted, wanted, lang)
    now, before = (half.place.action_name(half.advice.best[0], lang) for half in (unwanted, wanted))
    assert now in told or before in told
    assert told != contrast(wanted, unwanted, lang)
