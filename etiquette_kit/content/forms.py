"""How a format declares the tables that it reads: structs, in which texts have limits and stand by language."""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec

_BY_LANGUAGE = "by_language"
_WORDS = "words"

_T = TypeVar("_T")

ByLanguage = Annotated[dict[str, _T], msgspec.Meta(extra={_BY_LANGUAGE: True})]
"""Texts, or structs of texts, by language: ``text: ByLanguage[ItemText]`` is written as ``text.CODE.title = "…"``."""


def text(limit: int, description: str, *, words: tuple[int, int] | None = None) -> msgspec.Meta:
    """Return the limits of a text: ``title: Annotated[str, text(80, "What it is about.", words=(2, 6))]``.

    Parameters
    ----------
    limit : int
        The maximum number of characters.
    description : str
        What belongs there, for editors that read the schema.
    words : tuple of int, optional
        How many words it should have, least and most; otherwise there is a warning.
    """
    return msgspec.Meta(min_length=1, max_length=limit, description=description, extra=None if words is None else {_WORDS: words})


def is_by_language(metas: tuple[msgspec.Meta, ...]) -> bool:
    """Return whether what has these annotations is `ByLanguage`."""
    return any((meta.extra or {}).get(_BY_LANGUAGE) for meta in metas)


def recommended_words(metas: tuple[msgspec.Meta, ...]) -> tuple[int, int] | None:
    """Return how many words a text with these annotations should have, least and most; None where nothing is said."""
    return next((meta.extra[_WORDS] for meta in metas if meta.extra and _WORDS in meta.extra), None)
