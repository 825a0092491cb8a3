"""The SQLite connections of this process, counted by file.

POSIX ties the locks of a file to the process: closing any descriptor of it drops the locks of all its connections. Hence a file is read
directly, without SQLite, only if this process has no connection to it.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections import Counter
from pathlib import Path
from weakref import WeakSet

from etiquette_kit.store.sql.location import FileId, file_id

LOCK = threading.RLock()
"""Held while a file is opened by SQLite or read directly, so that these do not happen at the same time."""

_counts: Counter[FileId] = Counter()
_alive: WeakSet[TrackedConnection] = WeakSet()
_inherited: set[FileId] = set()
_abandoned: list[TrackedConnection] = []


class TrackedConnection(sqlite3.Connection):
    """A connection that is counted while it is open.

    Parameters
    ----------
    path : Path
        The file.
    file : tuple of int
        The id of the file that is expected there.
    patience : float
        Seconds that SQLite waits for a lock.
    read_only : bool
        Whether SQLite must not change the file.

    Attributes
    ----------
    counted : bool
        Whether it is open.

    Raises
    ------
    OSError
        When another file has replaced it.
    """

    def __init__(self, path: Path, file: FileId, patience: float, *, read_only: bool = False) -> None:
        self.file = file
        self.counted = False
        self._process = os.getpid()
        with LOCK:
            mode = "ro" if read_only else "rw"
            super().__init__(f"{path.as_uri()}?mode={mode}", timeout=patience, uri=True, check_same_thread=False)
            _counts[file] += 1
            self.counted = True
            _alive.add(self)
            if file_id(path) != file:
                self.close()
                raise OSError(errno.ENOENT, "another file has replaced it", str(path))

    def close(self) -> None:
        """Close the connection, and then stop counting it."""
        super().close()
        self._forget()

    def __del__(self) -> None:
        if self.counted and self._process == os.getpid():
            self.close()

    def _forget(self) -> None:
        with LOCK:
            if self.counted:
                self.counted = False
                _counts[self.file] -= 1
                if not _counts[self.file]:
                    del _counts[self.file]


def is_connected(file: FileId) -> bool:
    """Return whether this process has a connection to a file."""
    return _counts[file] > 0


def is_inherited(file: FileId) -> bool:
    """Return whether a file was in use when this process was forked: SQLite then treats the locks of its parent as its own."""
    return file in _inherited


def forget_inherited() -> None:
    """In a forked child, stop using the connections of its parent without closing them."""
    for connection in list(_alive):
        if connection.counted:
            _abandoned.append(connection)
            _inherited.add(connection.file)
