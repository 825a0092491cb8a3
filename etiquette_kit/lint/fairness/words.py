"""Words and sentences of a text, as the checks count them."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:]+[“”\"»]*(?=\s|$)")


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case, with typographic apostrophes."""
    return list(_words(text))


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    """Remember the last texts: several checks ask for the words of the same scenario, one after the other."""
    # No word holds a line end, so that all of them can be turned to lower case at once.
    found = "\n".join(_WORD.findall(text)).lower().replace("'", "’")
    return tuple(found.split("\n")) if found else ()


def counted_words(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORD.findall(text))


@lru_cache(maxsize=4096)
def plain_words(text: str) -> frozenset[str]:
    """Return the words of a text, each without the s of the genitive; remembered for a bank in which somebody writes."""
    value_text = frozenset(_words(text))
    return frozenset(map(plain, value_text)) if "’" in text or "'" in text else value_text


def plain(word: str) -> str:
    """Return a word without the s of the genitive."""
    return word.removesuffix("’s")


def names(text: str) -> set[str]:
    """Return the parts of a name, in lower case; a particle such as "von" is none."""
    capital = [word for word in _WORD.findall(text) if word[0].isupper()]
    return set(words(" ".join(capital) or text))


def sentences(text: str) -> int:
    """Return how many sentences a text has, at least one."""
    return max(1, len(_SENTENCE_END.findall(text)))


def quoted(text: str, limit: int = 80) -> str:
    """Return the beginning of a text, as a message names it."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
