"""`etiquette lab`: the course in JupyterLab."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from etiquette_kit.cli.options import USAGE, BankPath, Cohort, HousePath, Lang, Languages, NoBrowser, Port, StoreAddress, fail, words_of
from etiquette_kit.cli.serving import (
    answers_environment,
    bank_environment,
    check_course,
    house_environment,
    language_environment,
    new_token,
    serve,
)
from etiquette_kit.content.shipped import PACKAGE, shipped
from etiquette_kit.hosts.launcher.servers import lab
from etiquette_kit.locale import Catalog


def lab_command(
    folder: Annotated[Path | None, typer.Argument()] = None,
    port: Port = None,
    no_browser: NoBrowser = False,
    lang: Lang = None,
    bank: BankPath = None,
    languages: Languages = None,
    house: HousePath = None,
    store: StoreAddress = None,
    cohort: Cohort = None,
) -> None:
    """Open the course in JupyterLab. Ctrl-C ends it.

    Without a FOLDER, in a checkout these are the notebooks themselves; elsewhere a copy in the folder etiquette-notebooks,
    which is made where there is none yet.
    """
    words = words_of(lang)
    check_course(words, *([folder] if folder else []))
    environment = bank_environment(bank, words, languages, all_languages=True)
    environment |= house_environment(house, words) | answers_environment(store, cohort, words) | language_environment(words)
    notebooks = _working_copy(folder, words)
    token = new_token()
    serve(lambda free: lab(notebooks, _first(notebooks, words.lang), free, token, environment), port, no_browser, words, "lab")


def _first(folder: Path, lang: str) -> str:
    """Return the first notebook of a language, from its folder: the start of the course."""
    return min(path.relative_to(folder).as_posix() for path in (folder / lang).glob("*.ipynb"))


def _working_copy(folder: Path | None, words: Catalog) -> Path:
    """Copy the notebooks that are not in the folder yet, and say where they are; those that are there stay as they are."""
    source = shipped("notebooks")
    if folder is None and source.parent != PACKAGE:
        return source  # a checkout: the notebooks themselves
    copy = (folder or Path("etiquette-notebooks")).absolute()
    try:
        for notebook in sorted(source.glob("*/*.ipynb")):
            target = copy / notebook.relative_to(source)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(notebook, target)
    except OSError as error:
        fail(f"etiquette: {words('serve.no_folder', path=copy, reason=error.strerror)}", USAGE)
    typer.echo(words("serve.copied", path=copy))
    return copy
