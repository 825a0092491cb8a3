"""Copies in PostgreSQL: schemas to which a migration has copied a store's tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, Table, select, text

from etiquette_kit.store.sql.connect import transaction
from etiquette_kit.store.sql.removal import Effect, Marks, delete_marked, delete_old, tables_in

_WANTED = text(
    "SELECT nspname, obj_description(oid, 'pg_namespace') FROM pg_namespace"
    " WHERE nspname ~ '^etiquette_version_[0-9]+(_[0-9]+)?$' ORDER BY nspname"
)


def schema_copies(engine: Engine, identity: str | None) -> list[SchemaCopy]:
    """Return the copies in a database; some may be of other stores in it, which is detected by their identity when they are read.

    Raises
    ------
    StoreError
        When the database cannot be used.
    """
    with transaction(engine, writes=False) as connection:
        return [SchemaCopy(engine, identity, name, comment) for name, comment in connection.execute(_WANTED)]


def record_creation(connection: Connection, schema: str) -> None:
    """Record in a schema's comment when it was made, which PostgreSQL itself does not store."""
    connection.execute(text(f"COMMENT ON SCHEMA {schema} IS '{datetime.now(UTC).isoformat()}'"))


class SchemaCopy:
    """A copy that is a schema.

    Parameters
    ----------
    engine : Engine
        The store's engine.
    identity : str or None
        The store's identity; a copy of another store is not changed.
    name : str
        The schema's name.
    comment : str or None
        The schema's comment with the time when it was made.
    """

    def __init__(self, engine: Engine, identity: str | None, name: str, comment: str | None) -> None:
        self._engine, self._identity, self._comment = engine, identity, comment
        self.name = name

    def outdated(self, before: datetime, *, dry_run: bool) -> bool:
        """Return whether it was made before a time; without a recorded time, the present time is recorded and used."""
        try:
            return datetime.fromisoformat(self._comment or "") < before
        except ValueError:
            with transaction(self._engine, writes=not dry_run) as connection:
                if not dry_run and self._own(connection):
                    record_creation(connection, self.name)
            return datetime.now(UTC) < before

    def erase(self, marks: Marks, *, dry_run: bool) -> Effect:
        """Erase a participant."""
        return self._changed(lambda connection, found: delete_marked(connection, found, marks, dry_run=dry_run), dry_run=dry_run)

    def purge(self, limit: datetime, *, dry_run: bool) -> Effect:
        """Remove data older than a time."""
        return self._changed(lambda connection, found: delete_old(connection, found, limit, dry_run=dry_run), dry_run=dry_run)

    def remove(self, *, dry_run: bool) -> Effect:
        """Remove the schema."""
        with transaction(self._engine, writes=not dry_run) as connection:
            if not self._own(connection):
                return ""
            if not dry_run:
                connection.execute(text(f"DROP SCHEMA {self.name} CASCADE"))
        return "removed"

    def _changed(self, change: Callable[[Connection, Mapping[str, Table]], bool], *, dry_run: bool) -> Effect:
        with transaction(self._engine, writes=not dry_run) as connection:
            found = self._own(connection)
            return "cleaned" if found and change(connection, found) else ""

    def _own(self, connection: Connection) -> Mapping[str, Table]:
        """Return its tables; none where it is not a copy of this store."""
        found = tables_in(connection, self.name)
        if "meta" not in found or "participants" not in found:
            return {}
        meta = found["meta"]
        identity = connection.execute(select(meta.c.value).where(meta.c.key == "identity")).scalar()
        return found if identity == self._identity else {}
