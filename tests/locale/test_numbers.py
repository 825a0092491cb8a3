"""Figures in words: one way of rounding, whoever shows them."""

import pytest
from etiquette_kit.locale import catalog
from etiquette_kit.locale.numbers import change, decimal, percent

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (0.125, "0,12", "0.12"),
        (-0.5, "−0,50", "−0.50"),
        (-0.001, "0,00", "0.00"),
        (NAN, "–", "–"),
        (None, "–", "–"),
        (12.0, "12,00", "12.00"),
    ],
)
def test_decimals(value: float | None, german: str, english: str):
    assert (decimal(value, catalog("de")), decimal(value, catalog("en"))) == (german, english)


@pytest.mark.parametrize("nothing", [None, NAN])
def test_where_there_is_no_share_a_dash_stands(nothing: float | None):
    assert percent(nothing, catalog("en")) == "–"


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.0, 0),
        (0.005, 1),
        (0.025, 3),
        (0.125, 13),
        (0.145, 15),
        (0.285, 29),
        (0.994, 99),
        (1 / 3, 33),
        (2 / 3, 67),
        (0.625, 63),
        (0.6249, 62),
        (1.0, 100),
    ],
)
def test_half_a_per_cent_is_rounded_up_wherever_it_stands(share: float, told: int):
    assert percent(share, catalog("en")) == f"{told}%"
    assert percent(share, catalog("de")) == f"{told}\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (0.25, 0.75, "+50 percentage points"),
        (0.5, 0.374, "−13 percentage points"),
        (0.5, 0.502, "±0 percentage points"),
        (0.625, 0.5, "−13 percentage points"),
        (None, 0.5, "–"),
        (0.5, None, "–"),
    ],
)
def test_a_change_is_told_with_its_sign(before: float | None, after: float | None, told: str):
    assert change(before, after, catalog("en")) == told
