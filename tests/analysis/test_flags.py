import re

import pytest
from etiquette_kit.analysis import FLAGS, flag_reason
from etiquette_kit.analysis.statistics.flags import ITEM_FLAGS, MIN_PERSONS_FOR_FLAGS, item_flags, option_flags
from etiquette_kit.locale import LanguageError, catalog, languages

NAN = float("nan")


@pytest.mark.parametrize(
    ("n", "mean", "upper_lower", "flags"),
    [
        (200, 0.95, 0.15, ("too_easy",)),  # and not that it separates badly, which follows
        (200, 0.90, 0.30, ()),
        (200, 0.60, 0.19, ("does_not_separate",)),
        (200, 0.60, -0.4, ("does_not_separate",)),
        (200, 0.60, 0.20, ()),
        (200, 0.60, NAN, ()),
        (MIN_PERSONS_FOR_FLAGS - 1, 0.99, 0.0, ()),
        (MIN_PERSONS_FOR_FLAGS, 0.99, 0.0, ("too_easy",)),
        (0, NAN, NAN, ()),
    ],
)
def test_flags_of_an_item(n: int, mean: float, upper_lower: float, flags: tuple[str, ...]):
    assert item_flags(n, mean, upper_lower) == flags


@pytest.mark.parametrize(
    ("n", "share", "upper", "lower", "credit", "flags"),
    [
        (200, 0.0, 0.0, 0.0, 0.0, ("option_unused",)),
        (200, 0.0, 0.0, 0.0, 1.0, ("option_unused",)),
        (200, 0.05, 0.0, 0.1, 0.0, ()),
        (200, 0.3, 0.3, 0.2, 0.0, ("good_choose_wrong",)),
        (200, 0.3, 0.3, 0.3, 1 / 3, ("good_choose_wrong",)),
        (200, 0.3, 0.2, 0.2, 0.0, ("good_choose_wrong",)),  # a fifth is enough
        (200, 0.3, 0.3, 0.2, 0.5, ()),  # half of the credit is not wrong
        (200, 0.3, 0.3, 0.4, 0.0, ()),
        (MIN_PERSONS_FOR_FLAGS, 0.0, 0.0, 0.0, 0.0, ("option_unused",)),
        (200, 0.3, 0.2, 0.3, 0.0, ()),  # the better people are, the fewer choose it: as it should be
        (200, 0.1, 0.15, 0.1, 0.0, ()),
        (200, 0.3, 0.3, 0.2, 2 / 3, ()),  # not the best, and not wrong
        (200, 0.3, 0.3, 0.2, NAN, ()),
        (MIN_PERSONS_FOR_FLAGS - 1, 0.0, 0.0, 0.0, 0.0, ()),
    ],
)
def test_flags_of_an_option(n: int, share: float, upper: float, lower: float, credit: float, flags: tuple[str, ...]):
    assert option_flags(n, share, upper, lower, credit) == flags


FIGURES = {"n": 120, "mean": 0.954, "upper_lower": -0.054, "option": "b", "share": 0.012, "upper": 0.31, "lower": 0.25}


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("flag", FLAGS)
def test_every_flag_has_its_reason_with_the_figures(flag: str, lang: str):
    reason = flag_reason(flag, lang, **FIGURES)
    told = {"too_easy": ["95", "120"], "does_not_separate": ["0[,.]05", "120"], "good_choose_wrong": ["31", "25", "b"]}
    for figure in told.get(flag, ["1", "120", "b"]):
        assert re.search(rf"\b{figure}\b", reason), reason
    assert "{" not in reason


def test_figures_are_written_as_the_language_writes_them():
    assert "−0,05" in flag_reason("does_not_separate", "de", **FIGURES)
    assert "−0.05" in flag_reason("does_not_separate", "en", **FIGURES)
    assert "95\N{NO-BREAK SPACE}%" in flag_reason("too_easy", "de", **FIGURES)
    assert "95%" in flag_reason("too_easy", "en", **FIGURES)


def test_the_words_name_the_threshold_that_is_applied():
    for lang, mark in (("de", ","), ("en", ".")):
        assert f"0{mark}20" in catalog(lang)("analysis.flags.does_not_separate")


def test_each_flag_is_about_an_item_or_an_option():
    assert set(ITEM_FLAGS) < set(FLAGS)


def test_an_unknown_flag_and_language_are_refused():
    with pytest.raises(ValueError, match=r"no flag 'to_easy'; there are: too_easy, .*did you mean 'too_easy'"):
        flag_reason("to_easy")
    with pytest.raises(ValueError, match=r"^there is no flag 'zzz'; there are: too_easy, [a-z_, ]+$"):
        flag_reason("zzz")
    with pytest.raises(LanguageError):
        flag_reason("too_easy", "xx", **FIGURES)


def test_a_reason_is_in_german_unless_another_language_is_asked_for():
    assert flag_reason("too_easy", **FIGURES) == flag_reason("too_easy", "de", **FIGURES)
