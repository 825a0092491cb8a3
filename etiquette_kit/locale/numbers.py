"""Figures as a language writes them, and one way of rounding for all of them: pages, sheets, reports and plots."""

from __future__ import annotations

from math import floor, isnan

from etiquette_kit.locale.catalog import Catalog


def whole_percent(share: float) -> int:
    """Return a share or a credit of 0..1 in whole per cent; half a per cent is rounded up, on every page alike."""
    return floor(round(100 * share, 9) + 0.5)  # the inner rounding takes away what a binary fraction is off


def percent(share: float | None, words: Catalog) -> str:
    """Return a share or a credit of 0..1 as a whole percentage; a dash where there is none."""
    if share is None or isnan(share):
        return words("numbers.none")
    return words("numbers.percent", value=_signed(f"{whole_percent(share)}"))


def decimal(value: float | None, words: Catalog, places: int = 2) -> str:
    """Return a number with a fixed count of decimal places, a true minus and the language's decimal mark; a dash where there is none."""
    if value is None or isnan(value):
        return words("numbers.none")
    text = f"{value:.{places}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return _signed(text).replace(".", words("numbers.decimal_mark"))


def change(before: float | None, after: float | None, words: Catalog) -> str:
    """Return the change from one share of 0..1 to another, in whole percentage points; a dash where one of them is missing."""
    if before is None or after is None:
        return words("numbers.none")
    points = whole_percent(after) - whole_percent(before)
    return words("numbers.points", value=_signed(f"{points:+d}") if points else "±0")


def _signed(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}")
