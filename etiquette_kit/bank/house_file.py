"""Reading an employer's house rules from a file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from etiquette_kit.content.finding import Finding
from etiquette_kit.content.house_rules import House
from etiquette_kit.content.toml.toml_file import TomlFile, read_path, read_toml
from etiquette_kit.lint.house_problems import house_problems
from etiquette_kit.locale import DEVELOPER_LANGUAGE, catalog
from etiquette_kit.locale.arguments import ArgumentTypeError, as_written, entry_point
from etiquette_kit.locale.legible import path_shown
from etiquette_kit.locale.plain_error import PlainError

HOUSE_VARIABLE = "ETIQUETTE_HOUSE"
"""The environment variable that names the file of house rules for the pages that a command starts."""


class HouseError(PlainError, ValueError):
    """A file of house rules with errors. None of its rules is shown: readers could not see that one is missing.

    Attributes
    ----------
    findings : sequence of Finding
        The errors, by line.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        super().__init__("house", "\n".join(self.lines(DEVELOPER_LANGUAGE)))

    def text(self, lang: str) -> str:
        """Return that the rules have errors, and the errors."""
        return "\n".join(self.notebook_lines(lang))

    def lines(self, lang: str) -> list[str]:
        """Return the errors as text, each with its file and line."""
        return [f"{path_shown(finding.file)}:{finding.line}: {finding.text(lang)}" for finding in self.findings]

    def notebook_lines(self, lang: str) -> list[str]:
        """Return what a notebook shows."""
        return [catalog(lang)("house.wrong"), *self.lines(lang)]


def read_house(file: TomlFile) -> House | None:
    """Return the rules in a file that was read; None where it has errors, which are added to the file's problems."""
    if not file.is_readable:
        return None
    found = file.add("", house_problems(file.document))
    return None if found is None or found else msgspec.convert(file.document, House)


@entry_point
def load_house(path: str | Path, *, lang: str | None = None) -> House:  # noqa: ARG001  the decorator reads it
    """Read an employer's house rules from a file.

    Parameters
    ----------
    path : str or Path
        The file.
    lang : str, optional
        The language in which a notebook shows the errors; default the system's.

    Raises
    ------
    PathError
        When there is no such file; it is a ``FileNotFoundError``.
    HouseError
        When the file has errors.
    ArgumentTypeError
        When `path` is no path.
    """
    if not isinstance(path, str | Path):
        raise _no_house(path)
    path = Path(path)
    file = read_toml(path) if path.is_dir() else read_path(path)[0]
    house = read_house(file)
    if house is None:
        raise HouseError(file.findings())
    return house


def _no_house(given: object) -> ArgumentTypeError:
    return ArgumentTypeError("house", given=as_written(given), example='house="house_rules.toml"')


def chosen_house(given: House | str | Path | None, lang: str) -> House | None:
    """Return the given house rules, read from their file if necessary; by default those in the file that ``ETIQUETTE_HOUSE`` names.

    Raises
    ------
    PathError, HouseError, ArgumentTypeError
        As ``load_house``.
    """
    if isinstance(given, House):
        return given
    if given is not None and not isinstance(given, str | Path):
        raise _no_house(given)
    named = given or os.environ.get(HOUSE_VARIABLE)
    return load_house(named, lang=lang) if named else None
