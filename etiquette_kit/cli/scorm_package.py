"""`etiquette export scorm12`: the course for a learning management system, which is a site and no list of questions."""

from __future__ import annotations

from pathlib import Path

import typer

from etiquette_kit.cli.options import USAGE, fail
from etiquette_kit.cli.output_errors import output_errors
from etiquette_kit.cli.site_contents import chosen_contents, fail_to_build
from etiquette_kit.locale import Catalog, with_names
from etiquette_kit.locale.legible import path_shown

NAME = "scorm12"


def export_package(destination: Path, bank: Path | None, languages: str | None, words: Catalog, *, force: bool) -> None:
    """Write the package, and say where it is and what is not in it."""
    from etiquette_kit.exchange.scorm12 import write_scorm12
    from etiquette_kit.hosts.site.errors import SiteError
    from etiquette_kit.hosts.site.lessons import LEFT_OUT

    contents = chosen_contents(bank, languages, None, words)
    typer.echo(words("site.command.building"))
    try:
        with output_errors(words):
            package = write_scorm12(destination, contents, force=force)
    except SiteError as error:
        fail_to_build(error, words)
    size = f"{package.size / 1e6:.1f}"
    typer.echo(words("scorm.written", path=path_shown(package.path), size=size, languages=with_names(package.languages)))
    typer.echo(words("scorm.left_out", notebooks=", ".join(sorted(LEFT_OUT))))
    typer.echo(words("scorm.next"))


def refuse_choice(words: Catalog) -> None:
    """Say that the package always has the whole course, and end."""
    fail(f"etiquette: {words('scorm.whole_course')}", USAGE)
