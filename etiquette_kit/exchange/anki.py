"""A package for Anki: a card for each situation and one for each rule that the situations rest on.

Cards have stable ids: a second import adds none, and keeps what was learned.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from io import BytesIO
from typing import Any

from etiquette_kit.exchange.collection import Collection
from etiquette_kit.exchange.item import Item
from etiquette_kit.exchange.markup import paragraphs_html, stem_html
from etiquette_kit.exchange.moodle_xml import tag_names
from etiquette_kit.exchange.packing import packed
from etiquette_kit.locale import Catalog, catalog
from etiquette_kit.rules import ASKED, Rule, article_table
from etiquette_kit.rules.passages import cited_passages, source

FORMATS = ("choice",)
ENDING = ".apkg"

_CREATED = 1_577_836_800
"""The time of every card, in seconds since 1970, so that the same situations make the same package."""

_APART = 1_000
"""The seconds between the cards of one language and the next; ids of cards follow from their time."""

_SPAN = 50_000_000
"""The seconds after that time within which a note's time of change lies: it follows from its texts."""

_STYLE = """.card { font: 18px/1.45 sans-serif; max-width: 40em; margin: 0 auto; padding: 0 0.75em; }
blockquote { border-inline-start: 4px solid; margin-inline-start: 0; padding-inline-start: 1em; opacity: 0.85; }
li { margin-block: 0.5em; }"""


def write(collection: Collection) -> bytes:
    """Return a package in one language, with a deck for each theme and one for the rules."""
    import genanki  # loads SQLite

    words = catalog(collection.lang)
    model = genanki.Model(
        _number("model"),
        "etiquette_kit",
        fields=[{"name": name} for name in ("Id", "Front", "Back")],
        templates=[{"name": "1", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}],
        css=_STYLE,
    )
    note_of = _dated_note(genanki.Note)
    decks = []
    for name, title, notes in _decks(collection, words):
        deck = genanki.Deck(_number("deck", collection.lang, name), f"{_level(collection.title)}::{_level(title)}")
        for identifier, front, back, tags in notes:
            guid = genanki.guid_for("etiquette_kit", collection.lang, identifier)
            deck.add_note(note_of(model, [identifier, _field(front), _field(back)], guid=guid, tags=tags))
        decks.append(deck)
    made = BytesIO()
    genanki.Package(decks).write_to_file(made, timestamp=_CREATED + _APART * (_number(collection.lang) % 100_000))
    with zipfile.ZipFile(made) as package:
        return packed({name: package.read(name) for name in package.namelist()})


_Note = tuple[str, str, str, list[str]]


def _decks(collection: Collection, words: Catalog) -> Iterator[tuple[str, str, Iterable[_Note]]]:
    for theme, title in collection.themes.items():
        yield theme, title, (_situation(item, words) for item in collection.of_theme(theme))
    used = {item.tags["rule"] for item in collection.items}
    yield "rules", words("exchange.anki.rules"), (_rule(rule, words) for rule in article_table().rules if rule.id in used)


def _situation(item: Item, words: Catalog) -> _Note:
    reactions = "".join(f"<li>{escape(option.label)}</li>" for option in item.options)
    told = "".join(
        f"<li><strong>{escape(option.label)}</strong>{paragraphs_html(option.feedback)}</li>"
        for option in sorted(item.options, key=lambda option: -option.grade)
    )
    front = f"{stem_html(item)}<ul>{reactions}</ul>"
    return (
        item.identifier,
        front,
        f"{paragraphs_html(item.general)}<p>{escape(words('exchange.anki.each'))}</p><ul>{told}</ul>",
        list(tag_names(item)),
    )


def _rule(rule: Rule, words: Catalog) -> _Note:
    asked = ASKED[str(rule.when["event"])]
    conditions = {words(f"facts.{name}"): _condition(rule, name, words) for name in asked if name in rule.when}
    facts = "".join(f"<li>{escape(question)} <strong>{escape(value)}</strong></li>" for question, value in conditions.items())
    grades = sorted(rule.grades.items(), key=lambda entry: -entry[1].grade)
    told = "".join(
        f"<li><strong>{escape(words(f'actions.{action}'))}: {escape(words(f'grades.{grade.grade}'))}</strong>"
        f"<p>{escape(words(f'reasons.{rule.id}.{action}'))}</p></li>"
        for action, grade in grades
    )
    passages = cited_passages((name for _, grade in grades for name in grade.passages), words.lang)
    cited = paragraphs_html(
        words("exchange.article", text=passage.text, source=source([name], words.lang)) for name, passage in passages.items()
    )
    front = f"<ul>{facts}</ul><p>{escape(words('exchange.anki.ask'))}</p>"
    return f"rule-{rule.id}", front, f"<ul>{told}</ul>{cited}", [rule.id, *_values(rule, "relation")]


def _condition(rule: Rule, fact: str, words: Catalog) -> str:
    return words("end.or").join(words(f"values.{fact}.{value.lower()}") for value in _values(rule, fact))


def _values(rule: Rule, fact: str) -> list[str]:
    condition = rule.when.get(fact, ())
    return [str(value) for value in (condition if isinstance(condition, tuple) else (condition,))]


def _dated_note(base: Any) -> Any:
    """Return the class of notes whose time of change follows from their texts: by another time Anki knows that a note has changed."""

    class Note(base):  # type: ignore[misc]  # genanki has no types, and is loaded late
        def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:
            changed = timestamp + _number(*self.fields) % _SPAN
            super().write_to_db(cursor, changed, deck_id, id_gen)

    return Note


def _field(html: str) -> str:
    """Return a field; a bracket would begin a sound or a formula."""
    return html.replace("[", "&#91;")


def _level(title: str) -> str:
    """Return the name of a deck; two colons would begin a deck inside it."""
    return title.replace("::", ":\u200b:")


def _number(*names: str) -> int:
    """Return a number for a name, always the same, from 2^30 on, as Anki's ids of decks and models are."""
    return (1 << 30) + int.from_bytes(sha256("\0".join(names).encode()).digest()[:4], "big") % (1 << 30)
