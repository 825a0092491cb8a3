"""Copies in PostgreSQL: schemas into which a migration has copied a store's tables."""

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
    """Return the copies in a database; some may be of other stores in it, which their identity tells when they are read.

    Raises
    ------
    StoreError
        When the database cannot be used.
    """
    with transaction(engine, writes=False) as connection:
        return [SchemaCopy(engine, identity, name, comment) for name, comment in connection.execute(_WANTED)]


def note_made(connection: Connection, schema: str) -> None:
    """Note at a schema when it was made: PostgreSQL does not know."""
    connection.execute(text(f"COMMENT ON SCHEMA {schema} IS '{datetime.now(UTC).isoformat()}'"))


class SchemaCopy:
    """A copy that is a schema.

    Parameters
    ----------
    engine : Engine
        The store's.
    identity : str or None
        The store's; a copy of another store is left alone.
    name : str
        Its name.
    comment : str or None
        When it was made, as it is noted.
    """

    def __init__(self, engine: Engine, identity: str | None, name: str, comment: str | None) -> None:
        self._engine, self._identity, self._comment = engine, identity, comment
        self.name = name

    def outdated(self, before: datetime, *, dry_run: bool) -> bool:
        """Tell whether it was made before a time; where it is not noted when, it counts as made now, and that is noted."""
        try:
            return datetime.fromisoformat(self._comment or "") < before
        except ValueError:
            with transaction(self._engine, writes=not dry_run) as connection:
                if not dry_run and self._own(connection):
                    note_made(connection, self.name)
            return datetime.now(UTC) < before

    def erase(self, marks: Marks, *, dry_run: bool) -> Effect:
        """Remove someone."""
        return self._changed(lambda connection, found: delete_marked(connection, found, marks, dry_run=dry_run), dry_run=dry_run)

    def purge(self, limit: datetime, *, dry_run: bool) -> Effect:
        """Remove what is from before a time."""
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
        """Return its tables; none where it is no copy of this store."""
        found = tables_in(connection, self.name)
        if "meta" not in found or "participants" not in found:
            return {}
        meta = found["meta"]
        identity = connection.execute(select(meta.c.value).where(meta.c.key == "identity")).scalar()
        return found if identity == self._identity else {}
