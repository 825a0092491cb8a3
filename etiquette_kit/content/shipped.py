"""Where the shipped scenarios and notebooks are: inside an installed package, next to an editable one."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the whole package."""


def shipped(folder: str, package: Path = PACKAGE) -> Path:
    """Return the folder of this name, inside the package or else next to it.

    Parameters
    ----------
    folder : str
        ``"scenarios"`` or ``"notebooks"``.
    package : Path
        The package's own folder.

    Raises
    ------
    FileNotFoundError
        When it is in neither place: the installation is not complete.
    """
    for parent in (package, package.parent):
        if (parent / folder).is_dir():
            return parent / folder
    message = f"the installation is not complete: {folder!r} is neither in {package} nor beside it; install etiquette-kit again"
    raise FileNotFoundError(message)
