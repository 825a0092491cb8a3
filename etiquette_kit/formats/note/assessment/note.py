"""The judgement of a note of refusal: what it does, by which words, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette_kit.formats.note.assessment.evidence import Evidence
from etiquette_kit.formats.note.assessment.lexicon import lexicons
from etiquette_kit.formats.note.assessment.signs import AGAINST, IMPLIED, SUPPORT
from etiquette_kit.formats.note.assessment.tokens import word_count, word_places
from etiquette_kit.formats.note.assessment.weights import present, weights
from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog

CRITERIA = ("declines", "short", "reason", "separation", "friendly", "addresses", "channel")
"""What a note is judged by, in the order in which it is shown; `channel` is optional."""

MOST_WORDS = 60
"""How many words a short note has at most: the kit's figure."""

_QUOTED = 3
_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Criterion:
    """The judgement by one criterion.

    Attributes
    ----------
    met : bool or None
        Whether the note meets it; None where that is not sure.
    spans : list of (int, int)
        Where the words stand that carried the judgement: start and end in the text; in order, without overlaps.
    explanation : str
        The judgement in words, with the words that carried it.
    """

    met: bool | None
    spans: list[tuple[int, int]]
    explanation: str


@dataclass(frozen=True)
class Assessment:
    """The judgement of a note.

    Attributes
    ----------
    criteria : dict of str to Criterion
        By the names in `CRITERIA`.
    """

    criteria: dict[str, Criterion]


def assess_note(text: str, lang: str = DEFAULT_LANGUAGE) -> Assessment:
    """Judge a note in which a friend request is declined.

    It goes by words and sentence patterns, and says where it is not sure. It helps a writer; it is no mark.

    Parameters
    ----------
    text : str
        The note. What it says to a program that grades does not count.
    lang : str
        Its language. In one without patterns of its own nothing is sure.

    Returns
    -------
    Assessment
        Its ``criteria``, each with ``met``, ``spans`` and ``explanation``.

    Raises
    ------
    LanguageError
        When there is no such language.
    """
    words = catalog(lang)
    if lang not in lexicons():
        return Assessment({name: Criterion(None, [], words("note.cue.no_patterns")) for name in CRITERIA})
    evidence = Evidence(text, lang)
    judged: dict[str, Criterion] = {}
    for name in CRITERIA:
        if name == "short":
            judged[name] = _short(text, words)
            continue
        met = _met(name, evidence)
        spans = evidence.spans({True: SUPPORT[name], False: AGAINST[name], None: (*SUPPORT[name], *AGAINST[name])}[met])
        if met and not spans:
            spans = evidence.spans(IMPLIED.get(name, ()))
        judged[name] = Criterion(met, spans, _explained(f"note.cue.{name}.{_NAMES[met]}", [text[start:end] for start, end in spans], words))
    return Assessment(judged)


def _met(name: str, evidence: Evidence) -> bool | None:
    found = weights()[name]
    return found.judged(found.probability(present(name, evidence)))


def _short(text: str, words: Catalog) -> Criterion:
    count = word_count(text)
    met = count <= MOST_WORDS
    spans = [] if met else [(word_places(text)[MOST_WORDS][0], len(text.rstrip()))]
    return Criterion(met, spans, words(f"note.cue.short.{_NAMES[met]}", count=count, most=MOST_WORDS))


_NAMES = {True: "met", False: "not_met", None: "unsure"}


def _explained(key: str, quoted: list[str], words: Catalog) -> str:
    if not quoted:
        return words(key)
    shown = f"{words('note.cue.between')} ".join(
        words("note.cue.quoted", words=" ".join(part.split())[:_LONGEST_QUOTE]) for part in quoted[:_QUOTED]
    )
    return words(f"{key}_words", words=shown)
