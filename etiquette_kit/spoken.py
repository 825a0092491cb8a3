"""A value as a message names it."""

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
