"""`etiquette check`: what is wrong with scenarios, house rules, lists of situations and decision tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from etiquette_kit.bank import load_bank, read_bank
from etiquette_kit.bank.house_file import read_house
from etiquette_kit.cli.options import DONE, ERRORS, USAGE, Lang, Languages, Output, fail, required_languages, words_of
from etiquette_kit.content.finding import Finding
from etiquette_kit.content.shipped import shipped
from etiquette_kit.content.toml.toml_file import TomlFile, read_path
from etiquette_kit.formats import content_formats
from etiquette_kit.lint import is_table, row_name, table_problems
from etiquette_kit.lint.house_problems import is_house
from etiquette_kit.lint.situation_lists import is_situation_list
from etiquette_kit.locale import Catalog, plural
from etiquette_kit.locale.legible import escaped_json, path_shown
from etiquette_kit.rules.table import ARTICLE_TABLE
from etiquette_kit.workshop.list_file import list_problems


def check(
    paths: Annotated[list[Path] | None, typer.Argument()] = None,
    lang: Lang = None,
    languages: Languages = None,
    output: Annotated[Output, typer.Option("--format")] = Output.text,
) -> None:
    """Find what is wrong in scenarios, in house rules and in the decision table, with file and line.

    Ends with 1 when there are errors. A scenario with an error is left out of the quiz; the others are played.
    """
    words = words_of(lang)
    required = required_languages(languages)
    files = _files(paths or [shipped("scenarios"), ARTICLE_TABLE], words)
    findings, found = _review(files, required)
    errors = sum(finding.severity == "error" for finding in findings)
    if output is Output.json:
        typer.echo(escaped_json([finding.as_dict(words.lang) for finding in findings]))
    else:
        for finding in findings:
            name = f" [{finding.id}]" if finding.id else ""
            place = f"{path_shown(finding.file)}:{finding.line}"
            typer.echo(f"{place}: {words(f'check.{finding.severity}')}{name}: {finding.text(words.lang)}")
        counts = {**found, "errors": errors, "warnings": len(findings) - errors}
        typer.echo(", ".join(_counted(name, count, words) for name, count in counts.items()) + ".")
    raise typer.Exit(ERRORS if errors else DONE)


def _counted(name: str, count: int, words: Catalog) -> str:
    """Return a number of playable material, of rules or of findings in words; material of a format from outside has its name alone."""
    return plural(words, f"check.{name}", count) if words.get(f"check.{name}") else f"{count} {name}"


def _files(paths: Sequence[Path], words: Catalog) -> list[TomlFile]:
    """Read the files that are named, and those in folders that are; end where there is none of a name."""
    files = []
    for path in paths:
        try:
            files += read_path(path)
        except FileNotFoundError:
            fail(f"etiquette: {words('check.no_path', path=path_shown(path))}", USAGE)
    return files


def _review(files: Sequence[TomlFile], required: Sequence[str] | None) -> tuple[list[Finding], dict[str, int]]:
    """Return all findings in files, how many scenarios and how much other material can be played, and how many house rules can be shown."""
    tables = [file for file in files if is_table(file.document)]
    for table in tables:
        for problem in table_problems(table.document):
            if table.add(row_name(table.document, problem), [problem]) is None:
                break
    houses = [file for file in files if is_house(file.document)]
    rules = [house.count for file in houses if (house := read_house(file))]
    lists = [file for file in files if is_situation_list(file.document)]
    known = {id(file) for file in (*tables, *houses, *lists)}
    others = [file for file in files if id(file) not in known]
    bank = read_bank(others, required=required)
    for file in lists:
        file.add("", list_problems(file.document, bank if others else load_bank()))
    found = {"playable": len(bank)} if others or not (houses or lists) else {}
    found |= {table: len(bank.materials(table)) for table in content_formats() if any(table in file.document for file in others)}
    found |= {"house": sum(rules)} if houses else {}
    return [*bank.findings, *(finding for file in (*houses, *lists, *tables) for finding in file.findings())], found
