"""Errors of a store, by kind, so that a page can show a message in its language."""

from __future__ import annotations

from typing import Literal

StoreErrorKind = Literal["read_only", "full", "locked", "gone", "damaged", "foreign", "unreadable", "newer", "address", "other"]
"""Why a store cannot be used; the texts are in the locale under ``data``, ``unsaved`` and ``room.reasons``.

``foreign`` means that it is not a store of this kit, ``unreadable`` that it has a value that cannot be read.
"""


class StoreError(RuntimeError):
    """A store that cannot be read or written now; nothing was changed by the attempt.

    Attributes
    ----------
    kind : {"read_only", "full", "locked", "gone", "damaged", "foreign", "unreadable", "newer", "address", "other"}
        The reason.
    """

    def __init__(self, kind: StoreErrorKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class ConflictError(RuntimeError):
    """A position is taken: the session was continued elsewhere, or the same event was written before."""


def kind_of(error: BaseException) -> StoreErrorKind:
    """Return the kind of a database driver's error."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if str(error).startswith("Could not decode to UTF-8"):  # an error of the driver, without an error code of SQLite
        return "unreadable"
    for start, kind in _SQLITE:
        if name.startswith(start):
            return kind
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return _POSTGRESQL.get(state, _POSTGRESQL_CLASSES.get(state[:2], "other"))
    return "gone" if type(error).__module__.startswith("psycopg") else "other"


def is_conflict(error: BaseException) -> bool:
    """Return whether a database driver's error is a uniqueness or foreign key violation."""
    name = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return name in _CONFLICTS


_CONFLICTS = {"SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_FOREIGNKEY", "23505", "23503"}
_SQLITE: tuple[tuple[str, StoreErrorKind], ...] = (
    ("SQLITE_READONLY", "read_only"),
    ("SQLITE_PERM", "read_only"),
    ("SQLITE_FULL", "full"),
    ("SQLITE_IOERR_WRITE", "full"),  # a limit of the file size, or a quota
    ("SQLITE_IOERR", "gone"),
    ("SQLITE_BUSY", "locked"),
    ("SQLITE_LOCKED", "locked"),
    ("SQLITE_CANTOPEN", "gone"),
    ("SQLITE_NOTADB", "damaged"),
    ("SQLITE_CORRUPT", "damaged"),
)
_POSTGRESQL: dict[str, StoreErrorKind] = {"25006": "read_only", "42501": "read_only", "53100": "full", "55P03": "locked", "57014": "locked"}
_POSTGRESQL_CLASSES: dict[str, StoreErrorKind] = {"08": "gone", "57": "gone", "53": "gone", "28": "gone", "3D": "gone", "40": "locked"}
