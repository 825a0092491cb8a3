"""What becomes of someone's answers: handed out, erased, and purged when they are old."""

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
from etiquette_kit.store.sql.copies import CopyChanges, erase_from, made_before, purge_from
from etiquette_kit.store.sql.people import hashed
from etiquette_kit.store.sql.removal import Marks, delete_rows, idle_people, in_chunks, old_sessions
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.scrubbing import note_removal
from etiquette_kit.store.sql.store import Store

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Removed(msgspec.Struct, frozen=True):
    """What was removed, or would be.

    Attributes
    ----------
    participants, sessions, answers, rooms : int
        How many of each; rooms of live workshops, with all votes, are removed when they are old.
    copies : CopyChanges
        What became of the copies that the kit has made of the store.
    settled : bool
        False when what was removed is still in the log of an SQLite store, because others are reading it. It goes from there when the
        store is opened the next time, or when something is removed again.
    """

    participants: int
    sessions: int
    answers: int
    rooms: int = 0
    copies: CopyChanges = CopyChanges()
    scrubbed: bool = True

    @property
    def complete(self) -> bool:
        """Whether nothing of what was to be removed is left anywhere that the kit has written to."""
        return self.scrubbed and not self.copies.unreached


def find(store: Store, pseudonym: str) -> int | None:
    """Return the number of a participant by pseudonym; None where there is none."""
    if not pseudonym.isprintable():
        return None  # a database cannot even be asked for every character
    with store.reading() as connection:
        people = tables.participants
        return connection.execute(select(people.c.id).where(people.c.pseudonym == pseudonym)).scalar()


def export(store: Store, participant: int) -> dict[str, Any]:
    """Return all that is kept about one participant.

    Parameters
    ----------
    store : Store
        Where.
    participant : int
        Whose.

    Returns
    -------
    dict
        ``pseudonym``, ``since``, ``consents``, and ``sessions`` with their events and answers; times in ISO 8601, UTC.
        Of keys only the kind is kept readable, so that only it is told.

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
    """Remove all that is kept about one participant, from the copies that the kit has made as well.

    In SQLite what is removed is overwritten as well, in the file and in what was written beside it. A damaged file that was set aside is
    removed as a whole when it has something of the participant. The copies come first: what fails then can be repeated.

    Parameters
    ----------
    store : Store
        Where.
    participant : int
        Whose.
    dry_run : bool
        Only tell what would be removed.
    """
    person = select(tables.participants.c.id).where(tables.participants.c.id == participant)
    sessions = select(tables.sessions.c.id).where(tables.sessions.c.participant == participant)
    marks = _marks(store, participant)
    copies = CopyChanges() if marks is None else erase_from(store.copies(), marks, dry_run=dry_run)
    removed = _remove(store, person, sessions, dry_run=dry_run)
    return msgspec.structs.replace(removed, copies=copies, scrubbed=dry_run or _tidy(store))


def erase_from_copies(store: Store, *, pseudonym: str | None = None, key: str | None = None, dry_run: bool = False) -> Removed:
    """Remove someone who is not in the store, or no more, from the copies that the kit has made of it.

    Parameters
    ----------
    store : Store
        Of which they are copies.
    pseudonym, key : str, optional
        Whose: the pseudonym, or the token of the browser.
    dry_run : bool
        Only tell what would be removed.
    """
    if pseudonym is not None and not pseudonym.isprintable():
        return Removed(0, 0, 0)
    marks = Marks(pseudonym, () if key is None else (hashed(key),))
    return Removed(0, 0, 0, copies=erase_from(store.copies(), marks, dry_run=dry_run))


def purge(store: Store, older_than: timedelta = RETENTION, *, now: datetime | None = None, dry_run: bool = False) -> Removed:
    """Remove the sessions that began longer ago than the retention period, whoever has none left, and rooms as old as that.

    They go from the copies that the kit has made as well, and copies that are older than needed go as a whole.

    Parameters
    ----------
    store : Store
        Where.
    older_than : timedelta
        The retention period.
    now : datetime, optional
        In UTC; default the present.
    dry_run : bool
        Only tell what would be removed.
    """
    now = now or datetime.now(UTC)
    limit = now - older_than
    found = tables.metadata.tables
    copies = purge_from(store.copies(), limit, made_before(now, older_than), dry_run=dry_run)
    removed = _remove(store, idle_people(found, limit), old_sessions(found, limit), dry_run=dry_run)
    rooms = Rooms(store)
    gone = rooms.count(limit) if dry_run else rooms.purge(limit)
    return msgspec.structs.replace(removed, rooms=gone, copies=copies, scrubbed=dry_run or _tidy(store))


def _marks(store: Store, participant: int) -> Marks | None:
    """Return what identifies a participant in a copy; None where there is no such participant."""
    people, keys, sessions, answers = tables.participants, tables.keys, tables.sessions, tables.answers
    with store.reading() as connection:
        pseudonym = connection.execute(select(people.c.pseudonym).where(people.c.id == participant)).scalar()
        if pseudonym is None:
            return None
        hashes = connection.execute(select(keys.c.hash).where(keys.c.participant == participant)).scalars().all()
        names = connection.execute(select(sessions.c.name).where(sessions.c.participant == participant)).scalars().all()
        given = connection.execute(select(answers.c.response, answers.c.shown).where(answers.c.participant == participant)).all()
    texts = sorted({response for response, shown in given if len(response) >= _TELLING and response not in shown})
    return Marks(pseudonym, tuple(hashes), (*names, *texts))


_TELLING = 12
"""Characters from which on a response that is none of the options counts as a text that tells who wrote it."""


def _remove(store: Store, people: Select[Any], sessions: Select[Any], *, dry_run: bool) -> Removed:
    with store.reading() if dry_run else store.writing() as connection:
        # What is about to go is held first, so that in PostgreSQL nobody adds to it meanwhile. Someone may have come back until then.
        held = _numbers(connection, people, hold=not dry_run)
        gone = _numbers(connection, sessions, hold=not dry_run)
        leaving = sorted({*held} & {*_numbers(connection, people)})
        answers = sum(_count(connection, select(tables.answers.c.seq).where(tables.answers.c.session.in_(few))) for few in in_chunks(gone))
        if not dry_run:
            delete_rows(connection, tables.metadata.tables, leaving, gone)
            if leaving or gone:
                note_removal(connection)
    return Removed(len(leaving), len(gone), answers)


def _numbers(connection: Connection, wanted: Select[Any], *, hold: bool = False) -> list[int]:
    return list(connection.execute(wanted.with_for_update() if hold else wanted).scalars())


def _rows(connection: Connection, wanted: Select[Any]) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
        for row in connection.execute(wanted).mappings()
    ]


def _answer(row: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in row.items() if name != "participant"}
    return {**told, "shown": _value(row["shown"]), "items": None if row["items"] is None else _value(row["items"])}


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


def _tidy(store: Store) -> bool:
    """Remove material to which no answer refers any more, and let what was removed go from the disk; tell whether it has.

    Nothing is raised for a store that cannot be used just now: what was to be removed is removed by then.
    """
    contents = tables.contents
    try:
        with store.writing() as connection:
            if connection.dialect.name == "postgresql":  # an answer that refers to one is not being written just now
                connection.execute(text("LOCK TABLE contents IN EXCLUSIVE MODE"))
            connection.execute(delete(contents).where(contents.c.hash.not_in(select(tables.answers.c.content))))
    except StoreError as error:
        _log.info("scenarios that no answer refers to stay until something is removed again: %s", error)
    try:
        return store.scrub()
    except StoreError as error:
        _log.info("what was removed is not yet off the disk: %s", error)
        return False
