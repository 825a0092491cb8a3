"""The kernel's side of the quiz: driven from Python, and by messages as the browser sends them."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit import AnswerError, Quiz, load_bank
from etiquette_kit.bank import Bank, SelectionError
from etiquette_kit.events import decode, encode
from etiquette_kit.locale import LanguageError, catalog
from etiquette_kit.rules import all_cells, decide
from etiquette_kit.session import replay
from hypothesis import given, settings
from hypothesis import strategies as st

from good_scenario import GOOD, HEAD, bank_of, changed, scenario

BANK = load_bank()
AT = datetime(2025, 1, 1, tzinfo=UTC)


def quiz_of(**options: Any) -> Quiz:
    return Quiz(BANK, **{"lang": "de", "seed": 7, "clock": lambda: AT, **options})


class Browser:
    """Sends what the front end sends, numbered, from the page that the kernel described last."""

    def __init__(self, quiz: Quiz) -> None:
        self.quiz, self.count = quiz, 0

    def tell(self, **message: Any) -> None:
        self.count += 1
        self.send({**message, "n": f"x-{self.count}"})

    def send(self, message: object) -> None:
        Quiz._take(self.quiz, self.quiz, message, [])

    def start(self) -> None:
        self.tell(do="start")

    def way(self, do: str) -> None:
        page = self.quiz.page
        self.tell(do=do, position=page.get("position"), round=page["round"])

    def answer(self, choice: int = 0) -> None:
        page = self.quiz.page
        question = page["question"]
        self.tell(
            do="answer", question=question["id"], response=question["options"][choice][0], position=page["position"], round=page["round"]
        )

    def to_end(self) -> None:
        while self.quiz.question is not None:
            self.way("next")


def playing(**options: Any) -> tuple[Quiz, Browser]:
    quiz = quiz_of(**options)
    browser = Browser(quiz)
    browser.start()
    return quiz, browser


def responses(quiz: Quiz) -> dict[int, str]:
    return {position: given.response for position, given in quiz.session.state.responses.items()}


# ---- driven from Python ---------------------------------------------------------------------------------------------------


def test_the_contract_of_practice():
    quiz = quiz_of(length=3)
    assert quiz.question is not None
    options = {option.id for option in BANK[quiz.question.id].options}
    assert set(quiz.question.options) == options
    result = quiz.answer(quiz.question.options[0])
    assert result is not None
    assert result.grade == BANK.key(quiz.question.id)[quiz.question.options[0]]
    assert result.credit == (result.grade - 1) / 3
    summary = quiz.summary()
    assert {"credit", "answered", "total", "by_relation", "by_theme"} <= set(summary)
    assert (summary["credit"], summary["answered"], summary["total"]) == (result.credit, 1, 3)
    for _ in range(3):
        quiz.next()
    assert quiz.question is None
    assert quiz.page["kind"] == "end"


def test_the_contract_of_a_test():
    quiz = quiz_of(length=2, mode="test")
    assert quiz.question is not None
    assert quiz.answer(quiz.question.options[0]) is None
    assert quiz.summary()["credit"] is None
    assert quiz.feedback == {}
    quiz.next()
    quiz.next()
    assert quiz.summary()["credit"] is not None


def test_answers_that_do_not_count_are_refused_and_change_nothing():
    quiz = quiz_of(length=1)
    assert quiz.question is not None
    first, second = quiz.question.options[:2]
    with pytest.raises(AnswerError, match="no option 'zz'") as caught:
        quiz.answer("zz")
    assert caught.value.refusal == "unknown_option"
    quiz.answer(first)
    for option in (first, second, "zz"):
        with pytest.raises(AnswerError) as caught:
            quiz.answer(option)
        assert caught.value.refusal == "already_answered"
    quiz.next()
    with pytest.raises(AnswerError) as caught:
        quiz.answer(first)
    assert caught.value.refusal == "finished"
    assert responses(quiz) == {0: first}
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("seed", [7, 0, -1, "seven", ""])
def test_the_same_seed_gives_the_same_questions_in_the_same_order(seed: int | str):
    assert _run(quiz_of(seed=seed)) == _run(quiz_of(seed=seed))
    assert len(_run(quiz_of(seed=seed))) == len(BANK)


def test_other_seeds_and_no_seed_give_other_orders():
    assert len({str(_run(quiz_of(seed=seed))) for seed in range(5)}) == 5
    assert len({str(_run(quiz_of(seed=None))) for _ in range(5)}) > 1


def _run(quiz: Quiz) -> list[tuple[str, tuple[str, ...]]]:
    run = []
    while quiz.question is not None:
        run.append((quiz.question.id, quiz.question.options))
        quiz.next()
    return run


def test_the_language_does_not_change_the_order():
    assert _run(quiz_of(lang="en")) == _run(quiz_of(lang="de"))


def test_a_quiz_can_be_narrowed_down():
    assert {BANK[name].facts.relation for name, _ in _run(quiz_of(relation="boss"))} == {"boss"}
    assert {BANK[name].theme for name, _ in _run(quiz_of(theme="audience"))} == {"audience"}
    assert len(_run(quiz_of(length=4))) == 4
    assert len(_run(quiz_of(length=999))) == len(BANK)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"relation": "bos"}, SelectionError, "did you mean 'boss'"),
        ({"theme": "nowhere"}, SelectionError, "no theme 'nowhere'"),
        ({"length": 0}, SelectionError, "length = 0"),
        ({"mode": "practise"}, ValueError, "no mode 'practise'; there are: practice, test; did you mean 'practice'"),
        ({"lang": "fr"}, LanguageError, "no language 'fr'; there are: de, en"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, Any], error: type[Exception], message: str):
    with pytest.raises(error, match=message):
        quiz_of(**options)


def test_an_unknown_keyword_is_refused():
    with pytest.raises(TypeError):
        Quiz(BANK, sede=7)  # type: ignore[call-arg]


def test_an_empty_bank_and_one_in_which_nobody_can_go_wrong_are_refused(tmp_path: Path):
    with pytest.raises(SelectionError, match="no scenarios"):
        Quiz(Bank([]))
    mass = 'facts = { event = "message", relation = "client", personal = false }'
    text = re.sub(r"facts = .*", mass, HEAD + scenario(actions={"a": "reply_promptly", "b": "reply_later", "c": "no_reply"}))
    bank = bank_of(tmp_path, text)
    assert len(bank) == 1
    with pytest.raises(SelectionError, match="nothing to choose"):
        Quiz(bank)


def test_without_a_bank_the_shipped_one_is_played():
    assert {name for name, _ in _run(Quiz(seed=1))} == {entry.id for entry in BANK}


def test_the_start_page_says_what_is_missing(tmp_path: Path):
    quiz = Quiz(bank_of(tmp_path, GOOD + scenario("Bad Id")))
    assert quiz.page["kind"] == "start"
    assert quiz.page["left_out"] == catalog("de")("quiz.left_out_one")
    assert quiz_of().page["left_out"] == ""


def test_the_language_can_be_changed_from_python_and_keeps_place_and_answers():
    quiz = quiz_of(length=3)
    assert quiz.question is not None
    quiz.answer(quiz.question.options[0])
    before = (quiz.question, responses(quiz))
    quiz.lang = "en"
    assert quiz.page["question"]["title"] == BANK[quiz.question.id].text("en").title
    assert quiz.words["answer"] == "Answer"
    assert (quiz.question, responses(quiz)) == before
    with pytest.raises(LanguageError, match="no language 'fr'"):
        quiz.lang = "fr"
    assert quiz.lang == "en"


def _german_only(folder: Path) -> Bank:
    german = re.sub(r"\n\[scenario\.text\.en\].*?\"\"\".*?\"\"\"\n|\ntext\.en\.[^\n]*", "", GOOD, flags=re.DOTALL)
    bank = load_bank(bank_of(folder, german)._files[0].path, required=("de",))
    assert len(bank) == 1
    return bank


def test_only_languages_in_which_all_is_written_are_offered(tmp_path: Path):
    bank = _german_only(tmp_path)
    quiz = Quiz(bank)
    assert quiz.languages == [["de", "Deutsch"]]
    assert quiz_of().languages == [["de", "Deutsch"], ["en", "English"]]
    with pytest.raises(LanguageError, match="is not written in 'en'"):
        Quiz(bank, lang="en")


def test_a_language_in_which_the_bank_is_not_written_is_refused_and_the_quiz_goes_on(tmp_path: Path):
    quiz = Quiz(_german_only(tmp_path), seed=1)
    with pytest.raises(LanguageError):
        quiz.lang = "en"
    assert quiz.lang == "de"
    assert quiz.question is not None
    assert quiz.answer("b") is not None


# ---- as text --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [7, None])
def test_the_text_is_the_same_in_every_run(seed: int | None):
    assert repr(quiz_of(seed=seed)) == repr(quiz_of(seed=seed))
    assert quiz_of(seed=seed)._repr_mimebundle_()[0]["text/plain"] == repr(quiz_of(seed=seed))
    assert "0x" not in repr(quiz_of(seed=seed))


@pytest.mark.parametrize("seed", [7, None])
@pytest.mark.parametrize(
    "old", ['"Ich wähle c."', '"Eine Anfrage"', "so soll es bleiben", '"Ada Beispiel"', '"Inhaberin einer Druckerei, Ihre Kundin"']
)
def test_the_text_changes_with_what_learners_read(tmp_path: Path, old: str, seed: int | None):
    before = repr(Quiz(bank_of(tmp_path, GOOD), seed=seed))
    after = repr(Quiz(bank_of(tmp_path, changed(old, old[:-2] + "X" + old[-2:])), seed=seed))
    assert before != after


def test_the_text_tells_the_question_the_answer_and_the_end():
    quiz = quiz_of(length=1)
    assert quiz.question is not None
    entry = BANK[quiz.question.id]
    assert entry.text("de").title in repr(quiz)
    assert all(option.text("de").label in repr(quiz) for option in entry.options)
    chosen = quiz.question.options[0]
    verdict = entry.advice.verdict(entry.option(chosen).action, "de")
    assert verdict not in repr(quiz)
    quiz.answer(chosen)
    assert f"Ihre Antwort: {chosen} – {verdict}" in repr(quiz)
    quiz.next()
    assert "Ende: 1 von 1 beantwortet" in repr(quiz)


def test_the_text_of_a_test_keeps_the_verdict_back():
    quiz = quiz_of(length=2, mode="test")
    assert quiz.question is not None
    quiz.answer(quiz.question.options[0])
    assert f"Ihre Antwort: {quiz.question.options[0]}" in repr(quiz)
    for verdict in _verdicts("de"):
        assert verdict not in repr(quiz)


# ---- what the browser sends -----------------------------------------------------------------------------------------------


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
    assert responses(quiz) == {0: quiz.page["question"]["options"][0][0]}
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
    order = [name for name, _ in quiz.page["question"]["options"]]
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


def test_a_failure_is_told_in_the_page_and_the_quiz_goes_on(caplog: pytest.LogCaptureFixture):
    class Failing(Quiz):
        def _act(self, message: Any) -> str:
            if message.get("do") == "fail":
                raise RuntimeError("no luck")
            return super()._act(message)

    quiz = Failing(BANK, length=2, seed=7)
    browser = Browser(quiz)
    browser.tell(do="fail")
    assert "RuntimeError: no luck" in quiz.notice
    assert quiz.ack == "x-1"
    assert "the action 'fail' failed" in caplog.text
    browser.start()
    assert (quiz.page["kind"], quiz.notice) == ("question", "")


# ---- garbage --------------------------------------------------------------------------------------------------------------

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
        rounds, before, mark = len(quiz._sessions), responses(quiz), quiz.rev
        browser.send(message)
        assert quiz.rev > mark or not isinstance(message, dict)
        assert not quiz.notice or quiz.notice in catalog(quiz.lang).table("refusal").values()
        if len(quiz._sessions) == rounds:
            assert before.items() <= responses(quiz).items()
        for session in quiz._sessions:
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


# ---- nothing of the key reaches the browser before its time ---------------------------------------------------------------

TELLING = {"grade", "verdict", "reason", "feedback", "basis", "best", "passages", "action", "credit", "key"}


def _keys(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
        for value in node.values():
            yield from _keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from _keys(value)


def _verdicts(lang: str) -> set[str]:
    return {decide(cell).verdict(action, lang) for cell in all_cells() for action in decide(cell).grades}


def _reasons(lang: str) -> set[str]:
    return {decide(cell).reason(action, lang) for cell in all_cells() for action in decide(cell).basis}


def _secrets(lang: str) -> set[str]:
    feedback = {option.text(lang).feedback for entry in BANK for option in entry.options}
    return feedback | _reasons(lang) | _verdicts(lang)


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
    assert (quiz.page["revealed"], quiz.page["chosen"] is not None, quiz.feedback) == (False, True, {})
    browser.way("next")
    browser.way("back")
    assert quiz.feedback == {}
    browser.to_end()
    browser.tell(do="show", position=0, round=1)
    assert quiz.page["revealed"]
    assert set(quiz.feedback["options"]) == {name for name, _ in quiz.page["question"]["options"]}
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
