"""A file with situations as it is on the disk at the moment: read, and written as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etiquette_kit.authoring.folder import make_folder
from etiquette_kit.authoring.sections import sections
from etiquette_kit.authoring.table_edit import situation_of
from etiquette_kit.content.atomic_file import write_whole
from etiquette_kit.content.toml.toml_file import MAX_BYTES, read_text

_BOM = "\ufeff"


class SaveError(Exception):
    """What keeps something from being saved.

    Attributes
    ----------
    kind : {"disk", "broken", "unwritable", "too_large", "busy", "gone"}
        The disk or its rights; the file is broken; the situation stands in it in an unusual way; the file would be larger than any that is
        read; another page is saving; there is no such situation any more.
    file : str
        The file.
    reason : str
        What the system says, or the finding.
    """

    def __init__(self, kind: str, file: str, reason: str = "") -> None:
        super().__init__(f"{kind}: {file} {reason}")
        self.kind, self.file, self.reason = kind, file, reason


@dataclass(frozen=True)
class FileOnDisk:
    """A file as it was read a moment ago.

    Attributes
    ----------
    folder : Path
        The folder that it is in.
    name : str
        Its name, relative to the folder.
    text : str
        Its content; empty where there is no file.
    raws : sequence
        Its situations as parsed; none where it is no TOML.
    has_mark : bool
        Whether it begins with a byte order mark.
    """

    folder: Path
    name: str
    text: str = ""
    raws: Sequence[Any] = ()
    has_mark: bool = False

    @property
    def line_end(self) -> str:
        """How its lines end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def span(self, position: int) -> tuple[int, int]:
        """Return where a situation begins and ends in the text.

        Raises
        ------
        SaveError
            When it is written in an unusual way.
        """
        spans = sections(self.text, "scenario", "scenario")
        if len(spans) == len(self.raws):
            start, end = spans[position]
            if situation_of(self.text[start:end]) == self.raws[position]:
                return start, end
        raise SaveError("unwritable", self.name)

    def write(self, text: str) -> None:
        """Put another text in its place.

        Raises
        ------
        SaveError
            When it could not be read any more, or the disk does not take it; the file is as it was.
        """
        if text == self.text:
            return
        path = self.folder / self.name
        if path.suffix == ".toml" and not read_text(path, text).is_readable:
            raise SaveError("unwritable", self.name)
        content = self._encoded(text)
        if len(content) > MAX_BYTES:
            raise SaveError("too_large", self.name, f"{MAX_BYTES / 1e6:.0f}")
        try:
            make_folder(self.folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        except OSError as error:
            raise disk_error(self.name, error) from None

    def put_back(self) -> None:
        """Have it on the disk as it was read.

        Raises
        ------
        SaveError
            When the disk does not take it.
        """
        path = self.folder / self.name
        try:
            if self.text:
                write_whole(path, self._encoded(self.text))
            else:
                path.unlink()
        except OSError as error:
            raise disk_error(self.name, error) from None

    def _encoded(self, text: str) -> bytes:
        return (_BOM * self.has_mark + text).encode()


def disk_error(name: str, error: OSError) -> SaveError:
    """Return what the system says about a file."""
    return SaveError("disk", name, error.strerror or type(error).__name__)


def file_on_disk(folder: Path, name: str) -> FileOnDisk:
    """Read a file as it is now; one that is not there is empty.

    Raises
    ------
    SaveError
        When it cannot be read, or has an error.
    """
    path = folder / name
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return FileOnDisk(folder, name)
    except OSError as error:
        raise disk_error(name, error) from None
    except UnicodeDecodeError:
        raise SaveError("broken", name) from None
    has_mark = text.startswith(_BOM)
    text = text.removeprefix(_BOM)
    if path.suffix != ".toml":
        return FileOnDisk(folder, name, text, (), has_mark)
    file = read_text(path, text)
    if not file.is_readable:
        raise SaveError("broken", name, str(file.findings()[0].line))
    return FileOnDisk(folder, name, text, situations_of(text) or (), has_mark)


def situations_of(text: str) -> list[Any] | None:
    """Return the situations of a TOML text as parsed; None where it has an error, or they are no list."""
    file = read_text(Path("text.toml"), text)
    found = file.document.get("scenario", [])
    return found if file.is_readable and isinstance(found, list) else None
