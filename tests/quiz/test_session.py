# ruff: noqa: S311  the chance here is no secret
"""One run of a session."""

import json
import random
from datetime import timedelta

import pytest
from etiquette_kit.content.material import Situation
from etiquette_kit.formats.choice import build
from etiquette_kit.quiz.events import Answered, Finished, LanguageChanged, Planned, Shown, Started
from etiquette_kit.quiz.session import AnswerError, Session
from etiquette_kit.quiz.state import ReplayError
from msgspec.structs import replace
from session_examples import AT, BANK, option_of_grade, refusal, started, ticking
from two_people import PAIRS, Exercise, TwoPeople


def test_a_session_begins_with_its_first_exercise_on_the_screen():
    session = started()
    assert session.state.position == 0
    assert session.exercise is session.exercises[0]
    assert session.events == [
        Started(
            AT,
            "practice",
            "de",
            tuple(Planned(e.material.id, json.dumps(e.options), content=e.material.content) for e in session.exercises),
        ),
        Shown(AT + timedelta(seconds=1), 0),
    ]


def test_an_answer_is_graded_and_noted_with_its_credit():
    session = started()
    best = option_of_grade(session, 4)
    result = session.answer(best)
    assert (result.credit, result.grade, result.response) == (1, 4, best)
    assert session.events[-1] == Answered(AT + timedelta(seconds=2), 0, best, 1.0, "de", 1.0)
    assert session.result(0) == result
    assert session.result(1) is None


def test_an_answer_counts_once():
    session = started()
    session.answer(option_of_grade(session, 4))
    for option in session.exercises[0].order:
        assert refusal(session, option) == "already_answered"
    session.next()
    session.back()
    assert refusal(session, session.exercises[0].order[0]) == "already_answered"


@pytest.mark.parametrize("response", ["", "zz", "A", None, 0, "a "])
def test_an_option_that_does_not_exist_is_refused(response: object):
    assert refusal(started(), response) == "unknown_option"


def test_an_answer_to_another_question_is_refused():
    session = started()
    other = session.exercises[1]
    assert refusal(session, other.order[0], other.scenario.id) == "wrong_question"
    assert session.answer(session.exercises[0].order[0], session.exercises[0].scenario.id)


def test_at_the_end_and_after_it_nothing_can_be_answered():
    session = started(2)
    session.next()
    session.next()
    assert session.state.finished
    assert session.exercise is None
    assert refusal(session, "a") == "finished"
    session.back()
    assert session.exercise is session.exercises[1]
    assert refusal(session, session.exercises[1].order[0]) == "finished"


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


def test_a_refused_answer_is_told_why():
    session = started(2)
    first, second = session.exercises
    with pytest.raises(AnswerError, match=f"^the question on the screen is '{first.scenario.id}', not '{second.scenario.id}'$"):
        session.answer(first.order[0], second.scenario.id)
    with pytest.raises(AnswerError, match=f"^scenario '{first.scenario.id}' has no option 'z'; it has: {', '.join(first.order)}$"):
        session.answer("z")
    session.answer(first.order[0])
    with pytest.raises(AnswerError, match=f"^'{first.scenario.id}' is answered already, and the first answer counts$"):
        session.answer(first.order[0])
    session.next()
    session.next()
    with pytest.raises(AnswerError, match=r"^the session is finished; nothing can be answered any more$"):
        session.answer(second.order[0])


def test_a_message_is_known_once_it_has_brought_an_answer():
    session = started(3)
    assert not session.knows("first message")
    for position, submission in enumerate(["first message", "first message", None]):
        session.answer(session.exercises[position].order[0], submission=submission)
        session.next()
    assert [event.submission for event in session.events if isinstance(event, Answered)] == ["first message", None, None]
    for kept in (session, Session(session.exercises, session.events, ticking()), Session.resume(session.events, BANK, ticking())):
        assert kept.knows("first message")
        assert not kept.knows("second message")


def test_the_time_for_an_answer_is_never_below_nought():
    moments = iter([AT, AT, AT + timedelta(seconds=0.25), AT + timedelta(seconds=9), AT + timedelta(seconds=8)])
    rng = random.Random(1)
    session = Session.start([build(scenario, rng) for scenario in list(BANK)[:2]], "practice", "de", lambda: next(moments))
    session.answer(session.exercises[0].order[0])
    session.next()
    session.answer(session.exercises[1].order[0])  # the clock was put back meanwhile
    assert [event.seconds for event in session.events if isinstance(event, Answered)] == [0.25, 0]


class Unplaced(TwoPeople, frozen=True):
    @property
    def situations(self) -> tuple[Situation, ...]:
        return (Situation("client", "", "friend_request"), Situation("boss", "boss", "friend_request"))


def test_each_situation_of_some_material_keeps_its_own_credit():
    session = Session.start([Exercise(PAIRS[0], ("client", "boss"))], "practice", "en", ticking())
    session.answer({"client": PAIRS[0].key, "boss": "no"})
    answered = session.events[-1]
    assert isinstance(answered, Answered)
    assert (answered.credit, answered.items) == (1, {"client": 1, "boss": None})
    summary = session.summary()
    assert (summary["credit"], summary["answered"], summary["total"]) == (1, 1, 1)
    assert summary["by_relation"] == {
        "client": {"credit": 1, "answered": 1, "total": 1},
        "boss": {"credit": None, "answered": 1, "total": 1},
    }


def test_a_situation_without_a_relation_or_a_theme_is_in_no_group():
    pair = Unplaced("pair", "Client", "Boss", "yes")
    session = Session.start([Exercise(pair, ("client", "boss"))], "practice", "en", ticking())
    assert session.summary() == {
        "credit": None,
        "answered": 0,
        "total": 1,
        "by_relation": {"boss": {"credit": None, "answered": 0, "total": 1}},
        "by_theme": {},
    }


def test_an_exercise_that_is_put_in_moves_place_and_answers_behind_it():
    session, further = (
        started(3),
        build(next(s for s in BANK if s.id not in {e.scenario.id for e in started(3).exercises}), random.Random(1)),
    )
    for _ in range(2):
        session.answer(session.exercise.order[0])
        session.next()
    before = session.state
    session.insert(1, further)
    assert [exercise.material.id for exercise in session.exercises] == [entry.material for entry in session.state.plan]
    assert session.exercises[1] is further
    assert (session.state.position, session.state.reached) == (3, 3)
    assert session.state.responses == {0: before.responses[0], 2: replace(before.responses[1], position=2)}
    for position in (0, 5):
        with pytest.raises(ReplayError, match=rf"^'{further.scenario.id}' cannot be put in at position {position} of 4$"):
            session.insert(position, further)
