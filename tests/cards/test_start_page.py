"""The page before a quiz counts situations in words that suit the number, and the minutes with the page at the end."""

from pathlib import Path

import pytest
from etiquette_kit import Quiz
from good_scenario import GOOD, bank_of
from quiz_examples import BANK


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("de", "Eine Situation, ungefähr 2 Minuten. Es läuft keine Uhr mit."),
        ("en", "One situation, about 2 minutes. No clock is running."),
    ],
)
def test_a_small_bank_is_told_in_the_singular(tmp_path: Path, lang: str, told: str):
    assert Quiz(bank_of(tmp_path, GOOD), lang=lang).page["scope"] == told


@pytest.mark.parametrize(("lang", "told"), [("de", "10 Situationen, ungefähr "), ("en", "10 situations, about ")])
def test_a_large_one_in_the_plural(lang: str, told: str):
    assert Quiz(BANK, lang=lang, length=10).page["scope"].startswith(told)
