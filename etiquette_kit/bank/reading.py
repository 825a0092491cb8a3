"""Reading a bank from files, with the problems in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import cast

import msgspec

from etiquette_kit.bank.bank import Bank, Place
from etiquette_kit.bank.selection import NoSituationsError
from etiquette_kit.content.finding import Problem
from etiquette_kit.content.forms import is_by_language
from etiquette_kit.content.material import Material
from etiquette_kit.content.scenario import Scenario, ThemeHead
from etiquette_kit.content.shipped import shipped
from etiquette_kit.content.toml.toml_file import TomlFile, read_path
from etiquette_kit.formats import content_formats
from etiquette_kit.lint import control_problems, scenario_problems, shape_problems
from etiquette_kit.lint.form_parts import encoded_names, form_parts
from etiquette_kit.lint.form_problems import form_problems
from etiquette_kit.lint.house_problems import is_house
from etiquette_kit.lint.situation_lists import is_situation_list
from etiquette_kit.locale import languages
from etiquette_kit.locale.arguments import ArgumentTypeError, as_written, entry_point
from etiquette_kit.locale.legible import legible, path_shown
from etiquette_kit.locale.nearest import nearest

_SCENARIO = "scenario"
"""The name of the tables of scenarios."""


@entry_point
def load_bank(path: str | Path | None = None, *, required: Sequence[str] | None = None) -> Bank:
    """Read the shipped scenarios, or those in a folder or file.

    Problems in a file are listed in ``bank.findings``; they raise no exception and do not affect other scenarios.

    Parameters
    ----------
    path : str or Path, optional
        A folder (all ``.toml`` files in it and below) or one file. Default: the one that the environment variable
        ``ETIQUETTE_BANK`` names, else the shipped bank.
    required : sequence of str
        The languages in which a scenario must be written. Default: those that the environment variable ``ETIQUETTE_LANGUAGES`` names,
        separated by commas, else those in which the files have any text; for the shipped bank those in which all of it is written.

    Raises
    ------
    PathError
        When there is no such folder or file; it is a ``FileNotFoundError``.
    ArgumentTypeError
        When `path` is no path.
    """
    if not isinstance(path, str | Path | None):
        raise _no_bank(path)
    named = path or os.environ.get("ETIQUETTE_BANK")
    if not named:
        files = read_path(shipped("scenarios"))
        return read_bank(files, required=required or text_languages(files, all))
    given = tuple(lang.strip() for lang in os.environ.get("ETIQUETTE_LANGUAGES", "").split(",") if lang.strip())
    return read_bank(read_path(Path(named)), required=required if required is not None else given or None)


def given_bank(given: Bank | str | Path | None) -> Bank:
    """Return the bank that a person passed, read from its path if necessary; by default as `load_bank` does.

    Raises
    ------
    PathError, ArgumentTypeError
        As `load_bank`.
    SelectionError
        When nothing in that path can be played; the message has the first reason.
    """
    if isinstance(given, Bank):
        return given
    if not isinstance(given, str | Path | None):
        raise _no_bank(given)
    bank = load_bank(given)
    if given is not None and bank.is_empty:
        raise NoSituationsError(path_shown(given), bank.findings)
    return bank


def _no_bank(given: object) -> ArgumentTypeError:
    return ArgumentTypeError("bank", given=as_written(given), example='bank="scenarios"')


def text_languages(files: Sequence[TomlFile], enough: Callable[[Iterator[bool]], bool]) -> tuple[str, ...]:
    """Return the languages in which any or all of the themes' titles and tables are written; all languages where there is none.

    Of a table, the texts of its own count, not those of its parts.
    """
    written: list[Collection[object]] = []
    for file in files:
        head = file.document.get("theme")
        titles = head.get("title") if isinstance(head, Mapping) else None
        written.append(titles if isinstance(titles, Mapping) else ())
        for table, form in _forms().items():
            entries = file.document.get(table)
            written += [_written_in(entry, form) for entry in (entries if isinstance(entries, list) else ())]
    return tuple(lang for lang in languages() if written and enough(lang in texts for texts in written)) or languages()


def _forms() -> dict[str, type[msgspec.Struct]]:
    """Return the tables that a bank reads, each with the struct that it should fill."""
    return {_SCENARIO: Scenario, **{table: found.FORM for table, found in content_formats().items()}}


def _written_in(entry: object, form: type[msgspec.Struct]) -> Collection[object]:
    """Return the languages of a table's own texts."""
    if form is Scenario:
        texts = entry.get("text") if isinstance(entry, Mapping) else None
        return texts if isinstance(texts, Mapping) else ()
    found = (part.value for part in form_parts(entry, form) if len(part.where) == 1 and is_by_language(part.metas))
    return {lang for texts in found if isinstance(texts, Mapping) for lang in texts}


def read_bank(files: Sequence[TomlFile], *, required: Sequence[str] | None = None) -> Bank:
    """Build a bank from files that were read; problems found in the scenarios are added to those of the files.

    Without `required`, scenarios must be written in all languages in which the files have any text.
    """
    required = text_languages(files, any) if required is None else required
    reader = _Reader(required)
    for file in files:
        if is_house(file.document) or is_situation_list(file.document):
            continue  # an employer's house rules and lists of situations may be in the same folder
        if not file.is_readable:
            reader.left_out += 1
            continue
        reader.read(file)
    scenarios = cast("list[Scenario]", reader.found.pop(_SCENARIO))
    return Bank(scenarios, reader.titles, files, reader.left_out, reader.places, reader.found)


class _Reader:
    """What was read so far of the files of a bank.

    Parameters
    ----------
    required : sequence of str
        The languages in which everything must be written.

    Attributes
    ----------
    found : dict of str to list of Material
        The name of tables to the material that can be played.
    places : dict of str to Place
        The id of material to its place.
    titles : dict of str to dict of str to str
        Theme to its titles by language.
    left_out : int
        How many tables and files cannot be played.
    """

    def __init__(self, required: Sequence[str]) -> None:
        self._required = required
        self._formats = content_formats()
        self.found: dict[str, list[Material]] = {table: [] for table in (_SCENARIO, *self._formats)}
        self.places: dict[str, Place] = {}
        self.titles: dict[str, dict[str, str]] = {}
        self.left_out = 0

    def read(self, file: TomlFile) -> None:
        """Read a file; its problems are added to it."""
        theme = legible(file.path.stem)
        self.titles.setdefault(theme, _read_head(file, self._required, tuple(self.found)))
        tables = {table: _entries(file, table) for table in self.found}
        if all(entries == [] for entries in tables.values()):
            file.add("", [Problem("no_scenarios")])
        rest = sum(len(entries or ()) for entries in tables.values())
        for table, entries in tables.items():
            for position, raw in enumerate(entries or ()):
                if not self._read_entry(file, table, position, raw, theme):
                    self.left_out += rest
                    return
                rest -= 1

    def _read_entry(self, file: TomlFile, table: str, position: int, raw: object, theme: str) -> bool:
        """Read a table; return whether the file may have more errors."""
        name = raw.get("id") if isinstance(raw, Mapping) else None
        name = name if isinstance(name, str) else ""
        found = chain(self._problems(table, raw), _duplicate_id(name, self.places))
        problems = file.add(name[:80], found, (table, position))
        if problems is None:
            return False
        if any(problem.severity == "error" for problem in problems):
            self.left_out += 1
            return True
        material = self._converted(table, cast("dict[str, object]", raw), theme)
        if isinstance(material, Problem):
            self.left_out += 1
            return file.add(name[:80], [material], (table, position)) is not None
        self.found[table].append(material)
        self.places[name] = Place(file, table, position)
        return True

    def _problems(self, table: str, raw: object) -> Iterator[Problem]:
        if table == _SCENARIO:
            yield from scenario_problems(raw, self._required, languages())
            return
        found = self._formats[table]
        yield from form_problems(raw, found.FORM, table, self._required, languages())
        if isinstance(raw, Mapping):
            if "theme" in raw and "theme" in (fields := encoded_names(found.FORM)):
                # The reader adds the theme; in a file the key means nothing.
                yield Problem("unknown_key", ("theme",), {"key": "theme", "allowed": ", ".join(name for name in fields if name != "theme")})
            yield from found.problems(raw, self._required)

    def _converted(self, table: str, raw: dict[str, object], theme: str) -> Material | Problem:
        """Return the material of a table; or the problem that its form has a limit that only the conversion knows."""
        if table == _SCENARIO:
            return msgspec.convert(raw | {"theme": theme}, Scenario)
        try:
            return self._formats[table].convert(raw, theme)
        except msgspec.ValidationError as error:
            return Problem("does_not_fit", (), {"reason": str(error)})


def _duplicate_id(name: str, places: Mapping[str, Place]) -> Iterator[Problem]:
    if name in places:
        yield Problem("doubled_id", ("id",), {"id": name, "other": path_shown(places[name].file.path)})


def _read_head(file: TomlFile, required: Sequence[str], tables: Sequence[str]) -> dict[str, str]:
    """Add the problems at the top of a file, and return the theme's titles."""
    head = file.document.get("theme", {})
    titles = head.get("title", {}) if isinstance(head, Mapping) else {}
    given = {lang: text for lang, text in titles.items() if isinstance(text, str) and text.strip()} if isinstance(titles, Mapping) else {}
    file.add("", _head_problems(file.document, given, required, tables))
    return {lang: text for lang, text in given.items() if not any(control_problems(text, "title", ()))}


def _head_problems(
    document: Mapping[str, object], given: Mapping[str, str], required: Sequence[str], tables: Sequence[str]
) -> Iterator[Problem]:
    allowed = ("theme", *tables)
    for key in document:
        if key not in allowed:
            near = nearest(key, allowed) or ""
            yield Problem("unknown_key", (key,), {"key": key, "allowed": ", ".join(allowed), "nearest": near})
    yield from (problem for problem in shape_problems(document.get("theme", {}), ThemeHead, ("theme",)) if problem.kind != "missing_key")
    for lang in required:
        if lang not in given:
            yield Problem("theme_title", ("theme",), {"language": lang})
    for lang, text in given.items():
        yield from control_problems(text, "title", ("theme", "title", lang))


def _entries(file: TomlFile, table: str) -> list[object] | None:
    """Return the tables of a name in a file as parsed, without checking them; None where what has this name is no array of tables."""
    raw = file.document.get(table, [])
    if isinstance(raw, list):
        return raw
    if isinstance(raw, Mapping):
        file.add("", [Problem("single_brackets", (table,), {"right": f"[[{table}]]"})])
    else:
        file.add("", [Problem("wrong_type", (table,), {"key": table, "expected": "array", "given": "other"})])
    return None
