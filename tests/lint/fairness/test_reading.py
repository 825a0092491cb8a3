"""How hard a stem is to read, and how its words are counted."""

import pytest
from etiquette_kit.lint.fairness.readability import HARD, hard_to_read, lix
from etiquette_kit.lint.fairness.words import quoted, sentences, words
from fairness_examples import kinds_of, with_stems


@pytest.mark.parametrize(
    ("text", "index"),
    [
        # Nine words in two sentences, two of them (request, Facebook) of more than six letters.
        ("She sends a request on Facebook. Do you accept?", 9 / 2 + 100 * 2 / 9),
        ("Sie schickt eine Anfrage. Was nun?", 6 / 2 + 100 * 2 / 6),  # schickt, Anfrage
        ("sechse siebene", 2 / 1 + 100 * 1 / 2),  # six letters are short, seven long; no full stop, so one sentence
        ("A. B! C? D: E… F.", 6 / 6),
        ("Wait... what?!", 2 / 2),  # several signs end one sentence
        ("Version 2.0 of 12 is out.", 4 / 1 + 100 * 1 / 4),  # numbers are no words, and a point in one ends nothing
        ("„Ja.“ Dann kam nichts mehr.", 5 / 2),
        ("", 0.0),
        ("1 2 3 …", 0.0),
    ],
)
def test_lix_is_words_per_sentence_and_the_share_of_long_words(text: str, index: float):
    assert lix(text) == pytest.approx(index)


@pytest.mark.parametrize(("long", "found"), [(9, 0), (10, 1)])
def test_a_stem_is_hard_above_fifty(long: int, found: int):
    # Twenty sentences of one word each: 1 + 5 for each long word.
    short = with_stems(de=". ".join(["siebene"] * long + ["kurz"] * (20 - long)) + ".")
    assert lix(short.text("de").stem) == pytest.approx(1 + 5 * long)
    assert len(kinds_of(hard_to_read, short)) == found


def test_exactly_fifty_is_not_hard():
    edge = with_stems(en="kurz " * 49 + "kurz.")  # fifty short words in one sentence
    assert lix(edge.text("en").stem) == HARD
    assert kinds_of(hard_to_read, edge) == []


def test_words_sentences_and_quotations_are_counted_alike():
    assert words("Ada’s e-mail, 2 GRÜSSE_an uns!") == ["ada’s", "e-mail", "grüsse", "an", "uns"]
    assert [sentences(text) for text in ("", "no end", "One. Two.", "„Eins.“ Zwei!")] == [1, 1, 2, 2]
    assert quoted(" two\n words ") == "two words"
    assert (quoted("x" * 80), quoted("x" * 81)) == ("x" * 80, "x" * 79 + "…")
    assert quoted("x" * 78 + " yz") == "x" * 78 + "…"
