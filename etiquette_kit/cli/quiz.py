"""`etiquette quiz`: the course as pages without code."""

from __future__ import annotations

from typing import Annotated

import typer

from etiquette_kit.cli.options import (
    USAGE,
    BankPath,
    Cohort,
    HousePath,
    Lang,
    Languages,
    NoBrowser,
    Port,
    StoreAddress,
    TakeHomeAddress,
    fail,
    words_of,
)
from etiquette_kit.cli.serving import (
    answers_environment,
    bank_environment,
    check_course,
    house_environment,
    new_token,
    serve,
    take_home_environment,
)
from etiquette_kit.content.shipped import shipped
from etiquette_kit.hosts.launcher.course import course, page_resources
from etiquette_kit.hosts.launcher.servers import voila
from etiquette_kit.locale import Catalog


def quiz(
    port: Port = None,
    no_browser: NoBrowser = False,
    lang: Lang = None,
    bank: BankPath = None,
    languages: Languages = None,
    house: HousePath = None,
    take_home: TakeHomeAddress = None,
    notebook: Annotated[str, typer.Option("--notebook")] = "00_start",
    store: StoreAddress = None,
    cohort: Cohort = None,
) -> None:
    """Open the self-paced quiz in the browser. Ctrl-C ends it."""
    words = words_of(lang)
    check_course(words)
    page = _page(notebook, words)
    environment = bank_environment(bank, words, languages) | house_environment(house, words) | take_home_environment(take_home, words)
    environment |= answers_environment(store, cohort, words)
    resources = page_resources()
    token = new_token()
    serve(lambda free: voila(shipped("notebooks"), page, free, token, environment, resources), port, no_browser, words, "quiz")


def _page(name: str, words: Catalog) -> str:
    names = [lesson.name for lesson in course(words.lang)]
    if name not in names:
        fail(f"etiquette: {words('serve.no_notebook', name=name, allowed=', '.join(names))}", USAGE)
    return f"{words.lang}/{name}.ipynb"
