"""The chooser's lists: filters with what occurs, a search in all texts, and halves of a pair that can be told apart."""

import pytest
from chosen_situations import BANK
from etiquette_kit.bank import Bank
from etiquette_kit.locale import languages
from etiquette_kit.present.chooser_pages import Wanted, choosable, entry_of, filters_of, matching_situations
from hypothesis import given
from hypothesis import strategies as st
from paired_bank import paired_bank

LANGS = pytest.mark.parametrize("lang", languages())
VALUES = {entry.name: [value.code for value in entry.values] for entry in filters_of(BANK, list(BANK), "de")}


@LANGS
def test_each_filter_has_the_values_that_occur_each_with_its_own_words(lang: str):
    for entry in filters_of(BANK, list(BANK), lang):
        assert entry.label
        assert len({value.text for value in entry.values}) == len(entry.values)
    assert set(VALUES["platform"]) == {scenario.platform for scenario in BANK}
    assert list(VALUES["theme"]) == list(dict.fromkeys(scenario.theme for scenario in BANK)), "without the theme of the inboxes"
    few = Bank([next(scenario for scenario in BANK if scenario.facts.relation == "boss")])
    assert [value.code for value in filters_of(few, list(few), lang)[0].values] == ["boss"]


@given(st.fixed_dictionaries({name: st.sampled_from(["", *codes]) for name, codes in VALUES.items()}))
def test_what_is_shown_has_every_value_and_nothing_that_has_them_is_missing(filters: dict[str, str]):
    found = {scenario.id for scenario in matching_situations(list(BANK), Wanted(filters), "de")}
    for scenario in BANK:
        own = {"relation": scenario.facts.relation, "event": scenario.facts.event, "platform": scenario.platform, "theme": scenario.theme}
        assert (scenario.id in found) == all(not value or own[name] == value for name, value in filters.items())


@LANGS
def test_a_search_finds_words_of_the_title_the_text_the_person_and_the_reactions_in_any_order_and_case(lang: str):
    scenario = next(iter(BANK))
    text = scenario.text(lang)
    label = scenario.options[-1].text(lang).label
    for search in (text.title.upper(), scenario.person.name, " ".join(reversed(text.stem.split()[:4])), label, scenario.place.name(lang)):
        assert scenario in matching_situations(list(BANK), Wanted({}, search), lang), search
    assert matching_situations(list(BANK), Wanted({}, f"{text.title} xyzzy"), lang) == []
    assert matching_situations(list(BANK), Wanted({}, "  "), lang) == list(BANK)


@LANGS
def test_the_halves_of_a_pair_have_one_title_and_are_told_apart(lang: str):
    halves = [scenario for scenario in BANK if scenario.twin]
    assert len(halves) == 24
    for scenario in halves:
        own, other = (entry_of(half, BANK, lang) for half in (scenario, BANK[str(scenario.twin)]))
        assert own.title == other.title
        assert own.pair
        assert own.pair != other.pair
    assert all(entry_of(scenario, BANK, lang).pair == "" for scenario in BANK if not scenario.twin)


def test_a_half_whose_other_half_is_missing_is_none():
    bank = paired_bank(pairs=1, singles=0)
    half = next(iter(bank))
    assert entry_of(half, bank, "de").pair
    assert entry_of(half, Bank([half]), "de").pair == ""


def test_only_what_can_be_put_to_a_group_in_the_language_can_be_chosen():
    assert choosable(BANK, "de") == list(BANK)
    assert choosable(BANK, "tlh") == []
