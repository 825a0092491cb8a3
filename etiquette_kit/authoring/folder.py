"""A folder of scenario files as an author sees it: themes, and the situations in them, playable or not."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from etiquette_kit.bank import read_bank
from etiquette_kit.bank.reading import text_languages
from etiquette_kit.bank.schema import schema_text
from etiquette_kit.content.finding import Finding
from etiquette_kit.content.path_error import PathError
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.toml.toml_file import TomlFile, read_path
from etiquette_kit.lint.house_problems import is_house
from etiquette_kit.lint.scenario_problems import scenario_problems
from etiquette_kit.lint.situation_lists import is_situation_list
from etiquette_kit.locale import languages
from etiquette_kit.locale.legible import legible

SCHEMA = "schema.json"

FOLDER_VARIABLE = "ETIQUETTE_WRITE"
"""Names the folder for a page that is asked for none."""

Raw = Mapping[str, Any]
_Stamp = tuple[int, int, int]
"""By what a file is known to have changed: its time, its size, and its number on the disk."""


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
    """

    key: str
    file: str
    position: int
    raw: Raw


class Folder:
    """The situations in a folder; what was changed by others is read again on ``refresh``.

    Parameters
    ----------
    path : Path
        The folder. It need not exist: it is made when something is saved.
    seconds : float, optional
        How long to read at first; the rest follows with ``refresh``. Default: until all is read.

    Attributes
    ----------
    entries : dict of str to Entry
        The situations by key.
    themes : dict of str to Theme
        The themes by file.
    broken : tuple of Finding
        What is wrong with files that cannot be read.
    is_complete : bool
        Whether all files were read.
    generation : int
        Grows whenever something else was read.
    """

    def __init__(self, path: Path, seconds: float | None = None) -> None:
        self.path = path.absolute()
        self._stamps: dict[Path, _Stamp] = {}
        self._files: dict[Path, TomlFile] = {}
        self._required: tuple[str, ...] = ()
        self._played: dict[str, tuple[Raw, Scenario | None]] = {}
        self.entries: dict[str, Entry] = {}
        self.themes: dict[str, Theme] = {}
        self.broken: tuple[Finding, ...] = ()
        self.is_complete, self.generation = False, 0
        self.refresh(seconds)

    # ---- reading ----------------------------------------------------------------------------------------------------------

    def refresh(self, seconds: float | None = None) -> None:
        """Read what is new or has changed: all of it, or so much as can be read in some seconds, at least one file."""
        stamps = dict(sorted(self._found()))
        until = None if seconds is None else time.monotonic() + seconds
        kept = {path: self._files[path] for path, stamp in stamps.items() if self._stamps.get(path) == stamp}
        unread = [path for path in stamps if path not in kept]
        changed = bool(unread) or len(kept) < len(self._files)
        while unread:
            path = unread.pop(0)
            kept[path] = _read(path)
            if until is not None and time.monotonic() > until:
                break
        self.is_complete = not unread
        self._stamps = {path: stamp for path, stamp in stamps.items() if path in kept}
        self._files = {path: kept[path] for path in self._stamps}
        if changed:
            self.generation += 1
            self._interpret()

    def _found(self) -> Iterator[tuple[Path, _Stamp]]:
        for folder, _, names in os.walk(self.path):
            for name in names:
                path = Path(folder, name)
                if path.suffix.lower() == ".toml":
                    with suppress(OSError):
                        status = path.stat()
                        yield path, (status.st_mtime_ns, status.st_size, status.st_ino)

    def _interpret(self) -> None:
        self.broken = tuple(finding for file in self._files.values() if not file.is_readable for finding in file.findings())
        own = {path.relative_to(self.path).as_posix(): file for path, file in self._files.items() if _has_situations(file)}
        self.themes = {name: _theme(name, file) for name, file in own.items()}
        self.entries = {}
        for name, file in own.items():
            for position, raw in enumerate(_situations(file)):
                given = raw.get("id")
                key = given if isinstance(given, str) and given and given not in self.entries else f"{name}:{position}"
                self.entries[key] = Entry(key, name, position, raw)
        files = [file for file in self._files.values() if file.is_readable and not is_house(file.document)]
        required = text_languages(files, any) if self.entries else ()
        if required != self._required:
            self._required, self._played = required, {}

    # ---- questions --------------------------------------------------------------------------------------------------------

    @property
    def ids(self) -> set[str]:
        """The ids that are taken, those of other material among them."""
        tables = (table for file in self._files.values() for table in file.document.values() if isinstance(table, list))
        named = (entry.get("id") for table in tables for entry in table if isinstance(entry, Mapping))
        return {name for name in named if isinstance(name, str)}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which everything must be written: those in which the files have any text; none where there are no situations."""
        return self._required

    def played(self, entry: Entry) -> Scenario | None:
        """Return a situation as it is played; None where it cannot be."""
        known = self._played.get(entry.key)
        if known is None or known[0] is not entry.raw:
            known = self._played[entry.key] = (entry.raw, self._converted(entry))
        return known[1]

    def _converted(self, entry: Entry) -> Scenario | None:
        if entry.raw.get("id") != entry.key:  # missing, or that of an earlier one
            return None
        problems = scenario_problems(entry.raw, self._required, languages())
        return None if any(problem.severity == "error" for problem in problems) else msgspec.convert(dict(entry.raw), Scenario)

    def others(self, key: str) -> list[Scenario]:
        """Return the situations that can be played without one."""
        return [found for entry in self.entries.values() if entry.key != key and (found := self.played(entry))]

    def findings(self) -> list[Finding]:
        """Return what is found in all files together, as `etiquette check` does."""
        # A bank adds what it finds to its files: it gets copies, so that nothing is found twice.
        copies = [TomlFile(file.path, file.text, file.document) for file in self._files.values() if file.is_readable]
        return read_bank(copies).findings if copies else []


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
