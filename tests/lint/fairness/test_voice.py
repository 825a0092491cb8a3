"""Options speak in the first person."""

import pytest
from etiquette_kit.lint.fairness import voice
from etiquette_kit.lint.fairness.cue_words import cue_words
from fairness_examples import kinds_of, with_labels


@pytest.mark.parametrize(("lang", "word"), [(lang, word) for lang in ("de", "en") for word in cue_words(lang, "lint.first_person")])
def test_any_word_of_the_first_person_will_do(lang: str, word: str):
    assert kinds_of(voice.other_voice, with_labels("x", lang, *[f"So, {word.upper()} …"] * 3)) == []
    assert kinds_of(voice.other_voice, with_labels("x", lang, *[f"So, x{word} …"] * 3)) == ["other_voice"] * 3


@pytest.mark.parametrize("said", ["I'll wait.", "I'm out.", "Now I've said no.", "Then I'd rather not."])
def test_the_first_person_may_be_typed_with_a_straight_apostrophe(said: str):
    assert kinds_of(voice.other_voice, with_labels("x", "en", said, said, said)) == []
