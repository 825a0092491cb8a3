"""The scenarios of a bank, and the problems found in their files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from etiquette_kit.bank.selection import CRITERIA, SelectionError, first_reason
from etiquette_kit.content.finding import Finding, Problem
from etiquette_kit.content.material import written_languages
from etiquette_kit.content.scenario import LIMITS, Scenario, is_identifier
from etiquette_kit.content.toml.toml_file import TomlFile
from etiquette_kit.locale import catalog
from etiquette_kit.locale.legible import shortened
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError
from etiquette_kit.locale.system_language import system_language
from etiquette_kit.rules import VALUES


class _Printer(Protocol):
    """What IPython prints a value with."""

    def text(self, text: str) -> None:
        """Add a text."""


class UnknownScenarioError(PlainError, KeyError):
    """A scenario that a bank does not have."""


class Bank:
    """Scenarios, in the order of their files, and the problems of those that were left out.

    Parameters
    ----------
    scenarios : sequence of Scenario
        The scenarios that can be played.
    titles : mapping of str to mapping of str to str
        Theme to its titles by language.
    files : sequence of TomlFile
        The files they came from.
    left_out : int
        How many scenarios cannot be played; a file that cannot be read, or a folder without scenarios, counts as one.
    places : mapping of str to (TomlFile, int)
        Scenario to its file and its position there.

    Raises
    ------
    ValueError
        When a scenario or an option has an id that is not allowed in a file.
    """

    def __init__(
        self,
        scenarios: Sequence[Scenario],
        titles: Mapping[str, Mapping[str, str]] | None = None,
        files: Sequence[TomlFile] = (),
        left_out: int = 0,
        places: Mapping[str, tuple[TomlFile, int]] | None = None,
    ) -> None:
        for scenario in scenarios:
            for name in (scenario.id, *(option.id for option in scenario.options)):
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

    def __contains__(self, scenario_id: object) -> bool:
        return scenario_id in self._scenarios

    def __repr__(self) -> str:
        return f"<Bank: {len(self)} scenarios, {self.left_out} left out>"

    def _repr_pretty_(self, printer: _Printer, cycle: bool) -> None:  # noqa: FBT001  IPython calls it so
        """Print in a notebook how much can be played, and why something cannot, in the system's language."""
        del cycle
        lang = system_language()
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

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings of the review, by file and line; then those about the bank as a whole."""
        from etiquette_kit.lint.fairness import fairness_warnings  # most callers do not need it

        problems: dict[int, list[tuple[str, Problem]]] = {id(file): list(file.problems) for file in self._files}
        whole: list[tuple[str, Problem]] = []
        for name, kind, where, values in fairness_warnings(list(self)):
            file, position = self._places.get(name, (None, 0))
            found = (name, Problem(kind, ("scenario", position, *where), values))
            (whole if file is None else problems[id(file)]).append(found)
        own = [finding for file in self._files for finding in file.findings(problems[id(file)])]
        folder = _common_folder([file.path for file in self._files]) if whole else ""
        return own + [Finding(folder, 1, name, problem.kind, problem.severity, problem.values) for name, problem in whole]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the kit in which at least one scenario is written in full."""
        return written_languages(self)

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes, in the order of their files."""
        return tuple(dict.fromkeys(scenario.theme for scenario in self))

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
        given = dict(zip(CRITERIA, (relation, event, theme), strict=True))
        wanted = {name: value for name, value in given.items() if value is not None}
        found = list(self)
        for name, value in wanted.items():
            _require(name, tuple(dict.fromkeys(_criterion(scenario, name) for scenario in self)), wanted)
            found = [scenario for scenario in found if value == _criterion(scenario, name)]
        if not found:
            asked = " and ".join(f"{name} {value!r}" for name, value in wanted.items())
            message = f"the bank has no scenario with {asked}"
            raise SelectionError(message, "absent", **wanted)
        return found


def _criterion(scenario: Scenario, name: str) -> str:
    return scenario.theme if name == "theme" else str(getattr(scenario.facts, name))


def _common_folder(paths: Sequence[Path]) -> str:
    parents = [path.parent for path in paths] or [Path()]
    try:
        return os.path.commonpath(parents) or "."
    except ValueError:  # a mixture of relative and absolute paths
        return os.path.commonpath([parent.absolute() for parent in parents])


def _require(name: str, known: Sequence[str], wanted: Mapping[str, str]) -> None:
    """Raise SelectionError for a value that no scenario of the bank has; it distinguishes values that only this bank lacks."""
    value = wanted[name]
    if value in known:
        return
    near = nearest(value, known)
    hint = f"; did you mean {near!r}?" if near else ""
    message = f"the bank has no {name} {value!r}; it has: {', '.join(known)}{hint}"
    if value in VALUES.get(name, ()):
        raise SelectionError(message, "absent", **wanted)
    raise SelectionError(message, "unknown", given=f'{name} = "{value}"', allowed=", ".join(known), nearest=near or "")
