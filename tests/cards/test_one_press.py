"""A test, in which an answer leads on, and practice, in which the feedback comes first."""

from quiz_examples import playing


def test_in_a_test_an_answer_leads_on_and_the_last_one_to_the_end():
    quiz, browser = playing(mode="test", length=2)
    assert quiz.page["goes_on"]
    browser.answer(0)
    assert (quiz.page["kind"], quiz.page["position"]) == ("question", 1)
    assert not quiz.feedback
    browser.answer(1)
    assert quiz.page["kind"] == "end"
    assert sorted(quiz.session.state.responses) == [0, 1]


def test_the_last_answer_does_not_end_a_test_while_something_is_open():
    quiz, browser = playing(mode="test", length=2)
    browser.way("next")
    assert not quiz.page["goes_on"]
    browser.answer(0)
    assert (quiz.page["kind"], quiz.page["position"]) == ("question", 1)
    assert quiz.page["missing"]
    browser.way("back")
    browser.answer(0)
    assert quiz.page["position"] == 1
    browser.way("next")
    assert quiz.page["kind"] == "end"


def test_the_same_answer_twice_counts_once_and_leads_on_once():
    quiz, browser = playing(mode="test", length=3)
    page = quiz.page
    question = page["question"]
    message = {"do": "answer", "question": question["id"], "response": question["options"][0]["id"], "position": 0, "round": page["round"]}
    browser.send({**message, "n": "x-77"})
    browser.send({**message, "n": "x-77"})
    assert (quiz.page["position"], quiz.session.state.responses.keys()) == (1, {0})


def test_a_refused_answer_leads_nowhere():
    quiz, browser = playing(mode="test", length=3)
    page = quiz.page
    browser.tell(do="answer", question=page["question"]["id"], response="nonsense", position=0, round=page["round"])
    assert quiz.page["position"] == 0
    assert quiz.notice


def test_in_practice_an_answer_stays():
    quiz, browser = playing(length=2)
    assert not quiz.page["goes_on"]
    browser.answer(0)
    assert quiz.page["position"] == 0
    assert quiz.feedback
