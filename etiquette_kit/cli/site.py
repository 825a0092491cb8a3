"""`etiquette site`: the course as a folder of pages for any web space, without a server of its own."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from etiquette_kit.cli.options import BankPath, HousePath, Lang, Languages, words_of
from etiquette_kit.cli.site_contents import chosen_contents, fail_to_build
from etiquette_kit.locale.legible import path_shown


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
    from etiquette_kit.hosts.site.build import build
    from etiquette_kit.hosts.site.errors import SiteError
    from etiquette_kit.hosts.site.out_folder import write_zip

    words = words_of(lang)
    contents = chosen_contents(bank, languages, house, words)
    try:
        date = _date()
        typer.echo(words("site.command.building"))
        sizes = build(out, contents, pyodide, force=force)
        packed = write_zip(out, date) if pack else None
    except SiteError as error:
        fail_to_build(error, words)
    shown = {name: f"{value / 1e6:.1f}" for name, value in (("size", sizes.total), ("first", sizes.compressed), ("plain", sizes.plain))}
    typer.echo(words("site.command.built", path=path_shown(out), files=sizes.files, **shown))
    if packed is not None:
        typer.echo(words("site.command.zipped", path=path_shown(packed)))
    typer.echo(words("site.command.try_it", path=path_shown(out)))


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
