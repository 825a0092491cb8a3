import pytest
from etiquette_kit.locale.numerals import decimal, percent


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [(0.125, "0,12", "0.12"), (-0.5, "−0,50", "−0.50"), (-0.001, "0,00", "0.00"), (float("nan"), "–", "–"), (12.0, "12,00", "12.00")],
)
def test_decimals(value: float, german: str, english: str):
    assert (decimal(value, "de"), decimal(value, "en")) == (german, english)


def test_percentages_are_whole_and_halves_go_up():
    assert [percent(value, "en") for value in (0, 0.005, 0.125, 0.994, 1, float("nan"))] == ["0%", "1%", "13%", "99%", "100%", "–"]
