"""The SQLite connections of this process, counted by file.

POSIX ties the locks of a file to the process: whoever closes any descriptor of it drops those of all its connections. Hence a file is read
past SQLite only where this count says that nobody here has it open.
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
"""Held while a file is opened, or read past SQLite, so that neither happens during the other."""

_counts: Counter[FileId] = Counter()
_alive: WeakSet[TrackedConnection] = WeakSet()
_inherited: set[FileId] = set()
_left_open: list[TrackedConnection] = []


class TrackedConnection(sqlite3.Connection):
    """A connection that is counted as long as it is open.

    Parameters
    ----------
    path : Path
        The file.
    file : tuple of int
        Which file is expected there.
    patience : float
        Seconds that SQLite waits for a lock.
    read_only : bool
        Whether SQLite may change nothing.

    Attributes
    ----------
    counted : bool
        Whether it is open.

    Raises
    ------
    OSError
        When another file has taken its place.
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
                raise OSError(errno.ENOENT, "another file has taken its place", str(path))

    def close(self) -> None:
        """Close it; only then is it not counted any more."""
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
    """Tell whether this process has a connection to a file."""
    return _counts[file] > 0


def is_inherited(file: FileId) -> bool:
    """Tell whether a file was in use when this process was forked: SQLite then takes the locks of its parent for its own."""
    return file in _inherited


def forget_inherited() -> None:
    """In a forked child, give up the connections of its parent without closing them."""
    for connection in list(_alive):
        if connection.counted:
            _left_open.append(connection)
            _inherited.add(connection.file)
