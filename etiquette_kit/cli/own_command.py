"""The command as it was given, with another value of an option: a line that can be copied into a terminal as it stands."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import typer

_MODULE = "__main__.py"


def own_command(context: typer.Context, *, without: Collection[str] = (), **values: str | bool) -> str:
    """Return the command of a context, with the options that were given on the command line.

    Parameters
    ----------
    context : typer.Context
        The command that is running.
    without : collection of str
        The parameters that are left out, by their names in Python.
    **values : str or bool
        Other values for parameters; True stands for a flag.
    """
    words = [*_program(), *([context.info_name] if context.info_name else [])]
    for parameter in context.command.params:
        name = parameter.name or ""
        source = context.get_parameter_source(name)
        given = context.params.get(name) if source is not None and source.name == "COMMANDLINE" else None
        value = values.get(name, None if name in without else given)
        if value is None or value is False:
            continue
        option = parameter.opts[0]
        for each in value if isinstance(value, list | tuple) else [value]:
            words += [option] if each is True else [option, str(each)]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def _program() -> list[str]:
    """Return how this program was started: by `uv run`, by its name, by its path, or as a module."""
    started = Path(sys.argv[0])
    name = "etiquette"
    if "UV_RUN_RECURSION_DEPTH" in os.environ:
        return ["uv", "run", name]
    if started.name == _MODULE:
        return [sys.executable, "-m", "etiquette_kit.cli"]
    found = shutil.which(name)
    return [name if found is None or Path(found).resolve() == started.resolve() or started.stem != name else str(started)]
