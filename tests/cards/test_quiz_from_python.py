"""The quiz as driven from Python."""

import re
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit import AnswerError, Quiz, load_bank
from etiquette_kit.bank import Bank, SelectionError
from etiquette_kit.locale import LanguageError, catalog
from good_scenario import GOOD, HEAD, bank_of, scenario
from quiz_examples import BANK, quiz_of, responses


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


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    ("options", "refusal"),
    [({"relation": "boss"}, "absent"), ({"relation": "bos"}, "unknown"), ({"length": 0}, "length")],
)
def test_what_cannot_be_played_is_told_in_the_language_of_the_quiz(tmp_path: Path, lang: str, options: dict[str, Any], refusal: str):
    with pytest.raises(SelectionError) as caught:
        Quiz(bank_of(tmp_path, GOOD), lang=lang, **options)
    assert caught.value.refusal == refusal
    (shown,) = caught.value._render_traceback_()
    assert shown == caught.value.text(lang) != str(caught.value)


def test_what_has_no_scenarios_or_no_choice_is_told_in_the_language_of_the_quiz(tmp_path: Path):
    mass = 'facts = { event = "message", relation = "client", personal = false }'
    text = re.sub(r"facts = .*", mass, HEAD + scenario(actions={"a": "reply_promptly", "b": "reply_later", "c": "no_reply"}))
    for bank, refusal in ((Bank([]), "empty"), (bank_of(tmp_path, text), "no_choice")):
        with pytest.raises(SelectionError) as caught:
            Quiz(bank, lang="de")
        assert caught.value._render_traceback_() == [catalog("de")(f"selection.{refusal}")]


def test_a_notebook_shows_the_notice_and_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from IPython.core.interactiveshell import InteractiveShell

    shown: list[str] = []
    shell = InteractiveShell()
    monkeypatch.setattr(shell, "_showtraceback", lambda _type, _value, lines: shown.extend(lines))
    path = bank_of(tmp_path, GOOD)._files[0].path
    shell.run_cell(f"from etiquette_kit import Quiz, load_bank\nQuiz(load_bank({str(path)!r}), lang='de', relation='boss')")
    assert [text.partition(":")[0] for text in shown] == ["Hier fehlt eine Übung"]


def test_the_start_page_counts_one_situation_in_the_singular(tmp_path: Path):
    bank = bank_of(tmp_path, GOOD)
    for lang, scope in (("de", "Eine Situation, ungefähr 2 Minuten."), ("en", "One situation, about 2 minutes.")):
        assert Quiz(bank, lang=lang).page["scope"].startswith(scope)
    assert Quiz(lang="de", length=10, seed=1).page["scope"].startswith("10 Situationen, ungefähr")


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
    assert quiz.languages == [{"code": "de", "name": "Deutsch"}]
    assert quiz_of().languages == [{"code": "de", "name": "Deutsch"}, {"code": "en", "name": "English"}]
    with pytest.raises(LanguageError, match="is not written in 'en'"):
        Quiz(bank, lang="en")


def test_a_language_in_which_the_bank_is_not_written_is_refused_and_the_quiz_goes_on(tmp_path: Path):
    quiz = Quiz(_german_only(tmp_path), seed=1)
    with pytest.raises(LanguageError):
        quiz.lang = "en"
    assert quiz.lang == "de"
    assert quiz.question is not None
    assert quiz.answer("b") is not None


def test_cards_on_one_page_are_told_apart_by_their_topic():
    general, requests, audience = (
        quiz_of(),
        quiz_of(relation="client", event="friend_request"),
        quiz_of(relation="client", event="audience"),
    )
    for lang in ("de", "en", "de"):
        names = []
        for quiz in (general, requests, audience):
            quiz.lang = lang
            names.append(quiz.words["card"])
        assert names[1] == requests.page["title"]
        assert len(set(names)) == 3
