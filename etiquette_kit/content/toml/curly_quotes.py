"""Typographic quotation marks around a value, where TOML wants straight ones: word processors put them there."""

from __future__ import annotations

import re

_CURLY = "„“”‟‚‘’«»‹›"  # noqa: RUF001  none of them stands for another here
_BEGINNING = re.compile(rf"""(?:[^"]|"[^"]*")*?[=,\[{{]\s*([{_CURLY}])""")  # of a value, outside of those in straight ones
_END = re.compile(rf"""=\s*"[^"]*([{_CURLY}])(?:$|\s*,\s*\w+\s*=)""")  # of a value that begins with a straight one
_BLOCK = re.compile(rf"([{_CURLY}])[{_CURLY}]{{2}}")  # the end of a longer text, alone in its line


def curly_quote(text: str, line: int) -> tuple[str, int] | None:
    """Return the quotation mark that broke a TOML file, and its line; None where it was something else.

    Parameters
    ----------
    text : str
        The file.
    line : int
        Where the reader stopped, counted from 1. A longer text that does not end where it should takes it further down.
    """
    lines = text.split("\n")[:line]
    found = _BEGINNING.match(lines[-1]) or _END.search(lines[-1].rstrip(" \t\r}"))
    if found:
        return found[1], line
    blocks = ((number, _BLOCK.fullmatch(content.strip())) for number, content in enumerate(lines, 1))
    return next(((block[1], number) for number, block in blocks if block), None)
