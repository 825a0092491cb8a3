"""Reading a bank from files, with the problems in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import cast

import msgspec

from etiquette_kit.bank.bank import Bank
from etiquette_kit.bank.selection import NoSituationsError
from etiquette_kit.content.finding import Problem
from etiquette_kit.content.scenario import Scenario, ThemeHead
from etiquette_kit.content.shipped import shipped
from etiquette_kit.content.toml.toml_file import TomlFile, read_path
from etiquette_kit.lint import control_problems, scenario_problems, shape_problems
from etiquette_kit.lint.house_problems import is_house
from etiquette_kit.locale import languages
from etiquette_kit.locale.arguments import ArgumentTypeError, as_written, entry_point
from etiquette_kit.locale.legible import legible, path_shown
from etiquette_kit.locale.nearest import nearest


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
        return read_bank(files, required=required or _languages_of(files, all))
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
    if given is not None and not len(bank):
        raise NoSituationsError(path_shown(given), bank.findings)
    return bank


def _no_bank(given: object) -> ArgumentTypeError:
    return ArgumentTypeError("bank", given=as_written(given), example='bank="scenarios"')


def _languages_of(files: Sequence[TomlFile], enough: Callable[[Iterator[bool]], bool]) -> tuple[str, ...]:
    """Return the languages in which any or all of the themes' titles and situations are written; all languages where there is none."""
    written = []
    for file in files:
        scenarios = file.document.get("scenario")
        parts = [file.document.get("theme"), *(scenarios if isinstance(scenarios, list) else ())]
        for part, name in zip(parts, ("title", *("text" for _ in parts[1:])), strict=True):
            texts = part.get(name) if isinstance(part, Mapping) else None
            written.append(texts if isinstance(texts, Mapping) else {})
    return tuple(lang for lang in languages() if written and enough(lang in texts for texts in written)) or languages()


def read_bank(files: Sequence[TomlFile], *, required: Sequence[str] | None = None) -> Bank:
    """Build a bank from files that were read; problems found in the scenarios are added to those of the files.

    Without `required`, scenarios must be written in all languages in which the files have any text.
    """
    required = _languages_of(files, any) if required is None else required
    scenarios: dict[str, Scenario] = {}
    places: dict[str, tuple[TomlFile, int]] = {}
    titles: dict[str, dict[str, str]] = {}
    left_out = 0
    for file in files:
        if is_house(file.document):
            continue  # an employer's house rules, which may be in the same folder
        if not file.is_readable:
            left_out += 1
            continue
        theme = legible(file.path.stem)
        titles.setdefault(theme, _read_head(file, required))
        tables = _scenario_tables(file)
        for position, raw in enumerate(tables):
            name = raw.get("id") if isinstance(raw, Mapping) else None
            name = name if isinstance(name, str) else ""
            found = chain(scenario_problems(raw, required, languages()), _duplicate_id(name, places))
            problems = file.add(name[:80], found, ("scenario", position))
            if problems is None:
                left_out += len(tables) - position
                break
            if any(problem.severity == "error" for problem in problems):
                left_out += 1
                continue
            scenarios[name] = msgspec.convert(cast("dict[str, object]", raw) | {"theme": theme}, Scenario)
            places[name] = (file, position)
    return Bank(list(scenarios.values()), titles, files, left_out, places)


def _duplicate_id(name: str, places: Mapping[str, tuple[TomlFile, int]]) -> Iterator[Problem]:
    if name in places:
        yield Problem("doubled_id", ("id",), {"id": name, "other": path_shown(places[name][0].path)})


def _read_head(file: TomlFile, required: Sequence[str]) -> dict[str, str]:
    """Add the problems at the top of a file, and return the theme's titles."""
    head = file.document.get("theme", {})
    titles = head.get("title", {}) if isinstance(head, Mapping) else {}
    given = {lang: text for lang, text in titles.items() if isinstance(text, str) and text.strip()} if isinstance(titles, Mapping) else {}
    file.add("", _head_problems(file.document, given, required))
    return {lang: text for lang, text in given.items() if not any(control_problems(text, "title", ()))}


def _head_problems(document: Mapping[str, object], given: Mapping[str, str], required: Sequence[str]) -> Iterator[Problem]:
    for key in document:
        if key not in ("theme", "scenario"):
            near = nearest(key, ("theme", "scenario")) or ""
            yield Problem("unknown_key", (key,), {"key": key, "allowed": "theme, scenario", "nearest": near})
    yield from (problem for problem in shape_problems(document.get("theme", {}), ThemeHead, ("theme",)) if problem.kind != "missing_key")
    for lang in required:
        if lang not in given:
            yield Problem("theme_title", ("theme",), {"language": lang})
    for lang, text in given.items():
        yield from control_problems(text, "title", ("theme", "title", lang))


def _scenario_tables(file: TomlFile) -> list[object]:
    """Return the scenarios of a file as parsed, without checking them."""
    raw = file.document.get("scenario", [])
    if isinstance(raw, Mapping):
        file.add("", [Problem("single_brackets", ("scenario",), {"right": "[[scenario]]"})])
        return []
    if not isinstance(raw, list):
        values = {"key": "scenario", "expected": "array", "given": "other"}
        file.add("", [Problem("wrong_type", ("scenario",), values)])
        return []
    if not raw:
        file.add("", [Problem("no_scenarios")])
    return raw
