"""Verification of a store: sequences without gaps, known material, and credits that are reproducible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Select, select, text

from etiquette_kit.content.material import content_hash
from etiquette_kit.formats import FormatError, Material, ResponseError, format_named
from etiquette_kit.quiz.events import Answered, Event, decode
from etiquette_kit.quiz.state import ReplayError, replay
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.connect import store_errors
from etiquette_kit.store.sql.log import encoded_items
from etiquette_kit.store.sql.store import Store, batches
from etiquette_kit.store.sql.stored_values import wrong_values

FaultKind = Literal[
    "empty",
    "gap",
    "unreadable",
    "replay",
    "missing",
    "extra",
    "differs",
    "content",
    "unknown_content",
    "response",
    "credit",
    "format",
    "consent",
    "answer",
    "file",
    "log",
    "column",
    "text",
]
"""The kinds of faults; the texts are in the locale under ``verify``."""

_EXACT = 1e-12

_READ_ONLY_TABLES = (tables.meta, tables.participants, tables.keys, tables.consents, tables.rooms, tables.room_events)
"""Tables that are only read, without further checks."""


class Fault(msgspec.Struct, frozen=True):
    """An inconsistency in a store.

    Attributes
    ----------
    kind : str
        The kind; its text is in the locale under ``verify``.
    session : int or None
        The session concerned.
    seq : int or None
        The position of the event concerned.
    values : dict of str to object
        The values for the text's placeholders.
    """

    kind: FaultKind
    session: int | None = None
    seq: int | None = None
    values: dict[str, object] = {}


def verify(store: Store) -> Iterator[Fault]:
    """Check a store session by session, without holding it all in memory; a file is checked by SQLite before.

    Credits are recomputed from the stored version of the material and its answer key.

    Raises
    ------
    StoreError
        When the store cannot be read.
    """
    with store.reading() as connection:  # one transaction for a consistent state, while others continue to write
        if store.damaged_log is not None:
            yield Fault("log", values={"path": str(store.damaged_log)})
        in_file = _file_faults(connection) if store.is_own_file else []
        yield from in_file
        if in_file:
            return  # further findings in a damaged file would be unreliable
        try:
            with store_errors(store.url):
                yield from _verify(connection)
        except StoreError as error:
            if error.kind != "unreadable":
                raise
            yield Fault("text", values={"reason": str(error)})


def _file_faults(connection: Connection) -> list[Fault]:
    """Return the problems that SQLite finds in a file, and values of the wrong type."""
    results = connection.execute(text("PRAGMA integrity_check(20)")).scalars().all()
    if results != ["ok"]:
        return [Fault("file", values={"reason": " ".join(str(result).split())}) for result in results]
    return [Fault("column", values=msgspec.structs.asdict(wrong)) for wrong in wrong_values(connection)]


def _verify(connection: Connection) -> Iterator[Fault]:
    for table in _READ_ONLY_TABLES:
        for _ in batches(connection, select(table)):
            pass  # reading raises an error for a text that cannot be decoded
    known: dict[str, _Content] = {}
    for name, body in _rows(connection, select(tables.contents.c.hash, tables.contents.c.body)):
        if content_hash(body.encode()) == name:
            known[name] = _Content(name, body.encode())
        else:
            yield Fault("content", values={"content": name})
    agreed = {tuple(row) for row in _rows(connection, select(tables.consents.c.participant, tables.consents.c.cohort))}
    sessions = {row.id: row for row in _rows(connection, select(tables.sessions))}
    for number, row in sessions.items():
        if row.cohort is not None and (row.participant, row.cohort) not in agreed:
            yield Fault("consent", number, values={"cohort": row.cohort})
    events = _by_session(connection, select(tables.events).order_by(tables.events.c.session, tables.events.c.seq))
    answers = _by_session(connection, select(tables.answers).order_by(tables.answers.c.session, tables.answers.c.seq))
    upcoming = next(answers, None)
    seen = set()
    for number, rows in events:
        seen.add(number)
        given: Mapping[int, Any] = {}
        while upcoming is not None and upcoming[0] <= number:
            if upcoming[0] == number:
                given = {row.seq: row for row in upcoming[1]}
            else:
                yield from (Fault("extra", row.session, row.seq) for row in upcoming[1])
            upcoming = next(answers, None)
        yield from _session(number, rows, given, known)
    while upcoming is not None:
        yield from (Fault("extra", row.session, row.seq) for row in upcoming[1])
        upcoming = next(answers, None)
    yield from (Fault("empty", number) for number in sorted(set(sessions) - seen))


def _rows(connection: Connection, wanted: Select[Any]) -> Iterator[Any]:
    return (row for batch in batches(connection, wanted) for row in batch)


def _by_session(connection: Connection, wanted: Select[Any]) -> Iterator[tuple[int, list[Any]]]:
    for number, rows in groupby(_rows(connection, wanted), lambda row: row.session):
        yield number, list(rows)


class _Content:
    """Stored material, which each format reads only once."""

    def __init__(self, name: str, record: bytes) -> None:
        self._name, self._record = name, record
        self._read: dict[str, Material | None] = {}

    def material(self, format_name: str) -> Material | None:
        """Return the material; None where the format cannot read it.

        Raises
        ------
        FormatError
            When there is no such format.
        """
        if format_name not in self._read:
            try:
                self._read[format_name] = format_named(format_name).read(self._name, self._record)
            except msgspec.MsgspecError:
                self._read[format_name] = None
        return self._read[format_name]


def _session(number: int, rows: list[Any], given: Mapping[int, Any], known: Mapping[str, _Content]) -> Iterator[Fault]:
    places = [row.seq for row in rows]
    if places != list(range(len(rows))):
        wanted = next(place for place, found in enumerate([*places, None]) if place != found)
        yield Fault("gap", number, wanted)
    events: list[Event] = []
    for row in rows:
        try:
            events.append(decode(row.body.encode()))
        except msgspec.MsgspecError as error:
            yield Fault("unreadable", number, row.seq, {"reason": str(error)})
            return
    try:
        replay(events)
    except ReplayError as error:
        yield Fault("replay", number, values={"reason": str(error)})
    answered = {row.seq: event for row, event in zip(rows, events, strict=True) if isinstance(event, Answered)}
    for seq, event in answered.items():
        answer = given.get(seq)
        if answer is None:
            yield Fault("missing", number, seq)
            continue
        if _row(answer) != (event.response, event.credit, encoded_items(event), event.at):
            yield Fault("differs", number, seq)
        yield from _answer(answer, known)
    yield from (Fault("extra", number, seq) for seq in given if seq not in answered)


def _row(answer: Any) -> tuple[object, ...]:
    return answer.response, answer.credit, answer.items, answer.at


def _answer(answer: Any, known: Mapping[str, _Content]) -> Iterator[Fault]:
    where = (answer.session, answer.seq)
    content = known.get(answer.content)
    try:
        material = None if content is None else content.material(answer.format)
    except FormatError:
        yield Fault("format", *where, {"format": answer.format})
        return
    if material is None or material.id != answer.material:
        yield Fault("unknown_content", *where, {"material": answer.material, "content": answer.content})
        return
    try:
        result = format_named(answer.format).rebuild(material, answer.shown).grade(answer.response)
        stored = _credits(answer)
    except ResponseError:
        yield Fault("response", *where, {"material": answer.material, "response": answer.response})
        return
    except (msgspec.MsgspecError, LookupError) as error:
        yield Fault("answer", *where, {"reason": str(error)})
        return
    computed = {"": result.credit, **(result.items if len(stored) > 1 else {})}
    if stored.keys() != computed.keys() or not all(_same(stored[name], computed[name]) for name in stored):
        values = {"material": answer.material, "stored": answer.credit, "computed": result.credit}
        yield Fault("credit", *where, values)


def _credits(answer: Any) -> dict[str, float | None]:
    items = {} if answer.items is None else msgspec.json.decode(answer.items, type=dict[str, float | None])
    return {"": answer.credit, **items}


def _same(stored: float | None, computed: float | None) -> bool:
    return stored is computed if stored is None or computed is None else abs(stored - computed) <= _EXACT
