"""`etiquette export`: the situations for the software that others have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etiquette_kit.cli import scorm_package, xapi_statements
from etiquette_kit.cli.options import USAGE, BankPath, Cohort, Lang, Languages, ScenarioList, StoreAddress, fail, words_of


def export(
    target: Annotated[str, typer.Argument()],
    destination: Annotated[Path, typer.Argument()],
    formats: Annotated[str | None, typer.Option("--formats")] = None,
    scenarios: ScenarioList = None,
    bank: BankPath = None,
    languages: Languages = None,
    cohort: Cohort = None,
    store: StoreAddress = None,
    home: Annotated[str | None, typer.Option("--home")] = None,
    force: Annotated[bool, typer.Option("--force")] = False,
    lang: Lang = None,
) -> None:
    """Write the situations, with their grades and feedback, for other software; what it cannot express is listed."""
    words = words_of(lang)
    if target == xapi_statements.NAME:
        if any(given is not None for given in (formats, scenarios, bank, languages)):
            fail(f"etiquette: {words('exchange.xapi.no_choice')}", USAGE)
        xapi_statements.export_statements(destination, cohort, store, home, words, force=force)
        return
    if any(given is not None for given in (cohort, store, home)):
        fail(f"etiquette: {words('exchange.xapi.only')}", USAGE)
    if target == scorm_package.NAME:
        if formats is not None or scenarios is not None:
            scorm_package.refuse_choice(words)
        scorm_package.export_package(destination, bank, languages, words, force=force)
        return
    from etiquette_kit.cli.question_files import export_questions

    export_questions(target, destination, formats, scenarios, bank, languages, words, lang=lang, force=force)
