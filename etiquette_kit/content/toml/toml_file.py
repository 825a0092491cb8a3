"""A TOML file on disk: its parsed document, or the reason why it cannot be parsed."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from etiquette_kit.content.finding import Finding, Problem
from etiquette_kit.content.path_error import PathError
from etiquette_kit.content.toml.curly_quotes import curly_quote
from etiquette_kit.content.toml.positions import Positions
from etiquette_kit.content.toml.regular_file import NotRegularError, TooLargeError, read_regular
from etiquette_kit.content.toml.slips import find_slip
from etiquette_kit.content.toml.tokens import overlong_key
from etiquette_kit.locale.legible import escaped, shortened

MAX_BYTES = 2_000_000
"""The largest file that is read, in bytes; a bank of a thousand scenarios in two languages in one file is about 4 MB, so split it."""

MAX_ERRORS = 1000
"""How many errors of one file are listed; so many have a common cause, to be corrected before the rest is checked."""

_MAX_LISTED_FILES = 5
"""How many files are named for a folder without a TOML file."""

_MAX_VALUE_LENGTH = 300
"""How many characters of a value a message quotes."""

_ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL})
"""Error numbers that mean that no such file exists; Windows uses the last one for a name that is not possible."""


@dataclass
class TomlFile:
    """A file that was read.

    Attributes
    ----------
    path : Path
        The file, as the caller named it.
    text : str
        Its content; empty where it could not be decoded.
    document : mapping
        The parsed content; empty where it could not be parsed.
    problems : list of (str, Problem)
        The problems found so far, with the id of the scenario or rule concerned.
    """

    path: Path
    text: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    _line: int = 1
    _errors: int = 0

    @property
    def is_readable(self) -> bool:
        """Whether there is a parsed document."""
        return not self.problems or bool(self.document)

    def add(self, name: str, problems: Iterable[Problem], where: tuple[str | int, ...] = ()) -> list[Problem] | None:
        """Add problems of a scenario or rule, and return them; None where the file then has more than `MAX_ERRORS` errors.

        Parameters
        ----------
        name : str
            The id of the scenario or rule; empty for the whole file.
        problems : iterable of Problem
            The problems. No more are taken from it than can be added.
        where : tuple of str and int
            The path to the part in which they were found.
        """
        new: list[Problem] = []
        for problem in problems:
            if self._errors == MAX_ERRORS and problem.severity == "error":
                self.problems.append(("", Problem("too_many_errors", where or problem.where, {"limit": str(MAX_ERRORS)})))
                return None
            self._errors += problem.severity == "error"
            new.append(problem)
            self.problems.append((name, Problem(problem.kind, (*where, *problem.where), problem.values, problem.is_warning)))
        return new

    @cached_property
    def _positions(self) -> Positions:
        return Positions(self.text)

    def findings(self, problems: Sequence[tuple[str, Problem]] | None = None) -> list[Finding]:
        """Return problems with their lines; by default those found so far."""
        found = []
        for name, problem in self.problems if problems is None else problems:
            # Without a document there are no positions; the line is that of the parser's error.
            line = self._positions.line(problem.where) if self.document else self._line
            values = {key: shortened(escaped(value), _MAX_VALUE_LENGTH) for key, value in problem.values.items()}
            found.append(Finding(str(self.path), line, escaped(name), problem.kind, problem.severity, values))
        return sorted(found, key=lambda finding: finding.line)


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file; errors in it become problems, never exceptions.

    A byte order mark and Windows line ends are accepted.
    """
    try:
        raw = read_regular(path, MAX_BYTES)
    except (OSError, ValueError, NotRegularError, TooLargeError) as error:
        return _not_readable(path, error)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return TomlFile(path, problems=[("", Problem("not_utf8"))], _line=line)
    return read_text(path, text)


def read_text(path: Path, text: str) -> TomlFile:
    """Read the text of a TOML file with this name, which need not be on this disk; errors in it become problems, never exceptions."""
    if overlong := overlong_key(text):
        return TomlFile(path, text, problems=[("", Problem("too_deep"))], _line=overlong)
    return _parsed(path, text)


def _not_readable(path: Path, error: Exception) -> TomlFile:
    match error:
        case NotRegularError():
            return _with_problem(path, "no_regular_file")
        case TooLargeError(size=size):
            return _with_problem(path, "too_large", size=f"{size / 1e6:.1f}", limit=f"{MAX_BYTES / 1e6:.0f}")
        case OSError(strerror=str(reason)):
            return _with_problem(path, "unreadable", reason=reason)
        case _:  # a name that no file can have
            return _with_problem(path, "unreadable", reason=str(error) or type(error).__name__)


def _parsed(path: Path, text: str) -> TomlFile:
    import tomllib  # only when a file is read, so that importing the kit stays fast

    try:
        return TomlFile(path, text, tomllib.loads(text))
    except RecursionError:
        return TomlFile(path, text, problems=[("", Problem("too_deep"))])
    except ValueError as error:
        # Also Python's own errors in tomllib, such as an integer with more digits than Python converts.
        reason, line = _error_position(str(error), text)
        problem = Problem("broken_toml", (), {"reason": reason})
        if curly := curly_quote(text, line):
            problem, line = Problem("curly_quotes", (), {"sign": curly[0], "straight": '"'}), curly[1]
        elif slip := find_slip(text, line, _error_line):
            problem, line = Problem(slip.kind, (), {"right": slip.right}), slip.line
        return TomlFile(path, text, problems=[("", problem)], _line=line)


def read_path(path: Path) -> list[TomlFile]:
    """Read a file, or a folder with its subfolders.

    Raises
    ------
    PathError
        When there is no such file or folder.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if error.errno not in _ABSENT:
            return [_with_problem(path, "unreadable", reason=error.strerror or type(error).__name__)]
        raise PathError(path) from None
    except ValueError:  # a zero byte, or a character that the system's encoding lacks
        raise PathError(path) from None
    return read_folder(path) if stat.S_ISDIR(mode) else [read_toml(path)]


def read_folder(folder: Path) -> list[TomlFile]:
    """Read the TOML files in a folder and its subfolders, in the order of their names.

    A file that an editor has named ``first.toml.txt`` becomes a problem; so does a folder that cannot be listed or has no TOML file.
    """
    files: list[TomlFile] = []
    others: list[str] = []
    for path, kind, reason in sorted(_walk(folder)):
        if kind == "closed":
            files.append(_with_problem(path, "unreadable", reason=reason))
        elif path.suffix.lower() == ".toml":
            files.append(read_toml(path))
        elif path.suffix and Path(path.stem).suffix.lower() == ".toml" and kind == "file":
            files.append(_with_problem(path, "hidden_ending", ending=path.suffix, name=path.stem))
        elif len(others) <= _MAX_LISTED_FILES and kind == "file" and not path.name.startswith("."):
            others.append(str(path.relative_to(folder)))
    if files:
        return files
    named = ", ".join(others[:_MAX_LISTED_FILES]) + (" …" if others[_MAX_LISTED_FILES:] else "")
    return [_with_problem(folder, "no_toml_file", files=named) if others else _with_problem(folder, "empty_folder")]


def _walk(folder: Path) -> Iterator[tuple[Path, Literal["file", "folder", "other", "closed"], str]]:
    """Yield the entries of a folder and its subfolders; links to folders are not followed, because they may form a cycle.

    A ``closed`` folder cannot be listed; the last value is the reason.
    """
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as entries:
                found = list(entries)
        except OSError as error:
            yield current, "closed", error.strerror or type(error).__name__
            continue
        for entry in found:
            path = current / entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            yield path, _kind(entry), ""


def _kind(entry: os.DirEntry[str]) -> Literal["file", "folder", "other"]:
    try:
        return "folder" if entry.is_dir() else "file" if entry.is_file() else "other"
    except OSError:  # a cycle of links
        return "other"


def _with_problem(path: Path, kind: str, **values: str) -> TomlFile:
    return TomlFile(path, problems=[("", Problem(kind, (), values))])


def _error_line(text: str) -> int | None:
    """Return the line of the first syntax error in a text; None where there is none."""
    import tomllib

    try:
        tomllib.loads(text)
    except RecursionError:
        return 1
    except ValueError as error:
        return _error_position(str(error), text)[1]
    return None


def _error_position(message: str, text: str) -> tuple[str, int]:
    match = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", message, re.DOTALL)
    if match:
        return match[1], int(match[2])
    if message.endswith("(at end of document)"):
        return message, text.rstrip("\n").count("\n") + 1
    return message, 1
