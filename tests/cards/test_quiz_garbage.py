"""Messages of any kind."""

import json
from typing import Any

from etiquette_kit.locale import catalog
from etiquette_kit.quiz.events import decode, encode
from etiquette_kit.quiz.state import replay
from hypothesis import given, settings
from hypothesis import strategies as st
from quiz_examples import BANK, playing, responses

garbage = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 5)
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["a", "b", "de", "en", "x-1"]),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=4), values, max_size=3),
    max_leaves=5,
)

deeds = st.sampled_from(["start", "answer", "next", "back", "end", "show", "repeat", "restart", "language"])

forged = st.fixed_dictionaries(
    {},
    optional={
        "do": deeds | garbage,
        "n": st.text(max_size=3) | garbage,
        "position": st.integers(-1, 4) | garbage,
        "round": st.integers(0, 3) | garbage,
        "response": st.sampled_from(["a", "b", "c"]) | garbage,
        "question": st.sampled_from([entry.id for entry in BANK]) | garbage,
        "lang": st.sampled_from(["de", "en"]) | garbage,
    },
)


@settings(max_examples=100)
@given(st.lists(garbage | forged, max_size=12), st.sampled_from(["practice", "test"]), st.sampled_from(["open", "ended"]))
def test_messages_of_any_kind_never_raise_nor_change_an_answer(messages: list[Any], mode: str, stage: str):
    quiz, browser = playing(length=3, mode=mode)
    browser.answer()
    if stage == "ended":
        browser.to_end()
    for message in messages:
        rounds, before, mark = len(quiz.card.rounds._sessions), responses(quiz), quiz.rev
        browser.send(message)
        assert quiz.rev > mark or not isinstance(message, dict)
        assert not quiz.notice or quiz.notice in catalog(quiz.lang).table("refusal").values()
        if len(quiz.card.rounds._sessions) == rounds:
            assert before.items() <= responses(quiz).items()
        for session in quiz.card.rounds._sessions:
            assert replay(session.events) == session.state
            assert [decode(encode(event)) for event in session.events] == session.events
            for position, given_answer in session.state.responses.items():
                assert given_answer.response in session.exercises[position].order
        json.dumps([quiz.page, quiz.feedback, quiz.words, quiz.notice], allow_nan=False)
        assert repr(quiz)


@settings(max_examples=60)
@given(st.lists(garbage, max_size=8))
def test_messages_without_sense_change_nothing_at_all(messages: list[Any]):
    quiz, browser = playing(length=3)
    browser.answer()
    before = (quiz.page, quiz.feedback, list(quiz.session.events), quiz.lang)
    for message in messages:
        browser.send(message)
    assert (quiz.page, quiz.feedback, list(quiz.session.events), quiz.lang) == before
