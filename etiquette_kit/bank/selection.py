"""The error for a selection that matches no scenario or is not valid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from etiquette_kit.content.material import Material, written_languages
from etiquette_kit.locale import LanguageError, catalog, with_names

CRITERIA = ("relation", "event", "theme")
"""The properties by which scenarios are selected."""

Refusal = Literal["absent", "unknown", "empty", "no_choice", "length", "unwritten"]


class SelectionError(ValueError):
    """A selection that matches no scenario, or that names something the bank does not have.

    Parameters
    ----------
    message : str
        What is wrong, in English, for the developer.
    refusal : {"absent", "unknown", "empty", "no_choice", "length", "unwritten"}
        The reason; its text for the page is in the locale under ``selection``.
    **values : str
        The values that this text needs; ``relation``, ``event`` and ``theme`` are the selected ones.

    Attributes
    ----------
    lang : str or None
        The language of the page; None where it is not set.
    """

    def __init__(self, message: str, refusal: Refusal = "empty", **values: str) -> None:
        super().__init__(message)
        self.refusal = refusal
        self.values = values
        self.lang: str | None = None

    def text(self, lang: str) -> str:
        """Return what a page shows in place of the exercise: what is missing, and what to do."""
        words = catalog(lang)
        asked = {name: value for name, value in self.values.items() if name in CRITERIA}
        kind = ", ".join(words.get(f"short.{name}.{value}") or value for name, value in asked.items())
        facts = ", ".join(f'{name} = "{value}"' for name, value in asked.items())
        message = words(f"selection.{self.refusal}", **self.values, kind=kind, facts=facts)
        near = self.values.get("nearest")
        return f"{message} {words('findings.nearest', nearest=near)}" if near else message

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of a traceback: a bank may lack what the course's notebooks select."""
        return [str(self) if self.lang is None else self.text(self.lang)]


class UnwrittenError(SelectionError, LanguageError):
    """A choice of scenarios of which none is written in the language of the page.

    Parameters
    ----------
    lang : str
        The language.
    materials : iterable of Material
        What was chosen; the message names the languages in which it is written.
    """

    def __init__(self, lang: str, materials: Iterable[Material]) -> None:
        written = with_names(written_languages(materials)) or "–"
        super().__init__(f"this is not written in {lang!r}; it is in: {written}", "unwritten", written=written)
        self.lang = lang
