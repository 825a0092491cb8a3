"""Text as it is typed or pasted, without what a word processor brings along."""

from __future__ import annotations

import re
import unicodedata

from etiquette_kit.locale import DEVELOPER_LANGUAGE, catalog, languages

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""What nobody sees: soft hyphens, spaces without width, what turns the direction of writing, control characters, halves of characters."""

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_QUOTES = re.compile(r'["„“”‟]')
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_BEFORE_OPENING = " \n([{–—-/"
"""What may stand before a quotation mark that opens."""


def tidy(text: str, lang: str, *, lines: bool = False) -> str:
    """Return a text with plain spaces and line ends, and with the quotation marks of its language.

    What is tidy stays as it is.

    Parameters
    ----------
    text : str
        The text.
    lang : str
        Its language.
    lines : bool
        Whether it may have several lines.
    """
    text = _LINE_ENDS.sub("\n", _INVISIBLE.sub("", text))
    text = "".join(" " if mark == "\t" or unicodedata.category(mark) == "Zs" else mark for mark in text)
    if not lines:
        text = text.replace("\n", " ")
    return _APOSTROPHE.sub("’", _quoted(text, lang))


def _quoted(text: str, lang: str) -> str:
    signs = catalog(lang if lang in languages() else DEVELOPER_LANGUAGE)("language.quotes")

    def turned(found: re.Match[str]) -> str:
        before = text[found.start() - 1 : found.start()]
        opens = found[0] == "„" or not before or before in _BEFORE_OPENING
        return signs[0] if opens else signs[1]

    return _QUOTES.sub(turned, text)
