"""Typographic quotation marks around a value, where TOML requires straight ones; word processors insert them."""

from __future__ import annotations

import re

_CURLY = "„“”‟‚‘’«»‹›"  # noqa: RUF001  none of them is confused with another here
_BEGINNING = re.compile(rf"""(?:[^"]|"[^"]*")*?[=,\[{{]\s*([{_CURLY}])""")  # the start of a value, outside of straight quotation marks
_END = re.compile(rf"""=\s*"[^"]*([{_CURLY}])(?:$|\s*,\s*\w+\s*=)""")  # the end of a value that starts with a straight one
_BLOCK = re.compile(rf"([{_CURLY}])[{_CURLY}]{{2}}")  # the end of a multi-line string, alone on its line


def curly_quote(text: str, line: int) -> tuple[str, int] | None:
    """Return the typographic quotation mark that makes a TOML file invalid, and its line; None where the cause is another.

    Parameters
    ----------
    text : str
        The file.
    line : int
        The line of the parser's error, counted from 1. If a multi-line string is not closed, it is after the real cause.
    """
    lines = text.split("\n")[:line]
    found = _BEGINNING.match(lines[-1]) or _END.search(lines[-1].rstrip(" \t\r}"))
    if found:
        return found[1], line
    blocks = ((number, _BLOCK.fullmatch(content.strip())) for number, content in enumerate(lines, 1))
    return next(((block[1], number) for number, block in blocks if block), None)
