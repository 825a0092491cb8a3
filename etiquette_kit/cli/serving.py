"""What `etiquette quiz` and `etiquette lab` have in common: what their notebooks are told, and serving them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import typer

from etiquette_kit.bank.house_file import HOUSE_VARIABLE
from etiquette_kit.cli.options import (
    ERRORS,
    USAGE,
    checked_house,
    checked_take_home,
    chosen_bank,
    fail,
    house_path,
    list_name,
    playable_bank,
)
from etiquette_kit.content.shipped import shipped
from etiquette_kit.hosts.launcher.course import course, course_languages, page_resources
from etiquette_kit.hosts.launcher.servers import ServeError, Server, free_port, run, voila
from etiquette_kit.locale import LANGUAGE_VARIABLE, Catalog, with_names
from etiquette_kit.workshop import SITUATIONS_VARIABLE
from etiquette_kit.workshop.list_file import is_file_name
from etiquette_kit.workshop.take_home import TAKE_HOME_VARIABLE


def new_token() -> str:
    """Return what lets the browser in that the command opens."""
    return secrets.token_urlsafe(24)


_PORTS = {"quiz": 8347, "choose": 8347, "write": 8347, "lab": 8348}
"""Where a browser finds its answers again: what it keeps, it keeps for an address."""


def serve(server: Callable[[int], Server], port: int | None, no_browser: bool, words: Catalog, what: str) -> None:
    """Run a server on the port that was asked for, or on that of the command, until Ctrl-C."""
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


def check_course(words: Catalog, *folders: Path) -> None:
    """End where none of some folders, or else the shipped one, has notebooks in the language."""
    known = dict.fromkeys(lang for folder in (*folders, shipped("notebooks")) for lang in course_languages(folder))
    if words.lang not in known:
        fail(f"etiquette: {words('serve.no_course', allowed=with_names(known))}", ERRORS)


def bank_environment(path: Path | None, words: Catalog, languages: str | None, *, all_languages: bool = False) -> dict[str, str]:
    """Check the scenarios that the notebooks are to use, and say what is left out.

    Where the notebooks of one language are opened, end if no scenario is written in it.
    """
    named = path or os.environ.get("ETIQUETTE_BANK")
    (chosen_bank if all_languages else playable_bank)(Path(named) if named else None, words, languages)
    if not named:
        return {}
    required = {} if languages is None else {"ETIQUETTE_LANGUAGES": languages}
    return {"ETIQUETTE_BANK": str(Path(named).resolve()), **required}


def house_environment(path: Path | None, words: Catalog) -> dict[str, str]:
    """Check the house rules that the notebooks are to show."""
    named = house_path(path)
    checked_house(named, words)
    return {HOUSE_VARIABLE: str(named.resolve())} if named else {}


def scenarios_environment(named: str | None) -> dict[str, str]:
    """Return what names a list of situations, which was checked, to the notebooks; these run in a folder of their own."""
    name = list_name(named)
    if name is None:
        return {}
    return {SITUATIONS_VARIABLE: str(Path(name).resolve()) if is_file_name(name) else name}


def language_environment(words: Catalog) -> dict[str, str]:
    """Return what tells the notebooks the language of what is asked for none."""
    return {LANGUAGE_VARIABLE: words.lang}


def serve_page(name: str, environment: dict[str, str], words: Catalog, *, port: int | None, no_browser: bool, what: str = "quiz") -> None:
    """Serve the course as pages without code, beginning with one of them, until Ctrl-C."""
    names = [lesson.name for lesson in course(words.lang)]
    if name not in names:
        fail(f"etiquette: {words('serve.no_notebook', name=name, allowed=', '.join(names))}", USAGE)
    page, resources, token = f"{words.lang}/{name}.ipynb", page_resources(), new_token()
    serve(lambda free: voila(shipped("notebooks"), page, free, token, environment, resources), port, no_browser, words, what)


def take_home_environment(given: str | None, words: Catalog) -> dict[str, str]:
    """Check the address that the workshop's last page is to show."""
    address = checked_take_home(given, words)
    return {TAKE_HOME_VARIABLE: address} if address else {}


def answers_environment(store: str | None, cohort: str | None, words: Catalog) -> dict[str, str]:
    """Check where answers are to be kept, and for which group."""
    from etiquette_kit.quiz.answer_persistence import LONGEST_COHORT, checked_cohort

    try:
        checked_cohort(cohort)
    except ValueError:
        fail(f"etiquette: {words('serve.bad_cohort', longest=LONGEST_COHORT)}", USAGE)
    named = _store_environment(words, store) if store or "ETIQUETTE_STORE" in os.environ else {}
    return {**named, **({"ETIQUETTE_COHORT": cohort} if cohort else {})}


def _store_environment(words: Catalog, given: str | None) -> dict[str, str]:
    """Check the address that was given, here or in the environment; what reads it takes longer than all else before the server starts."""
    from etiquette_kit.quiz.store_errors import StoreError
    from etiquette_kit.store.sql.location import VARIABLE, address

    try:
        url = address(given)
    except StoreError as error:
        fail(f"etiquette: {words(f'data.{error.kind}')} ({error})", USAGE)
    return {VARIABLE: url.render_as_string(hide_password=False)} if given else {}
