"""Reading the rules of a house from a file."""

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
"""The environment variable that names the file for what a command starts."""


class HouseError(ValueError):
    """A file of house rules with something wrong in it; none of its rules is shown, since one left out would not be missed.

    Attributes
    ----------
    findings : sequence of Finding
        What is wrong, by line.
    lang : str
        The language of the page that wanted to show them.
    """

    def __init__(self, findings: Sequence[Finding], lang: str = DEVELOPER_LANGUAGE) -> None:
        self.findings = findings
        self.lang = lang
        super().__init__("\n".join(self.lines(DEVELOPER_LANGUAGE)))

    def lines(self, lang: str) -> list[str]:
        """Return what is wrong in words, each with its file and line."""
        return [f"{path_shown(finding.file)}:{finding.line}: {finding.text(lang)}" for finding in self.findings]

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of a traceback."""
        return [catalog(self.lang)("house.wrong"), *self.lines(self.lang)]


def read_house(file: TomlFile) -> House | None:
    """Return the rules in a file that was read; None where something is wrong with it, which is noted in the file."""
    if not file.is_readable:
        return None
    found = file.add("", house_problems(file.document))
    return None if found is None or found else msgspec.convert(file.document, House)


def load_house(path: str | Path, *, lang: str = DEVELOPER_LANGUAGE) -> House:
    """Read the rules of a house from a file.

    Parameters
    ----------
    path : str or Path
        The file.
    lang : str
        The language in which a notebook says what is wrong.

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    HouseError
        When something is wrong with it.
    """
    path = Path(path)
    file = read_toml(path) if path.is_dir() else read_path(path)[0]
    house = read_house(file)
    if house is None:
        raise HouseError(file.findings(), lang)
    return house


def chosen_house(given: House | str | Path | None, lang: str) -> House | None:
    """Return rules that were read or are in a file; where none are given, those that ``ETIQUETTE_HOUSE`` names.

    Raises
    ------
    FileNotFoundError, HouseError
        As ``load_house``.
    """
    if isinstance(given, House):
        return given
    named = given or os.environ.get(HOUSE_VARIABLE)
    return load_house(named, lang=lang) if named else None
