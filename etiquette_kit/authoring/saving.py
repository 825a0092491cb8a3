"""Saving a situation, moving and deleting one: only its own lines are written, and what somebody else wrote meanwhile is kept."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock, Timeout

from etiquette_kit.authoring import toml_source
from etiquette_kit.authoring.drafts import Draft
from etiquette_kit.authoring.file_on_disk import FileOnDisk, SaveError, disk_error, file_on_disk, situations_of
from etiquette_kit.authoring.folder import SCHEMA, Entry, Folder
from etiquette_kit.authoring.table_edit import edited, situation_of
from etiquette_kit.authoring.writing_errors import UnwritableError

DELETED = "deleted"
"""The folder for deleted situations; its files end in .txt, so that no bank reads them."""

_PATIENCE = 10  # seconds to wait for another page that is saving


class Conflict(NamedTuple):
    """The situation was changed by somebody else meanwhile: as it is in the file now, or None where it is in none any more."""

    theirs: Mapping[str, Any] | None


class Saving:
    """Writes to a folder.

    Parameters
    ----------
    folder : Folder
        The folder; it is read again after each step.
    locks : Path
        Where the lock is that pages of this computer share; it is not in the folder itself.
    """

    def __init__(self, folder: Folder, locks: Path) -> None:
        self._folder = folder
        self._locks = locks

    # ---- steps ------------------------------------------------------------------------------------------------------------

    def save(self, draft: Draft) -> Conflict | None:
        """Write a draft to its file, and set its base to what is there now.

        Returns
        -------
        Conflict or None
            What somebody else has changed meanwhile; then nothing is written.

        Raises
        ------
        SaveError
            When it cannot be written; then nothing has changed.
        """
        with self._locked(draft.file):
            if draft.base is None:
                self._folder.refresh()
                if not draft.own_id or not draft.id:
                    draft.raw["id"] = toml_source.identifier(draft.id or "situation", self._folder.ids)
                self._append(draft.file, toml_source.situation(draft.raw), draft.titles)
            elif conflict := self._change(draft):
                return conflict
            draft.base, draft.titles = _copy(draft.raw), {}
            self._folder.refresh()
        return None

    def move(self, entry: Entry, file: str, titles: Mapping[str, str] | None = None) -> None:
        """Move a situation to the end of another file, with its comments."""
        with self._locked(entry.file):
            source = self._file(entry.file)
            text, rest = self._cut(source, entry)
            before = self._append(file, text, titles or {})  # first, so that it is in one file at least at every moment
            self._write_or(source, rest, before.put_back)
            self._folder.refresh()

    def delete(self, entry: Entry) -> str:
        """Take a situation out of its file, and return the name of the file in which it is now."""
        with self._locked(entry.file):
            source = self._file(entry.file)
            text, rest = self._cut(source, entry)
            name = self._deleted_name(entry)
            note = f"# {entry.file}, {datetime.now().astimezone():%Y-%m-%d %H:%M}\n\n"
            before = FileOnDisk(self._folder.path, name)
            before.write(note + text)
            self._write_or(source, rest, before.put_back)
            self._folder.refresh()
        return name

    def bring_back(self, name: str) -> None:
        """Put a deleted situation back at the end of the file that it was in."""
        with self._locked(name):
            deleted = self._file(name)
            first, _, text = deleted.text.partition("\n")
            file = re.sub(r", [^,]*$", "", first.removeprefix("# "))
            inside = file.endswith(".toml") and ".." not in Path(file).parts and not Path(file).is_absolute()
            if situation_of(text) is None or not inside:
                raise SaveError("broken", name)
            self._append(file, text.strip() + "\n", {})
            try:
                (self._folder.path / name).unlink()
            except OSError as error:
                raise disk_error(name, error) from None
            self._folder.refresh()

    # ---- a file -----------------------------------------------------------------------------------------------------------

    def _file(self, name: str) -> FileOnDisk:
        return file_on_disk(self._folder.path, name)

    @contextmanager
    def _locked(self, file: str) -> Iterator[None]:
        try:
            self._locks.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FileLock(self._locks / "saving.lock", timeout=_PATIENCE)
            lock.acquire()
        except Timeout:
            raise SaveError("busy", file) from None
        except OSError:
            yield  # nobody can lock there: a full disk must not keep anybody from saving elsewhere
            return
        try:
            yield
        finally:
            lock.release()

    def _write_or(self, file: FileOnDisk, text: str, take_back: Callable[[], None]) -> None:
        """Write a file; where that fails, take back what was written before it, so that nothing stands in two files."""
        try:
            file.write(text)
        except SaveError:
            take_back()
            raise

    def _append(self, name: str, text: str, titles: Mapping[str, str]) -> FileOnDisk:
        """Write a situation at the end of a file, and return the file as it was."""
        file = self._file(name)
        folder = self._folder.path
        has_schema = (folder / SCHEMA).exists() or not folder.exists()  # a folder that is made gets one
        head = file.text or toml_source.theme_head(titles, has_schema=has_schema)
        line_end = file.line_end
        joined = head.rstrip() + line_end * 2 + text.strip().replace("\r\n", "\n").replace("\n", line_end) + line_end
        if situations_of(joined) != [*file.raws, situation_of(text)]:
            raise SaveError("unwritable", name)
        file.write(joined)
        return file

    def _change(self, draft: Draft) -> Conflict | None:
        assert draft.base is not None
        file = self._file(draft.file)
        position = _position(file.raws, draft)
        if position is None:
            return Conflict(None)
        theirs = file.raws[position]
        if theirs == draft.raw:
            return None  # saved already
        if theirs != draft.base:
            return Conflict(theirs)
        start, end = file.span(position)
        try:
            new = edited(file.text[start:end], draft.base, draft.raw)
        except UnwritableError:
            raise SaveError("unwritable", file.name) from None
        joined = file.text[:start] + new + file.text[end:]
        if situations_of(joined) != [*file.raws[:position], draft.raw, *file.raws[position + 1 :]]:
            raise SaveError("unwritable", file.name)
        file.write(joined)
        return None

    def _cut(self, file: FileOnDisk, entry: Entry) -> tuple[str, str]:
        """Return a situation's text, and the file without it."""
        draft = Draft("", "", entry.file, dict(entry.raw), dict(entry.raw))
        position = _position(file.raws, draft)
        if position is None or file.raws[position] != entry.raw:
            raise SaveError("gone", file.name)
        start, end = file.span(position)
        rest = file.text[:start] + file.text[end:]
        if end == len(file.text):
            rest = rest.rstrip() + file.line_end
        if situations_of(rest) != [*file.raws[:position], *file.raws[position + 1 :]]:
            raise SaveError("unwritable", file.name)
        return file.text[start:end], rest

    def _deleted_name(self, entry: Entry) -> str:
        stem = toml_source.identifier(str(entry.raw.get("id") or Path(entry.file).stem), set())
        folder = self._folder.path / DELETED
        taken = {name.removesuffix(".txt") for name in (os.listdir(folder) if folder.is_dir() else ())}  # noqa: PTH208  names alone
        return f"{DELETED}/{toml_source.identifier(stem, taken)}.txt"


def _position(raws: Sequence[Any], draft: Draft) -> int | None:
    """Return where a draft's situation stands now: the one of its id; of several, or without an id, the one that is as it was."""
    named = [place for place, raw in enumerate(raws) if isinstance(raw, Mapping) and draft.id and raw.get("id") == draft.id]
    if len(named) == 1:
        return named[0]
    same = [place for place, raw in enumerate(raws) if raw == draft.base]
    return same[0] if same else None


def _copy(raw: Mapping[str, Any]) -> dict[str, Any]:
    import copy

    return copy.deepcopy(dict(raw))
