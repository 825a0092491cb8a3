"""How word patterns are written in a language's `note_patterns.toml`, and how they are looked for.

A pattern is a line of parts between spaces:

=============  ==================================================================================================
``word``       this word, in whatever capitals or umlauts
``word*``      words that begin so; ``*word`` and ``*word*`` likewise
``*``          any word or mark but those that divide sentences
``one/two``    either
``<name>``     a word of the list with this name
``?part``      this part or nothing
``~``          up to four other words within a sentence; ``~~`` up to ten
``_``          up to six other words of which none is in the lists ``not`` and ``no_one``
``-part``      the next word is not this one
``^``          the beginning of the note
``, . ! ?``    marks; ``.`` also stands for ``!`` and for the end of the note, and ``^`` not only for the beginning
=============  ==================================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from etiquette_kit.formats.note.assessment.tokens import Token, folded

_GAP = r"(?:(?!(?:[.?!]\S*) )\S+ ){0,%d}"
_NEGATIONS = ("not", "no_one")
_WORD = "[^# ]*"
_TAGS = "[^ ]*"
_FIRST_TAG = 0xE000  # private use: no text has it, since characters without a meaning are marks of their own


CAPITAL = "capital"
"""The name of the list of all words that begin with a capital letter."""


class PatternError(ValueError):
    """A pattern that is not written as it should be."""


class WordLists:
    """Lists of words by name; each has a character that marks its words.

    Parameters
    ----------
    lists : mapping of str to iterable of str
        The words of each list; ``word*`` stands for all that begin so, ``*word`` for all that end so.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self.tags = {name: chr(_FIRST_TAG + place) for place, name in enumerate([CAPITAL, *sorted(lists)])}
        self._exact: dict[str, str] = {}
        self._begin: dict[str, str] = {}
        self._end: dict[str, str] = {}
        for name, entries in lists.items():
            for entry in entries:
                kept = self._begin if entry.endswith("*") else self._end if entry.startswith("*") else self._exact
                word = folded(entry.strip("*"))
                kept[word] = kept.get(word, "") + self.tags[name]
        self._lengths = tuple(sorted({len(word) for word in self._begin})), tuple(sorted({len(word) for word in self._end}))

    def tags_of(self, word: str) -> str:
        """Return the marks of a word's lists."""
        found = [self._exact.get(word, "")]
        begin, end = self._lengths
        found += [self._begin.get(word[:size], "") for size in begin if size <= len(word)]
        found += [self._end.get(word[-size:], "") for size in end if size <= len(word)]
        return "".join(found)


class Text:
    """A note in the form in which patterns are looked for.

    Parameters
    ----------
    found : sequence of Token
        Its words and marks.
    lists : WordLists
        The lists of a language.
    """

    def __init__(self, found: Sequence[Token], lists: WordLists) -> None:
        self.tokens = found
        parts = [f"{token.text}#{_tags(token, lists)} " for token in found]
        self.line = " " + "".join(parts) + ".# "
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        at = 1
        for place, part in enumerate(parts):
            self._starts[at] = place
            at += len(part)
            self._ends[at] = place

    def places(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """Return where a pattern is found: the first word and the last, by their places among the words."""
        found = []
        for match in pattern.finditer(self.line):
            start, end = self._starts.get(match.start()), self._ends.get(match.end(), len(self.tokens) - 1)
            if start is not None and start <= end:
                found.append((start, end))
        return found


def _tags(token: Token, lists: WordLists) -> str:
    if not token.is_word:
        return ""
    return lists.tags_of(token.text) + (lists.tags[CAPITAL] if token.capital else "")


def compiled(patterns: Iterable[str], lists: WordLists) -> re.Pattern[str] | None:
    """Return patterns as one regular expression; None where there are none.

    Raises
    ------
    PatternError
        When a part names a list that does not exist, or is empty.
    """
    every = [_pattern(line, lists) for line in patterns if line.strip()]
    return re.compile("|".join(every)) if every else None


def _pattern(line: str, lists: WordLists) -> str:
    return r"(?<= )" + "".join(_part(part, lists) for part in line.split())


def _part(part: str, lists: WordLists) -> str:
    if part == "^":
        return r"(?<=\A )"
    if part in {"~", "~~"}:
        return _GAP % (4 if part == "~" else 10)
    if part == "_":
        negation = "|".join(_word(f"<{name}>", lists) for name in _NEGATIONS)
        return rf"(?:(?!(?:[.?!]\S*|{negation}) )\S+ ){{0,6}}"
    if part[0] == "?" and len(part) > 1:
        return f"(?:{_part(part[1:], lists)})?"
    if part[0] == "-" and len(part) > 1:
        return f"(?!{_part(part[1:], lists)})"
    return "(?:" + "|".join(_word(word, lists) for word in part.split("/")) + ") "


def _word(word: str, lists: WordLists) -> str:
    if word == ".":
        return r"[^\w ,?#]#"
    if word in {",", "?", "!"}:
        return re.escape(word) + "#"
    if word == "*":
        return rf"[^# ,.?!]+#{_TAGS}"
    if word.startswith("<"):
        if word[1:-1] not in lists.tags or not word.endswith(">"):
            message = f"there is no list {word}"
            raise PatternError(message)
        return f"{_WORD}#{_TAGS}{lists.tags[word[1:-1]]}{_TAGS}"
    inner = folded(word.strip("*").replace("'", "").replace("-", ""))
    if not inner:
        message = f"a part without letters: {word!r}"
        raise PatternError(message)
    before, after = (_WORD if word[at] == "*" else "" for at in (0, -1))
    return f"{before}{re.escape(inner)}{after}#{_TAGS}"
