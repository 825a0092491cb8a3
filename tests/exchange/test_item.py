"""The neutral item: the same grades, credits and texts as the kit's own."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.exchange import ITEM_FORMATS, collections
from etiquette_kit.formats import format_named, formats
from etiquette_kit.locale import languages
from good_scenario import GOOD, bank_of, scenario, written
from hypothesis import given
from hypothesis import strategies as st

BANK = load_bank()
ITEMS = {(item.lang, item.identifier): item for made in collections(BANK, languages(), formats(), ITEM_FORMATS) for item in made.items}


@pytest.mark.parametrize("lang", languages())
def test_every_scenario_is_an_item_in_each_format_and_language(lang: str):
    for found in BANK:
        for name in ITEM_FORMATS:
            assert ((lang, f"{name}-{found.id}") in ITEMS) == format_named(name).suits(found)


@pytest.mark.parametrize("lang", languages())
def test_a_choice_has_the_credits_of_the_quiz_and_its_texts(lang: str):
    for found in BANK:
        item = ITEMS[lang, f"choice-{found.id}"]
        exercise = format_named("choice").build(found, random.Random(1))  # noqa: S311  the order does not matter here
        assert {option.id: option.grade for option in item.options} == BANK.key(found.id)
        for option in item.options:
            assert option.credit == Fraction(BANK.key(found.id)[option.id] - 1, 3)
            assert float(option.credit) == pytest.approx(exercise.grade(option.id).credit, abs=1e-15)
            assert option.label == found.option(option.id).text(lang).label
            told = exercise.reveal(option.id, lang).options[option.id]
            assert option.feedback[1:] == (told.reason, told.feedback)
            assert told.verdict in option.feedback[0]
        assert item.tags == {
            "rule": found.advice.rule,
            "relation": found.facts.relation,
            "event": found.facts.event,
            "platform": found.platform,
        }


@given(st.sampled_from(sorted(BANK.scenarios)), st.randoms())
def test_ratings_are_worth_what_the_quiz_gives_for_them(name: str, rng: random.Random):
    item = ITEMS["de", f"rating-{name}"]
    ratings = {option.id: rng.randint(1, 4) for option in item.options}
    exercise = format_named("rating").build(BANK[name], rng)
    assert float(item.credit(ratings)) == pytest.approx(exercise.grade(exercise.parse(ratings)).credit, abs=1e-15)
    assert item.credit({option.id: option.grade for option in item.options}) == 1


def test_what_is_left_out_is_named_with_its_reason(tmp_path: Path):
    bank = bank_of(tmp_path, GOOD)
    (made,) = collections(bank, ["de"], ["choice", "rating"], ["choice"])
    assert [(entry.kind, entry.format, entry.ids) for entry in made.left_out] == [("format", "rating", ("first-request",))]
    whole = collections(load_bank(), ["de"], formats(), ["choice"])[0]
    named = {entry.format: entry.ids for entry in whole.left_out}
    for name in set(formats()) - {"choice"}:
        assert set(named[name]) == set(format_named(name).materials(load_bank()))


def test_a_language_in_which_a_scenario_is_not_written_leaves_it_out(tmp_path: Path):
    german = scenario("only-german")
    start, end = german.index("[scenario.text.en]"), german.index("[[scenario.option]]")
    lines = [line for line in (german[:start] + german[end:]).splitlines() if not line.startswith("text.en.")]
    bank = load_bank(written(tmp_path, GOOD + "\n".join(lines) + "\n"), required=("de",))
    assert set(bank.scenarios) == {"first-request", "only-german"}
    german_items, english_items = collections(bank, ["de", "en"], ["choice"], ["choice"])
    assert [item.id for item in german_items.items] == ["first-request", "only-german"]
    assert [item.id for item in english_items.items] == ["first-request"]
    assert [(entry.kind, entry.ids, entry.lang) for entry in english_items.left_out] == [("language", ("only-german",), "en")]


def test_items_stand_by_theme_and_a_list_chooses_among_them():
    chosen = [BANK[name] for name in ("boss-sees-party-photos", next(iter(BANK.scenarios)))]
    (made,) = collections(BANK, ["en"], ITEM_FORMATS, ITEM_FORMATS, chosen, "Monday")
    assert made.title == "Monday"
    assert {item.id for item in made.items} == {found.id for found in chosen}
    assert [item for theme in made.themes for item in made.of_theme(theme)] == list(made.items)
    assert list(made.themes) == [theme for theme in BANK.themes if theme in made.themes]
