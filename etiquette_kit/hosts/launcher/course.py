"""The course: the shipped notebooks of a language, in order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from etiquette_kit.content.shipped import shipped
from etiquette_kit.locale import catalog, languages


@dataclass(frozen=True)
class Lesson:
    """One notebook of the course.

    Attributes
    ----------
    name : str
        The file's name without its ending, for example ``"02_clients"``.
    title : str
        What it is called on the page.
    """

    name: str
    title: str


def course_languages(folder: Path) -> tuple[str, ...]:
    """Return the languages of the kit in which a folder has notebooks."""
    return tuple(lang for lang in languages() if any((folder / lang).glob("*.ipynb")))


def course(lang: str) -> list[Lesson]:
    """Return the lessons of a language, in the order of their numbers."""
    return [
        Lesson(path.stem, json.loads(path.read_bytes())["metadata"]["etiquette"]["title"])
        for path in sorted((shipped("notebooks") / lang).glob("*.ipynb"))
    ]


def page_resources() -> dict[str, dict[str, object]]:
    """Return what the pages without code say around the notebooks, and the course's contents, by language."""
    return {
        lang: {"words": _page_words(lang), "course": [[lesson.name, lesson.title] for lesson in course(lang)]}
        for lang in course_languages(shipped("notebooks"))
    }


def _page_words(lang: str) -> dict[str, str]:
    words = catalog(lang)
    return {**words.table("page"), "switch": words("language.switch"), "this_language": words("language.name")}


def with_prose(resources: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    """Return the resources of the pages with the notebooks' prose; a command line cannot be as long as that everywhere."""
    return {lang: {**found, "prose": prose(lang)} for lang, found in resources.items()}


def prose(lang: str) -> dict[str, dict[str, object]]:
    """Return, by a lesson's name, its title and its cells that are prose: a page goes over to them when its language is switched."""
    found: dict[str, dict[str, object]] = {}
    for lesson in course(lang):
        cells = json.loads((shipped("notebooks") / lang / f"{lesson.name}.ipynb").read_bytes())["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        found[lesson.name] = {"title": lesson.title, "cells": texts}
    return found
