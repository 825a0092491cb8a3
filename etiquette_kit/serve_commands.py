"""`etiquette quiz` and `etiquette lab`: the course, as pages without code or in JupyterLab."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from etiquette_kit.command_line import (
    ERRORS,
    USAGE,
    BankPath,
    Cohort,
    HousePath,
    Lang,
    Languages,
    NoBrowser,
    Port,
    StoreAddress,
    checked_house,
    chosen_bank,
    fail,
    house_path,
    words_of,
)
from etiquette_kit.course import course, page_resources
from etiquette_kit.house import HOUSE_VARIABLE
from etiquette_kit.locale import Catalog
from etiquette_kit.serve import ServeError, Server, free_port, lab, run, voila
from etiquette_kit.shipped import shipped


def quiz(
    port: Port = None,
    no_browser: NoBrowser = False,
    lang: Lang = None,
    bank: BankPath = None,
    languages: Languages = None,
    house: HousePath = None,
    notebook: Annotated[str, typer.Option("--notebook", help="Which page: 00_start, 01_article, 06_test …")] = "00_start",
    store: StoreAddress = None,
    cohort: Cohort = None,
) -> None:
    """Open the self-paced quiz in the browser. Ctrl-C ends it."""
    words = words_of(lang)
    page = _page(notebook, words)
    environment = _bank_environment(bank, words, languages) | _house_environment(house, words) | _keeping_environment(store, cohort, words)
    resources = page_resources()
    token = _new_token()
    _serve(lambda free: voila(shipped("notebooks"), page, free, token, environment, resources), port, no_browser, words, "quiz")


def _page(name: str, words: Catalog) -> str:
    names = [lesson.name for lesson in course(words.lang)]
    if name not in names:
        fail(f"etiquette: {words('serve.no_notebook', name=name, allowed=', '.join(names))}", USAGE)
    return f"{words.lang}/{name}.ipynb"


def lab_command(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Your folder for the notebooks; those that are not in it yet are copied there.", show_default=False),
    ] = None,
    port: Port = None,
    no_browser: NoBrowser = False,
    lang: Lang = None,
    bank: BankPath = None,
    languages: Languages = None,
    house: HousePath = None,
    store: StoreAddress = None,
    cohort: Cohort = None,
) -> None:
    """Open the notebooks in JupyterLab. Ctrl-C ends it.

    Without a FOLDER, in a checkout these are the notebooks themselves; elsewhere a copy in the folder etiquette-notebooks,
    which is made where there is none yet.
    """
    words = words_of(lang)
    environment = _bank_environment(bank, words, languages) | _house_environment(house, words) | _keeping_environment(store, cohort, words)
    notebooks = _working_copy(folder, words)
    token = _new_token()
    _serve(lambda free: lab(notebooks, free, token, environment), port, no_browser, words, "lab")


def _new_token() -> str:
    return secrets.token_urlsafe(24)


_PORTS = {"quiz": 8347, "lab": 8348}
"""Where a browser finds its answers again: what it keeps, it keeps for an address."""


def _serve(server: Callable[[int], Server], port: int | None, no_browser: bool, words: Catalog, what: str) -> None:
    try:
        run(
            server(free_port(port, _PORTS[what])),
            browser=not no_browser,
            say=typer.echo,
            starting=words(f"serve.starting_{what}"),
            running=words("serve.running"),
            open_yourself=words("serve.open_yourself"),
        )
    except ServeError as error:
        fail(f"etiquette: {words(f'serve.{error.kind}', **error.values)}", ERRORS)
    typer.echo(words("serve.ended"))


def _bank_environment(path: Path | None, words: Catalog, languages: str | None) -> dict[str, str]:
    """Check the scenarios that the notebooks are to use, and say what is left out."""
    named = path or os.environ.get("ETIQUETTE_BANK")
    if not named:
        return {}
    chosen_bank(Path(named), words, languages)
    required = {} if languages is None else {"ETIQUETTE_LANGUAGES": languages}
    return {"ETIQUETTE_BANK": str(Path(named).resolve()), **required}


def _house_environment(path: Path | None, words: Catalog) -> dict[str, str]:
    """Check the house rules that the notebooks are to show."""
    named = house_path(path)
    checked_house(named, words)
    return {HOUSE_VARIABLE: str(named.resolve())} if named else {}


def _keeping_environment(store: str | None, cohort: str | None, words: Catalog) -> dict[str, str]:
    """Check where answers are to be kept, and for which group."""
    from etiquette_kit.cards.keeping import LONGEST_COHORT, checked_cohort

    try:
        checked_cohort(cohort)
    except ValueError:
        fail(f"etiquette: {words('serve.bad_cohort', longest=LONGEST_COHORT)}", USAGE)
    named = _store_environment(words, store) if store or "ETIQUETTE_STORE" in os.environ else {}
    return {**named, **({"ETIQUETTE_COHORT": cohort} if cohort else {})}


def _store_environment(words: Catalog, given: str | None) -> dict[str, str]:
    """Check the address that was given, here or in the environment; what reads it takes longer than all else before the server starts."""
    from etiquette_kit.persistence.errors import StoreError
    from etiquette_kit.records.location import VARIABLE, address

    try:
        url = address(given)
    except StoreError as error:
        fail(f"etiquette: {words(f'data.{error.kind}')} ({error})", USAGE)
    return {VARIABLE: url.render_as_string(hide_password=False)} if given else {}


def _working_copy(folder: Path | None, words: Catalog) -> Path:
    """Copy the notebooks that are not in the folder yet, and say where they are; those that are there stay as they are."""
    source = shipped("notebooks")
    if folder is None and source.parent != Path(__file__).resolve().parent:
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
