"""Export, erasure and purge of participants' data."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Select, delete, func, select, text

from etiquette_kit.privacy.thresholds import RETENTION
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.copies import CopyChanges, creation_limit, erase_from, purge_from
from etiquette_kit.store.sql.people import hashed
from etiquette_kit.store.sql.removal import Marks, delete_rows, idle_people, in_chunks, old_sessions
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.scrubbing import record_removal
from etiquette_kit.store.sql.store import Store

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Removed(msgspec.Struct, frozen=True):
    """The result of a removal, or with ``dry_run`` the expected result.

    Attributes
    ----------
    participants, sessions, answers, rooms : int
        The number of each; rooms of live workshops, with all votes, are removed when they are old.
    copies : CopyChanges
        The changes of the copies that the kit has made of the store.
    scrubbed : bool
        False when the removed data is still in the log of an SQLite store, because others are reading it. It is scrubbed when the
        store is opened the next time, or at the next removal.
    """

    participants: int
    sessions: int
    answers: int
    rooms: int = 0
    copies: CopyChanges = CopyChanges()
    scrubbed: bool = True

    @property
    def complete(self) -> bool:
        """Whether no removed data is left in any place that the kit has written to."""
        return self.scrubbed and not self.copies.unreached


def participant_number(store: Store, pseudonym: str) -> int | None:
    """Return the number of a participant by pseudonym; None where there is none."""
    if not pseudonym.isprintable():
        return None  # databases do not accept every character in a query
    with store.reading() as connection:
        people = tables.participants
        return connection.execute(select(people.c.id).where(people.c.pseudonym == pseudonym)).scalar()


def export(store: Store, participant: int) -> dict[str, Any]:
    """Return all data about a participant.

    Parameters
    ----------
    store : Store
        The database.
    participant : int
        The participant's number.

    Returns
    -------
    dict
        ``pseudonym``, ``since``, ``consents``, and ``sessions`` with their events and answers; times in ISO 8601, UTC.
        ``keys`` has only the kinds of keys, because only their hashes are stored.

    Raises
    ------
    KeyError
        When there is no such participant.
    """
    with store.reading() as connection:
        person = connection.execute(select(tables.participants).where(tables.participants.c.id == participant)).mappings().first()
        if person is None:
            raise KeyError(participant)
        sessions = _rows(connection, select(tables.sessions).where(tables.sessions.c.participant == participant).order_by("id"))
        for session in sessions:
            wanted = select(tables.events).where(tables.events.c.session == session["id"]).order_by("seq")
            session["events"] = [{**_object(row.body), "submission": row.submission} for row in connection.execute(wanted)]
            answers = select(tables.answers).where(tables.answers.c.session == session["id"]).order_by("seq")
            session["answers"] = [_answer(row) for row in _rows(connection, answers)]
            del session["participant"]
        consents = _rows(connection, select(tables.consents).where(tables.consents.c.participant == participant).order_by("at"))
        kinds = connection.execute(select(tables.keys.c.kind).where(tables.keys.c.participant == participant).order_by("kind"))
        return {
            "pseudonym": person["pseudonym"],
            "since": person["at"].isoformat(),
            "keys": list(kinds.scalars()),
            "consents": [{name: value for name, value in row.items() if name != "participant"} for row in consents],
            "sessions": sessions,
        }


def erase(store: Store, participant: int, *, dry_run: bool = False) -> Removed:
    """Erase all data about a participant, also from the copies that the kit has made.

    In SQLite the removed data is also overwritten, in the file and in the log next to it. A damaged file that was moved aside is
    removed completely if it has data about the participant. The copies are changed first, so that after a failure the erasure can be
    repeated.

    Parameters
    ----------
    store : Store
        The database.
    participant : int
        The participant's number.
    dry_run : bool
        Whether to report only what would be removed.
    """
    person = select(tables.participants.c.id).where(tables.participants.c.id == participant)
    sessions = select(tables.sessions.c.id).where(tables.sessions.c.participant == participant)
    marks = _marks(store, participant)
    copies = CopyChanges() if marks is None else erase_from(store.copies(), marks, dry_run=dry_run)
    removed = _remove(store, person, sessions, dry_run=dry_run)
    return msgspec.structs.replace(removed, copies=copies, scrubbed=dry_run or _scrub_all(store))


def erase_from_copies(store: Store, *, pseudonym: str | None = None, key: str | None = None, dry_run: bool = False) -> Removed:
    """Erase a participant who is not or no longer in the store from the copies that the kit has made of it.

    Parameters
    ----------
    store : Store
        The original database.
    pseudonym, key : str, optional
        The participant's pseudonym, or the token of the browser.
    dry_run : bool
        Whether to report only what would be removed.
    """
    if pseudonym is not None and not pseudonym.isprintable():
        return Removed(0, 0, 0)
    marks = Marks(pseudonym, () if key is None else (hashed(key),))
    return Removed(0, 0, 0, copies=erase_from(store.copies(), marks, dry_run=dry_run))


def purge(store: Store, older_than: timedelta = RETENTION, *, now: datetime | None = None, dry_run: bool = False) -> Removed:
    """Remove sessions and rooms older than the retention period, and participants without other sessions.

    They are also removed from the copies that the kit has made; outdated copies are removed completely.

    Parameters
    ----------
    store : Store
        The database.
    older_than : timedelta
        The retention period.
    now : datetime, optional
        The present time, in UTC.
    dry_run : bool
        Whether to report only what would be removed.
    """
    now = now or datetime.now(UTC)
    limit = now - older_than
    found = tables.metadata.tables
    copies = purge_from(store.copies(), limit, creation_limit(now, older_than), dry_run=dry_run)
    removed = _remove(store, idle_people(found, limit), old_sessions(found, limit), dry_run=dry_run)
    rooms = Rooms(store)
    gone = rooms.count(limit) if dry_run else rooms.purge(limit)
    return msgspec.structs.replace(removed, rooms=gone, copies=copies, scrubbed=dry_run or _scrub_all(store))


def _marks(store: Store, participant: int) -> Marks | None:
    """Return the texts that identify a participant in a copy; None where there is no such participant."""
    people, keys, sessions, answers = tables.participants, tables.keys, tables.sessions, tables.answers
    with store.reading() as connection:
        pseudonym = connection.execute(select(people.c.pseudonym).where(people.c.id == participant)).scalar()
        if pseudonym is None:
            return None
        hashes = connection.execute(select(keys.c.hash).where(keys.c.participant == participant)).scalars().all()
        names = connection.execute(select(sessions.c.name).where(sessions.c.participant == participant)).scalars().all()
        given = connection.execute(select(answers.c.response, answers.c.shown).where(answers.c.participant == participant)).all()
    texts = sorted({response for response, shown in given if len(response) >= _MIN_IDENTIFYING_LENGTH and response not in shown})
    return Marks(pseudonym, tuple(hashes), (*names, *texts))


_MIN_IDENTIFYING_LENGTH = 12
"""The minimum length of a response, other than an option, that counts as a text which may identify its author."""


def _remove(store: Store, people: Select[Any], sessions: Select[Any], *, dry_run: bool) -> Removed:
    with store.reading() if dry_run else store.writing() as connection:
        # The rows are locked first, so that in PostgreSQL nothing is added to them meanwhile. Idle participants may have returned since.
        held = _numbers(connection, people, hold=not dry_run)
        gone = _numbers(connection, sessions, hold=not dry_run)
        leaving = sorted({*held} & {*_numbers(connection, people)})
        answers = sum(_count(connection, select(tables.answers.c.seq).where(tables.answers.c.session.in_(few))) for few in in_chunks(gone))
        if not dry_run:
            delete_rows(connection, tables.metadata.tables, leaving, gone)
            if leaving or gone:
                record_removal(connection)
    return Removed(len(leaving), len(gone), answers)


def _numbers(connection: Connection, wanted: Select[Any], *, hold: bool = False) -> list[int]:
    return list(connection.execute(wanted.with_for_update() if hold else wanted).scalars())


def _rows(connection: Connection, wanted: Select[Any]) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
        for row in connection.execute(wanted).mappings()
    ]


def _answer(row: Mapping[str, Any]) -> dict[str, Any]:
    exported = {name: value for name, value in row.items() if name != "participant"}
    return {**exported, "shown": _value(row["shown"]), "items": None if row["items"] is None else _value(row["items"])}


def _object(body: Any) -> dict[str, Any]:
    return _read(body, dict[str, Any])


def _value(body: Any) -> Any:
    return _read(body, object)


def _read(body: Any, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (TypeError, msgspec.MsgspecError) as error:
        message = f"an event or an answer cannot be read: {error}"
        raise StoreError("unreadable", message) from error


def _count(connection: Connection, wanted: Select[Any]) -> int:
    return int(connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one())


def _scrub_all(store: Store) -> bool:
    """Remove material without answers, and scrub the removed data from the disk; return whether that succeeded.

    Raises no error when the store cannot be used now, because the removal itself is complete.
    """
    contents = tables.contents
    try:
        with store.writing() as connection:
            if connection.dialect.name == "postgresql":  # prevents that an answer with such material is written meanwhile
                connection.execute(text("LOCK TABLE contents IN EXCLUSIVE MODE"))
            connection.execute(delete(contents).where(contents.c.hash.not_in(select(tables.answers.c.content))))
    except StoreError as error:
        _log.info("scenarios without answers are kept until the next removal: %s", error)
    try:
        return store.scrub()
    except StoreError as error:
        _log.info("removed data is not yet scrubbed from the disk: %s", error)
        return False
