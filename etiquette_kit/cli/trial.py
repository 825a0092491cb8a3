"""`etiquette trial …`: a page with which others try situations without knowing the key, and what they answered."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from etiquette_kit.bank import Bank
from etiquette_kit.cli.options import (
    DONE,
    ERRORS,
    USAGE,
    BankPath,
    Lang,
    Languages,
    ScenarioList,
    checked_list,
    existing_bank,
    fail,
    playable_bank,
    words_for,
    words_of,
)
from etiquette_kit.cli.spoken_help import Command, Group
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.trial import PAGE_MARK
from etiquette_kit.locale import Catalog, plural
from etiquette_kit.locale.legible import escaped_json, path_shown

_LONG = 45  # minutes; for more, few readers have the patience

app = typer.Typer(cls=Group, no_args_is_help=True)


class ReportForm(StrEnum):
    """How the report is written."""

    text = "text"
    json = "json"
    html = "html"


@app.callback()
def _common(lang: Lang = None) -> None:
    words_of(lang)  # ends where there is no such language; the commands are called with it


@app.command(cls=Command)
def new(
    page: Annotated[Path, typer.Argument()],
    scenarios: ScenarioList = None,
    bank: BankPath = None,
    languages: Languages = None,
    guess: Annotated[bool, typer.Option("--guess")] = False,
    lang: Lang = None,
) -> None:
    """Write a page for readers: one file, which works without the internet in any browser."""
    from etiquette_kit.present.trial_form import trial_form
    from etiquette_kit.web.trial_page import trial_page

    listed = checked_list(scenarios, bank, words_of(lang), languages) if scenarios else None
    words = words_for(lang, listed)
    known = playable_bank(bank, words, languages)
    chosen = [known[name] for name in listed.scenarios] if listed else [entry for entry in known if words.lang in entry.languages]
    _check_written(chosen, words)
    form = trial_form(chosen, words.lang, guess=guess)
    _write(page, trial_page(form), words)
    typer.echo(plural(words, "trial.written", len(chosen), path=path_shown(page), minutes=form.minutes))
    if form.minutes > _LONG:
        typer.echo(words("trial.long"), err=True)
    typer.echo(words("trial.send"))


@app.command(cls=Command)
def read(
    paths: Annotated[list[Path], typer.Argument()],
    bank: BankPath = None,
    languages: Languages = None,
    form: Annotated[ReportForm, typer.Option("--format")] = ReportForm.text,
    to: Annotated[Path | None, typer.Option("--to")] = None,
    lang: Lang = None,
) -> None:
    """Say what readers understood, how far they agree with the key and with each other, and what is to be mended.

    Ends with 1 when no answers count.
    """
    from etiquette_kit.analysis.reports.trial import TrialReport
    from etiquette_kit.content.path_error import PathError

    words = words_of(lang)
    known: Bank = existing_bank(bank, words, languages)
    try:
        report = TrialReport.of_files(paths, known, words.lang)
    except PathError as error:
        fail(f"etiquette: {error.text(words.lang)}", USAGE)
    text = {ReportForm.text: report.__str__, ReportForm.json: lambda: escaped_json(report.as_json()), ReportForm.html: report.page}[form]()
    if to is None:
        typer.echo(text)
    else:
        try:
            to.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            fail(f"etiquette: {words('report.no_file', path=path_shown(to), reason=error.strerror)}", USAGE)
        typer.echo(words("report.written", path=path_shown(to)))
        for entry in report.read.left_out:
            typer.echo(entry.text(words), err=True)
    raise typer.Exit(DONE if report.results else ERRORS)


def _check_written(chosen: list[Scenario], words: Catalog) -> None:
    """End where a list names a situation that is not written in the language of the page."""
    missing = [scenario.id for scenario in chosen if words.lang not in scenario.languages]
    if missing:
        fail(f"etiquette: {plural(words, 'trial.unwritten', len(missing), names=', '.join(missing))}", ERRORS)


def _write(path: Path, text: str, words: Catalog) -> None:
    """Write the page; end where there is another file in its place, or none can be written."""
    try:
        if path.exists() and (not path.is_file() or PAGE_MARK not in path.read_text(encoding="utf-8", errors="replace")[:2000]):
            fail(f"etiquette: {words('trial.no_other_file', path=path_shown(path))}", USAGE)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"etiquette: {words('trial.no_file', path=path_shown(path), reason=error.strerror)}", USAGE)
