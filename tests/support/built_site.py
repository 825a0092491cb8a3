"""The static site, built once for all tests of a run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.content.shipped import shipped
from etiquette_kit.exchange.scorm12 import write_scorm12
from etiquette_kit.hosts.site.build import Contents, build
from etiquette_kit.hosts.site.errors import SiteError
from filelock import FileLock
from tests.support.file_server import served_folder


def shipped_contents() -> Contents:
    return Contents(load_bank(), shipped("scenarios"), ("de", "en"))


def _missing(message: str) -> None:
    (pytest.fail if os.environ.get("CI") else pytest.skip)(message)


def site_in(folder: Path) -> Path:
    """Return the site in a folder, built there by whichever process comes first."""
    return _built_once(folder / "site", lambda site: build(site, shipped_contents()))


def package_in(folder: Path) -> Path:
    """Return the site as a SCORM package in a folder, built there by whichever process comes first."""
    return _built_once(folder / "scorm.zip", lambda package: write_scorm12(package, shipped_contents()))


def _built_once(path: Path, write: Callable[[Path], object]) -> Path:
    for name in ("node", "npm"):
        if shutil.which(name) is None:
            _missing(f"no {name} found: install Debian's packages nodejs and npm")
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            try:
                write(path)
            except SiteError as error:
                if error.kind != "no_download":
                    raise
                _missing(f"nothing could be downloaded: {error}")
    return path


@contextmanager
def served_below(folder: Path, place: Path, prefix: str) -> Iterator[str]:
    """Serve a folder below a path, as a web space does that hands out files and does no more; the context is its address."""
    inside = place / prefix.strip("/")
    inside.parent.mkdir(parents=True, exist_ok=True)
    inside.symlink_to(folder, target_is_directory=True)
    with served_folder(place) as address:
        yield f"{address}{prefix}"
