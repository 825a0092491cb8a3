"""What is written and not yet saved, kept on the disk apart from the folder: it outlives the page, the kernel and a full disk there."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from etiquette_kit.authoring.formed import is_formed
from etiquette_kit.content.atomic_file import write_whole

VARIABLE = "ETIQUETTE_DRAFTS"
"""Names the folder for drafts, instead of the one that the system has for such things."""

_NAME = re.compile(r"[0-9a-f]{16}")
_TOML = "\x00toml"
"""Marks a value that only TOML has."""


class Draft(msgspec.Struct):
    """A situation with what was changed in it.

    Attributes
    ----------
    name : str
        Its own name: sixteen hexadecimal digits.
    page : str
        The page that writes it; a tab of a browser has the same name after a reload.
    file : str
        The file that it is in, or goes to, relative to the folder.
    base : dict or None
        The situation as it was when the writing began; None for a new one.
    raw : dict
        The situation as it is written now.
    titles : dict of str to str
        The titles of a theme that is new; empty where there is the file already.
    own_id : bool
        Whether the author gave the id herself; otherwise it follows the title of a new situation.
    at : str
        When it was last kept, in ISO 8601, UTC.
    """

    name: str
    page: str
    file: str
    base: dict[str, Any] | None
    raw: dict[str, Any]
    titles: dict[str, str] = {}
    own_id: bool = False
    at: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return self.raw != self.base

    @property
    def id(self) -> str:
        """The id of the situation in its file, or of a new one; empty where it has none."""
        found = (self.raw if self.base is None else self.base).get("id")
        return found if isinstance(found, str) else ""


def is_saved(draft: Draft, found: Mapping[str, Any] | None) -> bool:
    """Return whether a draft of a new situation is in its file: the page ended between saving it and dropping its draft."""
    return draft.base is None and found is not None and found == draft.raw


class Drafts:
    """The drafts of one folder.

    A file that another page has written since is not overwritten: the draft gets a new name, and both stay.

    Parameters
    ----------
    folder : Path
        The folder with the situations.
    place : Path, optional
        Where drafts of all folders are kept; default the one that ``ETIQUETTE_DRAFTS`` names, else the system's.
    """

    def __init__(self, folder: Path, place: Path | None = None) -> None:
        named = hashlib.sha256(str(folder.resolve()).encode(errors="surrogateescape")).hexdigest()[:16]
        self.path = (place or _place()) / named
        self._written: dict[str, bytes] = {}

    def keep(self, draft: Draft) -> None:
        """Write a draft to the disk.

        Raises
        ------
        OSError
            When it cannot be written.
        """
        draft.at = datetime.now(UTC).isoformat(timespec="seconds")
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._bytes(draft.name) != self._written.get(draft.name):
            draft.name = new_name()  # another page has it now, or has ended it
        content = _encoded(draft)
        write_whole(self._file(draft.name), content)
        self._written[draft.name] = content

    def all(self) -> list[Draft]:
        """Return all drafts, the latest first; what is no draft is left alone."""
        try:
            names = [path.stem for path in self.path.glob("*.json") if _NAME.fullmatch(path.stem)]
        except OSError:
            return []
        found = (self._read(name) for name in names)
        return sorted((draft for draft in found if draft), key=lambda draft: (draft.at, draft.name), reverse=True)

    def take(self, draft: Draft, page: str) -> Draft | None:
        """Take a draft over to a page; None where another page was quicker.

        Raises
        ------
        OSError
            When it cannot be written.
        """
        fresh = new_name()
        try:
            os.rename(self._file(draft.name), self._file(fresh))  # noqa: PTH104  one page alone succeeds
        except FileNotFoundError:
            return None
        self._written.pop(draft.name, None)
        taken = self._read(fresh)
        if taken is None:
            return None
        self._written[fresh] = self._bytes(fresh) or b""
        taken.page = page
        with suppress(OSError):  # its content is there all the same
            self.keep(taken)
        return taken

    def drop(self, draft: Draft) -> None:
        """Delete a draft, unless another page has written it since."""
        if self._bytes(draft.name) == self._written.get(draft.name):
            with suppress(OSError):
                self._file(draft.name).unlink(missing_ok=True)
        self._written.pop(draft.name, None)

    def know(self, draft: Draft) -> None:
        """Go on with a draft of this page as it stands on the disk."""
        found = self._bytes(draft.name)
        if found is not None:
            self._written[draft.name] = found

    def _file(self, name: str) -> Path:
        return self.path / f"{name}.json"

    def _bytes(self, name: str) -> bytes | None:
        try:
            return self._file(name).read_bytes()
        except OSError:
            return None

    def _read(self, name: str) -> Draft | None:
        content = self._bytes(name)
        if content is None:
            return None
        try:
            draft = _decoded(content)
            datetime.fromisoformat(draft.at)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        draft.name = name
        return draft if is_formed(draft.raw) else None


def new_name() -> str:
    """Return a name for a draft that no other has."""
    return secrets.token_hex(8)


def _place() -> Path:
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("etiquette-kit", appauthor=False) / "drafts"


def _encoded(draft: Draft) -> bytes:
    # Not msgspec's JSON: an unknown key of a file may hold what only TOML has, such as a date or an infinite number.
    return json.dumps(msgspec.structs.asdict(draft), default=lambda value: {_TOML: value.isoformat()}).encode()


def _decoded(content: bytes) -> Draft:
    return msgspec.convert(json.loads(content, object_hook=_from_toml), Draft)


def _from_toml(found: dict[str, Any]) -> Any:
    return tomllib.loads(f"value = {found[_TOML]}")["value"] if found.keys() == {_TOML} else found
