"""A TOML file as it is on disk: its document, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from etiquette_kit.review.curly_quotes import curly_quote
from etiquette_kit.review.finding import Finding, Problem
from etiquette_kit.review.positions import Positions

MAX_BYTES = 2_000_000
"""The largest file that is read, in bytes; a bank of a thousand scenarios in two languages in one file is about 4 MB, so split it."""

_NAMED = 5
"""How many files are named of a folder that has none to read."""


@dataclass
class TomlFile:
    """A file that was read.

    Attributes
    ----------
    path : Path
        The file, as it was named.
    text : str
        Its content; empty where it could not be decoded.
    document : mapping
        The parsed content; empty where it could not be parsed.
    problems : list of (str, Problem)
        What was found so far, with the id of the scenario or rule concerned.
    """

    path: Path
    text: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    _line: int = 1

    @property
    def is_readable(self) -> bool:
        """Whether there is a document at all."""
        return not self.problems or bool(self.document)

    @cached_property
    def _positions(self) -> Positions:
        return Positions(self.text)

    def findings(self, problems: Sequence[tuple[str, Problem]] | None = None) -> list[Finding]:
        """Return problems with their lines; default those found so far."""
        found = []
        for name, problem in self.problems if problems is None else problems:
            # Without a document there are no positions: the reader itself said where it stopped.
            line = self._positions.line(problem.where) if self.document else self._line
            values = {key: _shortened(value) for key, value in problem.values.items()}
            found.append(Finding(str(self.path), line, name, problem.kind, problem.severity, values))
        return sorted(found, key=lambda finding: finding.line)


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file; whatever is wrong with it becomes a problem, never an exception.

    A byte order mark and Windows line ends are fine.
    """
    import tomllib  # not before something is read: importing the kit stays cheap

    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        return TomlFile(path, problems=[("", Problem("unreadable", (), {"reason": error.strerror or type(error).__name__}))])
    if size > MAX_BYTES:
        values = {"size": f"{size / 1e6:.1f}", "limit": f"{MAX_BYTES / 1e6:.0f}"}
        return TomlFile(path, problems=[("", Problem("too_large", (), values))])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return TomlFile(path, problems=[("", Problem("not_utf8"))], _line=line)
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except RecursionError:
        return TomlFile(path, text, problems=[("", Problem("too_deep"))])
    except ValueError as error:
        # Also what tomllib lets through, such as an integer of more digits than Python converts.
        reason, line = _broken_at(str(error), text)
        problem = Problem("broken_toml", (), {"reason": reason})
        if curly := curly_quote(text, line):
            problem, line = Problem("curly_quotes", (), {"sign": curly[0], "straight": '"'}), curly[1]
        return TomlFile(path, text, problems=[("", problem)], _line=line)


def read_folder(folder: Path) -> list[TomlFile]:
    """Read the TOML files in a folder and below, in the order of their names.

    A file that an editor has named ``first.toml.txt`` becomes a problem, and so does a folder without any file to read.
    """
    files: list[TomlFile] = []
    others: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() == ".toml":
            files.append(read_toml(path))
        elif path.suffix and Path(path.stem).suffix.lower() == ".toml" and path.is_file():
            values = {"ending": path.suffix, "name": path.stem}
            files.append(TomlFile(path, problems=[("", Problem("hidden_ending", (), values))]))
        elif len(others) <= _NAMED and path.is_file() and not path.name.startswith("."):
            others.append(str(path.relative_to(folder)))
    if files:
        return files
    named = ", ".join(others[:_NAMED]) + (" …" if others[_NAMED:] else "")
    problem = Problem("no_toml_file", (), {"files": named}) if others else Problem("empty_folder")
    return [TomlFile(folder, problems=[("", problem)])]


def _broken_at(message: str, text: str) -> tuple[str, int]:
    match = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", message, re.DOTALL)
    if match:
        return match[1], int(match[2])
    if message.endswith("(at end of document)"):
        return message, text.rstrip("\n").count("\n") + 1
    return message, 1


def _shortened(value: str, limit: int = 300) -> str:
    return value if len(value) <= limit else value[:limit] + "…"
