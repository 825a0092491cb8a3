"""The schema: made where there is none, brought up to date where it is older, with a copy kept before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select, text, update

from etiquette_kit.records import tables
from etiquette_kit.records.connect import outside_transaction, transaction
from etiquette_kit.records.errors import StoreError
from etiquette_kit.records.location import is_own_file, spoken

MIGRATIONS: Mapping[int, Callable[[Connection], None]] = {}
"""By the version that it starts from, what brings a store to the next one; the first version has nothing before it."""


def migrate(engine: Engine) -> str | None:
    """Make or update the schema.

    Returns
    -------
    str or None
        Where the copy lies that was made before an update; None when nothing had to be updated.

    Raises
    ------
    StoreError
        Of kind ``newer``, when a later version of the kit made the store; otherwise when it cannot be used.
    """
    with transaction(engine, writes=False) as connection:
        found = _version(connection)
    if found == tables.VERSION:
        return None
    copy = None
    if found is not None:
        if found > tables.VERSION:
            message = f"{spoken(engine.url)}: its schema has version {found}, and this kit knows up to {tables.VERSION}"
            raise StoreError("newer", message)
        copy = _copy(engine, found)
    with transaction(engine, writes=True) as connection:
        _lock(connection)
        _update(connection)
    return copy


def _update(connection: Connection) -> None:
    version = _version(connection)  # anew: another process may have been faster
    if version is None:
        tables.metadata.create_all(connection)
        connection.execute(insert(tables.meta).values(key="version", value=str(tables.VERSION)))
        return
    for number in range(version, tables.VERSION):
        MIGRATIONS[number](connection)
    connection.execute(update(tables.meta).where(tables.meta.c.key == "version").values(value=str(tables.VERSION)))


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table("meta"):
        return None
    value = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "version")).scalar()
    return None if value is None else int(value)


def _lock(connection: Connection) -> None:
    """Let one process at a time change the schema; in SQLite the transaction does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('etiquette-kit'))"))


def _copy(engine: Engine, version: int) -> str:
    """Keep the store as it is: SQLite beside the file, PostgreSQL in a schema of its own."""
    if is_own_file(engine.url):
        path = Path(str(engine.url.database))
        copy = path.with_name(f"{path.name}.version-{version}")
        number = 1
        while copy.exists():
            number += 1
            copy = path.with_name(f"{path.name}.version-{version}-{number}")
        with outside_transaction(engine) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        copy.chmod(0o600)
        return str(copy)
    with transaction(engine, writes=True) as connection:
        _lock(connection)
        present = set(inspect(connection).get_schema_names())
        name, number = f"etiquette_version_{version}", 1
        while name in present:
            number += 1
            name = f"etiquette_version_{version}_{number}"
        connection.execute(text(f"CREATE SCHEMA {name}"))
        for table in inspect(connection).get_table_names():
            if table in tables.metadata.tables:
                connection.execute(text(f"CREATE TABLE {name}.{table} AS TABLE {table}"))
    return name
