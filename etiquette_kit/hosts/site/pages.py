"""The pages of the site, as HTML."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from etiquette_kit.hosts.site.errors import SiteError
from etiquette_kit.hosts.site.first_pages import FirstPage, script_of
from etiquette_kit.hosts.site.lessons import START, Lesson, Output, PlacedCard, Prose
from etiquette_kit.locale import catalog
from etiquette_kit.present.sheets import sheet_style
from etiquette_kit.web import WEB

_POLICY = (
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)

_NOTEBOOK = re.compile(r'href="(?P<name>[\w-]+)\.ipynb"')


_HEADING = re.compile(r"# (.+)")


@dataclass(frozen=True)
class Settings:
    """What the scripts of a page are told.

    Attributes
    ----------
    total : int
        The bytes that are loaded before Python runs.
    lock : mapping
        Pyodide's own lock file.
    environment : mapping of str to str
        The environment variables of Python.
    reported : bool
        Whether the quiz of the first page is reported to a page around it.
    """

    total: int
    lock: Mapping[str, Any]
    environment: Mapping[str, str]
    reported: bool = False


def file_of(name: str, lang: str) -> str:
    """Return where the page of a lesson is, from the site's own folder."""
    return "index.html" if name == START else f"{lang}/{name}.html"


def pages(course: Mapping[str, Sequence[Lesson]], first: Mapping[str, Sequence[FirstPage]], settings: Settings) -> dict[str, str]:
    """Return all pages by their paths.

    Parameters
    ----------
    course : mapping of str to sequence of Lesson
        The lessons by language; the first page is made of `START` in all of them.
    first : mapping of str to sequence of FirstPage
        What the cards of each page begin with, in order, by ``LANG/NAME``.
    settings : Settings
        What scripts are told.

    Raises
    ------
    SiteError
        When a lesson links to one that the site does not have.
    """
    site = _Site(course, first, settings)
    starts = [lesson for found in course.values() for lesson in found if lesson.name == START]
    others = [lesson for found in course.values() for lesson in found if lesson.name != START]
    return {"index.html": site.page(starts)} | {file_of(lesson.name, lesson.lang): site.page([lesson]) for lesson in others}


class _Site:
    def __init__(self, course: Mapping[str, Sequence[Lesson]], first: Mapping[str, Sequence[FirstPage]], settings: Settings) -> None:
        self._course, self._first, self._settings = course, first, settings
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(WEB / "site"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            keep_trailing_newline=True,
        )
        self._template = environment.get_template("page.html.j2")

    def page(self, parts: Sequence[Lesson]) -> str:
        """Return the page of a lesson, or of the same in several languages."""
        first = parts[0]
        root = "" if first.name == START else "../"
        cards = [entry.card for part in parts for entry in self._first[f"{part.lang}/{part.name}"] if not entry.refusal]
        several = [part.lang for part in parts] if first.name == START else []
        told = {
            "total": self._settings.total,
            "lock": self._settings.lock,
            "environment": self._settings.environment,
            "words": {part.lang: catalog(part.lang).table("site.page") | catalog(part.lang).table("site.offline") for part in parts},
        }
        if self._settings.reported:
            told["attempt"] = self._reported_card(parts)
        return self._template.render(
            root=root,
            policy=_policy(cards),
            page={
                "lang": first.lang,
                "languages": several,
                "title": self._title(first),
                "parts": [self._part(part, root) for part in parts],
            },
            links=self._links(first.name, root),
            preloaded=sorted({f"card/{script_of(card.kind)}" for card in cards}),
            settings=_data(told),
        )

    def _reported_card(self, parts: Sequence[Lesson]) -> str:
        """Return the name of the quiz that is reported: the one of the first page; empty on all others."""
        placed = [name for name, card in _named(parts[0]) if card.kind == "Quiz"]
        return placed[0] if parts[0].name == START and placed else ""

    def _title(self, lesson: Lesson) -> str:
        """Return what the browser calls a page: by the first page's heading, and before it the lesson's title."""
        start = next((entry for entry in self._course[lesson.lang] if entry.name == START), lesson)
        site = heading(start)
        return site if lesson is start else f"{lesson.title} · {site}"

    def _links(self, name: str, root: str) -> list[dict[str, str]]:
        """Return the same page in all languages that have it."""
        found = [lang for lang, lessons in self._course.items() if any(lesson.name == name for lesson in lessons)]
        address = {lang: f"#{lang}" if name == START else f"{root}{file_of(name, lang)}" for lang in found}
        return [{"lang": lang, "href": address[lang], "name": catalog(lang)("language.name")} for lang in found]

    def _part(self, lesson: Lesson, root: str) -> dict[str, Any]:
        words = catalog(lesson.lang)
        waiting = iter(self._first[f"{lesson.lang}/{lesson.name}"])
        cells = []
        for number, cell in enumerate(lesson.cells):
            match cell:
                case Prose(text=text):
                    cells.append({"kind": "text", "html": self._prose(text, lesson)})
                case Output(kind="table", content=content):
                    cells.append({"kind": "table", "html": Markup(content)})  # noqa: S704  made of a table's own tags and escaped text
                case Output(content=content, text=text):
                    cells.append({"kind": "picture", "address": content, "text": text})
                case PlacedCard():
                    cells.append(_placed(next(waiting), number))
        contents = [
            {"title": entry.title, "href": f"{root}{self._address(entry.name, lesson.lang)}", "here": entry.name == lesson.name}
            for entry in self._course[lesson.lang]
        ]
        said = {**words.table("page"), **words.table("site.page"), "switch": words("language.switch")}
        return {"lang": lesson.lang, "title": self._title(lesson), "cells": cells, "contents": contents, "words": said}

    def _address(self, name: str, lang: str) -> str:
        return f"index.html#{lang}" if name == START else file_of(name, lang)

    def _prose(self, text: str, lesson: Lesson) -> Markup:
        """Return prose as HTML, with links to pages instead of notebooks."""
        from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath  # takes a second

        known = {entry.name for entry in self._course[lesson.lang]}

        def page(found: re.Match[str]) -> str:
            if found["name"] not in known:
                raise SiteError("no_page", cell=f"{lesson.lang}/{lesson.name}", reason=f"{found['name']}.ipynb")
            root = "" if lesson.name == START else "../"
            return f'href="{root}{self._address(found["name"], lesson.lang)}"'

        html = MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True)).render(text)
        return Markup(_NOTEBOOK.sub(page, html).strip())  # noqa: S704  the course's own text


def heading(lesson: Lesson) -> str:
    """Return the first heading of a lesson, else its title."""
    found = (_HEADING.match(cell.text) for cell in lesson.cells if isinstance(cell, Prose))
    return next((match[1] for match in found if match), lesson.title)


def _named(lesson: Lesson) -> list[tuple[str, PlacedCard]]:
    return [(_name(cell, number), cell) for number, cell in enumerate(lesson.cells) if isinstance(cell, PlacedCard)]


def _name(card: PlacedCard, number: int) -> str:
    return card.name or f"{card.kind}-{number}"


def _placed(first: FirstPage, number: int) -> dict[str, Any]:
    if first.refusal:
        return {"kind": "note", "text": first.refusal}
    name = _name(first.card, number)
    opening = {"name": name, "kind": first.card.kind, "parameters": first.card.parameters, "parts": first.parts}
    return {"kind": "card", "name": name, "html": Markup(first.html), "data": _data(opening)}  # noqa: S704  drawn by the card's scripts


def _policy(cards: Sequence[PlacedCard]) -> str:
    """Return what a page may load: nothing from elsewhere. The frame of a printed sheet inherits this, and has its own style."""
    printed = any(card.kind == "Workshop" for card in cards)
    digest = b64encode(sha256(sheet_style().encode()).digest()).decode()
    styles = f"style-src 'self' 'sha256-{digest}'" if printed else "style-src 'self'"
    return "; ".join([*_POLICY, styles, *(["frame-src blob:"] if printed else [])])


def _data(value: object) -> Markup:
    """Return a value as JSON that can stand in a page; nothing in it ends the element that it is in."""
    text = msgspec.json.encode(value, order="deterministic").decode().replace("<", "\\u003c")
    return Markup(text)  # noqa: S704  no "<" is left
