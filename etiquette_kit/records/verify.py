"""Does a store hold what it should? Sequences without gaps, known scenarios, credits that come out the same again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Select, select

from etiquette_kit.events import Answered, Event, decode
from etiquette_kit.exercises import ResponseError, rebuild
from etiquette_kit.records import tables
from etiquette_kit.records.store import Store, batches
from etiquette_kit.scenario import Scenario
from etiquette_kit.session import ReplayError, replay

Kind = Literal[
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
    "rules",
    "consent",
]
"""What can be wrong; the words are in the locale under ``verify``."""

_EXACT = 1e-12


class Fault(msgspec.Struct, frozen=True):
    """Something in a store that does not fit.

    Attributes
    ----------
    kind : str
        What; its words are in the locale under ``verify``.
    session : int or None
        In which session.
    seq : int or None
        At which of its events.
    values : dict of str to object
        What the words leave open.
    """

    kind: Kind
    session: int | None = None
    seq: int | None = None
    values: dict[str, object] = {}


class _Content(msgspec.Struct, frozen=True):
    scenario: Scenario
    key: dict[str, int]


def verify(store: Store) -> Iterator[Fault]:
    """Look through a store, one session after the other, without holding it all.

    A credit is computed anew from the scenario as it was when it was answered, by today's decision table.

    Raises
    ------
    StoreError
        When the store cannot be read.
    """
    with store.reading() as connection:  # one transaction: meanwhile others go on
        yield from _verify(connection)


def _verify(connection: Connection) -> Iterator[Fault]:
    known: dict[str, _Content | None] = {}
    for name, body in _rows(connection, select(tables.contents.c.hash, tables.contents.c.body)):
        known[name] = content = _read(name, body)
        if content is None:
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
    for number, some in groupby(_rows(connection, wanted), lambda row: row.session):
        yield number, list(some)


def _read(name: str, body: str) -> _Content | None:
    if sha256(body.encode()).hexdigest()[:16] != name:
        return None
    try:
        return msgspec.json.decode(body, type=_Content)
    except msgspec.MsgspecError:
        return None


def _session(number: int, rows: list[Any], given: Mapping[int, Any], known: Mapping[str, _Content | None]) -> Iterator[Fault]:
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
    told = {row.seq: event for row, event in zip(rows, events, strict=True) if isinstance(event, Answered)}
    for seq, event in told.items():
        answer = given.get(seq)
        if answer is None:
            yield Fault("missing", number, seq)
            continue
        if (answer.response, answer.credit, answer.at) != (event.response, event.credit, event.at):
            yield Fault("differs", number, seq)
        yield from _answer(answer, known)
    yield from (Fault("extra", number, seq) for seq in given if seq not in told)


def _answer(answer: Any, known: Mapping[str, _Content | None]) -> Iterator[Fault]:
    content = known.get(answer.content)
    where = (answer.session, answer.seq)
    if content is None or content.scenario.id != answer.scenario:
        yield Fault("unknown_content", *where, {"scenario": answer.scenario, "content": answer.content})
        return
    exercise = rebuild(content.scenario, tuple(json.loads(answer.shown)), answer.format)
    try:
        credit = exercise.grade(answer.response).credit
    except ResponseError:
        yield Fault("response", *where, {"scenario": answer.scenario, "response": answer.response})
        return
    if abs(credit - answer.credit) <= _EXACT:
        return
    kind: Kind = "credit" if content.key == content.scenario.key() else "rules"
    yield Fault(kind, *where, {"scenario": answer.scenario, "stored": answer.credit, "computed": credit})
