"""The command line: `etiquette advise | quiz | lab | room | check | scenarios | data | report`."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from etiquette_kit.bank import read_bank
from etiquette_kit.command_line import (
    DONE,
    ERRORS,
    USAGE,
    BankPath,
    Lang,
    Languages,
    Output,
    chosen_bank,
    fail,
    required_languages,
    words_of,
)
from etiquette_kit.data_commands import app as data_app
from etiquette_kit.house import is_house, read_house
from etiquette_kit.listing import listed, listed_lines
from etiquette_kit.locale import Catalog, counted
from etiquette_kit.report_commands import report
from etiquette_kit.review import Finding, TomlFile, is_table, read_path, row_name, table_problems
from etiquette_kit.room_commands import room
from etiquette_kit.rules import Facts, FactsError, decide
from etiquette_kit.rules.passages import source
from etiquette_kit.serve_commands import lab_command, quiz
from etiquette_kit.shipped import shipped
from etiquette_kit.spoken import harmless_json, path_shown
from etiquette_kit.version import __version__

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""
    Practise what to do when clients, colleagues or the boss turn up on your private social networks.

    Begin with `etiquette quiz`: it opens a page with situations to react to.
    """,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"etiquette_kit {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[bool, typer.Option("--version", help="Tell the version.", callback=_tell_version, is_eager=True)] = False,
) -> None:
    pass


app.command()(quiz)
app.command(name="lab")(lab_command)
app.command()(room)
app.command()(report)
app.add_typer(data_app, name="data")


# ---- advise ---------------------------------------------------------------------------------------------------------------


@app.command()
def advise(
    event: Annotated[str | None, typer.Option(help="friend_request, message or audience (who sees what?).")] = None,
    relation: Annotated[str | None, typer.Option(help="client, colleague or boss.")] = None,
    network: Annotated[str | None, typer.Option(help="private or professional; with friend_request only.")] = None,
    wanted: Annotated[str | None, typer.Option(help="yes or no: do you want this person there? With friend_request only.")] = None,
    sensitive: Annotated[
        str | None,
        typer.Option(
            help="yes or no: is there something on your profile that this person should not see? With a friend_request that is wanted "
            "on a private network only."
        ),
    ] = None,
    personal: Annotated[str | None, typer.Option(help="yes or no: no means bulk mail. With message only.")] = None,
    lang: Lang = None,
    output: Annotated[Output, typer.Option("--format", help="text or json.")] = Output.text,
) -> None:
    """Say what the article advises in one situation: each action's grade, what it rests on, and the reason.

    Example: etiquette advise --event friend_request --relation client --network private --wanted no
    """
    words = words_of(lang)
    named = {"event": event, "relation": relation, "network": network}
    truths = {"wanted": _truth(wanted), "sensitive": _truth(sensitive), "personal": _truth(personal)}
    try:
        advice = decide(Facts.from_mapping({**named, **truths}))
    except FactsError as error:
        lines = [
            words(f"findings.{problem.kind}", fact=problem.fact, value=problem.value, allowed=", ".join(problem.allowed))
            + (f" {words('findings.nearest', nearest=problem.nearest)}" if problem.nearest else "")
            for problem in error.problems
        ]
        fail("\n".join(f"--{problem.fact}: {line}" for problem, line in zip(error.problems, lines, strict=True)), USAGE)
    if output is Output.json:
        typer.echo(json.dumps(advice.as_dict(words.lang), ensure_ascii=False, indent=2))
        return
    typer.echo(words("advisor.rule" if advice.grades else "advisor.silent", rule=advice.rule))
    for action in advice.basis:
        grade, tag = ("–", "") if action not in advice.grades else (str(advice.grades[action]), f" ({advice.tag(action, words.lang)})")
        typer.echo(f"\n{grade} {words(f'actions.{action}')}: {advice.verdict(action, words.lang)}{tag}")
        typer.echo(f"  {advice.reason(action, words.lang)}")
        if advice.passages[action]:
            typer.echo(f"  {source(advice.passages[action], words.lang)}")


def _truth(value: str | None) -> str | bool | None:
    """Read yes and no; anything else stays as it is, to be refused with the allowed values."""
    return {"yes": True, "no": False}.get(value.lower(), value) if value is not None else None


# ---- check ----------------------------------------------------------------------------------------------------------------


@app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Scenario files, folders of them, house rules, or decision tables. Default: what is shipped."),
    ] = None,
    lang: Lang = None,
    languages: Languages = None,
    output: Annotated[Output, typer.Option("--format", help="text or json.")] = Output.text,
) -> None:
    """Find what is wrong in scenarios, in house rules and in the decision table, with file and line.

    Ends with 1 when there are errors. A scenario with an error is left out of the quiz; the others are played.
    """
    words = words_of(lang)
    required = required_languages(languages) if paths else ("de", "en")
    files = _files(paths or [shipped("scenarios"), Path(__file__).parent / "rules" / "article.toml"], words)
    findings, found = _review(files, required)
    errors = sum(finding.severity == "error" for finding in findings)
    if output is Output.json:
        typer.echo(harmless_json([finding.as_dict(words.lang) for finding in findings]))
    else:
        for finding in findings:
            name = f" [{finding.id}]" if finding.id else ""
            place = f"{path_shown(finding.file)}:{finding.line}"
            typer.echo(f"{place}: {words(f'check.{finding.severity}')}{name}: {finding.text(words.lang)}")
        counts = {**found, "errors": errors, "warnings": len(findings) - errors}
        typer.echo(", ".join(counted(words, f"check.{name}", count) for name, count in counts.items()) + ".")
    raise typer.Exit(ERRORS if errors else DONE)


def _files(paths: Sequence[Path], words: Catalog) -> list[TomlFile]:
    """Read the files that are named, and those in folders that are; end where there is none of a name."""
    files = []
    for path in paths:
        try:
            files += read_path(path)
        except FileNotFoundError:
            fail(f"etiquette: {words('check.no_path', path=path_shown(path))}", USAGE)
    return files


def _review(files: Sequence[TomlFile], required: Sequence[str] | None) -> tuple[list[Finding], dict[str, int]]:
    """Return all findings in files, and how many scenarios can be played and rules of a house can be shown."""
    tables = [file for file in files if is_table(file.document)]
    for table in tables:
        for problem in table_problems(table.document):
            if table.add(row_name(table.document, problem), [problem]) is None:
                break
    houses = [file for file in files if is_house(file.document)]
    rules = [house.count for file in houses if (house := read_house(file))]
    others = [file for file in files if not is_table(file.document) and not is_house(file.document)]
    bank = read_bank(others, required=required)
    found = ({"playable": len(bank)} if others or not houses else {}) | ({"house": sum(rules)} if houses else {})
    return [*bank.findings, *(finding for file in (*houses, *tables) for finding in file.findings())], found


# ---- scenarios ------------------------------------------------------------------------------------------------------------


@app.command()
def scenarios(
    lang: Lang = None,
    bank: BankPath = None,
    languages: Languages = None,
    output: Annotated[Output, typer.Option("--format", help="text or json.")] = Output.text,
) -> None:
    """List the scenarios that can be played, theme by theme: id, who it is, what happens, and the title.

    A workshop of your own choice names them by their ids.
    """
    words = words_of(lang)
    found = chosen_bank(bank, words, languages)
    if output is Output.json:
        typer.echo(json.dumps(listed(found, words.lang), ensure_ascii=False, indent=2))
        return
    for line in listed_lines(found, words.lang):
        typer.echo(line)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file's name may hold what the terminal's encoding cannot say; it is told all the same.
            stream.reconfigure(errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
