"""Software by others that opens what is exported: packages of npm in `tests/foreign`, and of PyPI in an environment of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NoReturn

import pytest

FOLDER = Path(__file__).parents[1] / "foreign"
INSTALL = "npm install --prefix tests/foreign --no-package-lock --no-audit --no-fund --ignore-scripts"
MINUTES = 10


def installed(package: str) -> Path:
    """Return the folder of a package of npm; where it is not installed, skip, or fail in CI."""
    folder = FOLDER / "node_modules" / package
    wanted = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"][package]
    if not shutil.which("node") or _version(folder) != wanted:
        _missing(f"this needs Node.js and {package} {wanted}; install them with: {INSTALL}")
    return folder


def _version(folder: Path) -> str:
    described = folder / "package.json"
    return str(json.loads(described.read_text(encoding="utf-8"))["version"]) if described.is_file() else ""


def asked_of_node(script: str, given: Any) -> Any:
    """Return what a script of `tests/foreign` says about some value, both as JSON."""
    told = subprocess.run(
        ["node", FOLDER / script], input=json.dumps(given), capture_output=True, text=True, check=False, timeout=60 * MINUTES
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def asked_of_python(package: str, script: str, given: Any) -> Any:
    """Return what a script of `tests/foreign` says about some value, both as JSON, run with a package of PyPI and nothing else."""
    uv = shutil.which("uv")
    if uv is None:
        _missing("this needs uv; install it with: python -m pip install uv")
    told = subprocess.run(
        [uv, "run", "--isolated", "--no-project", "--with", package, "python", FOLDER / script],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=60 * MINUTES,
    )
    if told.returncode and "Failed to fetch" in told.stderr:
        _missing(f"this needs {package} from PyPI, which cannot be reached")
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
