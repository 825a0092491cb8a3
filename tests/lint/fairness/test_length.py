"""How long options and stems may be beside each other."""

import pytest
from etiquette_kit.lint.fairness.length import best_longest, languages_apart, unequal_options
from fairness_examples import kinds_of, label, with_labels, with_stems


@pytest.mark.parametrize(
    ("longest", "total", "found"),
    [(1, 1, 0), (2, 2, 2), (1, 2, 0), (3, 10, 0), (4, 10, 4), (6, 20, 0), (7, 20, 7), (18, 60, 0), (19, 60, 19)],
)
def test_the_best_option_may_be_the_longest_in_three_of_ten(longest: int, total: int, found: int):
    scenarios = [with_labels(f"s{n}", "en", "I, a", "I, b longer" if n < longest else "I, b", "I, c") for n in range(total)]
    warned = list(best_longest(scenarios))
    assert [entry.scenario for entry in warned] == [f"s{n}" for n in range(found)]
    for entry in warned:
        assert entry.where == label(1, "en")
        assert entry.values == {"text": "I, b longer", "count": str(longest), "total": str(total), "share": "30%"}


def test_a_best_option_as_long_as_another_is_not_the_longest():
    assert kinds_of(best_longest, *(with_labels(f"s{n}", "en", "a", "b longer", "c longer") for n in range(5))) == []


def test_each_language_is_counted_for_itself():
    german = [with_labels(f"de-{n}", "de", "a", "b longer", "c") for n in range(2)]
    english = [with_labels(f"en-{n}", "en", "a", "b", "c longer") for n in range(20)]
    assert [warned.scenario for warned in best_longest(german + english)] == ["de-0", "de-1"]


@pytest.mark.parametrize(("longest", "found"), [(16, 0), (17, 1)])
def test_the_longest_option_may_have_1_6_times_the_characters(longest: int, found: int):
    assert len(kinds_of(unequal_options, with_labels("x", "en", "a" * 12, "b" * longest, "c" * 10))) == found


@pytest.mark.parametrize(("longer", "found"), [(60, 0), (61, 1)])
@pytest.mark.parametrize("langs", [("de", "en"), ("en", "de")])
def test_a_stem_may_have_one_and_a_half_times_the_characters(langs: tuple[str, str], longer: int, found: int):
    warned = list(languages_apart([with_stems(**{langs[0]: "x" * longer, langs[1]: "x" * 40})]))
    assert len(warned) == found
    assert [entry.where for entry in warned] == [("text", langs[1], "stem")] * found


def test_a_stem_in_one_language_has_nothing_to_be_apart_from():
    assert kinds_of(languages_apart, with_stems(de="x" * 900)) == []
