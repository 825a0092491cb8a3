"""The error for a selection that matches no scenario or is not valid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeVar

from etiquette_kit.content.finding import Finding
from etiquette_kit.content.material import Material, Themed, themes_of, written_languages
from etiquette_kit.locale import LanguageError, catalog, with_names
from etiquette_kit.locale.legible import path_shown
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError
from etiquette_kit.rules import VALUES

CRITERIA = ("relation", "event", "theme")
"""The properties by which scenarios are selected."""

_Material = TypeVar("_Material", bound=Material)

Refusal = Literal["absent", "unknown", "empty", "no_material", "no_choice", "length", "unwritten"]


class SelectionError(PlainError, ValueError):
    """A selection that matches no scenario, or that names something the bank does not have.

    Parameters
    ----------
    message : str
        What is wrong, in English, for the developer.
    refusal : {"absent", "unknown", "empty", "no_material", "no_choice", "length", "unwritten"}
        The reason; its text for the page is in the locale under ``selection``.
    **values : str
        The values that this text needs; ``relation``, ``event`` and ``theme`` are the selected ones.

    Attributes
    ----------
    lang : str or None
        The language of the page; None where it is not set.
    """

    def __init__(self, message: str, refusal: Refusal = "empty", **values: str) -> None:
        PlainError.__init__(self, refusal, message, **values)
        self.refusal = refusal

    def text(self, lang: str) -> str:
        """Return what a page shows in place of the exercise: what is missing, and what to do."""
        words = catalog(lang)
        asked = {name: str(value) for name, value in self.values.items() if name in CRITERIA}
        kind = ", ".join(words.get(f"short.{name}.{value}") or value for name, value in asked.items())
        facts = ", ".join(f'{name} = "{value}"' for name, value in asked.items())
        message = words(f"selection.{self.refusal}", **self.values, kind=kind, facts=facts)
        near = self.values.get("nearest")
        return f"{message} {words('findings.nearest', nearest=near)}" if near else message


class NoSituationsError(SelectionError):
    """A file or folder in which no scenario can be played.

    Parameters
    ----------
    path : str
        The path, as a message names it.
    findings : sequence of Finding
        What was found in its files.
    """

    def __init__(self, path: str, findings: Sequence[Finding]) -> None:
        super().__init__(f"the bank has no scenarios: {path}")
        self.path = path
        self.findings = findings

    def text(self, lang: str) -> str:
        """Return where no scenario is, and the first reason."""
        return catalog(lang)("errors.no_situations", path=self.path, reason=first_reason(self.findings, lang))


def first_reason(findings: Sequence[Finding], lang: str) -> str:
    """Return the first error among findings as text, with its file and line; empty where there is none."""
    error = next((finding for finding in findings if finding.severity == "error"), None)
    if error and error.kind == "broken_toml" and Path(error.file).suffix.lower() != ".toml":
        return catalog(lang)("errors.other_ending", name=path_shown(Path(error.file).name))
    return f"{path_shown(error.file)}:{error.line}: {error.text(lang)}" if error else ""


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


def selected(materials: Sequence[_Material], topic: Mapping[str, str | None]) -> list[_Material]:
    """Return the material with a relation, an event and a theme, in its order.

    Material with several situations is found by any of them that has all that is asked for. Material with a theme of its own is found by
    this theme even without situations.

    Raises
    ------
    SelectionError
        When none of it has one of the values, or none has all of them.
    """
    wanted = {name: value for name, value in topic.items() if value is not None}
    for name in wanted:
        _require(name, tuple(dict.fromkeys(value for material in materials for value in _values(material, name))), wanted)
    found = [material for material in materials if is_about(material, wanted)]
    if not found:
        asked = " and ".join(f"{name} {value!r}" for name, value in wanted.items())
        message = f"the bank has no scenario with {asked}"
        raise SelectionError(message, "absent", **wanted)
    return found


def is_about(material: Material, wanted: Mapping[str, str]) -> bool:
    """Return whether material has the relation, the event and the theme that are asked for; see `selected`."""
    own = material.theme if isinstance(material, Themed) else ""
    asked = {name: value for name, value in wanted.items() if (name, value) != ("theme", own)}
    return not asked or any(all(getattr(found, name) == value for name, value in asked.items()) for found in material.situations)


def _values(material: Material, name: str) -> tuple[str, ...]:
    return themes_of(material) if name == "theme" else tuple(str(getattr(situation, name)) for situation in material.situations)


def _require(name: str, known: Sequence[str], wanted: Mapping[str, str]) -> None:
    """Raise SelectionError for a value that none of the material has; it distinguishes values that only this bank lacks."""
    value = wanted[name]
    if value in known:
        return
    near = nearest(value, known)
    hint = f"; did you mean {near!r}?" if near else ""
    message = f"the bank has no {name} {value!r}; it has: {', '.join(known)}{hint}"
    if value in VALUES.get(name, ()):
        raise SelectionError(message, "absent", **wanted)
    raise SelectionError(message, "unknown", given=f'{name} = "{value}"', allowed=", ".join(known), nearest=near or "")
