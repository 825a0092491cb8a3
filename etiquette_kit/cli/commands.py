"""The command line: `etiquette`, with what each command is called by."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from etiquette_kit import __version__
from etiquette_kit.cli.advise import advise
from etiquette_kit.cli.check import check
from etiquette_kit.cli.choose import choose
from etiquette_kit.cli.data import app as data_app
from etiquette_kit.cli.export import export
from etiquette_kit.cli.import_command import import_command
from etiquette_kit.cli.lab import lab_command
from etiquette_kit.cli.options import Lang, words_of
from etiquette_kit.cli.quiz import quiz
from etiquette_kit.cli.report import report
from etiquette_kit.cli.room import room
from etiquette_kit.cli.scenarios import scenarios
from etiquette_kit.cli.site import site
from etiquette_kit.cli.spoken_help import Command, Group
from etiquette_kit.cli.trial import app as trial_app
from etiquette_kit.cli.write import write

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"etiquette_kit {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    lang: Lang = None,
    version: Annotated[bool, typer.Option("--version", callback=_tell_version, is_eager=True)] = False,  # noqa: ARG001  typer reads it
) -> None:
    words_of(lang)  # ends where there is no such language; the commands are called with it


app.command(cls=Command)(quiz)
app.command(name="lab", cls=Command)(lab_command)
app.command(cls=Command)(choose)
app.command(cls=Command)(write)
app.command(cls=Command)(room)
app.command(cls=Command)(site)
app.command(cls=Command)(export)
app.command(name="import", cls=Command)(import_command)
app.command(cls=Command)(report)
app.add_typer(data_app, name="data")
app.command(cls=Command)(advise)
app.command(cls=Command)(check)
app.command(cls=Command)(scenarios)
app.add_typer(trial_app, name="trial")


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file's name may hold what the terminal's encoding cannot say; it is told all the same.
            stream.reconfigure(errors="backslashreplace")
    app()
