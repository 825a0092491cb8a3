"""Moodle XML: multiple choice with one answer, part of the points for each reaction, a category for each theme.

The format is described in Moodle's documentation, "Moodle XML format".
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from etiquette_kit.exchange.collection import Collection
from etiquette_kit.exchange.item import Item, ItemOption
from etiquette_kit.exchange.markup import paragraphs_html, stem_html, title_html

FORMATS = ("choice",)
ENDING = ".xml"

_PERCENT = {Fraction(0): "0", Fraction(1, 3): "33.33333", Fraction(2, 3): "66.66667", Fraction(1): "100"}
"""The shares of the points, with as many digits as Moodle's importer compares."""

_SLASH = "&#47;"


def write(collection: Collection) -> bytes:
    """Return a question bank in one language."""
    quiz = Element("quiz")
    for theme, title in collection.themes.items():
        quiz.append(_category(collection.title, title))
        quiz.extend(_question(item) for item in collection.of_theme(theme))
    indent(quiz)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="unicode").encode() + b"\n"


def category_path(*titles: str) -> str:
    """Return the path of a category.

    A single slash separates titles. One in a title is doubled, and at an end of the title, where that is ambiguous, it is an entity.
    """
    return "/".join(["$course$", "top", *map(_path_part, titles)])


def percent(credit: Fraction) -> str:
    """Return a credit of 0, 1/3, 2/3 or 1 as Moodle's importer takes it: ``"0"``, ``"33.33333"``, ``"66.66667"`` or ``"100"``."""
    return _PERCENT[credit]


def _path_part(title: str) -> str:
    inner = title.strip("/")
    before, after = title[: len(title) - len(title.lstrip("/"))], title[len(title.rstrip("/")) :] if inner else ""
    return _SLASH * len(before) + title_html(inner).replace("/", "//") + _SLASH * len(after)


def _category(*titles: str) -> Element:
    question = Element("question", type="category")
    _text(SubElement(question, "category"), category_path(*titles))
    return question


def _question(item: Item) -> Element:
    question = Element("question", type="multichoice")
    _text(SubElement(question, "name"), title_html(item.title))
    _text(SubElement(question, "questiontext", format="html"), stem_html(item))
    _text(SubElement(question, "generalfeedback", format="html"), paragraphs_html(item.general))
    settings = {
        "defaultgrade": "1.0",
        "penalty": "0",
        "hidden": "0",
        "idnumber": item.identifier,
        "single": "true",
        "shuffleanswers": "true",
        "answernumbering": "none",
        "showstandardinstruction": "0",
    }
    for name, value in settings.items():
        SubElement(question, name).text = value
    question.extend(_answer(option) for option in item.options)
    tags = SubElement(question, "tags")
    for tag in tag_names(item):
        _text(SubElement(tags, "tag"), tag)
    return question


def tag_names(item: Item) -> Iterator[str]:
    """Yield the tags of an item: its rule, the relation and the theme."""
    yield from (item.tags["rule"], item.tags["relation"], item.theme)


def _answer(option: ItemOption) -> Element:
    answer = Element("answer", fraction=percent(option.credit), format="html")
    SubElement(answer, "text").text = f"<p>{escape(option.label)}</p>"
    _text(SubElement(answer, "feedback", format="html"), paragraphs_html(option.feedback))
    return answer


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
