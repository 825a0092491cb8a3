"""Reading questions from GIFT."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from etiquette_kit.exchange.drafts.plain_text import text_of_html, tidy
from etiquette_kit.exchange.drafts.question import Answer, Question, Unread, name_of, question_of

_TITLE = re.compile(r"\s*::(?P<title>(?:\\.|[^\\])*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|markdown|moodle|plain)\]")
_WEIGHT = re.compile(r"\s*%(?P<weight>-?\d+(?:\.\d+)?)%")
_TRUE_FALSE = re.compile(r"\s*(?:T|F|TRUE|FALSE)\s*(?:#.*)?", re.DOTALL)
_GAP = "_____"


def read(text: str) -> Iterator[Question | Unread]:
    """Yield the questions of a file, in order; categories, comments and texts without answers are none."""
    for line, block in _blocks(text):
        found = _question(block, line)
        if found is not None:
            yield found


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands between blank lines without comments, with the number of its first line."""
    lines: list[str] = []
    first = 0
    for number, line in enumerate([*text.lstrip("\ufeff").splitlines(), ""], 1):
        stripped = line.strip()
        if not stripped:
            if lines:
                yield first, "\n".join(lines)
            lines = []
        elif not stripped.startswith(("//", "$CATEGORY:")):
            first = first if lines else number
            lines.append(line)


def _question(block: str, line: int) -> Question | Unread | None:
    found = _TITLE.match(block)
    title, rest = (tidy(unescape(_plain(found["title"]))), block[found.end() :]) if found else ("", block)
    opening = _first(rest, "{")
    if opening < 0:
        return None
    closing = _first(rest, "}", opening)
    if closing < 0:
        return Unread("unclosed", name_of(title, _plain(rest[:opening])), line)
    before, inside, after = rest[:opening], rest[opening + 1 : closing], rest[closing + 1 :]
    is_html = _written_in(before)
    stem = _read(f"{before} {_GAP} {after}" if after.strip() else before, is_html=is_html)
    if kind := _other_type(inside):
        return Unread(kind, name_of(title, stem), line)
    parts = _split(inside, "####")
    answers = tuple(_answer(part, is_html=is_html) for part in _answers(parts[0]))
    return question_of(title, stem, answers, _read("".join(parts[1:]), is_html=is_html), line)


def _other_type(inside: str) -> str:
    """Return why what stands in the brackets is no choice of one answer; empty where it is."""
    if not inside.strip() or inside.lstrip().startswith("#") or _TRUE_FALSE.fullmatch(inside):
        return "type"
    if _first(inside, "~") < 0:
        return "type"
    return "several" if _first(inside, "=") < 0 else ""


def _answers(inside: str) -> list[str]:
    """Return the answers, each with its mark."""
    places = [place for place, mark in _unescaped(inside) if mark in "=~"]
    return [inside[place:end] for place, end in zip(places, [*places[1:], len(inside)], strict=True)]


def _answer(part: str, *, is_html: bool) -> Answer:
    text, *feedback = _split(part[1:], "#")
    weight = _WEIGHT.match(text)
    percent = float(weight["weight"]) if weight else 100.0 if part[0] == "=" else 0.0
    label = text[weight.end() :] if weight else text
    return Answer(_read(label, is_html=is_html), _read("#".join(feedback), is_html=is_html), percent)


def _written_in(text: str) -> bool:
    found = _FORMAT.match(text)
    return found is not None and found[1] == "html"


def _read(text: str, *, is_html: bool) -> str:
    """Return a part of a question as plain text; it may say what it is written in, otherwise it is written as the question is."""
    found = _FORMAT.match(text)
    html = found[1] == "html" if found else is_html
    plain = _plain(text[found.end() :] if found else text)
    return text_of_html(plain) if html or "<p>" in plain else tidy(plain)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1] if found[1] in "~=#{}:\\" else found[0], text)


def _unescaped(text: str) -> Iterator[tuple[int, str]]:
    """Yield the characters that are not escaped, with their places."""
    place = 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        yield place, text[place]
        place += 1


def _first(text: str, mark: str, start: int = 0) -> int:
    return next((place for place, found in _unescaped(text) if found == mark and place >= start), -1)


def _split(text: str, mark: str) -> list[str]:
    """Split at a mark whose characters are not escaped."""
    found = [place for place, character in _unescaped(text) if character == mark[0] and text.startswith(mark, place)]
    parts, start = [], 0
    for place in found:
        if place >= start:
            parts.append(text[start:place])
            start = place + len(mark)
    return [*parts, text[start:]]
