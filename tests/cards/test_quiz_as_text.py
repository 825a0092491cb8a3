"""The quiz as text."""

from pathlib import Path

import pytest
from etiquette_kit import Quiz
from good_scenario import GOOD, bank_of, changed
from quiz_examples import BANK, quiz_of, verdicts


@pytest.mark.parametrize("seed", [7, None])
def test_the_text_is_the_same_in_every_run(seed: int | None):
    assert repr(quiz_of(seed=seed)) == repr(quiz_of(seed=seed))
    assert quiz_of(seed=seed)._repr_mimebundle_()[0]["text/plain"] == repr(quiz_of(seed=seed))
    assert "0x" not in repr(quiz_of(seed=seed))


@pytest.mark.parametrize("seed", [7, None])
@pytest.mark.parametrize(
    "old",
    [
        '"Ich wähle c. So halte ich es auch sonst."',
        '"Eine Anfrage"',
        "so soll es bleiben",
        '"Ada Beispiel"',
        '"Inhaberin einer Druckerei, Ihre Kundin"',
    ],
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
    for verdict in verdicts("de"):
        assert f"– {verdict}" not in repr(quiz)
