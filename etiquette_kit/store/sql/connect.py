"""Connecting to SQLite or PostgreSQL, so that both behave alike."""

from __future__ import annotations

import errno
import os
import secrets
import selectors
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError, SQLAlchemyError

from etiquette_kit.quiz.store_errors import ConflictError, StoreError, StoreErrorKind, is_conflict, kind_of
from etiquette_kit.store.sql.location import FileId, is_own_file, real_path, shown_address
from etiquette_kit.store.sql.tracked_connections import LOCK, TrackedConnection

PATIENCE = 2000
"""Milliseconds that a write waits for another one before the store counts as locked."""

_OS_KINDS: dict[int, StoreErrorKind] = {
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
}


def connect_server(url: URL) -> Engine:
    """Return an engine for a database server; it connects when it is first used."""
    own = {"connect_timeout": "3", "keepalives_idle": "60", "options": f"-c lock_timeout={PATIENCE} -c statement_timeout=600000"}
    given = {name: str(value) for name, value in url.query.items() if name in own}
    options = " ".join(part["options"] for part in (own, given) if "options" in part)  # what the address says comes last and wins
    server = create_engine(url, hide_parameters=True, connect_args={**own, **given, "options": options})
    event.listen(server, "checkout", _drop_if_ended)
    return server


def connect_file(path: Path, file: FileId) -> Engine:
    """Return an engine for an SQLite file; it connects when it is first used, and to this file only.

    A transaction is on disk when it is committed (``synchronous=FULL``), and what is deleted is overwritten.
    """

    def connection() -> TrackedConnection:
        return TrackedConnection(path, file, PATIENCE / 1000)

    url = URL.create("sqlite+pysqlite", database=str(path))
    engine = create_engine(url, hide_parameters=True, creator=connection, max_overflow=-1)  # all stores on the file share its pool

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so
        _log_ahead(connection)
        for setting in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that is going to write says so at once: two that read first and write then would lock each other out.
        writes = connection.get_execution_options().get("writes", False)
        connection.connection.cursor().execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _drop_if_ended(connection: Any, _record: object, _proxy: object) -> None:
    """Let another connection take the place of one that the server has ended: it has said so, and that is there to be read.

    To ask it each time would take as long as what is asked for.
    """
    with _Selector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        if selector.select(0):
            raise DisconnectionError


_Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)  # the latter sees 1024 files at most, and is all that Windows has


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch a file to write-ahead logging; for that step SQLite does not wait for others by itself."""
    end = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if kind_of(error) != "locked" or time.monotonic() > end:
                raise
        else:
            return
        time.sleep((2 + secrets.randbelow(20)) / 1000)  # not all at the same moment again


@contextmanager
def transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    """Run a transaction; it is committed at the end, or not at all.

    Raises
    ------
    ConflictError
        When a value is taken that may occur only once, or what is referred to is gone.
    StoreError
        When the store cannot be used.
    """
    with store_errors(engine.url), engine.connect() as connection:
        connection.execution_options(writes=writes)
        if not writes and not is_own_file(engine.url):  # what is read is of one moment; in SQLite it always is
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def outside_transaction(engine: Engine) -> Iterator[Any]:
    """Lend SQLite's own connection, for what cannot be done within a transaction.

    Raises
    ------
    StoreError
        When the store cannot be used.
    """
    with store_errors(engine.url):
        pooled = engine.raw_connection()
        try:
            yield pooled.driver_connection
        finally:
            pooled.close()


@contextmanager
def store_errors(url: URL) -> Iterator[None]:
    """Turn a driver's error into one that says what is the matter with the store."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeEncodeError) as error:  # what fails while connecting comes as the driver's own
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        message = f"{shown_address(url)}: {cause}"
        if isinstance(error, IntegrityError) and is_conflict(cause):
            raise ConflictError(message) from error
        raise StoreError(kind_of(cause), message) from error
    except OSError as error:
        message = f"{shown_address(url)}: {error.strerror or error}"
        raise StoreError(_OS_KINDS.get(error.errno or 0, "gone"), message) from error


def prepare_file(url: URL) -> FileId:
    """Make the folder of a store that is a file, and the file itself, for its owner alone; return which file it is.

    Raises
    ------
    StoreError
        When that cannot be done.
    """
    path = real_path(url)
    with store_errors(url), LOCK:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):  # a file that is there is not opened, see `tracked`
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        found = path.stat()
    return found.st_dev, found.st_ino
