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
from etiquette_kit.locale.legible import path_shown

HOUSE_VARIABLE = "ETIQUETTE_HOUSE"
"""The environment variable that names the file of house rules for the pages that a command starts."""


class HouseError(ValueError):
    """A file of house rules with errors. None of its rules is shown: readers could not see that one is missing.

    Attributes
    ----------
    findings : sequence of Finding
        The errors, by line.
    lang : str
        The language of the page that asked for the rules.
    """

    def __init__(self, findings: Sequence[Finding], lang: str = DEVELOPER_LANGUAGE) -> None:
        self.findings = findings
        self.lang = lang
        super().__init__("\n".join(self.lines(DEVELOPER_LANGUAGE)))

    def lines(self, lang: str) -> list[str]:
        """Return the errors as text, each with its file and line."""
        return [f"{path_shown(finding.file)}:{finding.line}: {finding.text(lang)}" for finding in self.findings]

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of a traceback."""
        return [catalog(self.lang)("house.wrong"), *self.lines(self.lang)]


def read_house(file: TomlFile) -> House | None:
    """Return the rules in a file that was read; None where it has errors, which are added to the file's problems."""
    if not file.is_readable:
        return None
    found = file.add("", house_problems(file.document))
    return None if found is None or found else msgspec.convert(file.document, House)


def load_house(path: str | Path, *, lang: str = DEVELOPER_LANGUAGE) -> House:
    """Read an employer's house rules from a file.

    Parameters
    ----------
    path : str or Path
        The file.
    lang : str
        The language in which a notebook shows the errors.

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    HouseError
        When the file has errors.
    """
    path = Path(path)
    file = read_toml(path) if path.is_dir() else read_path(path)[0]
    house = read_house(file)
    if house is None:
        raise HouseError(file.findings(), lang)
    return house


def chosen_house(given: House | str | Path | None, lang: str) -> House | None:
    """Return the given house rules, read from their file if necessary; by default those in the file that ``ETIQUETTE_HOUSE`` names.

    Raises
    ------
    FileNotFoundError, HouseError
        As ``load_house``.
    """
    if isinstance(given, House):
        return given
    named = given or os.environ.get(HOUSE_VARIABLE)
    return load_house(named, lang=lang) if named else None
