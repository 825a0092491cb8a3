"""`etiquette write`: writing situations in a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etiquette_kit.cli.options import ERRORS, USAGE, Lang, NoBrowser, Port, fail, words_for
from etiquette_kit.cli.serving import check_course, language_environment, serve_page
from etiquette_kit.locale import Catalog
from etiquette_kit.locale.legible import path_shown

_NOTEBOOK = "14_write"
_FOLDER = Path("my-scenarios")


def write(
    folder: Annotated[Path | None, typer.Argument()] = None,
    port: Port = None,
    no_browser: NoBrowser = False,
    lang: Lang = None,
) -> None:
    """Write situations in the browser, in a folder of files. Ctrl-C ends it.

    Without FOLDER it is my-scenarios, here. A folder that is missing is made.
    """
    from etiquette_kit.authoring.folder import FOLDER_VARIABLE

    words = words_for(lang, None)
    check_course(words)
    path = (folder or _FOLDER).absolute()
    _prepare(path, words)
    environment = {FOLDER_VARIABLE: str(path)} | language_environment(words)
    serve_page(_NOTEBOOK, environment, words, port=port, no_browser=no_browser, what="write")


def _prepare(path: Path, words: Catalog) -> None:
    """Make the folder where it is missing, and say so."""
    from etiquette_kit.authoring.folder import SCHEMA, make_folder

    if path.exists() and not path.is_dir():
        fail(f"etiquette: {words('write.no_folder', path=path_shown(path))}", USAGE)
    try:
        made = make_folder(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        fail(f"etiquette: {words('write.not_made', path=path_shown(path), reason=reason)}", ERRORS)
    if made:
        typer.echo(words("write.made", path=path_shown(path), schema=SCHEMA))
