"""States from events: which can follow which, and resuming."""

from collections.abc import Iterator

import pytest
from etiquette_kit.bank import Bank
from etiquette_kit.quiz.events import Answered, Event, Finished, LanguageChanged, Planned, Revised, Shown, Started, decode, encode
from etiquette_kit.quiz.session import Session
from etiquette_kit.quiz.state import ReplayError, State, apply, replay
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from session_examples import AT, BANK, started, ticking

PLAN = tuple(Planned(name, '["a", "b"]') for name in ("one", "two", "three"))
START = Started(AT, "practice", "de", PLAN)


def answered(position: int) -> Answered:
    return Answered(AT, position, "a", 1.0, "de")


def shown(*positions: int) -> Iterator[Shown]:
    return (Shown(AT, position) for position in positions)


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([], "^there are no events$"),
        ([Shown(AT, 0)], "first event must be 'started', not 'shown'"),
        ([START, START], "^a session starts only once$"),
        ([START, Shown(AT, 0), Finished(AT)], "^a session finishes after its last exercise$"),
        ([START, *shown(0, 1, 0, 2)], "^position 2 cannot be shown after 0, with 1 the furthest of 3$"),
        ([START, Shown(AT, 2)], "position 2 cannot be shown"),
        ([START, Shown(AT, -1)], "position -1"),
        ([START, *shown(0, 1, 2), Finished(AT), *shown(3, 4)], "position 4"),
        ([START, Shown(AT, 0), answered(1)], "position 1 cannot be answered"),
        ([START, Shown(AT, 0), answered(0), answered(0)], "position 0 cannot be answered"),
        ([START, *shown(0, 1), answered(1), *shown(0), answered(0), *shown(1), answered(1)], "position 1 cannot be answered"),
        ([START, *shown(0, 1, 2), Finished(AT), answered(2)], "position 2 cannot be answered"),
        ([START, *shown(0, 1, 2), Finished(AT), *shown(3), answered(3)], "position 3 cannot be answered"),
        ([START, *shown(0, 1, 2), Finished(AT), Finished(AT)], "^a session finishes only once$"),
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
    with pytest.raises(ReplayError, match=r"^none of the session's exercises is in the bank any more$"):
        Session.resume([START], BANK, ticking())


def edited(*ids: str, without: tuple[str, ...] = ()) -> Bank:
    """Return the bank with these scenarios given another title, and without those."""
    changed = []
    for scenario in BANK:
        if scenario.id in without:
            continue
        if scenario.id in ids:
            texts = {lang: replace(text, title=f"{text.title}!") for lang, text in scenario.texts.items()}
            scenario = replace(scenario, texts=texts)  # noqa: PLW2901
        changed.append(scenario)
    return Bank(changed)


def played(length: int, answers: int) -> Session:
    session = started(length)
    for _ in range(answers):
        assert session.exercise is not None
        session.answer(session.exercise.order[0])
        session.next()
    return session


def test_only_what_was_edited_is_asked_again():
    session = played(4, 3)
    ids = [exercise.scenario.id for exercise in session.exercises]
    again = Session.resume(session.events, edited(ids[1]), ticking())
    assert set(again.state.responses) == {0, 2}
    assert again.state.position == 1
    assert again.exercises[1].scenario.text("de").title.endswith("!")
    assert again.exercises[1].order == session.exercises[1].order
    assert again.state.responses[2] == session.state.responses[2]
    assert [entry.content for entry in again.state.plan] == [exercise.material.content for exercise in again.exercises]
    again.answer(again.exercises[1].order[0])
    assert again.state.responses[1].seconds is None, "it came to the screen without having been shown"
    assert replay([decode(encode(event)) for event in again.events]) == again.state


def test_what_was_edited_is_asked_again_even_after_the_end():
    session = played(3, 3)
    assert session.state.finished
    again = Session.resume(session.events, edited(session.exercises[2].scenario.id), ticking())
    assert (again.state.finished, again.state.position, set(again.state.responses)) == (False, 2, {0, 1})


def test_what_is_no_longer_in_the_bank_is_left_out():
    session = played(4, 3)
    gone = session.exercises[1].scenario.id
    again = Session.resume(session.events, edited(without=(gone,)), ticking())
    assert [exercise.scenario.id for exercise in again.exercises] == [e.scenario.id for e in session.exercises if e.scenario.id != gone]
    assert (again.state.position, set(again.state.responses)) == (2, {0, 1})
    assert again.state.responses[1] == replace(session.state.responses[2], position=1)


@pytest.mark.parametrize("gone", [0, 1])
def test_the_exercise_on_the_screen_stays_where_others_are_left_out(gone: int):
    session = played(4, 2)
    assert session.exercise is not None
    again = Session.resume(session.events, edited(without=(session.exercises[gone].scenario.id,)), ticking())
    assert again.exercise == session.exercise


def test_where_the_last_exercise_is_left_out_the_one_before_is_on_the_screen():
    session = played(3, 2)
    again = Session.resume(session.events, edited(without=(session.exercises[2].scenario.id,)), ticking())
    assert again.exercise == session.exercises[1]
    again.next()
    assert again.state.finished


def test_what_was_reached_stays_reached_where_something_is_left_out():
    session = played(4, 3)
    session.show(0)
    again = Session.resume(session.events, edited(without=(session.exercises[1].scenario.id,)), ticking())
    assert (again.state.position, again.state.reached) == (0, 2)
    again.show(2)


def test_an_exercise_of_which_no_version_is_known_is_taken_as_it_is():
    session = started(1)
    first = session.events[0]
    assert isinstance(first, Started)
    events = [replace(first, plan=tuple(replace(entry, content="") for entry in first.plan)), *session.events[1:]]
    assert Session.resume(events, edited(session.exercises[0].scenario.id), ticking()).events == events


def test_an_unchanged_bank_adds_no_event():
    session = played(3, 2)
    assert Session.resume(session.events, BANK, ticking()).events == session.events


@pytest.mark.parametrize(
    ("sources", "asked_again"),
    [((0,), ()), ((0, 0, 1), ()), ((2, 1, 0), ()), ((0, 1, 3), ()), ((0, 1, 2), (3,))],
)
def test_a_revision_that_fits_no_session_is_refused(sources: tuple[int, ...], asked_again: tuple[int, ...]):
    with pytest.raises(ReplayError, match=r"^a session is revised with a plan that does not come from its own$"):
        replay([START, Shown(AT, 0), Revised(AT, PLAN, sources, asked_again)])


@given(st.integers(1, 5), st.integers(0, 5), st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4)))
def test_a_revised_session_keeps_every_answer_to_what_stayed_the_same(length: int, answers: int, changed: set[int], gone: set[int]):
    session = played(length, min(answers, length))
    names = [exercise.scenario.id for exercise in session.exercises]
    gone &= set(range(length))
    if len(gone) == length:
        return
    bank = edited(*(names[p] for p in changed if p < length), without=tuple(names[p] for p in gone))
    again = Session.resume(session.events, bank, ticking())
    kept = {names[p]: given.response for p, given in session.state.responses.items() if p not in changed | gone}
    assert {again.exercises[p].scenario.id: given.response for p, given in again.state.responses.items()} == kept
    assert replay(again.events) == again.state
    assert Session.resume(again.events, bank, ticking()).state == again.state


def test_answers_given_elsewhere_are_taken_over_once():
    session, other = started(4), started(4)
    for _ in range(3):
        assert other.exercise is not None
        other.answer(other.exercise.order[1])
        other.next()
    session.answer(session.exercises[0].order[0])
    first = session.state.responses[0]
    taken = session.merge_answers(event for event in other.events if isinstance(event, Answered))
    assert taken == 2
    assert session.state.responses[0] == first
    assert set(session.state.responses) == {0, 1, 2}
    assert replay(session.events) == session.state


def given_elsewhere(*positions: int, submission: str | None = None) -> list[Answered]:
    order = started(4).exercises
    return [Answered(AT, place, order[place].order[0], 1.0, "de", submission=submission) for place in positions]


def test_before_a_merged_answer_its_exercise_was_shown_and_those_that_were_passed_over():
    session = started(4)
    clock = session.events[-1].at
    assert session.merge_answers(given_elsewhere(2)) == 1
    assert [(type(event), event.position) for event in session.events[2:]] == [(Shown, 1), (Shown, 2), (Answered, 2)]  # type: ignore[union-attr]
    assert all(event.at > clock for event in session.events[2:4])


def test_an_answer_further_on_is_merged_into_a_session_that_looks_back():
    session = started(4)
    session.next()
    session.next()
    session.show(0)
    assert session.merge_answers(given_elsewhere(0, 1, 3)) == 3
    assert [type(event) for event in session.events[-3:]] == [Shown, Shown, Answered]
    assert (session.state.position, session.state.reached, set(session.state.responses)) == (3, 3, {0, 1, 3})
    assert replay(session.events) == session.state


def test_an_answer_to_what_the_session_does_not_have_is_not_merged():
    session = started(2)
    assert session.merge_answers(given_elsewhere(1, 2, 3)) == 1
    assert set(session.state.responses) == {1}


def test_after_the_end_no_answer_is_merged():
    session = played(2, 1)
    session.next()
    assert session.merge_answers(given_elsewhere(1)) == 0


def test_a_merged_answer_keeps_its_message_unless_that_is_known():
    session = started(4)
    assert session.merge_answers(given_elsewhere(0, submission="one")) == 1
    assert session.knows("one")
    assert session.merge_answers(given_elsewhere(1, submission="one")) == 1
    assert session.merge_answers(given_elsewhere(2)) == 1
    assert [given.submission for given in session.state.responses.values()] == ["one", None, None]


def test_an_answer_from_further_on_is_merged_into_a_session_that_went_back():
    session, other = started(4), started(4)
    for _ in range(3):
        other.next()
    assert other.exercise is not None
    other.answer(other.exercise.order[0])
    session.next()
    session.next()
    session.back()
    assert session.merge_answers([other.state.responses[3]]) == 1
    assert (session.state.position, set(session.state.responses)) == (3, {3})
    assert replay(session.events) == session.state


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
