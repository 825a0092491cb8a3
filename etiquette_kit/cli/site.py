"""`etiquette site`: the course as a folder of pages for any web space, without a server of its own."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from etiquette_kit.cli.options import (
    ERRORS,
    USAGE,
    BankPath,
    HousePath,
    Lang,
    Languages,
    checked_house,
    chosen_bank,
    fail,
    house_path,
    required_languages,
    words_of,
)
from etiquette_kit.content.material import shared_languages
from etiquette_kit.content.shipped import shipped
from etiquette_kit.locale import Catalog
from etiquette_kit.locale.legible import path_shown

_WRONG_USAGE = frozenset({"foreign", "no_folder", "pyodide_lacks", "pyodide_version", "bad_epoch"})
"""Errors that another option puts right."""


def site(
    out: Annotated[Path, typer.Argument()],
    pyodide: Annotated[Path | None, typer.Option("--pyodide")] = None,
    bank: BankPath = None,
    languages: Languages = None,
    house: HousePath = None,
    pack: Annotated[bool, typer.Option("--zip")] = False,
    force: Annotated[bool, typer.Option("--force")] = False,
    lang: Lang = None,
) -> None:
    """Build the course as a static site: the exercises run in the browser, and answers are kept there alone.

    It needs Node.js, and the internet when it is run for the first time. Any web space can hand the folder out.
    """
    from etiquette_kit.hosts.site.build import Contents, build
    from etiquette_kit.hosts.site.errors import SiteError
    from etiquette_kit.hosts.site.out_folder import write_zip

    words = words_of(lang)
    named = bank or (Path(os.environ["ETIQUETTE_BANK"]) if os.environ.get("ETIQUETTE_BANK") else None)
    scenarios = chosen_bank(bank, words, languages)
    required = required_languages(languages or os.environ.get("ETIQUETTE_LANGUAGES")) if named else shared_languages(scenarios)
    rules = checked_house(house, words)
    contents = Contents(scenarios, named or shipped("scenarios"), required, rules, house_path(house))
    try:
        date = _date()
        typer.echo(words("site.command.building"))
        sizes = build(out, contents, pyodide, force=force)
        packed = write_zip(out, date) if pack else None
    except SiteError as error:
        fail(f"etiquette: {_said(error.kind, error.values, words)}", USAGE if error.kind in _WRONG_USAGE else ERRORS)
    shown = {name: f"{value / 1e6:.1f}" for name, value in (("size", sizes.total), ("first", sizes.compressed), ("plain", sizes.plain))}
    typer.echo(words("site.command.built", path=path_shown(out), files=sizes.files, **shown))
    if packed is not None:
        typer.echo(words("site.command.zipped", path=path_shown(packed)))
    typer.echo(words("site.command.try_it", path=path_shown(out)))


def _said(kind: str, values: dict[str, object], words: Catalog) -> str:
    from etiquette_kit.hosts.site.pyodide import VERSION

    shown = {name: path_shown(value) if isinstance(value, Path) else value for name, value in values.items()}
    return words(f"site.command.{kind}", **{"version": VERSION, **shown})


def _date() -> datetime:
    """Return the date of what is built, in UTC: the one that is given for builds that can be repeated, else today."""
    from etiquette_kit.hosts.site.errors import SiteError

    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise SiteError("bad_epoch", value=given) from error
