"""The Python that a page loads: the standard library, the kit and what it imports, compiled, and no module that cannot be reached."""

from __future__ import annotations

import importlib.metadata
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from etiquette_kit.content.shipped import PACKAGE
from etiquette_kit.formats import formats
from etiquette_kit.hosts.site.programs import program, run
from etiquette_kit.hosts.site.pyodide import standard_library
from etiquette_kit.hosts.site.reachable import module_names

_HERE = Path(__file__).parent

_ROOTS = (
    # what the kit starts with; its formats are found by their folders
    "etiquette_kit.hosts.browser.start",
    *(f"etiquette_kit.formats.{name}" for name in formats()),
    # what Python starts with before anything of the kit is imported
    *("site", "encodings.aliases", "encodings.utf_8", "zipimport", "importlib.machinery", "warnings"),
    # what C code, or a function of the standard library, imports in a rare case
    *(f"encodings.{name}" for name in ("ascii", "latin_1", "utf_8_sig", "utf_16", "unicode_escape", "raw_unicode_escape", "cp437", "idna")),
    *("_strptime", "_ast_unparse", "fractions", "statistics", "queue", "importlib.readers", "concurrent.futures.thread", "_suggestions"),
)

_CALLED_FROM_OUTSIDE = ("stdlib/_pyodide/", "stdlib/pyodide/")
"""Packages of which JavaScript and C use any module."""

_FOLLOWED = ("etiquette_kit", "msgspec", "jinja2", "markupsafe")
"""Packages of which functions, too, import what must be there."""

_PACKAGES = ("jinja2", "markupsafe")
"""Pure Python, as it is installed here: what the sheets of a workshop are written with."""

_DATA = {".toml", ".j2", ".css"}
"""Endings of the files that the kit's modules read."""

_READ = ("locale", "rules", "present")
"""Folders of the package with such files."""


def write_python_files(target: Path, pyodide: Path, wheel: Path, content: Mapping[str, bytes], more: Iterable[str] = ()) -> None:
    """Write ``stdlib.zip`` and ``kit.zip``.

    Parameters
    ----------
    target : Path
        The folder for them.
    pyodide : Path
        The folder with Pyodide's core.
    wheel : Path
        msgspec for it.
    content : mapping of str to bytes
        The bank and the house rules, by their paths in the kit's folder.
    more : iterable of str
        Modules of the kit that are there besides those of every site.

    Raises
    ------
    SiteError
        When node is missing, or the modules cannot be compiled.
    """
    node = program("node")
    with TemporaryDirectory() as place:
        source, plan = Path(place) / "source.zip", Path(place) / "plan.json"
        files = dict(_files(pyodide, wheel)) | {f"kit/{name}": body for name, body in content.items()}
        called = module_names(name.removeprefix("stdlib/") for name in files if name.startswith(_CALLED_FROM_OUTSIDE))
        plan.write_text(json.dumps({"roots": [*_ROOTS, *more, *called], "followed": _FOLLOWED}), encoding="utf-8")
        with zipfile.ZipFile(source, "w") as written:
            for name, body in files.items():
                written.writestr(name, body)
        run([node, _HERE / "byte_code.mjs", pyodide, source, plan, _HERE / "reachable.py", target], "not_compiled")


def _files(pyodide: Path, wheel: Path) -> Iterator[tuple[str, bytes]]:
    """Yield all that may be needed."""
    with zipfile.ZipFile(standard_library(pyodide)) as library:
        for name in library.namelist():
            if name.endswith(".py"):
                yield f"stdlib/{name}", library.read(name)
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            if name.endswith((".py", ".so")):
                yield f"kit/{name}", packed.read(name)
    for name in _PACKAGES:
        for entry in importlib.metadata.files(name) or ():
            if entry.suffix == ".py":
                yield f"kit/{entry.as_posix()}", entry.read_binary()
    for path in sorted(PACKAGE.rglob("*")):
        inside = PurePosixPath(*path.relative_to(PACKAGE).parts)
        if path.suffix == ".py" or (path.suffix in _DATA and inside.parts[0] in _READ):
            yield f"kit/{PACKAGE.name}/{inside}", path.read_bytes()


def licences(wheel: Path) -> str:
    """Return the licences of what is no part of the kit."""
    parts = [(_HERE / "licences.txt").read_text(encoding="utf-8")]
    with zipfile.ZipFile(wheel) as packed:
        parts += [packed.read(name).decode() for name in packed.namelist() if "/licenses/" in name]
    for name in _PACKAGES:
        files = [path for path in importlib.metadata.files(name) or () if path.name.upper().startswith("LICENSE")]
        parts += [f"{name} {importlib.metadata.version(name)}\n\n{path.read_text(encoding='utf-8')}" for path in files]
    return f"\n{'-' * 80}\n\n".join(part.strip() + "\n" for part in parts)
