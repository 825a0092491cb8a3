"""A round as a short text: what is written is read again, whatever was done in it, and what cannot be a round is refused."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from pathlib import Path

import pytest
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.content.material import twin_of
from etiquette_kit.formats import format_named
from etiquette_kit.quiz.events import Answered, Event
from etiquette_kit.quiz.round_code import LONGEST, RoundCodeError, read_round, round_code, started_at
from etiquette_kit.quiz.session import Session
from good_scenario import HEAD, scenario, written
from hypothesis import given
from hypothesis import strategies as st
from session_examples import AT, BANK, started, ticking

_ACTION = st.sampled_from(["answer", "answer", "next", "next", "back", "twin", "lang"])
_ACTIONS = st.lists(st.tuples(_ACTION, st.integers(0, 5)), max_size=60)
_LIKE_A_ROUND = r"1\.[pt]\.de(\.[0-9a-z]{1,12}){2}\.[0-9a-z]\.[uf](~[a-z-]{1,9}\.[0-9a-f]*\.\d*\.\d?\.i?)*"


def _played(session: Session, actions: list[tuple[str, int]]) -> Session:
    for action, number in actions:
        exercise, state = session.exercise, session.state
        match action:
            case "answer" if exercise is not None and not state.finished and state.position not in state.responses:
                session.answer(exercise.options[number % len(exercise.options)])
            case "next":
                session.next()
            case "back":
                session.back()
            case "lang":
                session.set_language(("de", "en")[number % 2])
            case "twin" if exercise is not None and not state.finished:
                twin = format_named("choice").materials(BANK).get(twin_of(exercise.material) or "")
                if twin is not None and twin.id not in [entry.material for entry in state.plan]:
                    session.insert(state.position + 1, format_named("choice").build(twin, random.Random(number)))  # noqa: S311  no secret
    return session


def _known(events: list[Event]) -> object:
    """Return what a round is, apart from moments: its exercises, its answers, and what is on the screen."""
    session = Session.resume(events, BANK, lambda: AT)
    state = session.state
    answers = {place: (answer.response, answer.credit) for place, answer in state.responses.items()}
    return state.mode, state.lang, state.plan, answers, state.position, state.finished


@given(st.integers(1, 12), st.sampled_from(["practice", "test"]), st.integers(0, 99), _ACTIONS)
def test_what_is_written_is_read_again(length: int, mode: str, seed: int, actions: list[tuple[str, int]]):
    session = _played(started(length, mode, seed), actions)
    code = round_code(session)
    assert re.fullmatch(r"[0-9a-z.~-]+", code)
    events = read_round(code, BANK)
    assert _known(events) == _known(session.events)
    assert started_at(code) == session.events[0].at == events[0].at
    answered = [event.at for event in session.events if isinstance(event, Answered)]
    assert {event.at for event in events if isinstance(event, Answered)} <= {max(answered, default=AT)}
    again = Session.resume(events, BANK, lambda: AT)
    assert round_code(again) == code


@given(st.integers(1, 20), st.integers(0, 99), st.integers(0, 1200), _ACTIONS)
def test_a_round_that_does_not_fit_ends_earlier(length: int, seed: int, longest: int, actions: list[tuple[str, int]]):
    session = _played(started(length, "practice", seed), actions)
    code = round_code(session, longest)
    assert len(code) <= longest
    if code:
        state, whole = Session.resume(read_round(code, BANK), BANK, lambda: AT).state, session.state
        kept = len(state.plan)
        assert state.plan == whole.plan[:kept]
        assert state.responses.keys() == {place for place in whole.responses if place < kept}
        assert state.finished == (whole.finished and kept == len(whole.plan))


def test_a_round_of_ten_needs_a_tenth_of_what_there_is():
    session = started(10)
    while not session.state.at_end:
        exercise = session.exercise
        assert exercise is not None
        session.answer(exercise.options[0])
        session.next()
    assert len(round_code(session)) < LONGEST / 6


def test_even_all_situations_of_the_kit_fit():
    assert round_code(started(len(BANK))).count("~") == len(BANK)


@given(st.text(max_size=200) | st.from_regex(_LIKE_A_ROUND, fullmatch=True))
def test_what_is_no_round_is_refused(text: str):
    with pytest.raises(RoundCodeError):
        read_round(text, BANK)


@given(st.data())
def test_a_damaged_round_is_refused_or_read_as_one(data: st.DataObject):
    code = round_code(_played(started(5), [("answer", 1), ("next", 0)] * 3))
    place = data.draw(st.integers(0, len(code) - 1))
    damaged = code[:place] + data.draw(st.sampled_from(["", "~", ".", "9", "z", "é", "~~"])) + code[place + 1 :]
    try:
        events = read_round(damaged, BANK)
    except RoundCodeError:
        return
    assert Session.resume(events, BANK, lambda: AT).exercises


def _bank(folder: Path, *scenarios: str) -> Bank:
    return load_bank(written(folder, HEAD + "".join(scenarios)))


def test_what_was_edited_is_asked_again_and_what_is_gone_is_left_out(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory):
    before = _bank(tmp_path, *(scenario(name) for name in ("one", "two", "three")))
    exercises = [format_named("choice").build(before.scenarios[name], random.Random(1)) for name in ("one", "two", "three")]  # noqa: S311
    session = Session.start(exercises, "practice", "en", ticking())
    for _ in exercises:
        session.answer("a")
        session.next()
    edited = scenario("two").replace('"A request"', '"Another request"')
    after = _bank(tmp_path_factory.mktemp("after"), edited, scenario("three"))
    state = Session.resume(read_round(round_code(session), after), after, lambda: AT).state
    assert [entry.material for entry in state.plan] == ["two", "three"]
    assert (state.finished, state.position, {*state.responses}) == (False, 0, {1})
    with pytest.raises(RoundCodeError):
        read_round(round_code(session), _bank(tmp_path_factory.mktemp("other"), scenario("four")))


def test_the_latest_answer_keeps_its_moment():
    session = started(2)
    session.answer(session.exercise.options[0])  # type: ignore[union-attr]
    (answer,) = (event for event in read_round(round_code(session), BANK) if isinstance(event, Answered))
    assert timedelta() < answer.at - AT < timedelta(minutes=1)
    assert answer.seconds is None
