"""Connections to SQLite and PostgreSQL with uniform behaviour."""

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
"""Milliseconds that a transaction waits for a lock before the store counts as locked."""

_OS_KINDS: dict[int, StoreErrorKind] = {
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
}


def connect_server(url: URL) -> Engine:
    """Return an engine for a database server; it connects on first use."""
    own = {"connect_timeout": "3", "keepalives_idle": "60", "options": f"-c lock_timeout={PATIENCE} -c statement_timeout=600000"}
    given = {name: str(value) for name, value in url.query.items() if name in own}
    # Options of the address come last, so that they take precedence.
    options = " ".join(part["options"] for part in (own, given) if "options" in part)
    server = create_engine(url, hide_parameters=True, connect_args={**own, **given, "options": options})
    event.listen(server, "checkout", _discard_closed)
    return server


def connect_file(path: Path, file: FileId) -> Engine:
    """Return an engine for an SQLite file; it connects on first use, and only to this file.

    A committed transaction is on disk (``synchronous=FULL``), and deleted content is overwritten (``secure_delete``).
    """

    def connection() -> TrackedConnection:
        return TrackedConnection(path, file, PATIENCE / 1000)

    url = URL.create("sqlite+pysqlite", database=str(path))
    engine = create_engine(url, hide_parameters=True, creator=connection, max_overflow=-1)  # all stores on the file share its pool

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions start explicitly
        _enable_wal(connection)
        for setting in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writing transaction takes the lock at the start: two that read first and then write would block each other.
        writes = connection.get_execution_options().get("writes", False)
        connection.connection.cursor().execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _discard_closed(connection: Any, _record: object, _proxy: object) -> None:
    """Discard a connection that the server has closed; its message about that can be read from the socket.

    A test query at each checkout would take as long as the query itself.
    """
    with _Selector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        if selector.select(0):
            raise DisconnectionError


_Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)  # select is limited to 1024 files, but Windows has no poll


def _enable_wal(connection: sqlite3.Connection) -> None:
    """Switch a file to write-ahead logging; for this step SQLite does not wait for locks itself."""
    end = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if kind_of(error) != "locked" or time.monotonic() > end:
                raise
        else:
            return
        time.sleep((2 + secrets.randbelow(20)) / 1000)  # random, so that processes do not retry at the same time


@contextmanager
def transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    """Run a transaction; it is committed at the end, or rolled back.

    Raises
    ------
    ConflictError
        When a unique value is taken, or a referenced row no longer exists.
    StoreError
        When the store cannot be used.
    """
    with store_errors(engine.url), engine.connect() as connection:
        connection.execution_options(writes=writes)
        if not writes and not is_own_file(engine.url):  # a consistent snapshot; in SQLite it always is
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def outside_transaction(engine: Engine) -> Iterator[Any]:
    """Provide SQLite's own connection, for statements that are not possible within a transaction.

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
    """Convert a driver's error to a `StoreError` or `ConflictError`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeEncodeError) as error:  # errors while connecting are the driver's own
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        message = f"{shown_address(url)}: {cause}"
        if isinstance(error, IntegrityError) and is_conflict(cause):
            raise ConflictError(message) from error
        raise StoreError(kind_of(cause), message) from error
    except OSError as error:
        message = f"{shown_address(url)}: {error.strerror or error}"
        raise StoreError(_OS_KINDS.get(error.errno or 0, "gone"), message) from error


def prepare_file(url: URL) -> FileId:
    """Create the file of a store and its folder, accessible only to the owner; return the file's id.

    Raises
    ------
    StoreError
        When that cannot be done.
    """
    path = real_path(url)
    with store_errors(url), LOCK:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):  # an existing file must not be opened, see `tracked_connections`
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        found = path.stat()
    return found.st_dev, found.st_ino
