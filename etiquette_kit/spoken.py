"""Values as messages and tables name them."""

from __future__ import annotations

_LARGEST = 10**15


def spoken(value: object) -> str:
    """Return a short text for any value that a file may hold; a table or an endless number is only named by its type."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and abs(value) < _LARGEST:
        return str(value)
    return f"<{type(value).__name__}>"


def legible(text: str) -> str:
    """Return a text in which what cannot be seen or sent is written out; a file's name, for one, may hold anything."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text)


def cell(text: str) -> str:
    """Return a text for a cell of a table; one that a spreadsheet would take for a formula has an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
