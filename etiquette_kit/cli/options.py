"""What the commands have in common: exit codes, options, and how they fail."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.bank.house_file import HOUSE_VARIABLE, HouseError, load_house
from etiquette_kit.content.house_rules import House
from etiquette_kit.content.shipped import shipped
from etiquette_kit.locale import Catalog, LanguageError, catalog, plural, with_names
from etiquette_kit.locale.legible import path_shown
from etiquette_kit.locale.system_language import system_language
from etiquette_kit.workshop import SITUATIONS_VARIABLE, SituationList, SituationListError, list_of_name
from etiquette_kit.workshop.take_home import TakeHomeError, chosen_take_home

DONE, ERRORS, USAGE = 0, 1, 2
"""The exit codes: done; the input has errors, which are listed; wrong usage."""


class Output(StrEnum):
    """How a command prints."""

    text = "text"
    json = "json"


Lang = Annotated[str | None, typer.Option("--lang")]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65535)]
NoBrowser = Annotated[bool, typer.Option("--no-browser")]
BankPath = Annotated[Path | None, typer.Option("--bank")]
HousePath = Annotated[Path | None, typer.Option("--house")]
TakeHomeAddress = Annotated[str | None, typer.Option("--take-home")]
Languages = Annotated[str | None, typer.Option("--languages")]
StoreAddress = Annotated[str | None, typer.Option("--store")]
ScenarioList = Annotated[str | None, typer.Option("--scenarios")]
Cohort = Annotated[str | None, typer.Option("--cohort")]


def required_languages(given: str | None) -> tuple[str, ...] | None:
    """Read `--languages`; end where one of them is none."""
    if given is None:
        return None
    found = tuple(lang.strip() for lang in given.split(","))
    for lang in found:
        words_of(lang or "?")
    return found


def fail(message: str, code: int) -> NoReturn:
    """Say what is wrong, and end."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def words_of(lang: str | None) -> Catalog:
    """Return the words of a language, or of the system's; end where there is no such language."""
    try:
        return catalog(lang or system_language())
    except LanguageError as error:
        fail(f"etiquette: {error.text(system_language())}", USAGE)


_NOTHING_READ = frozenset({"empty_folder", "no_toml_file", "hidden_ending", "no_regular_file", "unreadable"})
"""Findings that say at once why there is no scenario at all."""


def chosen_bank(path: Path | None, words: Catalog, languages: str | None = None) -> Bank:
    """Read the scenarios, those of a path or else what the environment or the kit has, and say what is left out."""
    bank = existing_bank(path, words, languages)
    shown = path_shown(path or os.environ.get("ETIQUETTE_BANK") or shipped("scenarios"))
    if not len(bank):
        reasons = [f"{path_shown(finding.file)}: {finding.text(words.lang)}" for finding in bank.findings if finding.kind in _NOTHING_READ]
        fail("\n".join([f"etiquette: {words('serve.empty_bank', path=shown)}", *reasons]), ERRORS)
    if bank.left_out:
        typer.echo(plural(words, "serve.left_out", bank.left_out, path=shown), err=True)
    return bank


def playable_bank(path: Path | None, words: Catalog, languages: str | None = None) -> Bank:
    """Read the scenarios, and end where none is written in the language; say how many are not."""
    bank = chosen_bank(path, words, languages)
    written = sum(words.lang in scenario.languages for scenario in bank)
    if not written:
        fail(f"etiquette: {words('serve.unwritten', written=with_names(bank.languages) or '–')}", ERRORS)
    if written < len(bank):
        typer.echo(plural(words, "serve.partly_unwritten", len(bank) - written), err=True)
    return bank


def existing_bank(path: Path | None, words: Catalog, languages: str | None = None) -> Bank:
    """Read the scenarios, however few; end where there is no such file or folder."""
    required = required_languages(languages)
    try:
        return load_bank(path, required=required)
    except FileNotFoundError:
        fail(f"etiquette: {words('check.no_path', path=path_shown(path or os.environ.get('ETIQUETTE_BANK', '')))}", USAGE)


def house_path(path: Path | None) -> Path | None:
    """Return the file of house rules that a command was given, or that the environment names."""
    named = path or os.environ.get(HOUSE_VARIABLE)
    return Path(named) if named else None


def checked_take_home(given: str | None, words: Catalog) -> str | None:
    """Return the address at which participants go on practising, if any; end where it is none."""
    try:
        return chosen_take_home(given, words.lang)
    except TakeHomeError as error:
        fail(f"etiquette: {error.text(words.lang)}", USAGE)


def checked_house(path: Path | None, words: Catalog) -> House | None:
    """Read the house rules, if any; end where something is wrong with them, since a rule left out would not be missed."""
    named = house_path(path)
    if named is None:
        return None
    try:
        return load_house(named)
    except FileNotFoundError:
        fail(f"etiquette: {words('check.no_path', path=path_shown(named))}", USAGE)
    except HouseError as error:
        fail("\n".join([f"etiquette: {words('house.wrong')}", *error.lines(words.lang)]), ERRORS)


def list_name(named: str | None) -> str | None:
    """Return the list of situations that a command was given, or that the environment names."""
    return named or os.environ.get(SITUATIONS_VARIABLE) or None


def checked_list(named: str | None, path: Path | None, words: Catalog, languages: str | None = None) -> SituationList | None:
    """Read the list of situations, if any; end where something is wrong with it, since a situation left out makes another workshop."""
    name = list_name(named)
    if name is None:
        return None
    bank = existing_bank(path, words, languages)
    try:
        return list_of_name(name, bank)
    except FileNotFoundError:
        fail(f"etiquette: {words('check.no_path', path=path_shown(name))}", USAGE)
    except SituationListError as error:
        fail("\n".join([f"etiquette: {words('situation_list.wrong')}", *error.lines(words.lang)]), ERRORS)


def words_for(lang: str | None, found: SituationList | None) -> Catalog:
    """Return the words of the language that was asked for, or else of the one in which a list of situations is to be used."""
    return words_of(lang or (found.language if found else None))
