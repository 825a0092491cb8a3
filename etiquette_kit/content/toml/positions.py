"""The line of each key and value in a TOML text."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass

from etiquette_kit.content.toml.tokens import BARE, COMMENT, TEXT

Path = tuple[str | int, ...]

_MAX_DEPTH = 16
"""The maximum depth at which lines are recorded; none of our file formats is deeper."""

_SPACE = re.compile(rf"(?:[ \t\r\n]++|{COMMENT})*+")
_SEPARATORS = re.compile(rf"(?:[ \t\r\n,]++|{COMMENT})*+")
_PART = re.compile(rf"""[ \t]*+({BARE}|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+')[ \t]*+(\.?)""")
_HEADER = re.compile(r"\[\[?")
_HEADER_END = re.compile(r"[ \t]*+\]\]?")
_EQUALS = re.compile(r"[ \t]*+=[ \t]*+")
_PLAIN = re.compile(rf"""{TEXT}|[^#,\]}}\[{{"'\n]++""")  # a value that is not an array or inline table
_PAIR = re.compile(rf"({BARE}(?:\.{BARE})*+)[ \t]*+=[ \t]*+(?:{_PLAIN.pattern})")  # nearly all lines of a file match it


class _NotTomlError(Exception):
    """The text is not valid TOML from here on; lines recorded so far are kept."""


@dataclass
class _Level:
    """An array or inline table that is being read, and the index of an array's next element."""

    path: Path
    closing: str
    next: int = 0


class Positions:
    """The lines of a TOML text by key path.

    Parameters
    ----------
    text : str
        A TOML document. For invalid text, lines are known up to the first error.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._text = text
        self._place = 0
        self._line = 1
        self._counted = 0
        with suppress(_NotTomlError):
            self._read()

    def line(self, where: Path) -> int:
        """Return the line of the innermost known part of the path, counted from 1."""
        for length in range(len(where), 0, -1):
            if where[:length] in self._lines:
                return self._lines[where[:length]]
        return 1

    def _read(self) -> None:
        base: Path = ()
        text = self._text
        while True:
            self._skip(_SPACE)
            if self._place == len(text):
                return
            if text[self._place] == "[":
                base = self._header()
            elif pair := _PAIR.match(text, self._place):
                self._place = pair.end()
                self._mark_parts(base, pair[1].split("."))
            else:
                self._pair(base)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        """Advance past a match of the pattern, and count lines."""
        self._take(pattern)
        self._line += self._text.count("\n", self._counted, self._place)
        self._counted = self._place

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self._text, self._place)
        if match is None:
            raise _NotTomlError
        self._place = match.end()
        return match

    def _header(self) -> Path:
        append = self._take(_HEADER)[0] == "[["
        path = self._enter(self._keys(), append=append)
        self._take(_HEADER_END)
        self._mark(path)
        return path

    def _enter(self, keys: list[str], *, append: bool) -> Path:
        """Convert a header's keys to a path: an array of tables stands for its last element."""
        path: Path = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            if append and position == len(keys) - 1:
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _keys(self) -> list[str]:
        """Read a key and return its parts, at most `_MAX_DEPTH`."""
        parts: list[str] = []
        dot = "."
        while dot:
            part, dot = self._take(_PART).groups()
            if len(parts) < _MAX_DEPTH:
                parts.append(_unquoted(part))
        return parts

    def _pair(self, base: Path) -> None:
        """Record the lines of a pair and of everything inside it; a stack instead of recursion, because nesting has no limit."""
        levels: list[_Level] = []
        self._value(self._key(base), levels)
        while levels:
            self._skip(_SEPARATORS)
            level = levels[-1]
            if self._text.startswith(level.closing, self._place):
                self._place += 1
                levels.pop()
            elif level.closing == "}":
                self._value(self._key(level.path), levels)
            else:
                where = (*level.path, level.next) if len(level.path) <= _MAX_DEPTH else level.path
                level.next += 1
                self._mark(where)
                self._value(where, levels)

    def _key(self, base: Path) -> Path:
        keys = self._keys()
        path = self._mark_parts(base, keys) if len(base) <= _MAX_DEPTH else base
        self._take(_EQUALS)
        return path

    def _value(self, path: Path, levels: list[_Level]) -> None:
        opening = self._text[self._place : self._place + 1]
        if opening in ("[", "{"):
            self._place += 1
            levels.append(_Level(path, "]" if opening == "[" else "}"))
        else:
            self._take(_PLAIN)

    def _mark_parts(self, base: Path, keys: list[str]) -> Path:
        path = base
        for key in keys[:_MAX_DEPTH]:
            path = (*path, key)
            self._mark(path)
        return path

    def _mark(self, path: Path) -> None:
        self._lines.setdefault(path, self._line)


def _unquoted(part: str) -> str:
    if part.startswith("'"):
        return part[1:-1]
    if not part.startswith('"'):
        return part
    try:
        return str(json.loads(part))
    except ValueError:
        return part[1:-1]  # an escape that JSON does not know
