"""Creating the schema, and migrating an older one after making a copy."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select, text, update

from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.connect import outside_transaction, store_errors, transaction
from etiquette_kit.store.sql.location import is_own_file, shown_address
from etiquette_kit.store.sql.migrations.to_version_3 import to_version_3
from etiquette_kit.store.sql.schema_copies import record_creation


def _add_rooms(connection: Connection) -> None:
    tables.metadata.create_all(connection, [tables.rooms, tables.room_events])


MIGRATIONS: Mapping[int, Callable[[Connection], None]] = {1: _add_rooms, 2: to_version_3}
"""The migrations to the next version, by the version from which they start."""


def migrate(engine: Engine) -> str | None:
    """Create or migrate the schema.

    Returns
    -------
    str or None
        The path or schema of the copy that was made before a migration; None when none was needed.

    Raises
    ------
    StoreError
        Of kind ``newer``, when a later version of the kit created the store; otherwise when it cannot be used.
    """
    with transaction(engine, writes=False) as connection:
        if _version(connection) == tables.VERSION:
            return None
    with transaction(engine, writes=True) as connection:
        _lock(connection)
        return _update(engine, connection)


def _update(engine: Engine, connection: Connection) -> str | None:
    version = _version(connection)  # again, because another process may have migrated it meanwhile
    if version is None:
        tables.metadata.create_all(connection)
        rows = {"version": str(tables.VERSION), "identity": secrets.token_hex(8)}
        connection.execute(insert(tables.meta), [{"key": key, "value": value} for key, value in rows.items()])
        return None
    if version > tables.VERSION:
        message = f"{shown_address(engine.url)}: its schema has version {version}, and this kit knows up to {tables.VERSION}"
        raise StoreError("newer", message)
    if version == tables.VERSION:
        return None
    copy = _copy_file(engine, version) if is_own_file(engine.url) else _copy_tables(connection, version)
    for number in range(version, tables.VERSION):
        MIGRATIONS[number](connection)
    connection.execute(update(tables.meta).where(tables.meta.c.key == "version").values(value=str(tables.VERSION)))
    return copy


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table("meta"):
        return None
    value = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "version")).scalar()
    if value is None or (isinstance(value, str) and value.isascii() and value.isdigit()):
        return None if value is None else int(value)
    message = f"{shown_address(connection.engine.url)}: the version of its schema is {value!r}, which is not a number"
    raise StoreError("unreadable", message)


def _lock(connection: Connection) -> None:
    """Allow one process at a time to change the schema; in SQLite the transaction is sufficient."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('etiquette-kit'))"))


def _copy_file(engine: Engine, version: int) -> str:
    """Copy an SQLite file into the same folder; the open transaction prevents other writes meanwhile."""
    path = Path(str(engine.url.database))
    copy = next(free for name in _names(f"{path.name}.version-{version}", "-") if not (free := path.with_name(name)).exists())
    with store_errors(engine.url):
        descriptor = os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            with outside_transaction(engine) as connection:
                connection.execute("VACUUM INTO ?", (str(copy),))
            os.fsync(descriptor)
        except BaseException:
            copy.unlink()
            raise
        finally:
            os.close(descriptor)
    return str(copy)


def _copy_tables(connection: Connection, version: int) -> str:
    """Copy the tables in PostgreSQL to a separate schema; they are locked for writes until the transaction ends."""
    present = set(inspect(connection).get_schema_names())
    copied = [name for name in inspect(connection).get_table_names() if name in tables.metadata.tables]
    schema = next(name for name in _names(f"etiquette_version_{version}", "_") if name not in present)
    connection.execute(text(f"LOCK TABLE {', '.join(copied)} IN EXCLUSIVE MODE"))
    connection.execute(text(f"CREATE SCHEMA {schema}"))
    record_creation(connection, schema)
    for table in copied:
        connection.execute(text(f"CREATE TABLE {schema}.{table} AS TABLE {table}"))
    return schema


def _names(name: str, joint: str) -> Iterator[str]:
    yield name
    yield from (f"{name}{joint}{number}" for number in count(2))
