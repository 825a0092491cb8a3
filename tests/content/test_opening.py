"""How a situation begins."""

import pytest
from etiquette_kit import load_bank
from etiquette_kit.content.opening import opening, opening_of


@pytest.mark.parametrize(
    ("stem", "begins"),
    [
        (
            "Your client Ada Marlow writes to you on Facebook every Sunday evening. She is nice.",
            "Your client Ada Marlow writes to you on Facebook every Sunday evening.",
        ),
        (
            "You work at a bank. Your client Ada wants to\nfollow you. You like her.",
            "You work at a bank. Your client Ada wants to follow you.",
        ),
        ("You work at a bank.", "You work at a bank."),
        ("Sie arbeiten mit Dr. med. ada seit Jahren zusammen im Labor der Klinik. Sie mögen sie.", None),
        ("Eine Kundin schreibt Ihnen heute auf Instagram: „Wie schön!“ Sie freuen sich.", None),
        ("", ""),
    ],
)
def test_it_is_the_first_sentence_and_the_second_where_the_first_says_little(stem: str, begins: str | None):
    expected = stem.partition(" Sie mögen")[0].partition(" Sie freuen")[0] if begins is None else begins
    assert opening(stem) == expected


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_scenario_begins_with_a_sentence_or_two_of_its_stem(lang: str):
    for scenario in load_bank():
        begins = scenario.opening(lang)
        assert " ".join(scenario.text(lang).stem.split()).startswith(begins)
        assert begins[-1] in ".!?…“”"
        assert 40 < len(begins) < 160


def test_material_that_tells_of_no_situation_has_none():
    assert opening_of(object(), "en") == ""
