"""Whatever is done, a session does what a simpler model does."""

import random
from typing import Any

import pytest
from etiquette_kit.formats.choice import build
from etiquette_kit.quiz.events import decode, encode
from etiquette_kit.quiz.session import Session
from etiquette_kit.quiz.state import ReplayError, replay
from hypothesis import given, settings
from hypothesis import strategies as st
from session_examples import BANK, refusal, started, ticking

actions = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 5), st.sampled_from(["none", "right", "wrong"])),
    st.tuples(st.sampled_from(["next", "next", "next", "back"])),
    st.tuples(st.just("show"), st.integers(-1, 5)),
    st.tuples(st.just("language"), st.sampled_from(["de", "en"])),
    st.tuples(st.just("insert"), st.integers(-1, 7), st.integers(0, 2)),
)


class Model:
    """What a session must do, written down a second time and more simply."""

    def __init__(self, total: int) -> None:
        self.total, self.position, self.reached, self.finished, self.lang = total, 0, 0, False, "de"
        self.given: dict[int, str] = {}

    def insert(self, place: int) -> None:
        self.total += 1
        self.given = {at + (at >= place): response for at, response in self.given.items()}
        self.position, self.reached = (at + (at >= place) for at in (self.position, self.reached))

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
                refusal(session, response, question)
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
        case ("insert", place, number):
            exercise = build(list(BANK)[number], random.Random(0))  # noqa: S311  no secret
            planned = {entry.material for entry in session.state.plan}
            if not model.finished and 0 < place <= model.total and exercise.material.id not in planned:
                session.insert(place, exercise)
                model.insert(place)
                assert session.exercises[place] == exercise
            else:
                with pytest.raises(ReplayError):
                    session.insert(place, exercise)
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
        kept = [(given.at, given.response) for given in state.responses.values()]
        assert {(given.at, given.response) for given in answers.values()} <= {*kept}
        assert [given.position for given in state.responses.values()] == list(state.responses)
        assert state.at_end == (session.exercise is None)
        assert [exercise.material.id for exercise in session.exercises] == [entry.material for entry in state.plan]
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
