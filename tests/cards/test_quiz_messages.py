"""What the browser sends, and what the kernel makes of it."""

import pytest
from etiquette_kit.locale import catalog
from etiquette_kit.quiz.events import decode, encode
from quiz_examples import BANK, Browser, playing, quiz_of, responses


def test_the_browser_plays_from_the_start_to_the_end():
    quiz = quiz_of(length=2)
    browser = Browser(quiz)
    assert quiz.page["kind"] == "start"
    browser.start()
    assert (quiz.page["kind"], quiz.page["open"], quiz.page["revealed"]) == ("question", True, False)
    browser.answer()
    assert (quiz.page["open"], quiz.page["revealed"], quiz.feedback["id"]) == (False, True, quiz.page["question"]["id"])
    browser.way("next")
    assert (quiz.page["position"], quiz.page["last"], quiz.feedback) == (1, True, {})
    browser.way("next")
    assert (quiz.page["kind"], len(quiz.page["items"])) == ("end", 2)
    assert [item["seen"] for item in quiz.page["items"]] == [True, False]


def test_every_message_is_acknowledged_in_a_new_revision():
    quiz = quiz_of(length=2)
    browser = Browser(quiz)
    for message in ({"do": "start"}, {"do": "nonsense"}, {"do": "answer"}, {"do": "language", "lang": "xx"}, {}):
        rev = quiz.rev
        browser.tell(**message)
        assert quiz.ack == f"x-{browser.count}"
        assert quiz.rev > rev


def test_a_message_sent_twice_is_taken_once_but_acknowledged_again():
    quiz, browser = playing(length=5)
    message = {"do": "next", "position": 0, "round": 1, "n": "same"}
    browser.send(message)
    rev = quiz.rev
    browser.send(message)
    assert (quiz.page["position"], quiz.ack, quiz.rev) == (1, "same", rev + 1)


def test_a_double_click_goes_on_once():
    quiz, browser = playing(length=5)
    for _ in range(2):
        browser.tell(do="next", position=0, round=1)
    assert quiz.page["position"] == 1


def test_a_second_answer_does_not_count_and_the_same_one_is_no_fault():
    quiz, browser = playing(length=2)
    browser.answer(0)
    browser.answer(0)
    assert quiz.notice == ""
    browser.answer(1)
    assert quiz.notice == catalog("de")("refusal.already_answered")
    assert responses(quiz) == {0: quiz.page["question"]["options"][0]["id"]}
    browser.way("next")
    assert quiz.notice == ""


def test_an_answer_that_comes_late_does_not_count_for_the_next_question():
    quiz, browser = playing(length=3)
    late = {"do": "answer", "question": quiz.page["question"]["id"], "response": "a", "position": 0, "round": 1}
    browser.way("next")
    browser.tell(**late)
    assert quiz.notice == catalog("de")("refusal.wrong_question")
    browser.tell(**{**late, "position": 1})
    assert quiz.notice == catalog("de")("refusal.wrong_question")
    assert responses(quiz) == {}


def test_an_answer_of_the_round_before_does_not_count():
    quiz, browser = playing(length=2)
    browser.to_end()
    browser.way("restart")
    assert quiz.page["round"] == 2
    question = quiz.page["question"]["id"]
    browser.tell(do="answer", question=question, response="a", position=0, round=1)
    assert responses(quiz) == {}
    assert quiz.notice == catalog("de")("refusal.wrong_question")


def test_forged_answers_are_refused():
    quiz, browser = playing(length=2)
    question = quiz.page["question"]["id"]
    for response in ("zz", "", "A", None, 1, ["a"], {"a": 1}, True):
        browser.tell(do="answer", question=question, response=response, position=0, round=1)
        assert quiz.notice == catalog("de")("refusal.unknown_option")
    assert responses(quiz) == {}


def test_an_answer_on_the_start_page_does_not_count():
    quiz = quiz_of(length=2)
    assert quiz.question is not None
    Browser(quiz).tell(do="answer", question=quiz.question.id, response="a", position=0, round=1)
    assert responses(quiz) == {}
    assert quiz.page["kind"] == "start"


def test_an_answer_after_the_end_does_not_count():
    quiz, browser = playing(length=1)
    browser.way("next")
    browser.way("back")
    browser.answer()
    assert quiz.notice == catalog("de")("refusal.finished")
    assert responses(quiz) == {}


@pytest.mark.parametrize("position", [-1, 2, 99, "0", None, 1.5, [0]])
def test_only_exercises_of_the_round_can_be_shown_from_the_end(position: object):
    quiz, browser = playing(length=2)
    browser.to_end()
    browser.tell(do="show", position=position, round=1)
    assert quiz.page["kind"] == "end"
    browser.tell(do="show", position=1, round=1)
    assert (quiz.page["kind"], quiz.page["position"]) == ("question", 1)
    browser.way("end")
    assert quiz.page["kind"] == "end"


@pytest.mark.parametrize("position", [True, False])
def test_a_truth_value_is_no_position(position: bool):  # noqa: FBT001
    quiz, browser = playing(length=2)
    browser.to_end()
    browser.tell(do="show", position=position, round=1)
    assert all(decode(encode(event)) == event for event in quiz.session.events)
    assert quiz.page["kind"] == "end"


def test_unanswered_exercises_cannot_be_jumped_over():
    quiz, browser = playing(length=3)
    browser.tell(do="show", position=2, round=1)
    browser.tell(do="end", position=0, round=1)
    browser.tell(do="repeat", round=1)
    browser.tell(do="restart", round=1)
    assert (quiz.page["kind"], quiz.page["position"], quiz.page["round"]) == ("question", 0, 1)


def test_repeating_takes_what_was_skipped_or_not_best():
    quiz, browser = playing(length=4)
    key = BANK.key(quiz.page["question"]["id"])
    order = [option["id"] for option in quiz.page["question"]["options"]]
    browser.answer(order.index(next(name for name, grade in key.items() if grade == 4)))
    good = quiz.page["question"]["id"]
    browser.to_end()
    browser.way("repeat")
    assert (quiz.page["round"], quiz.page["position"], quiz.page["progress"]["total"]) == (2, 0, 3)
    assert good not in {exercise.scenario.id for exercise in quiz.session.exercises}
    assert responses(quiz) == {}
    assert quiz.feedback == {}


def test_starting_anew_draws_again():
    quiz, browser = playing(length=5)
    first = [exercise.scenario.id for exercise in quiz.session.exercises]
    browser.to_end()
    browser.way("restart")
    again = [exercise.scenario.id for exercise in quiz.session.exercises]
    assert len(again) == 5
    assert again != first


def test_the_browser_changes_the_language_and_keeps_the_place():
    quiz, browser = playing(length=3)
    browser.answer()
    browser.tell(do="language", lang="en")
    assert (quiz.lang, quiz.page["position"], quiz.page["revealed"]) == ("en", 0, True)
    assert quiz.words["next"] == "Next"
    assert quiz.feedback["summary"] == catalog("en")(f"quiz.summary.{quiz.feedback['grade']}")
    for lang in ("fr", "", None, 1, ["en"], {}):
        browser.tell(do="language", lang=lang)
        assert quiz.lang == "en"


def test_a_failure_is_told_in_the_page_and_the_quiz_goes_on(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch):
    quiz = quiz_of(length=2)
    browser = Browser(quiz)

    def failing(_: object) -> str:
        raise RuntimeError("no luck")

    with monkeypatch.context() as patch:
        patch.setattr(quiz.card, "act", failing)
        browser.start()
    assert "RuntimeError: no luck" in quiz.notice
    assert quiz.ack == "x-1"
    assert "the action Start failed" in caplog.text
    browser.start()
    assert (quiz.page["kind"], quiz.notice) == ("question", "")
