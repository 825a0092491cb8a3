"""States from events: which can follow which, and resuming."""

from collections.abc import Iterator

import pytest
from etiquette_kit.events import Answered, Event, Finished, LanguageChanged, Planned, Shown, Started, decode, encode
from etiquette_kit.session import ReplayError, Session, State, apply, replay
from hypothesis import given
from hypothesis import strategies as st

from session_examples import AT, BANK, started, ticking

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
