"""The list of situations of an author, as values with their texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from etiquette_kit.authoring import Entry, Folder
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.locale import catalog, plural
from etiquette_kit.present.writer.form import FieldValue
from etiquette_kit.rules import VALUES

FILTERS = ("relation", "event", "platform", "theme", "state")
STATES = ("draft", "error", "warning", "fine")
"""By what the list can be narrowed down, and the states that a situation can have."""

WINDOW = 50
"""How many situations are shown at first, and how many more at a time."""


class ListFilter(msgspec.Struct, frozen=True):
    """A filter with its values."""

    name: str
    label: str
    values: tuple[FieldValue, ...]


class ListPage(msgspec.Struct, frozen=True, tag_field="kind", tag="list"):
    """The list: its title, the folder, and the filters."""

    title: str
    folder: str
    filters: tuple[ListFilter, ...]


class ListRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A situation in the list; ``key`` is what it is opened by."""

    key: str
    title: str
    about: str
    theme: str
    state: str = ""
    state_text: str = ""
    is_new: bool = False


class ListStanding(msgspec.Struct, frozen=True):
    """The state of the list.

    Attributes
    ----------
    search : str
        The text that is searched for.
    chosen_filters : dict of str to str
        The chosen value of each filter; empty where all are shown.
    rows : tuple of ListRow
        The situations that fit, at most as many as are shown.
    found : str
        How many these are.
    more : str
        How many more there are; empty where there are none.
    said : str
        What the last action did.
    bring_back : str
        The file of the situation that was deleted last; empty where there is none.
    troubles : tuple of str
        What is wrong with files that cannot be read.
    surveyed : bool
        Whether the states are those of the files as they are now.
    """

    search: str
    chosen_filters: dict[str, str]
    rows: tuple[ListRow, ...]
    found: str
    more: str
    said: str
    bring_back: str
    troubles: tuple[str, ...]
    surveyed: bool


class Listed(NamedTuple):
    """A situation of the list: in a file, in a draft, or both; its state is empty while it is not known."""

    key: str
    raw: Mapping[str, Any]
    file: str
    state: str
    is_new: bool


def list_page(folder: Folder, lang: str) -> ListPage:
    """Describe the list."""
    words = catalog(lang)
    values = {
        "relation": [FieldValue(str(code), words(f"values.relation.{code}")) for code in VALUES["relation"]],
        "event": [FieldValue(str(code), words(f"short.event.{code}")) for code in VALUES["event"]],
        "platform": [FieldValue(name, platform.name(lang)) for name, platform in PLATFORMS.items()],
        "theme": [FieldValue(theme.file, theme.title(lang)) for theme in folder.themes.values()],
        "state": [FieldValue(state, words(f"writer.states.{state}")) for state in STATES],
    }
    filters = tuple(ListFilter(name, words(f"writer.filters.{name}"), tuple(values[name])) for name in FILTERS)
    return ListPage(words("writer.title"), str(folder.path), filters)


def fits(listed: Listed, filters: Mapping[str, str]) -> bool:
    """Return whether a situation fits the filters."""
    return all(not value or _value(listed, name) == value for name, value in filters.items())


def _value(listed: Listed, name: str) -> str:
    match name:
        case "theme":
            return listed.file
        case "platform":
            return str(listed.raw.get("platform", ""))
        case _:
            facts = listed.raw.get("facts")
            return str(facts.get(name, "")) if isinstance(facts, Mapping) else ""


def searched_text(raw: Mapping[str, Any]) -> str:
    """Return all texts of a situation, in small letters."""
    return " ".join(" ".join(_texts(raw)).split()).casefold()


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def title_of(raw: Mapping[str, Any], lang: str) -> str:
    """Return the title of a situation, in another language or by its id where there is none; an unfinished one may have none at all."""
    texts = raw.get("text")
    titles = {code: text.get("title") for code, text in texts.items() if isinstance(text, Mapping)} if isinstance(texts, Mapping) else {}
    for title in (titles.get(lang), *titles.values(), raw.get("id")):
        if isinstance(title, str) and title.strip():
            return title
    return catalog(lang)("writer.untitled")


def row_of(listed: Listed, folder: Folder, lang: str) -> ListRow:
    """Return a situation as it stands in the list."""
    words = catalog(lang)
    facts = listed.raw.get("facts")
    relation = facts.get("relation") if isinstance(facts, Mapping) else None
    person = listed.raw.get("person")
    name = person.get("name") if isinstance(person, Mapping) else None
    platform = PLATFORMS.get(str(listed.raw.get("platform")))
    parts = [
        name if isinstance(name, str) else "",
        words(f"values.relation.{relation}") if relation in VALUES["relation"] else "",
        platform.name(lang) if platform else "",
    ]
    theme = folder.themes.get(listed.file)
    return ListRow(
        listed.key,
        title_of(listed.raw, lang),
        " · ".join(part for part in parts if part),
        theme.title(lang) if theme else "",
        listed.state,
        words(f"writer.states.{listed.state}") if listed.state and listed.state != "fine" else "",
        listed.is_new,
    )


def found_text(count: int, total: int, lang: str) -> str:
    """Return how many situations fit."""
    words = catalog(lang)
    if not total:
        return words("writer.found_nothing")
    if count == total:
        return plural(words, "writer.listed", count)
    return plural(words, "writer.found", count, total=total) if count else words("writer.found_none", total=total)


def list_text(folder: Folder, lang: str) -> str:
    """Return the list as reproducible text."""
    words = catalog(lang)
    lines = [words("writer.text", count=len(folder.entries))]
    return "\n".join([*lines, *(f"  {title_of(entry.raw, lang)}" for entry in _sample(folder.entries.values()))])


def _sample(entries: Iterable[Entry]) -> list[Entry]:
    return list(entries)[:WINDOW]
