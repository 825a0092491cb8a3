"""Pyodide's core: Python for the browser, from its npm package."""

from __future__ import annotations

import hashlib
import json
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs

from etiquette_kit.hosts.site.errors import SiteError
from etiquette_kit.hosts.site.programs import program, run

VERSION = "314.0.6"
_SHA256 = "d78ac549b28a2a58600cd06f44e017024151775f8c6b2d73fab1475400d38ea2"
"""Of the package as it is on npm."""

SERVED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
"""What a browser loads as it is."""

_LIBRARY, _LOCK = "python_stdlib.zip", "pyodide-lock.json"
_NEEDED = (*SERVED, _LIBRARY, _LOCK)


def cache_folder() -> Path:
    """Return the folder for what was downloaded; it can be deleted at any time."""
    return Path(platformdirs.user_cache_dir("etiquette-kit", appauthor=False)) / "site"


def standard_library(folder: Path) -> Path:
    """Return the zip file with the sources of the standard library."""
    return folder / _LIBRARY


def lock_without_packages(folder: Path) -> str:
    """Return the lock file by which Pyodide knows itself, without the packages that it could load and this site does not have."""
    info = json.loads((folder / _LOCK).read_text(encoding="utf-8"))["info"]
    return json.dumps({"info": info, "packages": {}}, sort_keys=True)


def checked_core(folder: Path) -> Path:
    """Return a folder that holds Pyodide's core.

    Raises
    ------
    SiteError
        When it lacks a file, or holds another version.
    """
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        raise SiteError("pyodide_lacks", path=folder, files=", ".join(missing))
    if f'"{VERSION}"' not in (folder / "pyodide.mjs").read_text(encoding="utf-8"):
        raise SiteError("pyodide_version", path=folder, version=VERSION)
    return folder


def core(cache: Path) -> Path:
    """Return a folder with Pyodide's core, downloaded once.

    Raises
    ------
    SiteError
        When npm is missing, the download fails, or what came is not what was expected.
    """
    folder = cache / f"pyodide-{VERSION}"
    if all((folder / name).is_file() for name in _NEEDED):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SiteError("no_cache", path=cache, reason=error.strerror) from error
    npm = program("npm")
    with TemporaryDirectory(dir=cache) as place:
        run([npm, "pack", "--silent", f"pyodide@{VERSION}"], "no_download", folder=Path(place))
        package = Path(place) / f"pyodide-{VERSION}.tgz"
        if not package.is_file() or hashlib.sha256(package.read_bytes()).hexdigest() != _SHA256:
            raise SiteError("wrong_download", name=f"pyodide {VERSION}")
        unpacked = Path(place) / "core"
        _unpack(package, unpacked)
        if not folder.exists():
            unpacked.replace(folder)
    return folder


def _unpack(package: Path, folder: Path) -> None:
    folder.mkdir()
    with tarfile.open(package) as read:
        for name in _NEEDED:
            body = read.extractfile(f"package/{name}")
            assert body is not None
            (folder / name).write_bytes(body.read())
