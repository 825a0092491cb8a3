"""The error for a file or folder that does not exist."""

from __future__ import annotations

from pathlib import Path

from etiquette_kit.locale import languages
from etiquette_kit.locale.legible import path_shown, shortened
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError

_SHOWN = 200
_LISTED = 1000
_ALIKE = 0.75


class PathError(PlainError, FileNotFoundError):
    """A path at which there is no file or folder. A language's code in its place was meant for another parameter.

    Parameters
    ----------
    path : Path
        The path.
    """

    def __init__(self, path: Path) -> None:
        given = str(path)
        message = f"there is no file or folder {shortened(given, _SHOWN)!r}"
        shown = path_shown(given, _SHOWN)
        if given in languages():
            super().__init__("no_path_but_language", message, path=shown, example=f'lang="{given}"')
            return
        folder = path_shown(Path.cwd(), _SHOWN)
        super().__init__("no_path", message, path=shown, folder=folder, nearest=_similar(path))


def _similar(path: Path) -> str:
    """Return the path in the same folder whose name is most like that of the path; empty where none is."""
    try:
        names = [entry.name for _, entry in zip(range(_LISTED), path.parent.iterdir(), strict=False)]
    except (OSError, ValueError):  # the folder does not exist either, or cannot be read
        return ""
    found = nearest(path.name, names, _ALIKE)
    return path_shown(path.with_name(found), _SHOWN) if found else ""
