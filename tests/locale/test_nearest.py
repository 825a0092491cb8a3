import pytest
from etiquette_kit.locale.nearest import nearest
from hypothesis import given
from hypothesis import strategies as st

CANDIDATES = ("decline_with_note", "decline_silently", "accept_open", "ignore", "private", "professional")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("decline_with_note", "decline_with_note"),
        ("decline_silent", "decline_silently"),
        ("Private", "private"),
        ("profesional", "professional"),
        ("xyz", None),
        ("", None),
        (7, None),
    ],
)
def test_a_mistyped_word_is_recognised_and_a_foreign_one_is_not(word: object, meant: str | None):
    assert nearest(word, CANDIDATES) == meant


@given(st.sampled_from(CANDIDATES), st.data())
def test_a_word_with_one_letter_missing_or_too_many_is_recognised(word: str, data: st.DataObject):
    position = data.draw(st.integers(0, len(word) - 1))
    assert nearest(word[:position] + word[position + 1 :], CANDIDATES) == word
    assert nearest(word[:position] + "x" + word[position:], CANDIDATES) == word


@given(st.one_of(st.text(), st.integers(), st.booleans(), st.lists(st.text())), st.lists(st.text()))
def test_the_answer_is_a_candidate_or_none(word: object, candidates: list[str]):
    assert nearest(word, candidates) in (*candidates, None)


def test_among_no_candidates_there_is_none():
    assert nearest("private", iter(())) is None
