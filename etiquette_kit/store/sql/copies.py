"""The copies that the kit has made of a store, before migrations and of damaged files, and removals from them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import Engine

from etiquette_kit.privacy.thresholds import COPY_RETENTION
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql.file_copies import FileCopy, file_copies
from etiquette_kit.store.sql.location import is_own_file
from etiquette_kit.store.sql.removal import Effect, Marks
from etiquette_kit.store.sql.schema_copies import SchemaCopy, schema_copies
from etiquette_kit.store.sql.scrubbing import scrub_if_recorded

_log = logging.getLogger(__name__)

Copy = FileCopy | SchemaCopy


class CopyChanges(msgspec.Struct, frozen=True):
    """The result, or with ``dry_run`` the expected result, of changing the copies of a store, each by its path or schema.

    Attributes
    ----------
    cleaned : tuple of str
        The copies from which rows were removed.
    removed : tuple of str
        The copies that were removed completely.
    unreached : tuple of str
        The copies that could not be read or changed, and may still have data that should be removed.
    """

    cleaned: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()


def copies_of(engine: Engine, identity: str | None) -> list[FileCopy] | list[SchemaCopy]:
    """Return the copies of a store.

    Raises
    ------
    StoreError
        When they cannot be listed.
    """
    return file_copies(engine.url) if is_own_file(engine.url) else schema_copies(engine, identity)


def erase_from(copies: Sequence[Copy], marks: Marks, *, dry_run: bool) -> CopyChanges:
    """Erase a participant from all copies."""
    return _change_all(copies, lambda copy: copy.erase(marks, dry_run=dry_run))


def purge_from(copies: Sequence[Copy], limit: datetime, creation_limit: datetime, *, dry_run: bool) -> CopyChanges:
    """Remove data older than a time from all copies, and the copies made before another time."""

    def purge(copy: Copy) -> Effect:
        if copy.outdated(creation_limit, dry_run=dry_run):
            return copy.remove(dry_run=dry_run)
        return copy.purge(limit, dry_run=dry_run)

    return _change_all(copies, purge)


def creation_limit(now: datetime, older_than: timedelta) -> datetime:
    """Return the time before which copies are removed: they are kept no longer than sessions."""
    return now - min(COPY_RETENTION, older_than)


def maintain(engine: Engine, identity: str | None) -> None:
    """Do the maintenance when a store is opened: finish a removal whose log was in use, and remove outdated copies."""
    limit = creation_limit(datetime.now(UTC), COPY_RETENTION)
    try:
        scrub_if_recorded(engine)
        due = [copy for copy in copies_of(engine, identity) if copy.outdated(limit, dry_run=False)]
    except StoreError as error:
        _log.warning("old copies of the store could not be listed: %s", error)
        return
    for name in _change_all(due, lambda copy: copy.remove(dry_run=False)).unreached:
        _log.warning("an old copy of the store could not be removed: %s", name)


def _change_all(copies: Sequence[Copy], change: Callable[[Copy], Effect]) -> CopyChanges:
    names: dict[str, list[str]] = {"cleaned": [], "removed": [], "unreached": []}
    for copy in copies:
        try:
            effect: str = change(copy)
        except StoreError as error:
            _log.info("a copy of the store could not be changed: %s", error)
            effect = "unreached"
        if effect:
            names[effect].append(copy.name)
    return CopyChanges(**{effect: tuple(found) for effect, found in names.items()})
