"""The front end's files as a page loads them."""

from __future__ import annotations

import re
from pathlib import Path

_OWN_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_AT_THE_END = re.compile(r"[ \t]+// [^\"'`\n]*$", re.MULTILINE)
"""No quotation marks: within a text, one would have to follow."""

_STYLE = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)


def loaded_text(path: Path) -> str:
    """Return what a page loads of a file: all but comments and empty lines, which no page needs."""
    text = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".js":
            text = _AT_THE_END.sub("", _OWN_LINE.sub("", text))
        case ".css":
            text = _STYLE.sub("", text)
        case _:
            return text
    return re.sub(r"\n{2,}", "\n", text)
