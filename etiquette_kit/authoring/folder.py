"""A folder of scenario files as an author sees it: themes, and the situations in them, playable or not."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from etiquette_kit.bank import Bank, read_bank
from etiquette_kit.bank.reading import text_languages
from etiquette_kit.bank.schema import schema_text
from etiquette_kit.content.finding import Finding
from etiquette_kit.content.path_error import PathError
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.toml.toml_file import TomlFile, read_path
from etiquette_kit.lint.house_problems import is_house
from etiquette_kit.lint.situation_lists import is_situation_list
from etiquette_kit.locale.legible import legible

SCHEMA = "schema.json"

FOLDER_VARIABLE = "ETIQUETTE_WRITE"
"""Names the folder for a page that is asked for none."""

Raw = Mapping[str, Any]


class Theme(NamedTuple):
    """A file with situations: its name relative to the folder, which names the theme, and the theme's titles by language."""

    file: str
    titles: Mapping[str, str]

    def title(self, lang: str) -> str:
        """Return the theme's title, or the file's name where it has none."""
        return self.titles.get(lang) or next(iter(self.titles.values()), Path(self.file).stem)


class Entry(NamedTuple):
    """A situation in a file.

    Attributes
    ----------
    key : str
        Unique in the folder: its id, or where that is missing or doubled its file and place.
    file : str
        The file, relative to the folder.
    position : int
        Its place among the situations of the file, from 0.
    raw : mapping
        The situation as parsed.
    scenario : Scenario or None
        The situation as it is played; None where it cannot be.
    """

    key: str
    file: str
    position: int
    raw: Raw
    scenario: Scenario | None


class Folder:
    """The situations in a folder; what was changed by others is read again on ``refresh``.

    Parameters
    ----------
    path : Path
        The folder. It need not exist: it is made when something is saved.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._stamps: dict[Path, tuple[int, int, int]] = {}
        self._files: dict[Path, TomlFile] = {}
        self.bank = Bank([])
        self.entries: dict[str, Entry] = {}
        self.themes: dict[str, Theme] = {}
        self.broken: tuple[Finding, ...] = ()
        self.refresh()

    # ---- reading ----------------------------------------------------------------------------------------------------------

    def refresh(self) -> bool:
        """Read again what has changed; return whether anything has."""
        stamps = dict(self._found())
        if stamps == self._stamps and (self._files or not stamps):
            return False
        changed = {path for path, stamp in stamps.items() if self._stamps.get(path) != stamp}
        self._files = {path: _read(path) if path in changed else self._files[path] for path in sorted(stamps)}
        self._stamps = stamps
        self._interpret()
        return True

    def _found(self) -> Iterator[tuple[Path, tuple[int, int, int]]]:
        for folder, inner, names in os.walk(self.path):
            inner.sort()
            for name in names:
                path = Path(folder, name)
                if path.suffix.lower() == ".toml":
                    with suppress(OSError):
                        status = path.stat()
                        yield path, (status.st_mtime_ns, status.st_size, status.st_ino)

    def _interpret(self) -> None:
        # A bank adds what it finds to its files: it gets copies, so that nothing is found twice.
        copies = [TomlFile(file.path, file.text, file.document) for file in self._files.values() if file.is_readable]
        self.bank = read_bank(copies) if copies else Bank([])
        self.broken = tuple(finding for file in self._files.values() if not file.is_readable for finding in file.findings())
        own = {path: file for path, file in self._files.items() if _has_situations(file)}
        self.themes = {(name := self.named(path)): _theme(name, file) for path, file in own.items()}
        played = {(place.file.path, place.position): name for name, place in self.bank.places() if place.table == "scenario"}
        self.entries = {}
        for path, file in own.items():
            for position, raw in enumerate(_situations(file)):
                given = raw.get("id")
                key = given if isinstance(given, str) and given and given not in self.entries else f"{self.named(path)}:{position}"
                scenario = self.bank[played[path, position]] if (path, position) in played else None
                self.entries[key] = Entry(key, self.named(path), position, raw, scenario)

    def named(self, path: Path) -> str:
        """Return a file's name relative to the folder."""
        return path.relative_to(self.path).as_posix()

    def text(self, file: str) -> str:
        """Return the text of a file as it was read; empty where there is none."""
        found = self._files.get(self.path / file)
        return found.text if found else ""

    # ---- questions --------------------------------------------------------------------------------------------------------

    @property
    def ids(self) -> set[str]:
        """The ids that are taken, those of other material among them."""
        named = {raw["id"] for entry in self.entries.values() if isinstance((raw := entry.raw).get("id"), str)}
        return named | {material.id for material in self.bank.all_material()}

    def languages(self, more: Collection[str] = ()) -> tuple[str, ...]:
        """Return the languages in which everything must be written: those in which the files have any text, and further ones."""
        files = [file for file in self._files.values() if file.is_readable and not is_house(file.document)]
        written = text_languages(files, any) if files and self.entries else ()
        return tuple(dict.fromkeys([*written, *more]))

    def others(self, key: str) -> Sequence[Scenario]:
        """Return the situations that can be played without one."""
        entry = self.entries.get(key)
        return [scenario for scenario in self.bank if entry is None or scenario is not entry.scenario]


def make_folder(path: Path) -> bool:
    """Make a folder for situations, with the schema that editors complete by; return False where it is there already.

    Raises
    ------
    OSError
        When it cannot be made.
    """
    if path.is_dir():
        return False
    path.mkdir(parents=True)
    (path / SCHEMA).write_text(schema_text(), encoding="utf-8", newline="\n")
    return True


def _read(path: Path) -> TomlFile:
    try:
        return read_path(path)[0]
    except PathError:  # deleted a moment ago
        return TomlFile(path)


def _has_situations(file: TomlFile) -> bool:
    """Return whether a file is one of scenarios: not broken, no house rules, no list of situations, no other material alone."""
    document = file.document
    if not file.is_readable or is_house(document) or is_situation_list(document):
        return False
    return isinstance(document.get("scenario"), list) or set(document) <= {"theme"}


def _situations(file: TomlFile) -> list[Raw]:
    found = file.document.get("scenario", [])
    return [raw if isinstance(raw, Mapping) else {} for raw in found] if isinstance(found, list) else []


def _theme(name: str, file: TomlFile) -> Theme:
    head = file.document.get("theme")
    titles = head.get("title") if isinstance(head, Mapping) else None
    given = titles.items() if isinstance(titles, Mapping) else ()
    return Theme(name, {lang: legible(text) for lang, text in given if isinstance(text, str) and text.strip()})
