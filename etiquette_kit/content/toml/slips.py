"""Common syntax errors in a TOML file, each with the corrected line.

A correction is suggested only if it helps: with it, the file can be parsed at least beyond the previous error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from etiquette_kit.locale import DEVELOPER_LANGUAGE, catalog, languages

Reader = Callable[[str], int | None]
"""Returns the line of the first syntax error in a text; None where there is none."""

_DOUBLE = frozenset({"scenario", "scenario.option"})
"""Headers in double brackets: there may be several of each."""

_KEY = r"[A-Za-z_][\w.-]*"
_LONE_HEADER = re.compile(rf"[ \t]*\[[ \t]*({_KEY})[ \t]*\][ \t\r]*(?:#.*)?")
_DOUBLE_HEADER = re.compile(rf"[ \t]*\[\[[ \t]*({_KEY})[ \t]*\]\][ \t\r]*(?:#.*)?")
_HALF_HEADER = re.compile(rf"[ \t]*(\[{{0,2}})[ \t]*({_KEY})[ \t]*(\]{{0,2}})[ \t\r]*")
_OPENING = re.compile(rf'[ \t]*{_KEY}[ \t]*=[ \t]*"""')
_NEW_PART = re.compile(rf"[ \t]*(?:\[|{_KEY}[ \t]*=)")
_NO_EQUALS = re.compile(rf"""([ \t]*{_KEY})[ \t]*(?:[:][ \t]*)?(["'{{]|true\b|false\b)(.*)""")
_NO_EQUALS_INSIDE = re.compile(rf"""([{{,][ \t]*{_KEY})[ \t]*:?[ \t]+(?=["']|true\b|false\b)""")
_VALUE = re.compile(rf'({_KEY}[ \t]*=[ \t]*)"(.*?)"(?=[ \t\r]*(?:,[ \t]*{_KEY}[ \t]*=|\}}|$))')
_PAIR = re.compile(rf"([ \t]*{_KEY}[ \t]*=)[ \t]*(.*?)[ \t\r]*")


def headers() -> tuple[str, ...]:
    """Return the headers of a scenario file."""
    return ("theme", "scenario", *(f"scenario.text.{lang}" for lang in languages()), "scenario.option")


class Slip(NamedTuple):
    """A common syntax error.

    Attributes
    ----------
    kind : str
        The kind of finding.
    line : int
        Its line, counted from 1.
    right : str
        The corrected line.
    """

    kind: str
    line: int
    right: str


def find_slip(text: str, stopped: int, reader: Reader) -> Slip | None:
    """Return the mistake that makes a file invalid; None where it is none of the known ones.

    Parameters
    ----------
    text : str
        The file.
    stopped : int
        The line of the parser's error, counted from 1.
    reader : callable
        Returns the line of the first syntax error in a text.
    """
    lines = text.split("\n")
    for slip, corrected in _candidates(lines, min(stopped, len(lines)) - 1):
        again = reader("\n".join(corrected))
        if again is None or again > stopped + len(corrected) - len(lines):
            return slip
    return None


_Candidate = tuple[Slip, list[str]]


def _candidates(lines: Sequence[str], at: int) -> Iterator[_Candidate]:
    """Yield possible mistakes, the most certain first, with the corrected lines; `at` is counted from 0."""
    yield from _single_brackets(lines)
    yield from _missing_closing(lines, at)
    yield from _missing_opening(lines, at)
    double = {found[1] for line in lines if (found := _DOUBLE_HEADER.fullmatch(line))}
    for place in (at, at - 1):
        if place < 0:
            continue
        line = lines[place]
        for kind, right in (
            *_header(line, double),
            *_no_equals(line),
            *_brace(line),
            *_inner_quotes(line, _language(lines, place)),
            *_half_quoted(line, lines[place + 1 :]),
        ):
            yield Slip(kind, place + 1, right.strip()), [*lines[:place], right, *lines[place + 1 :]]


def _single_brackets(lines: Sequence[str]) -> Iterator[_Candidate]:
    """Find headers in single brackets that need double ones; all of them are corrected at once."""
    double = _DOUBLE | _repeated(lines)
    corrected = [f"[[{found[1]}]]" if (found := _LONE_HEADER.fullmatch(line)) and found[1] in double else line for line in lines]
    first = next((place for place, (old, new) in enumerate(zip(lines, corrected, strict=True)) if old != new), None)
    if first is not None:
        yield Slip("single_brackets", first + 1, corrected[first]), corrected


def _repeated(lines: Sequence[str]) -> frozenset[str]:
    """Return the headers of a format's tables, and of lists in them, that stand more than once, so that each needs double brackets."""
    seen: set[str] = set()
    repeated = set()
    for line in lines:
        if lone := _LONE_HEADER.fullmatch(line):
            if lone[1] in seen and _may_be_list(lone[1]):
                repeated.add(lone[1])
        elif not (lone := _DOUBLE_HEADER.fullmatch(line)):
            continue
        # A new table of this name may have the same headers as the one before.
        seen = {name for name in seen if not name.startswith(f"{lone[1]}.")} | {lone[1]}
    return frozenset(repeated)


def _may_be_list(header: str) -> bool:
    """Return whether there may be several of a header: it is not known as a single one, and is no text in a language."""
    first, *others = header.split(".")
    return first not in ("theme", "scenario", "house") and len(others) <= 1 and not set(others) & set(languages())


def _header(line: str, double: Collection[str]) -> Iterator[tuple[str, str]]:
    """Find a header without one of its brackets; that of a format's table is known by its brackets, or from the rest of the file."""
    found = _HALF_HEADER.fullmatch(line)
    if found and (found[1] or found[3]) and (found[2] in headers() or found[2] in double or "[[" in line or "]]" in line):
        right = f"[[{found[2]}]]" if found[2] not in headers() or found[2] in _DOUBLE else f"[{found[2]}]"
        yield "missing_bracket", right


def _no_equals(line: str) -> Iterator[tuple[str, str]]:
    found = _NO_EQUALS.fullmatch(line)
    if found:
        yield "missing_equals", f"{found[1]} = {found[2]}{found[3]}"
    inside = _NO_EQUALS_INSIDE.sub(r"\1 = ", line)
    if inside != line:
        yield "missing_equals", inside


def _brace(line: str) -> Iterator[tuple[str, str]]:
    found = _PAIR.fullmatch(line)
    if found is None:
        return
    value = found[2]
    if value.startswith("{") and not value.endswith("}"):
        yield "missing_bracket", f"{found[1]} {value} }}"
    if value.endswith("}") and not value.startswith("{"):
        yield "missing_bracket", f"{found[1]} {{ {value}"


def _inner_quotes(line: str, lang: str) -> Iterator[tuple[str, str]]:
    """Find straight quotation marks inside a single-line string, where typographic ones are valid."""

    def typographic(found: re.Match[str]) -> str:
        parts = re.split(r'(?<!\\)"', found[2])
        if len(parts) == 1 or found[2].startswith('""'):
            return found[0]
        signs = catalog(lang)("language.quotes")
        marked = parts[0] + "".join(signs[number % 2] + part for number, part in enumerate(parts[1:]))
        return f'{found[1]}"{marked}"'

    right = _VALUE.sub(typographic, line)
    if right != line:
        yield "straight_quotes", right


def _language(lines: Sequence[str], place: int) -> str:
    """Return the language of a line's text, from its key or else from the header above it."""
    if key := re.match(r"[ \t]*(?:text|title)\.([\w-]+)", lines[place]):
        return key[1] if key[1] in languages() else DEVELOPER_LANGUAGE
    for line in reversed(lines[:place]):
        if header := re.match(r"[ \t]*\[[\w.-]+\.text\.([\w-]+)\]", line):
            return header[1] if header[1] in languages() else DEVELOPER_LANGUAGE
        if line.lstrip().startswith("["):
            break
    return DEVELOPER_LANGUAGE


def _half_quoted(line: str, after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Find a single-line value that lacks one quotation mark, or both."""
    found = _PAIR.fullmatch(line)
    following = next((later for later in after if later.strip()), "[")
    if found is None or not found[2] or not (_NEW_PART.match(following) or following.lstrip().startswith("#")):
        return
    value = found[2]
    if not re.match(r'"?[^\W\d_]', value) or value.strip('"') == "" or '"' in value.strip('"'):
        return
    yield "missing_quote", f'{found[1]} "{value.strip(chr(34))}"'


def _missing_opening(lines: Sequence[str], at: int) -> Iterator[_Candidate]:
    """Find a multi-line string that starts with fewer than three quotation marks."""
    for place in range(at, max(at - 3, -1), -1):
        found = _PAIR.fullmatch(lines[place])
        after = next((later for later in lines[place + 1 :] if later.strip()), "[")
        if found is None or _NEW_PART.match(after):
            continue
        value = found[2]
        if value in ("", '"', '""') or (value.startswith('"') and not value.startswith('"""') and value.count('"') == 1):
            right = f'{found[1]} """{value.lstrip(chr(34))}'
            yield Slip("lost_quotes", place + 1, right.strip()), [*lines[:place], right, *lines[place + 1 :]]
            return


def _missing_closing(lines: Sequence[str], at: int) -> Iterator[_Candidate]:
    """Find a multi-line string that is not closed, so that the opening quotation marks of the next one close it."""
    begun: int | None = None
    for place, line in enumerate(lines[: at + 1]):
        if begun is not None and _OPENING.match(line):
            break
        if line.count('"""') % 2:
            begun = place if begun is None else None
    if begun is None or not _OPENING.match(lines[begun]):
        return
    for place in range(begun + 1, len(lines)):
        if lines[place].strip() in ('"', '""'):
            yield Slip("lost_quotes", place + 1, '"""'), [*lines[:place], '"""', *lines[place + 1 :]]
            return
        if _NEW_PART.match(lines[place]):
            break
    else:
        place = len(lines)
    while place > begun + 1 and not lines[place - 1].strip():
        place -= 1
    yield Slip("lost_quotes", place + 1, '"""'), [*lines[:place], '"""', *lines[place:]]
