"""Figures as they are written in a language."""

from __future__ import annotations

import math

from etiquette_kit.locale import catalog


def percent(share: float, lang: str) -> str:
    """Return a share 0..1 as a whole percentage; ``"–"`` for NaN."""
    words = catalog(lang)
    return words("analysis.none") if math.isnan(share) else words("end.percent", value=math.floor(100 * share + 0.5))


def decimal(value: float, lang: str, places: int = 2) -> str:
    """Return a number with a fixed count of decimal places, a true minus and the language's decimal mark; ``"–"`` for NaN."""
    words = catalog(lang)
    if math.isnan(value):
        return words("analysis.none")
    text = f"{value:.{places}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−").replace(".", words("analysis.decimal_mark"))
