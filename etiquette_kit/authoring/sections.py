"""The sections of a TOML text: where each header stands, and which lines belong to a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etiquette_kit.content.toml.tokens import BARE, COMMENT, TEXT

_KEY = rf"""(?:{BARE}|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+')"""
_NAME = rf"{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY})*+"
_HEADER = re.compile(rf"(\[\[?)[ \t]*+({_NAME})[ \t]*+\]\]?")
_TOKEN = re.compile(rf"""{TEXT}|{COMMENT}|\n|[\[\]{{}}]|[^\[\]{{}}\n"'#]++|["']""")
_COMMENT_LINE = re.compile(r"[ \t]*#(?!:)")
"""A comment; ``#:schema`` is none, it belongs to the file."""


class Header(NamedTuple):
    """A header of a table: where its line begins, in characters, its name, and whether it is one of several."""

    start: int
    name: str
    is_array: bool


def headers(text: str) -> Iterator[Header]:
    """Yield the headers of a TOML text, in order; what looks like one inside a text or a list is none."""
    place, depth, line = 0, 0, 0
    while place < len(text) and (token := _TOKEN.match(text, place)):
        found = _HEADER.match(text, place) if depth == 0 and not text[line:place].strip() else None
        if found:
            yield Header(line, re.sub(r"[ \t]", "", found[2]), found[1] == "[[")
            place = found.end()
            continue
        match token[0]:
            case "\n":
                line = token.end()
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
            case part if "\n" in part:
                line = token.start() + part.rindex("\n") + 1
        place = token.end()


def sections(text: str, table: str, within: str) -> list[tuple[int, int]]:
    """Return where each table of a name begins and ends, in characters.

    Comments directly above a header belong to it. Headers whose name begins with `within` and a dot belong to the table above them.

    Parameters
    ----------
    text : str
        A TOML text.
    table : str
        The name of the tables, as in ``[[scenario]]``.
    within : str
        How the names of the headers begin that belong to such a table.
    """
    found = list(headers(text))
    starts = [_with_comments(text, header.start) for header in found]
    ends = [*starts[1:], len(text)]
    result = []
    for number, header in enumerate(found):
        if header.name != table or not header.is_array:
            continue
        last = number
        while last + 1 < len(found) and found[last + 1].name.startswith(f"{within}."):
            last += 1
        result.append((starts[number], ends[last]))
    return result


def _with_comments(text: str, start: int) -> int:
    """Return where the comments directly above a line begin."""
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not _COMMENT_LINE.match(text, above, start):
            break
        start = above
    return start


def parted(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, list[str], str]:
    """Return what stands before the first span, the spans, and what stands behind the last; they follow each other."""
    if not spans:
        return text, [], ""
    return text[: spans[0][0]], [text[start:end] for start, end in spans], text[spans[-1][1] :]
