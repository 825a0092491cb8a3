"""Nothing of the key reaches the browser before its time."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from etiquette_kit import Quiz
from etiquette_kit.locale import catalog
from etiquette_kit.rules import all_cells, decide
from hypothesis import given, settings
from hypothesis import strategies as st
from quiz_examples import BANK, Browser, playing, quiz_of, verdicts

TELLING = {"grade", "verdict", "reason", "feedback", "tag", "source", "best", "passages", "action", "credit", "key"}


def _keys(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
        for value in node.values():
            yield from _keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from _keys(value)


def _reasons(lang: str) -> set[str]:
    return {decide(cell).reason(action, lang) for cell in all_cells() for action in decide(cell).basis}


def _secrets(lang: str) -> set[str]:
    feedback = {option.text(lang).feedback for entry in BANK for option in entry.options}
    return feedback | _reasons(lang)


# These are so short that they may stand within other texts; as a whole one they would tell.
WHOLE = {*verdicts("de"), *verdicts("en"), *(text for lang in ("de", "en") for text in catalog(lang).table("basis_tags").values())}
SECRETS = _secrets("de") | _secrets("en")


def _check_no_leak(quiz: Quiz) -> None:
    sent = json.dumps(
        {name: value for name, value in quiz.get_state().items() if name not in ("_esm", "_css")}, ensure_ascii=False, default=str
    )
    page, session = quiz.page, quiz.session
    if page["kind"] == "end":
        assert session.state.finished
        assert {item["position"] for item in page["items"] if item["seen"]} == set(session.state.responses)
        assert all(item["best"] == "" for item in page["items"] if not item["seen"])
        assert quiz.feedback == {}
        return
    if page["kind"] == "question" and page["revealed"]:
        assert session.state.finished or session.state.mode == "practice"
        entry = BANK[page["question"]["id"]]
        assert session.state.position in session.state.responses
        assert quiz.feedback["id"] == entry.id
        own = {option.text(quiz.lang).feedback for option in entry.options}
        others = {option.text(lang).feedback for lang in ("de", "en") for other in BANK for option in other.options} - own
        assert [text for text in others if text in sent] == []
        return
    assert quiz.feedback == {}
    assert set(_keys(page)) & TELLING == set()
    assert [text for text in SECRETS if json.dumps(text, ensure_ascii=False)[1:-1] in sent] == []
    assert [text for text in WHOLE if json.dumps(text, ensure_ascii=False) in sent] == []
    for action in (action for entry in BANK for action in entry.advice.basis):
        assert f'"{action}"' not in sent


steps = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 2)),
    st.tuples(st.sampled_from(["next", "next", "back", "end", "repeat", "restart"])),
    st.tuples(st.just("show"), st.integers(0, 3)),
    st.tuples(st.just("language"), st.sampled_from(["de", "en"])),
)


@settings(max_examples=60)
@given(st.lists(steps, max_size=14), st.sampled_from(["practice", "test"]), st.integers(0, 99))
def test_what_is_not_revealed_is_not_in_the_state_of_the_widget(taken: list[tuple[Any, ...]], mode: str, seed: int):
    quiz = quiz_of(length=3, mode=mode, seed=seed)
    browser = Browser(quiz)
    _check_no_leak(quiz)
    browser.start()
    for step in taken:
        match step:
            case ("answer", choice) if quiz.page["kind"] == "question":
                browser.answer(choice)
            case ("show", position):
                browser.tell(do="show", position=position, round=quiz.page["round"])
            case ("language", lang):
                browser.tell(do="language", lang=lang)
            case (way,):
                browser.way(way)
        _check_no_leak(quiz)


def test_a_test_reveals_answered_exercises_only_once_it_is_finished():
    quiz, browser = playing(length=2, mode="test")
    browser.answer()
    assert (quiz.page["position"], quiz.feedback) == (1, {})
    browser.way("back")
    assert (quiz.page["revealed"], quiz.page["chosen"] is not None, quiz.feedback) == (False, True, {})
    browser.to_end()
    browser.tell(do="show", position=0, round=1)
    assert quiz.page["revealed"]
    assert set(quiz.feedback["options"]) == {option["id"] for option in quiz.page["question"]["options"]}
    browser.way("end")
    browser.tell(do="show", position=1, round=1)
    assert quiz.page["position"] == 1
    assert not quiz.page["revealed"]
    assert quiz.feedback == {}


def test_the_check_for_leaks_would_see_one():
    quiz, _ = playing(length=2)
    quiz.notice = next(iter(BANK)).options[0].text("en").feedback
    with pytest.raises(AssertionError):
        _check_no_leak(quiz)
