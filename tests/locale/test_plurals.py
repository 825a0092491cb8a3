"""The plural rules of a language, against what Unicode says of some languages that differ most."""

from collections.abc import Callable

import pytest
from etiquette_kit.locale import catalog, plural
from etiquette_kit.locale.catalog import Catalog
from etiquette_kit.locale.plurals import PluralError, plural_form, plural_rule, plural_rules
from hypothesis import given
from hypothesis import strategies as st

# As they stand in CLDR (supplemental/plurals.xml), examples and all.
GERMAN = {"one": "i = 1 and v = 0 @integer 1"}
FRENCH = {"one": "i = 0,1 @integer 0, 1 @decimal 0.0~1.5", "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"}
POLISH = {
    "one": "i = 1 and v = 0 @integer 1",
    "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14 @integer 2~4, 22~24, 32~34",
    "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14",
}
ARABIC = {"zero": "n = 0", "one": "n = 1", "two": "n = 2", "few": "n % 100 = 3..10", "many": "n % 100 = 11..99"}
RUSSIAN = {
    "one": "v = 0 and i % 10 = 1 and i % 100 != 11",
    "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
    "many": "v = 0 and i % 10 = 0 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 11..14",
}
JAPANESE: dict[str, str] = {}


def _german(n: int) -> str:
    return "one" if n == 1 else "other"


def _french(n: int) -> str:
    if n in (0, 1):
        return "one"
    return "many" if n % 1_000_000 == 0 else "other"


def _polish(n: int) -> str:
    if n == 1:
        return "one"
    return "few" if 2 <= n % 10 <= 4 and n // 10 % 10 != 1 else "many"


def _russian(n: int) -> str:
    if n // 10 % 10 == 1 or n % 10 in (0, 5, 6, 7, 8, 9):
        return "many"
    return "one" if n % 10 == 1 else "few"


def _arabic(n: int) -> str:
    if n <= 2:
        return ("zero", "one", "two")[n]
    rest = n % 100
    return "other" if rest <= 2 else "few" if rest <= 10 else "many"


def _japanese(_: int) -> str:
    return "other"


LANGUAGES = [
    (GERMAN, _german),
    (FRENCH, _french),
    (POLISH, _polish),
    (RUSSIAN, _russian),
    (ARABIC, _arabic),
    (JAPANESE, _japanese),
]


@pytest.mark.parametrize(("rules", "form"), LANGUAGES)
@given(count=st.integers(0, 10**7))
def test_each_count_takes_the_form_that_the_language_has_for_it(rules: dict[str, str], form: Callable[[int], str], count: int):
    assert plural_form(plural_rules(rules), count) == form(count)


@pytest.mark.parametrize(("rules", "form"), LANGUAGES)
def test_so_do_all_the_small_ones_and_the_round_ones(rules: dict[str, str], form: Callable[[int], str]):
    known = plural_rules(rules)
    counts = [*range(300), 1000, 1001, 10**6, 2 * 10**6, 10**6 + 1]
    assert [plural_form(known, count) for count in counts] == [form(count) for count in counts]


def test_nothing_of_something_is_singular_in_french():
    french = Catalog("fr", {"plural": FRENCH, "a": {"votes": "{count} voix (other)", "votes_one": "{count} voix (one)"}})
    assert [plural(french, "a.votes", count) for count in (0, 1, 2)] == ["0 voix (one)", "1 voix (one)", "2 voix (other)"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_in_german_and_english_one_alone_is_singular(lang: str):
    assert [plural_form(catalog(lang).plural_rules, count) for count in (0, 1, 2, 11, 21, 101)] == [
        "other",
        "one",
        "other",
        "other",
        "other",
        "other",
    ]


@given(least=st.integers(0, 50), more=st.integers(0, 50), modulus=st.integers(1, 200), count=st.integers(0, 10**6))
def test_a_range_a_remainder_and_their_opposite_hold_as_they_read(least: int, more: int, modulus: int, count: int):
    most = least + more
    assert plural_rule(f"n % {modulus} = {least}..{most}")(count) is (least <= count % modulus <= most)
    assert plural_rule(f"n % {modulus} != {least}..{most}")(count) is not (least <= count % modulus <= most)
    assert plural_rule(f"n == {least},{most}")(count) is (count in (least, most))


@pytest.mark.parametrize(
    "text", ["", "n", "n is 1", "n = x", "n = 1 and", "or n = 1", "n = 1..", "n % 0 = 1", "x = 1", "n = 1; 2", "n < 2", "__import__('os')"]
)
def test_what_is_no_rule_is_refused(text: str):
    with pytest.raises(PluralError, match="cannot be read"):
        plural_rule(text)


def test_a_form_that_there_is_not_is_refused():
    with pytest.raises(PluralError, match="there is no plural form 'other'; there are: zero, one, two, few, many"):
        plural_rules({"other": "n = 2"})
