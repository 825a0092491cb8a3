"""Joins the front end's ES modules and styles into the one module and style sheet that anywidget loads.

anywidget loads a module from a blob, where relative imports do not resolve.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from etiquette_kit.formats import format_named, formats
from etiquette_kit.web import WEB
from etiquette_kit.web.files import loaded_text

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/[\w/.-]+)";.*\n', re.MULTILINE)
_SYSTEM_DARK = re.compile(r"^@media \(prefers-color-scheme: dark\) \{\n  :root (\{.*?\})\n\}", re.MULTILINE | re.DOTALL)
"""Colours where the system is dark; a notebook has a theme of its own."""

_CARD = "card/"
_FORMATS = f"{_CARD}formats.js"
"""Written when it is read: it imports the view of every format."""

_VIEW = re.compile(r"formats/(?P<format>\w+)/view\.(?:js|css)")
"""A format's view lies in the folder of the format; here it is a file below ``formats/``."""

_TO_WEB = "../../web/"
"""How a view names what it draws with: as a format of the kit does, wherever its own folder is."""

_SHARED = tuple(f"shared/{name}.css" for name in ("tokens", "situation", "answer", "house", "controls"))
_BEFORE_FORMATS = ("card.css", "start.css", "question.css", "end.css", "grade.css", "house.css")
_AFTER_FORMATS = ("modes.css", "print.css")
_PROJECTOR = (
    *("shared/room_page.css", "shared/room_pictures.css", "shared/take_home.css", "projector/screen.css", "projector/joining.css"),
    *("projector/answer_views.css", "projector/closing.css", "projector/flow.css", "projector/sizing.css", f"{_CARD}live_room.css"),
)


def _read(name: str) -> str:
    if name == _FORMATS:
        names = sorted(formats())
        imports = "".join(f'import {{ {entry} }} from "../formats/{entry}/view.js";\n' for entry in names)
        return f"{imports}const formats = {{ {', '.join(names)} }};\n"
    return loaded_text(_path(name))


def _path(name: str) -> Path:
    if view := _VIEW.fullmatch(name):
        return format_named(view["format"]).FOLDER / Path(name).name
    return WEB / name


def _resolve(importer: str, target: str) -> str:
    if target.startswith(_TO_WEB) and importer.startswith("formats/"):
        return target.removeprefix(_TO_WEB)
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
        A file of ``card/``, for example ``"quiz.js"``; it has the ``export default``.
    """
    return joined_module(f"{_CARD}{entry}")


def joined_module(entry: str) -> str:
    """Return the same of an entry file anywhere in ``web/``, for example ``"trial/trial.js"``."""
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
    return "\n".join(done.values()) + "\n"


def style(*further: str) -> str:
    """Return the style sheets of the card and of every format, further ones of ``card/`` or ``shared/``, and those for modes and print."""
    return _style(further, formats())


@cache
def _style(further: tuple[str, ...], known: tuple[str, ...]) -> str:
    views = [f"formats/{name}/view.css" for name in sorted(known)]
    before, after = (
        [name if name.startswith("shared/") else f"{_CARD}{name}" for name in names]
        for names in (_BEFORE_FORMATS, (*further, *_AFTER_FORMATS))
    )
    return _joined(".ek", [*_SHARED, *before, *views, *after])


@cache
def screen_style() -> str:
    """Return the style sheets of the live room's projector, as a notebook shows it."""
    return _joined(".room-notebook", [*_SHARED, *_PROJECTOR])


def _joined(root: str, names: Iterable[str]) -> str:
    """Join style sheets, whose colours hold within a root then, dark where the root says so."""
    joined = "\n".join(_read(name).strip() for name in names)
    return _SYSTEM_DARK.sub(rf'{root}[data-theme="dark"] \1', joined).replace(":root", root) + "\n"
