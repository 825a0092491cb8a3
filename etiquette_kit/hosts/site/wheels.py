"""msgspec as Pyodide needs it: a wheel from PyPI that was compiled for its Python."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from etiquette_kit.hosts.site.errors import SiteError
from etiquette_kit.hosts.site.programs import run

VERSION = "0.23.0"
_PLATFORM = "pyemscripten_2026_0_wasm32"
_WHEEL = f"msgspec-{VERSION}-cp314-cp314-{_PLATFORM}.whl"
_SHA256 = "1836f50ad87e7c56600b648a1b75c3bbcce62835cb1f489435fc5fee8d068831"


def msgspec_wheel(cache: Path) -> Path:
    """Return the wheel, downloaded once.

    Raises
    ------
    SiteError
        When there is no pip and none can be had, the download fails, or what came is not what was expected.
    """
    wheel = cache / _WHEEL
    if not wheel.is_file():
        try:
            cache.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SiteError("no_cache", path=cache, reason=error.strerror) from error
        with TemporaryDirectory(dir=cache) as place:
            _download(Path(place))
            found = Path(place) / _WHEEL
            if not found.is_file() or hashlib.sha256(found.read_bytes()).hexdigest() != _SHA256:
                raise SiteError("wrong_download", name=f"msgspec {VERSION}")
            found.replace(wheel)
    return wheel


def _download(folder: Path) -> None:
    python = Path(sys.executable)
    if importlib.util.find_spec("pip") is None:  # uv makes environments without it
        run([python, "-m", "venv", folder / "with-pip"], "no_pip")
        python = folder / "with-pip" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    tags = ["--platform", _PLATFORM, "--python-version", "3.14", "--implementation", "cp", "--abi", "cp314"]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    run([python, "-m", "pip", "download", *quiet, *tags, f"msgspec=={VERSION}"], "no_download")
