"""The folder that a site is written to: what stands there and was not made by the command stays."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from etiquette_kit.hosts.site.errors import SiteError

_MANIFEST = "app/files.json"
"""Lists the files of a site with their hashes; by it the command knows what it has made."""


def require_writable(out: Path, *, force: bool) -> None:
    """Make sure that a site may be written to a folder.

    Raises
    ------
    SiteError
        When there is something else: a file, or a folder that is not empty and was not made by this command, unless forced.
    """
    try:
        if force or not out.exists() or not any(out.iterdir()) or _made(out):
            return
    except OSError as error:
        raise SiteError("no_folder", path=out, reason=error.strerror) from error
    raise SiteError("foreign", path=out)


def write_manifest(built: Path) -> None:
    """Note all files of a site that was built."""
    files = {path.relative_to(built).as_posix(): sha256(path.read_bytes()).hexdigest() for path in _files(built)}
    (built / _MANIFEST).write_text(json.dumps({"made_by": "etiquette site", "files": files}, indent=1) + "\n", encoding="utf-8")


def replace(out: Path, built: Path) -> None:
    """Put a site in the place of the one that was written there before.

    Raises
    ------
    SiteError
        When a file cannot be written.
    """
    try:
        for name in _made(out):
            _remove(out, name)
        for path in _files(built):
            target = out / path.relative_to(built)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    except OSError as error:
        raise SiteError("no_folder", path=out, reason=error.strerror) from error


def write_zip(out: Path, date: datetime) -> Path:
    """Write a site as one file beside its folder, with the date in its name, and return the file.

    Raises
    ------
    SiteError
        When it cannot be written.
    """
    out = out.resolve()
    target = out.with_name(f"{out.name}-{date:%Y-%m-%d}.zip")
    moment = (max(date.year, 1980), date.month, date.day, 0, 0, 0)
    made = [out / name for name in sorted([*_made(out), _MANIFEST])]
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as written:
            for path in made:
                entry = zipfile.ZipInfo(f"{out.name}/{path.relative_to(out).as_posix()}", moment)
                entry.external_attr = 0o644 << 16
                written.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    except OSError as error:
        raise SiteError("no_folder", path=target, reason=error.strerror) from error
    return target


def _made(out: Path) -> list[str]:
    """Return the files that the command has written to a folder; none where it has not."""
    try:
        found = json.loads((out / _MANIFEST).read_text(encoding="utf-8"))
        return [str(name) for name in found["files"]] if found["made_by"] == "etiquette site" else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _remove(out: Path, name: str) -> None:
    """Remove a file, and the folders in which nothing is left."""
    path = (out / name).resolve()
    if not path.is_relative_to(out.resolve()) or not path.is_file():
        return
    path.unlink()
    for folder in path.parents:
        if folder == out.resolve() or any(folder.iterdir()):
            return
        folder.rmdir()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
