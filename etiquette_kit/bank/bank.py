"""The scenarios of a bank, and the problems found in their files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

from etiquette_kit.bank.selection import SelectionError, first_reason, selected
from etiquette_kit.content.finding import Finding, Problem
from etiquette_kit.content.material import Material, themes_of, written_languages
from etiquette_kit.content.scenario import LIMITS, Scenario, is_identifier
from etiquette_kit.content.toml.toml_file import TomlFile
from etiquette_kit.formats import content_formats
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.locale import catalog
from etiquette_kit.locale.legible import shortened
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError
from etiquette_kit.locale.system_language import spoken_language


class Place(NamedTuple):
    """Where a scenario or other material stands: its file, the name of its tables, and its position among them."""

    file: TomlFile
    table: str
    position: int


class _Printer(Protocol):
    """What IPython prints a value with."""

    def text(self, text: str) -> None:
        """Add a text."""


class UnknownScenarioError(PlainError, KeyError):
    """A scenario that a bank does not have."""


class Bank:
    """Scenarios, in the order of their files, and the problems of those that were left out.

    It iterates over the scenarios, has their number, and finds them by id; other material, which formats bring, is in `materials`.

    Parameters
    ----------
    scenarios : sequence of Scenario
        The scenarios that can be played.
    titles : mapping of str to mapping of str to str
        Theme to its titles by language.
    files : sequence of TomlFile
        The files they came from.
    left_out : int
        How many scenarios and how much other material cannot be played; a file that cannot be read, or a folder without scenarios,
        counts as one.
    places : mapping of str to Place
        The id of a scenario or of other material to its place.
    materials : mapping of str to sequence of Material
        The name of a format's tables to the material in them that can be played.

    Raises
    ------
    ValueError
        When a scenario, an option or other material has an id that is not allowed in a file.
    """

    def __init__(
        self,
        scenarios: Sequence[Scenario],
        titles: Mapping[str, Mapping[str, str]] | None = None,
        files: Sequence[TomlFile] = (),
        left_out: int = 0,
        places: Mapping[str, Place] | None = None,
        materials: Mapping[str, Sequence[Material]] | None = None,
    ) -> None:
        self._materials = {table: {material.id: material for material in found} for table, found in (materials or {}).items()}
        parts = (name for scenario in scenarios for name in (scenario.id, *(option.id for option in scenario.options)))
        for name in (*parts, *(name for found in self._materials.values() for name in found)):
            if not is_identifier(name):
                message = f"{name[:80]!r} cannot be an id: it has up to {LIMITS['id']} lower-case letters, digits and hyphens"
                raise ValueError(message)
        self._scenarios = {scenario.id: scenario for scenario in scenarios}
        self._titles = dict(titles or {})
        self._files = tuple(files)
        self._places = dict(places or {})
        self.left_out = left_out

    def __iter__(self) -> Iterator[Scenario]:
        return iter(self._scenarios.values())

    def __len__(self) -> int:
        return len(self._scenarios)

    def __getitem__(self, scenario_id: str) -> Scenario:
        try:
            return self._scenarios[scenario_id]
        except KeyError:
            near = nearest(scenario_id, self._scenarios)
            hint = f"; did you mean {near!r}?" if near else ""
            message = f"there is no scenario {scenario_id!r} in the bank{hint}"
            raise UnknownScenarioError("scenario", message, given=shortened(str(scenario_id), 80), nearest=near or "") from None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to play, no material of any format."""
        return not self._scenarios and not any(self._materials.values())

    def __contains__(self, scenario_id: object) -> bool:
        return scenario_id in self._scenarios

    def __repr__(self) -> str:
        others = "".join(f", {len(found)} {table}" for table, found in self._materials.items() if found)
        return f"<Bank: {len(self)} scenarios{others}, {self.left_out} left out>"

    def _repr_pretty_(self, printer: _Printer, cycle: bool) -> None:  # noqa: FBT001  IPython calls it so
        """Print in a notebook how much can be played, and why something cannot, in the system's language."""
        del cycle
        lang = spoken_language()
        words = catalog(lang)
        parts = [words("errors.bank_form", count=len(self))]
        if self.left_out:
            parts += [words("errors.bank_left_out", count=self.left_out)]
        reason = first_reason(self.findings, lang) if self.left_out else ""
        printer.text(", ".join(parts) + (f". {reason}" if reason else "."))

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenarios by id."""
        return MappingProxyType(self._scenarios)

    def materials(self, table: str) -> Mapping[str, Material]:
        """Return the material in the tables of this name, by id; nothing where the bank has no such tables."""
        return MappingProxyType(self._materials.get(table, {}))

    def all_material(self) -> Iterator[Material]:
        """Yield the scenarios, then the other material by its tables."""
        yield from self
        for found in self._materials.values():
            yield from found.values()

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings of the review, by file and line; then those about the bank as a whole."""
        from etiquette_kit.lint.fairness import fairness_warnings  # most callers do not need it

        warnings = [*fairness_warnings(list(self)), *self._text_warnings()]
        problems: dict[int, list[tuple[str, Problem]]] = {id(file): list(file.problems) for file in self._files}
        whole: list[tuple[str, Problem]] = []
        for name, kind, where, values in warnings:
            place = self._places.get(name)
            if place is None:
                whole.append((name, Problem(kind, where, values)))
            else:
                problems[id(place.file)].append((name, Problem(kind, (place.table, place.position, *where), values)))
        own = [finding for file in self._files for finding in file.findings(problems[id(file)])]
        folder = _common_folder([file.path for file in self._files]) if whole else ""
        return own + [Finding(folder, 1, name, problem.kind, problem.severity, problem.values) for name, problem in whole]

    def _text_warnings(self) -> Iterator[FairnessWarning]:
        from etiquette_kit.lint.fairness.form_texts import form_text_warnings

        forms = {table: found.FORM for table, found in content_formats().items()}
        for table, found in self._materials.items():
            for name in found:
                if (place := self._places.get(name)) and table in forms:
                    yield from form_text_warnings(name, place.file.document[table][place.position], forms[table])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the kit in which at least one scenario, or other material, is written in full."""
        return written_languages(self.all_material())

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes of all material, in the order of their files; first those that have scenarios."""
        return tuple(dict.fromkeys(theme for material in self.all_material() for theme in themes_of(material)))

    def theme_title(self, theme: str, lang: str) -> str:
        """Return a theme's title, in its first available language where there is none in `lang`; its file's name where it has none."""
        titles = self._titles.get(theme, {})
        return titles.get(lang) or next(iter(titles.values()), theme)

    def key(self, scenario_id: str) -> dict[str, int]:
        """Return the grade of each option of a scenario, derived from the decision table."""
        return self[scenario_id].key()

    def select(self, *, relation: str | None = None, event: str | None = None, theme: str | None = None) -> list[Scenario]:
        """Return the scenarios with a relation, an event and a theme, in the order of the bank.

        Raises
        ------
        SelectionError
            When no scenario has one of the values, or none has all of them.
        """
        if not len(self):
            raise SelectionError("the bank has no scenarios")
        return selected(list(self), {"relation": relation, "event": event, "theme": theme})


def _common_folder(paths: Sequence[Path]) -> str:
    parents = [path.parent for path in paths] or [Path()]
    try:
        return os.path.commonpath(parents) or "."
    except ValueError:  # a mixture of relative and absolute paths
        return os.path.commonpath([parent.absolute() for parent in parents])
