"""The words by which the checks tell something; each language has its own, in its file ``lint.toml``."""

from __future__ import annotations

import re
from functools import cache

from etiquette_kit.locale import catalog, languages


@cache
def cue_words(lang: str, key: str) -> tuple[str, ...]:
    """Return the words of a list, by its key in the locale; none where it is empty, or where the kit does not have the language."""
    return catalog(lang).listed(key) if lang in languages() else ()


@cache
def beginnings(lang: str, key: str, *, inside: bool = False) -> re.Pattern[str] | None:
    """Return a pattern for words that begin like those of a list, or with `inside` have them anywhere; None where there are none."""
    words = "|".join(map(re.escape, cue_words(lang, key)))
    if not words:
        return None
    return re.compile(f"(?:{words})" if inside else rf"(?<!\w)(?:{words})", re.IGNORECASE)


@cache
def address(lang: str) -> re.Pattern[str] | None:
    """Return a pattern for the words that speak to the learner; None where they are not known.

    What begins with a capital letter in the list counts with one only: in German, in small letters it is she or they.
    """
    words = "|".join(re.escape(word) if word[0].isupper() else f"(?i:{re.escape(word)})" for word in cue_words(lang, "lint.address"))
    return re.compile(rf"\b(?:{words})\b") if words else None


@cache
def salutation(lang: str) -> re.Pattern[str] | None:
    """Return a pattern for a message that begins by addressing somebody by name; None where the words are not known."""
    greetings, titles = ("|".join(map(re.escape, cue_words(lang, f"lint.{name}"))) for name in ("greetings", "titles"))
    return re.compile(rf"(?i)^\W*(?:{greetings})\s+(?:{titles})\b") if greetings and titles else None
