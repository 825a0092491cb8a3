"""On which line of a TOML text something stands."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass

from etiquette_kit.content.toml.tokens import BARE, COMMENT, TEXT

Path = tuple[str | int, ...]

_DEEPEST = 16
"""How many steps into a document lines are kept; no form of ours goes deeper."""

_SPACE = re.compile(rf"(?:[ \t\r\n]++|{COMMENT})*+")
_SEPARATORS = re.compile(rf"(?:[ \t\r\n,]++|{COMMENT})*+")
_PART = re.compile(rf"""[ \t]*+({BARE}|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+')[ \t]*+(\.?)""")
_HEADER = re.compile(r"\[\[?")
_HEADER_END = re.compile(r"[ \t]*+\]\]?")
_EQUALS = re.compile(r"[ \t]*+=[ \t]*+")
_PLAIN = re.compile(rf"""{TEXT}|[^#,\]}}\[{{"'\n]++""")  # a value without others in it
_PAIR = re.compile(rf"({BARE}(?:\.{BARE})*+)[ \t]*+=[ \t]*+(?:{_PLAIN.pattern})")  # what nearly all lines of a file are


class _NotTomlError(Exception):
    """The text goes on with what cannot stand there; what was read so far keeps its lines."""


@dataclass
class _Level:
    """An array or inline table that is being read, and the position of the next element of an array."""

    path: Path
    closing: str
    next: int = 0


class Positions:
    """The lines of a TOML text by the keys that lead there.

    Parameters
    ----------
    text : str
        A TOML document. Of another text the lines are known up to where it stops being one.
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
        """Go on past what the pattern matches, and count lines."""
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
        """Turn a header's keys into a path: within an array of tables, the last element is meant."""
        path: Path = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            if append and position == len(keys) - 1:
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _keys(self) -> list[str]:
        """Take a key and return its parts, no more than can matter."""
        parts: list[str] = []
        dot = "."
        while dot:
            part, dot = self._take(_PART).groups()
            if len(parts) < _DEEPEST:
                parts.append(_unquoted(part))
        return parts

    def _pair(self, base: Path) -> None:
        """Note the lines of a pair and of all inside it; a list instead of recursion, because a file may nest as it likes."""
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
                where = (*level.path, level.next) if len(level.path) <= _DEEPEST else level.path
                level.next += 1
                self._mark(where)
                self._value(where, levels)

    def _key(self, base: Path) -> Path:
        keys = self._keys()
        path = self._mark_parts(base, keys) if len(base) <= _DEEPEST else base
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
        for key in keys[:_DEEPEST]:
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
