"""A note as words and marks, each with its place in the text, in a form in which spelling hardly matters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_TOKENS = 1500
"""What comes after so many words and marks is not judged; a note that is read to its end has 60 words."""

_LONGEST_WORD = 40
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "œ": "o", "ø": "o"})
_JOINING = frozenset("'’‘`-\u00b4\u2010\u2011")  # also an accent used as an apostrophe, and other hyphens
_ENDS = frozenset(".!?…\n")
_PART = re.compile(r"\S+")
_SPELLED = re.compile("[aou]e")
_REPEATED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class Token:
    """A word, or a mark such as a comma or an emoji.

    Attributes
    ----------
    text : str
        The word as `folded` returns it; ``,`` and the ends of sentences ``.``, ``!`` and ``?``; other marks as they are.
    start, end : int
        Its place in the text.
    capital : bool
        Whether it begins with a capital letter.
    """

    text: str
    start: int
    end: int
    capital: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.text[0].isalnum()


def folded(word: str) -> str:
    """Return a word in small letters, without accents, with umlauts spelled in one way, and no letter three times in a row."""
    plain = unicodedata.normalize("NFKC", word).lower().translate(_UMLAUTS)
    if not plain.isascii():
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    return _REPEATED.sub(r"\1", _SPELLED.sub(lambda found: found[0][0], plain))


def word_places(text: str) -> list[tuple[int, int]]:
    """Return where the words of a text are: parts between spaces in which there is a letter or a digit."""
    return [(part.start(), part.end()) for part in _PART.finditer(text) if any(letter.isalnum() for letter in part[0])]


def word_count(text: str) -> int:
    """Return how many words a text has."""
    return len(word_places(text))


def tokens(text: str) -> list[Token]:
    """Return the words and marks of a text, `MOST_TOKENS` at most.

    Characters that nobody sees (zero-width ones, changes of direction, controls) are as if they were not there.
    """
    found: list[Token] = []
    word: list[str] = []
    start = end = 0

    def finish() -> None:
        if word:
            whole = "".join(word)
            found.append(Token(folded(whole[:_LONGEST_WORD]), start, end, whole[0].isupper()))
            word.clear()

    for place, letter in enumerate(text):
        if len(found) >= MOST_TOKENS:
            break
        kind = unicodedata.category(letter)
        if kind in {"Cf", "Cc", "Mn", "Me", "Cs"} and letter not in "\n\t\r":
            if kind == "Mn" and word:  # an accent of its own
                word.append(letter)
                end = place + 1
            continue
        if letter.isalnum():
            if not word:
                start = place
            word.append(letter)
            end = place + 1
        elif letter in _JOINING and word and text[place + 1 : place + 2].isalnum():
            continue
        else:
            finish()
            if not letter.isspace() or letter == "\n":
                found.append(Token(_mark(letter), place, place + 1))
    finish()
    return [token for token in found if token.text][:MOST_TOKENS]


def _mark(letter: str) -> str:
    if letter in _ENDS:
        return letter if letter in "!?" else "."
    if letter in ',;:–—()[]"„“”«»/|→':
        return ","
    return letter
