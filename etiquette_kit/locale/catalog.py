"""A language's words, looked up by dotted keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import floor
from pathlib import Path
from typing import cast

from etiquette_kit.locale.nearest import nearest


class LanguageError(ValueError):
    """A language for which there is no locale file."""


class Catalog:
    """The words of one language.

    Parameters
    ----------
    lang : str
        The language code, which is also the file's name.
    words : mapping
        The parsed locale file: tables of strings, nested.
    """

    def __init__(self, lang: str, words: Mapping[str, object]) -> None:
        self.lang = lang
        self._words = words

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text at a dotted key, with ``{name}`` filled in.

        Raises
        ------
        KeyError
            When the key is missing or is a table: a fault of the kit, never of its input.
        """
        text = self.get(key)
        if text is None:
            message = f"{self.lang}.toml has no text {key!r}"
            raise KeyError(message)
        return text.format_map(values) if values else text

    def get(self, key: str) -> str | None:
        """Return the text at a dotted key as it stands, or None where there is none."""
        node: object = self._words
        for part in key.split("."):
            if not isinstance(node, Mapping) or part not in node:
                return None
            node = node[part]
        return node if isinstance(node, str) else None

    def table(self, key: str) -> dict[str, str]:
        """Return the texts of one table."""
        node: object = self._words
        for part in key.split("."):
            node = cast("Mapping[str, object]", node)[part]
        return dict(cast("Mapping[str, str]", node))


def plural(words: Catalog, key: str, count: int, **values: object) -> str:
    """Return the words for one (``key_one``) or for several."""
    return words(f"{key}_one" if count == 1 else key, count=count, **values)


def whole_percent(share: float) -> int:
    """Return a share or a credit of 0..1 in whole per cent; half a per cent is rounded up, on every page alike."""
    return floor(round(100 * share, 9) + 0.5)  # the inner rounding takes away what a binary fraction is off


def percent_text(share: float, words: Catalog) -> str:
    """Return a share or a credit of 0..1 as a percentage, written as the language does."""
    return words("end.percent", value=whole_percent(share))


def change_text(before: float | None, after: float | None, words: Catalog) -> str:
    """Return the change from one share of 0..1 to another, in whole percentage points; a dash where one of them is missing."""
    if before is None or after is None:
        return "–"
    points = whole_percent(after) - whole_percent(before)
    value = f"{points:+d}".replace("-", "\N{MINUS SIGN}") if points else "±0"
    return words("workshop.points", value=value)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages that have a locale file, German first."""
    found = sorted(file.stem for file in _FOLDER.glob("*.toml"))
    return tuple(sorted(found, key=lambda lang: lang != "de"))


@cache
def catalog(lang: str) -> Catalog:
    """Return the words of a language.

    Raises
    ------
    LanguageError
        When there is no such language; the message names those that there are.
    """
    if lang not in languages():
        near = nearest(lang, languages())
        hint = f" Did you mean {near!r}?" if near else ""
        message = f"there is no language {lang!r}; there are: {', '.join(languages())}.{hint}"
        raise LanguageError(message)
    import tomllib  # not before something is read: importing the kit stays cheap

    return Catalog(lang, tomllib.loads((_FOLDER / f"{lang}.toml").read_text(encoding="utf-8")))


_FOLDER = Path(__file__).parent
