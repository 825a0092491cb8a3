"""The passages of the article, with the texts of a language."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from etiquette_kit.locale import Catalog, catalog
from etiquette_kit.rules.table import article_table


def cited(ids: Iterable[str], lang: str) -> dict[str, list[str]]:
    """Return for each passage its text, its place in the article (a key of the locale's ``places``) and its strength as text.

    Parameters
    ----------
    ids : iterable of str
        The ids of passages, in the order wanted; duplicates are removed.
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
    """A passage of the article in our own words, with a text for its place in the article and its strength."""

    text: str
    source: str


def cited_passages(ids: Iterable[str], lang: str) -> dict[str, CitedPassage]:
    """Return passages as a page shows them, each once, in the order given."""
    words = catalog(lang)
    return {
        name: CitedPassage(text, f"{words(f'places.{place}')} · {strength}") for name, (text, place, strength) in cited(ids, lang).items()
    }


def source(ids: Iterable[str], lang: str) -> str:
    """Return a text that names the parts of the article that passages are taken from; their ids are for tables and exports.

    Parameters
    ----------
    ids : iterable of str
        The ids of passages.
    lang : str
        The language.
    """
    words = catalog(lang)
    places = {passage.id: passage.place for passage in article_table().passages}
    named = [words(f"source.{place}") for place in dict.fromkeys(places[name] for name in sorted(ids))]
    listed = words("source.and").join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]
    return words("source.from", places=listed)


def attributed(words: Catalog, key: str) -> str:
    """Return a text of the locale that names the authors of the advice."""
    article = article_table().article
    return words(key, coach=article.coach, title=article.title, agency=article.agency)
