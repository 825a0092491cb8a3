"""Writing the files of an export: nothing that stands there already is overwritten unless that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from etiquette_kit.content.atomic_file import write_whole


class OutputError(Exception):
    """Files that cannot be written.

    Attributes
    ----------
    kind : str
        Why; its text stands in the locale under ``exchange``.
    path : Path
        The file or folder.
    reason : str
        What the system says; empty where it was not asked.
    """

    def __init__(self, kind: str, path: Path, reason: str = "") -> None:
        self.kind, self.path, self.reason = kind, path, reason
        super().__init__(f"{kind}: {path} {reason}".rstrip())


def is_file_path(out: Path, ending: str) -> bool:
    """Tell whether somebody who names this path wants a file, not a folder: it ends as the file would, and is no folder."""
    return out.name.lower().endswith(ending) and not out.is_dir()


def write_files(files: Mapping[Path, bytes], *, force: bool) -> None:
    """Write files, each as a whole or not at all; folders are made.

    Parameters
    ----------
    files : mapping of Path to bytes
        What they hold.
    force : bool
        Whether a file with other content may be overwritten.

    Raises
    ------
    OutputError
        When there is a file with other content, before anything is written; or when one cannot be written.
    """
    for path, body in files.items():
        if not force and path.exists() and not _holds(path, body):
            raise OutputError("exists", path)
    for path, body in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, body)
        except OSError as error:
            raise OutputError("not_written", path, error.strerror or str(error)) from error


def _holds(path: Path, body: bytes) -> bool:
    try:
        return path.read_bytes() == body
    except OSError:
        return False
