"""The front end's files as a page loads them."""

from __future__ import annotations

import re
from pathlib import Path

_OWN_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_AT_THE_END = re.compile(r"[ \t]+// [^\"'`\n]*$", re.MULTILINE)
"""No quotation marks: within a text, one would have to follow."""

_STYLE = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)


_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def served_text(path: Path) -> str:
    """Return what a page of a live room loads of a file: as ``loaded_text``, and scripts and style sheets without their indentation.

    No text in the scripts goes over several lines, which a test holds; an indented line of one would lose its beginning.
    """
    text = loaded_text(path)
    return text if path.suffix == ".html" else _INDENT.sub("", text)


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
