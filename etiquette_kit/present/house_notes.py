"""What pages and sheets show of the rules of a house, in words, marked as the house's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from etiquette_kit.content.house_rules import House
from etiquette_kit.content.material import Material
from etiquette_kit.locale import catalog, plural


class HouseText(msgspec.Struct, frozen=True):
    """What a rule says, and in which language, which may be another one than the page's."""

    text: str
    lang: str


class HouseNote(msgspec.Struct, frozen=True):
    """Rules of a house as a page shows them: whose they are, what they say, and how they stand to the article's advice."""

    title: str
    texts: tuple[HouseText, ...]
    hint: str


def general_note(house: House | None, lang: str) -> HouseNote | None:
    """Return what always holds in a house; None where there is none, or it says nothing in general."""
    return None if house is None else _note(house, [house.head.texts], lang)


def note_on(house: House | None, material: Material, lang: str) -> HouseNote | None:
    """Return what a house says to the situations in some material; None where it says nothing."""
    return None if house is None else _note(house, [rule.texts for rule in house.applying(material.situations)], lang)


def _note(house: House, texts: Iterable[Mapping[str, str]], lang: str) -> HouseNote | None:
    said = tuple(_in_language(by_language, lang) for by_language in texts if by_language)
    if not said:
        return None
    words = catalog(lang)
    return HouseNote(plural(words, "house.title", len(said), name=house.head.name), said, words("house.hint"))


def _in_language(texts: Mapping[str, str], lang: str) -> HouseText:
    """Return a text in a language or, where it is not written in it, in the first that it is written in."""
    code = lang if lang in texts else next(iter(texts))
    return HouseText(" ".join(texts[code].split()), code)
