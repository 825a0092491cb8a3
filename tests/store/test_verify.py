"""What does not fit in a store is found, each kind of it, and nothing that fits is."""

import json
from collections.abc import Callable
from hashlib import sha256

import pytest
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from session_examples import AT, started
from sqlalchemy import Connection, delete, insert, select, text, update
from store_examples import Tab, in_processes

answers, contents, events, sessions, consents = tables.answers, tables.contents, tables.events, tables.sessions, tables.consents


def filled(store: Store) -> None:
    tab = Tab(store, cohort="autumn")
    tab.recorder.consent_text = "the words"
    for _ in range(2):
        tab.answer()
        tab.next()
    tab.session = started(2)
    tab.answer()


def without_checks(connection: Connection) -> None:
    """Let references point to nowhere, as a damaged or hand-edited store may have them."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))


NOWHERE = '{"event":"shown","at":"2025-01-01T00:00:00Z","position":9}'
BREAKS: dict[str, Callable[[], object]] = {
    "empty": lambda: delete(events).where(events.c.session == 2),
    "gap": lambda: delete(events).where(events.c.session == 1, events.c.seq == 3),
    "unreadable": lambda: update(events).where(events.c.session == 1, events.c.seq == 3).values(body="{"),
    "replay": lambda: update(events).where(events.c.session == 1, events.c.seq == 1).values(body=NOWHERE),
    "missing": lambda: delete(answers).where(answers.c.session == 1, answers.c.seq == 2),
    "extra": lambda: update(answers).where(answers.c.session == 1, answers.c.seq == 2).values(seq=3),
    "differs": lambda: update(answers).where(answers.c.session == 1, answers.c.seq == 2).values(at=AT.replace(year=2024)),
    "content": lambda: update(contents).where(contents.c.hash == select(answers.c.content).limit(1).scalar_subquery()).values(body="{}"),
    "unknown_content": lambda: update(answers).where(answers.c.session == 1, answers.c.seq == 2).values(material="another"),
    "response": lambda: update(answers).where(answers.c.session == 1, answers.c.seq == 2).values(response="nonsense"),
    "credit": lambda: update(answers).where(answers.c.session == 1, answers.c.seq == 2).values(credit=0.123),
    "format": lambda: update(answers).where(answers.c.session == 1, answers.c.seq == 2).values(format="pigeon"),
    "consent": lambda: delete(consents),
}  # fmt: skip


def test_what_was_played_fits(store: Store):
    filled(store)
    assert list(verify(store)) == []


@pytest.mark.parametrize("kind", BREAKS)
def test_what_does_not_fit_is_found(store: Store, kind: str):
    filled(store)
    with store.writing() as connection:
        if kind == "empty":
            connection.execute(delete(answers).where(answers.c.session == 2))
        connection.execute(BREAKS[kind]())
    found = list(verify(store))
    assert kind in {fault.kind for fault in found}
    assert {fault.session for fault in found} <= {1, 2, None}


def test_answers_without_a_session_are_found(store: Store):
    filled(store)
    row = {"seq": 5, "participant": 1, "material": "s", "format": "choice", "response": "a", "credit": 0.0, "shown": "[]"}
    with store.writing() as connection:
        without_checks(connection)
        content = connection.execute(select(contents.c.hash).limit(1)).scalar_one()
        connection.execute(insert(sessions).values(id=7, name="seven", participant=1, quiz="q", kit="0", at=AT))
        connection.execute(insert(answers).values(session=7, content=content, at=AT, lang="de", kit="0", **row))
    assert {(fault.kind, fault.session) for fault in verify(store)} == {("extra", 7), ("empty", 7)}


def test_an_answer_is_graded_by_the_key_that_is_kept_with_it(store: Store):
    """A table that has changed since then makes no answer wrong."""
    tab = Tab(store)
    tab.answer()
    with store.writing() as connection:
        without_checks(connection)
        row = connection.execute(select(contents)).one()
        record = json.loads(row.body)
        option = tab.session.state.responses[0].response
        record["key"][option] = 5 - record["key"][option]
        body = json.dumps(record)
        name = sha256(body.encode()).hexdigest()[:16]
        connection.execute(insert(contents).values(hash=name, material=row.material, body=body))
        connection.execute(update(answers).values(content=name))
    (fault,) = verify(store)
    assert fault.kind == "credit"
    with store.writing() as connection:
        credit = (record["key"][option] - 1) / 3
        stored = json.loads(connection.execute(select(events.c.body).where(events.c.seq == 2)).scalar_one())
        connection.execute(update(events).where(events.c.seq == 2).values(body=json.dumps({**stored, "credit": credit})))
        connection.execute(update(answers).values(credit=credit))
    assert list(verify(store)) == []


def test_while_others_write_nothing_seems_wrong(address: str):
    def job(number: int) -> None:
        store = Store(address)
        if number == 0:
            for _ in range(15):
                assert list(verify(store)) == []
            return
        for turn in range(8):
            tab = Tab(store, f"token {number} {turn}", length=3)
            for _ in range(2):
                tab.answer()
                tab.next()
        assert tab.problem == ""

    in_processes(3, job)
