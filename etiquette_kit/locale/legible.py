"""Values as messages and tables name them."""

from __future__ import annotations

import json
import re

_LARGEST = 10**15


def value_text(value: object) -> str:
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


def escaped(text: str) -> str:
    """Return a text in which what could steer a terminal, break its line or turn its direction is written out."""
    return _STEERING.sub(lambda mark: mark[0].encode("unicode_escape").decode(), text)


_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def escaped_json(value: object) -> str:
    """Return a value as JSON to read; the same marks stand in it as escapes, which lose nothing."""
    lines = json.dumps(value, ensure_ascii=False, indent=2).split("\n")
    return "\n".join(_STEERING.sub(lambda mark: f"\\u{ord(mark[0]):04x}", line) for line in lines)


def shortened(text: str, limit: int) -> str:
    """Return the beginning of a text that is longer than the limit."""
    return text if len(text) <= limit else text[:limit] + "…"


def path_shown(path: object, limit: int = 300) -> str:
    """Return a path as messages name it: what could steer a terminal is written out, and a long one loses its middle."""
    text = escaped(str(path))
    return text if len(text) <= limit else f"{text[: limit // 2]}…{text[-limit // 2 :]}"


def cell(text: str) -> str:
    """Return a text for a cell of a table; one that a spreadsheet would take for a formula has an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
