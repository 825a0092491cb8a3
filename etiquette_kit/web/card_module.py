"""Joins the front end's ES modules and styles into the one module and style sheet that anywidget loads.

anywidget loads a module from a blob, where relative imports do not resolve.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from etiquette_kit.formats import format_named, formats
from etiquette_kit.web import WEB

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/[\w/.-]+)";.*\n', re.MULTILINE)
_REMARK = {".js": re.compile(r"^[ \t]*//.*\n", re.MULTILINE), ".css": re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)}
"""Comments on lines of their own, which no page needs to load."""

_FORMATS = "formats.js"
_VIEW = re.compile(r"formats/(?P<format>\w+)/view\.(?:js|css)")
"""A format's view lies in the folder of the format; here it is a file below ``formats/``."""

_TO_FRONT = "../../web/card/"
"""How a view names what it draws with: as a format of the kit does, wherever its own folder is."""

_FRONT = WEB / "card"
_ROOM = "room/"
_ROOM_PAGES = WEB / "room"
"""The live room's pages, whose projector is drawn in a notebook, too; here they are files below ``room/``."""


def _read(name: str) -> str:
    if name == _FORMATS:
        names = sorted(formats())
        imports = "".join(f'import {{ {entry} }} from "./formats/{entry}/view.js";\n' for entry in names)
        return f"{imports}const formats = {{ {', '.join(names)} }};\n"
    path = _path(name)
    return _REMARK[path.suffix].sub("", path.read_text(encoding="utf-8"))


def _path(name: str) -> Path:
    if name.startswith(_ROOM):
        return _ROOM_PAGES / name.removeprefix(_ROOM)
    if view := _VIEW.fullmatch(name):
        return format_named(view["format"]).FOLDER / Path(name).name
    return _FRONT / name


def _resolve(importer: str, target: str) -> str:
    if target.startswith(_TO_FRONT):
        return target.removeprefix(_TO_FRONT)
    folder = importer.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            folder.pop()
        elif part != ".":
            folder.append(part)
    return "/".join(folder)


def module(entry: str) -> str:
    """Return an entry file with all that it imports, each once, imports before importers; of formats, those that there are now.

    Parameters
    ----------
    entry : str
        For example ``"quiz.js"``; it has the ``export default``.
    """
    return _module(entry, formats())


@cache
def _module(entry: str, _formats: tuple[str, ...]) -> str:
    done: dict[str, str] = {}

    def visit(name: str) -> None:
        if name in done:
            return
        done[name] = ""  # marks the file as being visited: modules may import each other
        text = _read(name)
        for target in _IMPORT.findall(text):
            visit(_resolve(name, target))
        own = _IMPORT.sub("", text)
        if name != entry:
            own = re.sub(r"^export (?=(function|class|const) )", "", own, flags=re.MULTILINE)
        del done[name]
        done[name] = own.strip()

    visit(entry)
    return "\n\n".join(done.values()) + "\n"


def style(*further: str) -> str:
    """Return the style sheets of the card and of every format, and further ones before those for modes and print."""
    return _style(further, formats())


@cache
def _style(further: tuple[str, ...], known: tuple[str, ...]) -> str:
    sheets = [f"formats/{name}/view.css" for name in sorted(known)]
    names = ["card.css", "start.css", "question.css", "end.css", "grade.css", "house.css", *sheets, *further, "modes.css", "print.css"]
    return "\n".join(_read(name).strip() for name in names) + "\n"


@cache
def screen_style() -> str:
    """Return the style sheets of the live room's projector, as a notebook shows it: dark where the notebook is."""
    light, dark, *others = (_read(name).strip() for name in ("room/room.css", "room/dark.css", "room/screen.css", "live_room.css"))
    return "\n".join([light, f'[data-theme="dark"] {{\n{dark}\n}}', *others]) + "\n"
