"""The programs that building a site needs besides Python: node, and for the download npm and pip."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from etiquette_kit.hosts.site.errors import SiteError

_TOLD = 1500
"""How many characters of what a program said last are told."""


def program(name: str) -> str:
    """Return where a program is.

    Raises
    ------
    SiteError
        When it is not installed; its kind is ``no_NAME``.
    """
    found = shutil.which(name)
    if found is None:
        kind = f"no_{name}"
        raise SiteError(kind)
    return found


def run(command: Sequence[str | Path], failure: str, *, folder: Path | None = None, given: str = "") -> str:
    """Run a program to its end in a folder, with what it is given to read, and return what it printed.

    Raises
    ------
    SiteError
        When it fails; its kind is the one that is given, with what the program said as ``reason``.
    """
    try:
        done = subprocess.run(  # noqa: S603  the programs are named here, and what they are given is paths
            [str(part) for part in command],
            cwd=folder,
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SiteError(failure, reason=error.strerror or str(error)) from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip())[-_TOLD:]
        raise SiteError(failure, reason=said or f"exit {done.returncode}")
    return done.stdout
