"""The word lists and patterns of a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from etiquette_kit.formats.note.assessment.patterns import WordLists, compiled
from etiquette_kit.locale import catalog, languages


class Lexicon:
    """What a language knows of notes.

    Attributes
    ----------
    lists : WordLists
        Its lists of words.
    patterns : dict of str to re.Pattern
        By name; without those that the language leaves empty.
    """

    def __init__(self, lists: Mapping[str, str], patterns: Mapping[str, str]) -> None:
        self.lists = WordLists({name: [word.strip() for word in words.split(",") if word.strip()] for name, words in lists.items()})
        every = {name: compiled(lines.splitlines(), self.lists) for name, lines in patterns.items()}
        self.patterns: dict[str, re.Pattern[str]] = {name: pattern for name, pattern in every.items() if pattern is not None}


@cache
def lexicon(lang: str) -> Lexicon | None:
    """Return the word lists and patterns of a language; None where it has none."""
    words = catalog(lang)
    patterns = words.table("note_patterns")
    if not any(text.strip() for text in patterns.values()):
        return None
    return Lexicon(words.table("note_lists"), patterns)


@cache
def lexicons() -> dict[str, Lexicon]:
    """Return those of all languages that have any."""
    return {lang: found for lang in languages() if (found := lexicon(lang)) is not None}
