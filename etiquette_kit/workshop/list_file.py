"""Reading a list of situations: from a file, from text, or from ids, with what is wrong in plain words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.content.finding import Finding, Problem
from etiquette_kit.content.toml.toml_file import TomlFile, read_path, read_text, read_toml
from etiquette_kit.lint import control_problems, shape_problems
from etiquette_kit.locale import DEVELOPER_LANGUAGE, catalog, languages
from etiquette_kit.locale.legible import escaped, path_shown, value_text
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError
from etiquette_kit.workshop.plan import PLANS
from etiquette_kit.workshop.situation_list import LIST_ENDING, LIST_LIMITS, SituationList

SITUATIONS_VARIABLE = "ETIQUETTE_SCENARIOS"
"""The environment variable that names a list of situations for the pages that a command starts: its file, or ids separated by commas."""


class _ListForm(msgspec.Struct, frozen=True):
    """The shape of a file."""

    title: str = ""
    scenarios: tuple[str, ...] = ()
    language: str | None = None
    minutes: object = None


class SituationListError(PlainError, ValueError):
    """A list of situations with errors, of which none is used: a workshop without one of them would be another one.

    Attributes
    ----------
    findings : sequence of Finding
        The errors, by line.
    lang : str or None
        The language of the page that asked for the list.
    """

    def __init__(self, findings: Sequence[Finding], lang: str | None = None) -> None:
        self.findings = findings
        super().__init__("", "\n".join(self.lines(DEVELOPER_LANGUAGE)))
        self.lang = lang

    def text(self, lang: str) -> str:
        """Return what is wrong."""
        return "\n".join(self.notebook_lines(lang))

    def lines(self, lang: str) -> list[str]:
        """Return the errors as text, each with its file and line; ids that were not in a file have neither."""
        return [f"{_place(finding)}{finding.text(lang)}" for finding in self.findings]

    def notebook_lines(self, lang: str) -> list[str]:
        """Return what a notebook shows: the errors, below what they are about where they are of a file."""
        lines = self.lines(lang)
        return [catalog(lang)("situation_list.wrong"), *lines] if any(finding.file for finding in self.findings) else lines


def _place(finding: Finding) -> str:
    return f"{path_shown(finding.file)}:{finding.line}: " if finding.file else ""


def load_list(path: str | Path, bank: Bank, *, lang: str = DEVELOPER_LANGUAGE) -> SituationList:
    """Read a list of situations from a file.

    Parameters
    ----------
    path : str or Path
        The file.
    bank : Bank
        The scenarios that it may name.
    lang : str
        The language in which a notebook shows the errors.

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    SituationListError
        When the file has errors.
    """
    path = Path(path)
    return _checked(read_toml(path) if path.is_dir() else read_path(path)[0], bank, lang)


def list_of_text(text: str, name: str, bank: Bank, *, lang: str = DEVELOPER_LANGUAGE) -> SituationList:
    """Read a list of situations from the text of a file with this name.

    Raises
    ------
    SituationListError
        When it has errors.
    """
    return _checked(read_text(Path(name), text), bank, lang)


def list_of_ids(ids: Sequence[str], bank: Bank, *, lang: str = DEVELOPER_LANGUAGE, title: str = "") -> SituationList:
    """Return a list of the situations with these ids.

    Raises
    ------
    SituationListError
        When the bank lacks one of them, one is named twice, or none is named.
    """
    document = {"title": title, "scenarios": list(ids)}
    problems = list(list_problems(document, bank))
    if problems:
        values = [{key: escaped(value) for key, value in problem.values.items()} for problem in problems]
        found = [Finding("", 1, "", problem.kind, problem.severity, given) for problem, given in zip(problems, values, strict=True)]
        raise SituationListError(found, lang)
    return SituationList(title, tuple(ids))


def list_of_name(name: str, bank: Bank, *, lang: str = DEVELOPER_LANGUAGE) -> SituationList:
    """Return the list that somebody names in one word: a file, or ids separated by commas.

    Raises
    ------
    FileNotFoundError
        When it is the name of a file that does not exist.
    SituationListError
        When the list has errors.
    """
    if is_file_name(name):
        return load_list(name, bank, lang=lang)
    return list_of_ids([part.strip() for part in name.split(",") if part.strip()], bank, lang=lang)


def is_file_name(name: str) -> bool:
    """Tell the name of a file from ids, which have neither dots nor slashes."""
    return name.lower().endswith(LIST_ENDING) or any(mark in name for mark in {"/", "\\", os.sep}) or Path(name).exists()


def _checked(file: TomlFile, bank: Bank, lang: str) -> SituationList:
    found = file.add("", list_problems(file.document, bank)) if file.is_readable else None
    if found is None or found:
        raise SituationListError(file.findings(), lang)
    return msgspec.convert(file.document, SituationList)


def list_problems(document: Mapping[str, Any], bank: Bank) -> Iterator[Problem]:
    """Yield everything that is wrong with a list of situations.

    Parameters
    ----------
    document : mapping
        The parsed TOML file.
    bank : Bank
        The scenarios that it may name.
    """
    yield from shape_problems(document, _ListForm)
    title, language, minutes = (document.get(name) for name in ("title", "language", "minutes"))
    if isinstance(title, str):
        yield from control_problems(title, "title", ("title",))
        if len(title) > LIST_LIMITS["title"]:
            values = {"key": "title", "length": str(len(title)), "limit": str(LIST_LIMITS["title"])}
            yield Problem("long_text", ("title",), values)
    if isinstance(language, str) and language not in languages():
        yield Problem("unknown_language", ("language",), {"language": language, "allowed": ", ".join(languages())})
    if minutes is not None and (type(minutes) is not int or minutes not in PLANS):
        values = {"value": value_text(minutes), "allowed": ", ".join(map(str, PLANS)), "nearest": ""}
        yield Problem("unknown_value", ("minutes",), values)
    yield from _name_problems(document.get("scenarios", []), bank)


def _name_problems(names: object, bank: Bank) -> Iterator[Problem]:
    if not isinstance(names, list):
        return
    if not names:
        yield Problem("list_empty", ("scenarios",))
    if len(names) > LIST_LIMITS["scenarios"]:
        yield Problem("list_long", ("scenarios",), {"length": str(len(names)), "limit": str(LIST_LIMITS["scenarios"])})
        return
    seen: set[str] = set()
    for place, name in enumerate(names):
        if not isinstance(name, str):
            continue
        where = ("scenarios", place)
        if name in seen:
            yield Problem("list_doubled", where, {"name": name})
        elif name not in bank:
            yield Problem("list_unknown", where, {"name": name, "nearest": nearest(name, bank.scenarios) or ""})
        seen.add(name)
