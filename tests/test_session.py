# ruff: noqa: S311  the chance here is no secret
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.events import Answered, Event, Finished, LanguageChanged, Planned, Shown, Started, decode, encode
from etiquette_kit.exercises import build
from etiquette_kit.session import AnswerError, Clock, ReplayError, Session, State, apply, replay
from hypothesis import given, settings
from hypothesis import strategies as st

BANK = load_bank()
AT = datetime(2025, 1, 1, tzinfo=UTC)


def ticking() -> Clock:
    moments = (AT + timedelta(seconds=count) for count in range(100_000))
    return lambda: next(moments)


def started(length: int = 3, mode: Any = "practice", seed: int = 1) -> Session:
    rng = random.Random(seed)
    scenarios = rng.sample(list(BANK), length)
    return Session.start([build(scenario, rng) for scenario in scenarios], mode, "de", ticking())


def option_of_grade(session: Session, grade: int) -> str:
    exercise = session.exercise
    assert exercise is not None
    return next(name for name, value in exercise.scenario.key().items() if value == grade)


def _refusal(session: Session, response: Any, question: str | None = None) -> str:
    before = list(session.events)
    with pytest.raises(AnswerError) as caught:
        session.answer(response, question)
    assert session.events == before
    assert isinstance(caught.value, ValueError)
    return caught.value.refusal


# ---- one run --------------------------------------------------------------------------------------------------------------


def test_a_session_begins_with_its_first_exercise_on_the_screen():
    session = started()
    assert session.state.position == 0
    assert session.exercise is session.exercises[0]
    assert session.events == [
        Started(AT, "practice", "de", tuple(Planned(e.scenario.id, e.order) for e in session.exercises)),
        Shown(AT + timedelta(seconds=1), 0),
    ]


def test_an_answer_is_graded_and_noted_with_its_credit():
    session = started()
    best = option_of_grade(session, 4)
    result = session.answer(best)
    assert (result.credit, result.grade, result.response) == (1, 4, best)
    assert session.events[-1] == Answered(AT + timedelta(seconds=2), 0, best, 1.0)
    assert session.result(0) == result
    assert session.result(1) is None


def test_an_answer_counts_once():
    session = started()
    session.answer(option_of_grade(session, 4))
    for option in session.exercises[0].order:
        assert _refusal(session, option) == "already_answered"
    session.next()
    session.back()
    assert _refusal(session, session.exercises[0].order[0]) == "already_answered"


@pytest.mark.parametrize("response", ["", "zz", "A", None, 0, "a "])
def test_an_option_that_does_not_exist_is_refused(response: object):
    assert _refusal(started(), response) == "unknown_option"


def test_an_answer_to_another_question_is_refused():
    session = started()
    other = session.exercises[1]
    assert _refusal(session, other.order[0], other.scenario.id) == "wrong_question"
    assert session.answer(session.exercises[0].order[0], session.exercises[0].scenario.id)


def test_at_the_end_and_after_it_nothing_can_be_answered():
    session = started(2)
    session.next()
    session.next()
    assert session.state.finished
    assert session.exercise is None
    assert _refusal(session, "a") == "finished"
    session.back()
    assert session.exercise is session.exercises[1]
    assert _refusal(session, session.exercises[1].order[0]) == "finished"


def test_next_at_the_end_and_back_at_the_beginning_do_nothing():
    session = started(1)
    session.back()
    assert session.state.position == 0
    session.next()
    events = list(session.events)
    session.next()
    assert session.events == events
    assert [type(event) for event in events[-2:]] == [Finished, Shown]


def test_a_session_finishes_once():
    session = started(1)
    session.next()
    session.back()
    session.next()
    assert sum(isinstance(event, Finished) for event in session.events) == 1
    assert session.state.at_end


def test_what_was_reached_can_be_shown_and_no_more():
    session = started()
    session.next()
    session.show(0)
    assert session.state.position == 0
    session.show(1)
    for position in (2, 3, -1, 99):
        with pytest.raises(ReplayError, match=f"position {position} was not reached"):
            session.show(position)
    assert session.state.position == 1


def test_the_language_is_noted_when_it_changes():
    session = started()
    session.set_language("de")
    assert len(session.events) == 2
    session.set_language("en")
    assert session.events[-1] == LanguageChanged(AT + timedelta(seconds=2), "en")
    assert session.state.lang == "en"


def test_practice_reveals_what_is_answered_and_a_test_waits_for_the_end():
    practice, test = started(2), started(2, "test")
    for session in (practice, test):
        session.answer(session.exercises[0].order[0])
    assert (practice.reveals(0), practice.reveals(1)) == (True, False)
    assert (test.reveals(0), test.reveals(1)) == (False, False)
    test.next()
    test.next()
    assert test.reveals(0)


def test_credit_is_the_mean_over_the_answered_overall_by_relation_and_by_theme():
    scenarios = {scenario.facts.relation: scenario for scenario in BANK}
    picked = [scenarios["boss"], scenarios["client"], next(s for s in BANK if s.facts.relation == "boss" and s is not scenarios["boss"])]
    rng = random.Random(3)
    session = Session.start([build(scenario, rng) for scenario in picked], "practice", "de", ticking())
    assert session.summary()["credit"] is None
    session.answer(option_of_grade(session, 4))
    session.next()
    session.answer(option_of_grade(session, 2))
    summary = session.summary()
    assert summary["credit"] == pytest.approx((1 + 1 / 3) / 2)
    assert (summary["answered"], summary["total"]) == (2, 3)
    assert summary["by_relation"] == {
        "client": {"credit": pytest.approx(1 / 3), "answered": 1, "total": 1},
        "boss": {"credit": 1, "answered": 1, "total": 2},
    }
    assert sum(part["total"] for part in summary["by_theme"].values()) == 3
    assert set(summary["by_theme"]) == {scenario.theme for scenario in picked}
    assert session.weak() == [1, 2]


def test_a_test_hides_its_credit_until_the_end():
    session = started(2, "test")
    session.answer(option_of_grade(session, 4))
    summary = session.summary()
    assert summary["answered"] == 1
    assert [part["credit"] for name in ("by_relation", "by_theme") for part in summary[name].values() if part["credit"] is not None] == []
    assert summary["credit"] is None
    session.next()
    session.next()
    assert session.summary()["credit"] == 1


# ---- replay ---------------------------------------------------------------------------------------------------------------

PLAN = (Planned("one", ("a", "b")), Planned("two", ("a", "b")), Planned("three", ("a", "b")))
START = Started(AT, "practice", "de", PLAN)


def answered(position: int) -> Answered:
    return Answered(AT, position, "a", 1.0)


def shown(*positions: int) -> Iterator[Shown]:
    return (Shown(AT, position) for position in positions)


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([], "no events"),
        ([Shown(AT, 0)], "first event must be 'started', not 'shown'"),
        ([START, START], "starts only once"),
        ([START, Shown(AT, 2)], "position 2 cannot be shown"),
        ([START, Shown(AT, -1)], "position -1"),
        ([START, *shown(0, 1, 2), Finished(AT), *shown(3, 4)], "position 4"),
        ([START, Shown(AT, 0), answered(1)], "position 1 cannot be answered"),
        ([START, Shown(AT, 0), answered(0), answered(0)], "position 0 cannot be answered"),
        ([START, *shown(0, 1), answered(1), *shown(0), answered(0), *shown(1), answered(1)], "position 1 cannot be answered"),
        ([START, *shown(0, 1, 2), Finished(AT), answered(2)], "position 2 cannot be answered"),
        ([START, *shown(0, 1, 2), Finished(AT), *shown(3), answered(3)], "position 3 cannot be answered"),
        ([START, *shown(0, 1, 2), Finished(AT), Finished(AT)], "finishes only once"),
    ],
)
def test_events_that_cannot_follow_are_refused(events: list[Event], reason: str):
    with pytest.raises(ReplayError, match=reason):
        replay(events)


@pytest.mark.parametrize(
    "events",
    [
        [START, Shown(AT, 0), Finished(AT)],
        [START, *shown(0, 1, 2, 3)],
        [START, *shown(0, 1, 0, 2)],
    ],
    ids=["finished before the last exercise", "the end without having finished", "an exercise passed over"],
)
def test_events_that_no_session_emits_are_refused(events: list[Event]):
    with pytest.raises(ReplayError):
        replay(events)


def test_applying_an_event_leaves_the_state_before_as_it_was():
    state = replay([START, Shown(AT, 0)])
    after = apply(state, answered(0))
    assert state.responses == {}
    assert after.responses == {0: answered(0)}


def test_a_session_resumes_where_it_was():
    session = started(3)
    session.answer(session.exercises[0].order[0])
    session.next()
    session.set_language("en")
    again = Session.resume([decode(encode(event)) for event in session.events], BANK, ticking())
    assert again.state == session.state
    assert again.exercises == session.exercises
    assert again.summary() == session.summary()
    again.answer(again.exercises[1].order[1])
    assert len(again.events) == len(session.events) + 1


def test_resuming_with_a_bank_that_lacks_a_scenario_is_refused():
    with pytest.raises(KeyError, match="no scenario 'one'"):
        Session.resume([START], BANK, ticking())


# ---- any sequence of actions ----------------------------------------------------------------------------------------------

actions = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 5), st.sampled_from(["none", "right", "wrong"])),
    st.tuples(st.sampled_from(["next", "next", "next", "back"])),
    st.tuples(st.just("show"), st.integers(-1, 5)),
    st.tuples(st.just("language"), st.sampled_from(["de", "en"])),
)


class Model:
    """What a session must do, written down a second time and more simply."""

    def __init__(self, total: int) -> None:
        self.total, self.position, self.reached, self.finished, self.lang = total, 0, 0, False, "de"
        self.given: dict[int, str] = {}

    def go(self, position: int) -> None:
        self.position, self.reached = position, max(self.reached, position)
        self.finished = self.finished or position == self.total


def _act(session: Session, model: Model, action: tuple[Any, ...]) -> None:
    match action:
        case ("answer", choice, meant):
            exercise = session.exercise
            order = exercise.order if exercise else ()
            response = order[choice] if choice < len(order) else "nonsense"
            question = {"none": None, "right": exercise.scenario.id if exercise else None, "wrong": "nonsense"}[meant]
            fits = not model.finished and model.position not in model.given and response != "nonsense" and question != "nonsense"
            if fits:
                model.given[model.position] = response
                assert session.answer(response, question).response == response
            else:
                _refusal(session, response, question)
        case ("next",):
            session.next()
            model.go(min(model.position + 1, model.total))
        case ("back",):
            session.back()
            model.go(max(model.position - 1, 0))
        case ("show", position) if 0 <= position <= model.reached:
            session.show(position)
            model.go(position)
        case ("show", position):
            with pytest.raises(ReplayError):
                session.show(position)
        case ("language", lang):
            session.set_language(lang)
            model.lang = lang


@settings(max_examples=150)
@given(st.integers(1, 4), st.sampled_from(["practice", "test"]), st.integers(0, 99), st.lists(actions, max_size=25))
def test_whatever_is_done_the_session_does_what_the_model_does_and_replays(length: int, mode: str, seed: int, steps: list[tuple[Any, ...]]):
    session, model = started(length, mode, seed), Model(length)
    for step in steps:
        answers = dict(session.state.responses)
        _act(session, model, step)
        state = session.state
        assert (state.position, state.reached, state.finished, state.lang) == (model.position, model.reached, model.finished, model.lang)
        assert {position: given.response for position, given in state.responses.items()} == model.given
        assert answers.items() <= state.responses.items()
        assert state.at_end == (session.exercise is None)
    assert replay(session.events) == session.state
    assert replay([decode(encode(event)) for event in session.events]) == session.state
    assert Session.resume(session.events, BANK, ticking()).state == session.state
    assert [event.at for event in session.events] == sorted(event.at for event in session.events)
    _check_summary(session, model)


def _check_summary(session: Session, model: Model) -> None:
    earned = {position: (session.exercises[position].scenario.key()[response] - 1) / 3 for position, response in model.given.items()}
    summary = session.summary()
    hidden = session.state.mode == "test" and not model.finished
    assert (summary["answered"], summary["total"]) == (len(earned), model.total)
    expected = None if hidden or not earned else pytest.approx(sum(earned.values()) / len(earned))
    assert summary["credit"] == expected
    for name in ("by_relation", "by_theme"):
        parts = summary[name].values()
        assert sum(part["answered"] for part in parts) == len(earned)
        assert sum(part["total"] for part in parts) == model.total
        assert all((part["credit"] is None) == (hidden or not part["answered"]) for part in parts)
    assert session.weak() == [position for position in range(model.total) if earned.get(position, 0) < 1]


events = st.one_of(
    st.just(START),
    st.builds(Shown, st.just(AT), st.integers(-1, 4)),
    st.builds(answered, st.integers(-1, 4)),
    st.builds(LanguageChanged, st.just(AT), st.sampled_from(["de", "en"])),
    st.builds(Finished, st.just(AT)),
)


@given(st.lists(events, max_size=12))
def test_any_list_of_events_is_a_state_or_refused(listed: list[Event]):
    try:
        state = replay(listed)
    except ReplayError:
        return
    assert isinstance(state, State)
    assert 0 <= state.position <= state.reached <= len(PLAN)
    assert set(state.responses) <= set(range(len(PLAN)))
    assert len(state.responses) == sum(isinstance(event, Answered) for event in listed)
