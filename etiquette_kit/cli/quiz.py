"""`etiquette quiz`: the course as pages without code."""

from __future__ import annotations

from typing import Annotated

import typer

from etiquette_kit.cli.options import (
    BankPath,
    Cohort,
    HousePath,
    Lang,
    Languages,
    NoBrowser,
    Port,
    ScenarioList,
    StoreAddress,
    TakeHomeAddress,
    checked_list,
    words_for,
    words_of,
)
from etiquette_kit.cli.serving import (
    answers_environment,
    bank_environment,
    check_course,
    house_environment,
    language_environment,
    scenarios_environment,
    serve_page,
    take_home_environment,
)


def quiz(
    port: Port = None,
    no_browser: NoBrowser = False,
    lang: Lang = None,
    bank: BankPath = None,
    languages: Languages = None,
    house: HousePath = None,
    take_home: TakeHomeAddress = None,
    notebook: Annotated[str, typer.Option("--notebook")] = "00_start",
    scenarios: ScenarioList = None,
    store: StoreAddress = None,
    cohort: Cohort = None,
) -> None:
    """Open the self-paced quiz in the browser. Ctrl-C ends it."""
    words = words_for(lang, checked_list(scenarios, bank, words_of(lang), languages))
    check_course(words)
    environment = bank_environment(bank, words, languages) | house_environment(house, words) | take_home_environment(take_home, words)
    environment |= answers_environment(store, cohort, words) | scenarios_environment(scenarios) | language_environment(words)
    serve_page(notebook, environment, words, port=port, no_browser=no_browser)
