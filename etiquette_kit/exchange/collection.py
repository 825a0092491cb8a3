"""What of a bank goes to other software: its items by language, and what cannot go with them."""

from __future__ import annotations

from collections.abc import Collection as AnyOf
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etiquette_kit.bank import Bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.exchange.item import Item, item_of
from etiquette_kit.formats import format_named
from etiquette_kit.locale import catalog

ITEM_FORMATS = ("choice", "rating")
"""The formats that are described as items."""


@dataclass(frozen=True)
class LeftOut:
    """Material that a target gets nothing of.

    Attributes
    ----------
    kind : str
        Why; its text stands in the locale under ``exchange.left_out``.
    format : str
        The format concerned.
    ids : tuple of str
        The material.
    lang : str
        The language concerned; empty where it is all.
    """

    kind: str
    format: str
    ids: tuple[str, ...]
    lang: str = ""


@dataclass(frozen=True)
class Collection:
    """Items in one language.

    Attributes
    ----------
    lang : str
        The language.
    title : str
        What they are called together.
    themes : mapping of str to str
        The titles of the themes that have items, by the theme's id, in the order of the bank.
    items : tuple of Item
        The items, by theme, in the order of the bank; a scenario's choice comes before its rating.
    left_out : tuple of LeftOut
        What is not among them.
    """

    lang: str
    title: str
    themes: Mapping[str, str]
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]

    def of_theme(self, theme: str) -> tuple[Item, ...]:
        """Return the items of a theme."""
        return tuple(item for item in self.items if item.theme == theme)


def collections(
    bank: Bank,
    languages: Sequence[str],
    wanted: Sequence[str],
    can: AnyOf[str],
    scenarios: Sequence[Scenario] | None = None,
    title: str = "",
) -> list[Collection]:
    """Return the items of a bank, one collection for each language that has any.

    Parameters
    ----------
    bank : Bank
        The scenarios and other material.
    languages : sequence of str
        The languages.
    wanted : sequence of str
        The formats that are asked for.
    can : collection of str
        The formats that the target can express.
    scenarios : sequence of Scenario, optional
        The scenarios. Default: all of the bank.
    title : str
        What the items are called together. Default: the kit's title for them.
    """
    chosen = list(bank) if scenarios is None else list(scenarios)
    found = [_collection(bank, lang, wanted, can, chosen, title) for lang in languages]
    return [collection for collection in found if collection.items]


def _collection(bank: Bank, lang: str, wanted: Sequence[str], can: AnyOf[str], scenarios: Sequence[Scenario], title: str) -> Collection:
    spoken = [scenario for scenario in scenarios if lang in scenario.languages]
    names = [name for name in ITEM_FORMATS if name in wanted and name in can]
    by_theme = sorted(spoken, key=lambda scenario: bank.themes.index(scenario.theme))
    items = tuple(item_of(scenario, name, lang) for scenario in by_theme for name in names if format_named(name).suits(scenario))
    themes = {item.theme: bank.theme_title(item.theme, lang) for item in items}
    left = tuple(entry for entry in _left_out(bank, lang, wanted, can, scenarios) if entry.ids)
    return Collection(lang, title or catalog(lang)("exchange.title"), themes, items, left)


def _left_out(bank: Bank, lang: str, wanted: Sequence[str], can: AnyOf[str], scenarios: Sequence[Scenario]) -> Iterator[LeftOut]:
    for name in wanted:
        if name not in can:
            material = scenarios if name in ITEM_FORMATS else format_named(name).materials(bank).values()
            yield LeftOut("format", name, tuple(found.id for found in material))
            continue
        yield LeftOut("language", name, tuple(found.id for found in scenarios if lang not in found.languages), lang)
        unsuited = [found.id for found in scenarios if lang in found.languages and not format_named(name).suits(found)]
        yield LeftOut("unsuited", name, tuple(unsuited))
