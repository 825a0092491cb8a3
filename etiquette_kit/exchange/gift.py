"""GIFT, a text format for questions: multiple choice with one answer, part of the points for each reaction.

The format is described in Moodle's documentation, "GIFT format".
"""

from __future__ import annotations

import re
from html import escape

from etiquette_kit.exchange.collection import Collection
from etiquette_kit.exchange.item import Item, ItemOption
from etiquette_kit.exchange.markup import paragraphs_html, stem_html, title_html
from etiquette_kit.exchange.moodle_xml import category_path, percent, tag_names

FORMATS = ("choice",)
ENDING = ".gift"

_SPECIAL = re.compile(r"[~=#{}:\\]")


def write(collection: Collection) -> bytes:
    """Return questions in one language as a text file, a category for each theme."""
    parts = [f"// {collection.title}"]
    for theme, title in collection.themes.items():
        parts.append(f"$CATEGORY: {category_path(collection.title, title)}")
        parts += [_question(item) for item in collection.of_theme(theme)]
    return ("\n\n".join(parts) + "\n").encode()


def _question(item: Item) -> str:
    tags = " ".join(f"[tag:{tag}]" for tag in tag_names(item))
    answers = "".join(f"{_answer(option)}\n" for option in item.options)
    return (
        f"// [id:{item.identifier}] {tags}\n"
        f"::{_escaped(title_html(item.title))}::[html]{_escaped(stem_html(item))}{{\n{answers}####{_escaped(paragraphs_html(item.general))}\n}}"
    )


def _answer(option: ItemOption) -> str:
    weight = "=" if option.credit == 1 else f"~%{percent(option.credit)}%" if option.credit else "~"
    return f"{weight}{_escaped(f'<p>{escape(option.label)}</p>')}#{_escaped(paragraphs_html(option.feedback))}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")
