"""The Python that a page loads: the standard library, the kit and what it imports, compiled, and no module that cannot be reached."""

from __future__ import annotations

import importlib.metadata
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from etiquette_kit.content.shipped import PACKAGE
from etiquette_kit.formats import formats
from etiquette_kit.hosts.site.programs import program, run
from etiquette_kit.hosts.site.pyodide import standard_library

_HERE = Path(__file__).parent

_ROOTS = (
    # what the kit starts with; its formats are found by their folders
    "etiquette_kit.hosts.browser.start",
    *(f"etiquette_kit.formats.{name}" for name in formats()),
    # what Python and Pyodide start with before anything of the kit is imported
    *("site", "encodings.aliases", "encodings.utf_8", "zipimport", "importlib.machinery", "warnings"),
    *("pyodide", "pyodide._package_loader", "pyodide.webloop", "_pyodide._importhook", "_pyodide.docs_argspec"),
    # what C code, or a function of the standard library, imports in a rare case
    *("encodings.ascii", "encodings.latin_1", "encodings.utf_8_sig", "encodings.cp437", "encodings.idna"),
    *("_strptime", "_ast_unparse", "fractions", "statistics", "queue", "importlib.readers", "concurrent.futures.thread", "_suggestions"),
)

_FOLLOWED = ("etiquette_kit", "msgspec", "jinja2", "markupsafe")
"""Packages of which functions, too, import what must be there."""

_PACKAGES = ("jinja2", "markupsafe")
"""Pure Python, as it is installed here: what the sheets of a workshop are written with."""

_DATA = {".toml", ".j2", ".css"}
"""Endings of the files that the kit's modules read."""

_READ = ("locale", "rules", "present")
"""Folders of the package with such files."""


def write_python_files(target: Path, pyodide: Path, wheel: Path, content: Mapping[str, bytes]) -> None:
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

    Raises
    ------
    SiteError
        When node is missing, or the modules cannot be compiled.
    """
    node = program("node")
    with TemporaryDirectory() as place:
        source, plan = Path(place) / "source.zip", Path(place) / "plan.json"
        plan.write_text(json.dumps({"roots": _ROOTS, "followed": _FOLLOWED}), encoding="utf-8")
        with zipfile.ZipFile(source, "w") as written:
            for name, body in _files(pyodide, wheel):
                written.writestr(name, body)
            for name, body in content.items():
                written.writestr(f"kit/{name}", body)
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
        for path in importlib.metadata.files(name) or ():
            if path.suffix == ".py":
                yield f"kit/{path.as_posix()}", path.read_binary()
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
