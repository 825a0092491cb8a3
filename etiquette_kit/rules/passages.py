"""The passages of the article as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from etiquette_kit.locale import Catalog, catalog
from etiquette_kit.rules.table import article_table


def cited(ids: Iterable[str], lang: str) -> dict[str, list[str]]:
    """Return for each passage its words, its place in the article (a key of the locale's ``places``) and how strongly it speaks.

    Parameters
    ----------
    ids : iterable of str
        Passages, in the order wanted; one that comes twice is told once.
    lang : str
        The language.
    """
    words = catalog(lang)
    passages = {passage.id: passage for passage in article_table().passages}
    return {
        name: [words(f"passages.{name}"), passages[name].place, words(f"strengths.{passages[name].strength}")]
        for name in dict.fromkeys(ids)
    }


class CitedPassage(msgspec.Struct, frozen=True):
    """A passage of the article in our words, and in words where it stands there and how strongly it speaks."""

    text: str
    source: str


def cited_passages(ids: Iterable[str], lang: str) -> dict[str, CitedPassage]:
    """Return passages as a page shows them, each once, in the order of the article."""
    words = catalog(lang)
    return {
        name: CitedPassage(text, f"{words(f'places.{place}')} · {strength}") for name, (text, place, strength) in cited(ids, lang).items()
    }


def attributed(words: Catalog, key: str) -> str:
    """Return a text of the locale that names whose advice it is, filled in."""
    article = article_table().article
    return words(key, coach=article.coach, title=article.title, agency=article.agency)
