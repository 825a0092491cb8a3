"""An employer's house rules on pages and sheets, marked as the employer's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from etiquette_kit.content.house_rules import House
from etiquette_kit.content.material import Material
from etiquette_kit.locale import catalog, plural


class HouseText(msgspec.Struct, frozen=True):
    """The text of a rule and its language, which may differ from the page's."""

    text: str
    lang: str


class HouseNote(msgspec.Struct, frozen=True):
    """House rules as a page shows them: the employer's name, the texts, and how they relate to the article's advice."""

    title: str
    texts: tuple[HouseText, ...]
    hint: str


def general_note(house: House | None, lang: str) -> HouseNote | None:
    """Return the house rules that always apply; None where there are none."""
    return None if house is None else _note(house, [house.head.texts], lang)


def note_on(house: House | None, material: Material, lang: str) -> HouseNote | None:
    """Return the house rules for the situations of material; None where there are none."""
    return None if house is None else _note(house, [rule.texts for rule in house.applying(material.situations)], lang)


def _note(house: House, texts: Iterable[Mapping[str, str]], lang: str) -> HouseNote | None:
    shown = tuple(_in_language(by_language, lang) for by_language in texts if by_language)
    if not shown:
        return None
    words = catalog(lang)
    return HouseNote(plural(words, "house.title", len(shown), name=house.head.name), shown, words("house.hint"))


def _in_language(texts: Mapping[str, str], lang: str) -> HouseText:
    """Return a text in a language or, if it is missing, in the first language that it has."""
    code = lang if lang in texts else next(iter(texts))
    return HouseText(" ".join(texts[code].split()), code)
