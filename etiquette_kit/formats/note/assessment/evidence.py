"""What is found in a note: the words that speak for or against something, by the name of the pattern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etiquette_kit.formats.note.assessment.lexicon import Lexicon, lexicons
from etiquette_kit.formats.note.assessment.patterns import Text
from etiquette_kit.formats.note.assessment.tokens import Token, tokens

Place = tuple[int, int]
"""The first word and the last, by their places among the words."""

_DENIABLE = {"accept": None, "decline_word": "denied_refusal"}
"""Patterns that a negation before them undoes, and what they are then."""

_NEGATIONS = {"accept": ("not", "no_one"), "decline_word": ("not",)}
"""The lists of the words that negate them: of a refusal, *no* is a part."""

_REACH = 5
"""How many words before its beginning a negation reaches."""

_GREETING_LENGTH = 4
"""Within how many words a sentence begins that speaks to a program first."""

_FOREIGN_WORDS = 2
"""From how many words of another language on its patterns count as well."""


class Evidence:
    """What is found in a note.

    Attributes
    ----------
    tokens : list of Token
        The words and marks that were judged: without what speaks to a program that grades.
    found : dict of str to list of Place
        Where each pattern was found; none without a place.
    words : frozenset of str
        The names of the lists of which a word is there.

    Parameters
    ----------
    text : str
        The note.
    lang : str
        Its language, one that has patterns. Those of another language count as well where the note has words of it.
    """

    def __init__(self, text: str, lang: str) -> None:
        own, every = lexicons()[lang], tokens(text)
        self.tokens = [token for sentence in _for_the_reader(every, own) for token in sentence]
        self.found: dict[str, list[Place]] = {}
        self.words: frozenset[str] = frozenset()
        for other in [own, *(each for each in lexicons().values() if each is not own and _is_in(each, self.tokens))]:
            self._look(other)

    def _look(self, words: Lexicon) -> None:
        line = Text(self.tokens, words.lists)
        self.words |= {name for name in words.lists.tags if any(_has(words, name, token.text) for token in self.tokens if token.is_word)}
        negated = {name: self._places(words, lists) for name, lists in _NEGATIONS.items()}
        for name, pattern in words.patterns.items():
            for start, end in line.places(pattern):
                kept: str | None = name
                if name in _DENIABLE and negated[name] & set(_scope(self.tokens, start, end)):
                    kept = _DENIABLE[name]
                if kept is not None:
                    self.found.setdefault(kept, []).append((start, end))

    def _places(self, words: Lexicon, lists: Sequence[str]) -> set[int]:
        return {place for place, token in enumerate(self.tokens) if token.is_word and any(_has(words, name, token.text) for name in lists)}

    def spans(self, names: Sequence[str]) -> list[tuple[int, int]]:
        """Return where these patterns were found in the text, in order and without overlaps."""
        places = sorted(place for name in names for place in self.found.get(name, ()))
        merged: list[tuple[int, int]] = []
        for first, last in places:
            start, end = self.tokens[first].start, self.tokens[last].end
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


def _has(words: Lexicon, name: str, word: str) -> bool:
    return words.lists.tags[name] in words.lists.tags_of(word)


def _scope(found: Sequence[Token], start: int, end: int) -> Iterator[int]:
    """Yield the places in which a negation undoes what stands from start to end: within it, and just before in its sentence."""
    yield from range(start, end + 1)
    for place in range(start - 1, max(start - 1 - _REACH, -1), -1):
        if found[place].text in {".", "!", "?", ","}:
            return
        yield place


def _is_in(words: Lexicon, found: Sequence[Token]) -> bool:
    return sum(_has(words, "common", token.text) for token in found if token.is_word) >= _FOREIGN_WORDS


def _sentences(found: Sequence[Token]) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for token in found:
        sentence.append(token)
        if token.text in {".", "!", "?"}:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _for_the_reader(found: Sequence[Token], words: Lexicon) -> Iterator[list[Token]]:
    """Yield the sentences that do not speak to a program that grades.

    Once such a program has been greeted, nothing is for the reader until somebody else is.
    """
    grader, someone = words.patterns.get("grader"), words.patterns.get("address")
    to_grader = False
    for sentence in _sentences(found):
        line = Text(sentence, words.lists)
        spoken = line.places(grader) if grader else []
        if spoken:
            to_grader = to_grader or spoken[0][0] < _GREETING_LENGTH
            continue
        if to_grader and someone and not line.places(someone):
            continue
        to_grader = False
        yield sentence
