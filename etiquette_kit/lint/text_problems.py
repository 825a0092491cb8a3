"""What is wrong with an id, with a text, and with texts by language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from etiquette_kit.content.finding import Problem
from etiquette_kit.content.scenario import is_identifier

Path = tuple[str | int, ...]

# Unicode's Cc but for line ends and tabs; Cs, which cannot be encoded, so that it must not reach a file or a browser; and
# what turns the direction of writing; and what XML cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def identifier_problems(value: object, where: Path) -> Iterator[Problem]:
    """Yield a problem where a text cannot be an id."""
    if isinstance(value, str) and not is_identifier(value):
        yield Problem("bad_id", where, {"value": value[:80]})


def language_problems(texts: Mapping[str, object], where: Path, required: Sequence[str], known: Sequence[str]) -> Iterator[Problem]:
    """Yield the languages that are missing, and those that do not exist."""
    for lang in required:
        if lang not in texts:
            yield Problem("missing_language", where, {"language": lang})
    for lang in texts:
        if lang not in known:
            yield Problem("unknown_language", (*where, lang), {"language": str(lang), "allowed": ", ".join(known)})


def control_problems(text: str, name: str, where: Path) -> Iterator[Problem]:
    """Yield what cannot be seen in a text and must not reach a screen."""
    if found := _CONTROL.search(text):
        yield Problem("control_character", where, {"key": name, "code": f"U+{ord(found[0]):04X}"})


def text_problems(text: object, name: str, limit: int, where: Path) -> Iterator[Problem]:
    """Yield what is wrong with a text: empty, with invisible characters, or longer than the limit; nothing where it is no text."""
    if not isinstance(text, str):
        return
    if not text.strip():
        yield Problem("empty_text", where, {"key": name})
        return
    yield from control_problems(text, name, where)
    if len(text) > limit:
        yield Problem("long_text", where, {"key": name, "length": str(len(text)), "limit": str(limit)})
