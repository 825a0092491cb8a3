"""The store files that this process has open: one shared connection pool for each."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakSet, WeakValueDictionary

from sqlalchemy import URL, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql.connect import connect_file, prepare_file
from etiquette_kit.store.sql.damage import is_damaged, set_aside
from etiquette_kit.store.sql.location import FileId, file_id, real_path, shown_address
from etiquette_kit.store.sql.tracked_connections import LOCK, forget_inherited, is_connected, is_inherited
from etiquette_kit.store.sql.wal import copy_damaged_log


class OpenFile:
    """A file with its connection pool.

    Attributes
    ----------
    id : tuple of int
        The file's id.
    engine : Engine
        The engine with the pool.
    """

    def __init__(self, path: Path, file: FileId) -> None:
        self.id = file
        self.engine = connect_file(path, file)
        self._path = path
        self._users: WeakSet[object] = WeakSet()
        self._process = os.getpid()
        retired = self._retired = threading.Event()

        @event.listens_for(self.engine, "checkin")
        def _close_if_retired(_connection: object, record: ConnectionPoolEntry) -> None:
            if retired.is_set():
                record.invalidate()

    def __del__(self) -> None:
        if self._process == os.getpid():
            self.close_idle()

    @property
    def is_current(self) -> bool:
        """Whether it may still be used, and has not been replaced by another file."""
        return not self._retired.is_set() and file_id(self._path) == self.id

    def add(self, user: object) -> None:
        """Add a user of the file."""
        self._users.add(user)

    def release(self, user: object) -> None:
        """Remove a user of the file; the last one closes it."""
        with LOCK:
            self._users.discard(user)
            if not self._users:
                self.retire()

    def retire(self, *, close: bool = True) -> None:
        """Have the file checked and reopened on its next use; running transactions can finish."""
        with LOCK:
            self._retired.set()
            if _files.get(self._path) is self:
                del _files[self._path]
            if close:
                self.close_idle()
            else:
                self.engine.dispose(close=False)

    def close_idle(self) -> None:
        """Close the connections without a running transaction; the pool opens others on demand."""
        self.engine.pool.dispose()


@dataclass(frozen=True)
class OpenedFile:
    """The result of opening a file.

    Attributes
    ----------
    file : OpenFile
        The file.
    set_aside : Path or None
        The new path of a damaged file that it replaced.
    damaged_log : Path or None
        The path of a copy of its damaged write-ahead log.
    """

    file: OpenFile
    set_aside: Path | None = None
    damaged_log: Path | None = None


_files: WeakValueDictionary[Path, OpenFile] = WeakValueDictionary()
_servers: WeakSet[Engine] = WeakSet()


def open_file(url: URL, user: object, *, suspected: bool, replace_damaged: bool) -> OpenedFile:
    """Open a store's file unless this process has it open: create a missing file, and move a damaged one aside.

    Parameters
    ----------
    url : URL
        The address.
    user : object
        The user of the file, until it is released or garbage-collected.
    suspected : bool
        Whether damage was found during use.
    replace_damaged : bool
        Whether a damaged file is moved aside and replaced; otherwise an error is raised.

    Raises
    ------
    StoreError
        When it cannot be used.
    """
    with LOCK:
        path = real_path(url)
        present = _files.get(path)
        if present is not None and present.is_current:
            present.add(user)
            return OpenedFile(present)
        file = prepare_file(url)
        if is_inherited(file):
            message = f"{shown_address(url)}: it was in use when this process was forked; open it in a process that was not forked"
            raise StoreError("locked", message)
        damaged_log = None if is_connected(file) else copy_damaged_log(url)
        aside = None
        if is_damaged(url, thorough=suspected):
            if not replace_damaged:
                message = f"{shown_address(url)}: SQLite reports it as damaged; it was left where it is"
                raise StoreError("damaged", message)
            aside = set_aside(url, file)
            file = prepare_file(url)
        opened = OpenFile(path, file)
        opened.add(user)
        _files[path] = opened
        return OpenedFile(opened, aside, damaged_log)


def close_before_fork(engine: Engine) -> None:
    """Make forked children reconnect to a server instead of using their parent's connections."""
    _servers.add(engine)


# A forked child must neither use nor close a connection of its parent, and cannot open the file itself while SQLite's inherited memory
# marks it as open. So idle connections are closed before a fork; the next transaction opens them again.


def _before_fork() -> None:
    LOCK.acquire()
    for file in list(_files.values()):
        file.close_idle()


def _after_fork_in_child() -> None:
    forget_inherited()
    for file in list(_files.values()):
        file.retire(close=False)
    for server in list(_servers):
        server.dispose(close=False)
    LOCK.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=LOCK.release, after_in_child=_after_fork_in_child)
