"""The style sheet of the sheets."""

from __future__ import annotations

from etiquette_kit.locale.templates import template


def sheet_style() -> str:
    """Return the style sheet that stands in each sheet."""
    return template(__package__, "sheet.css").render()
