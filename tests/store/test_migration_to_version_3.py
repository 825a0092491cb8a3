"""A store of schema version 2, with sessions, a cohort and a room, is brought to version 3 with all its answers."""

import json
import sqlite3
from pathlib import Path

import pytest
from etiquette_kit.live.events import Opened, Voted
from etiquette_kit.live.events import decode as decode_room
from etiquette_kit.quiz.events import Answered, decode
from etiquette_kit.quiz.state import replay
from etiquette_kit.store.answers_csv import as_csv
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.location import address as url_of
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from repository import DATA
from sqlalchemy import MetaData, create_engine, select

EXPECTED = json.loads((DATA / "store_version_2.answers.json").read_text(encoding="utf-8"))
"""Session, place, scenario, content, response, credit, order, seconds and language of each answer, as version 2 exported them."""


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that the kit made when its schema had version 2."""
    path = tmp_path / "answers.sqlite3"
    connection = sqlite3.connect(path)
    connection.executescript((DATA / "store_version_2.sql").read_text(encoding="utf-8"))
    connection.close()
    if request.param == "sqlite":
        return str(path)
    address: str = request.getfixturevalue("cluster").new_database()
    metadata, source, target = MetaData(), create_engine(url_of(str(path))), create_engine(url_of(address))
    metadata.reflect(source)
    with source.connect() as reading, target.begin() as writing:
        metadata.create_all(writing)
        for table in metadata.sorted_tables:
            writing.execute(table.insert(), [dict(row) for row in reading.execute(select(table)).mappings()])
    source.dispose()
    target.dispose()
    return address


def test_every_answer_is_there_and_fits_its_event(old: str):
    store = Store(old)
    with store.reading() as connection:
        rows = connection.execute(select(tables.answers).order_by(tables.answers.c.session, tables.answers.c.seq)).all()
    found = [[r.session, r.seq, r.material, r.content, r.response, r.credit, json.loads(r.shown), r.seconds, r.lang] for r in rows]
    assert sorted(found) == sorted(EXPECTED)
    assert {(row.items, row.format) for row in rows} == {(None, "choice")}
    for row in rows:
        event = Log(store).entries(row.session, row.seq)[0].event
        assert isinstance(event, Answered)
        assert (event.response, event.credit, event.lang, event.seconds, event.items) == (
            row.response,
            row.credit,
            row.lang,
            row.seconds,
            {},
        )
    assert list(verify(store)) == []
    store.close()


def test_a_message_that_brought_an_answer_is_still_known(old: str):
    store = Store(old)
    with store.reading() as connection:
        events = connection.execute(select(tables.events).where(tables.events.c.submission.is_not(None))).all()
    assert events
    for row in events:
        event = decode(row.body.encode())
        assert isinstance(event, Answered)
        assert event.submission == row.submission
    store.close()


def test_its_sessions_follow_and_can_be_handed_out(old: str):
    store = Store(old)
    with store.reading() as connection:
        people = list(connection.execute(select(tables.participants.c.id)).scalars())
        sessions = list(connection.execute(select(tables.sessions.c.id)).scalars())
    for number in sessions:
        _, entries = Log(store).session(number)
        assert replay([entry.event for entry in entries]).plan
    exported = [privacy.export(store, number) for number in people]
    answers = [answer for one in exported for session in one["sessions"] for answer in session["answers"]]
    assert len(answers) == len(EXPECTED)
    assert all(as_csv(one).count("\n") == 1 + sum(len(session["answers"]) for session in one["sessions"]) for one in exported)
    store.close()


def test_its_room_is_there_with_every_vote(old: str):
    store = Store(old)
    head = Rooms(store).find("OLDROOM")
    assert head is not None
    events = [decode_room(body) for body in Rooms(store).events(head.id)]
    opened = events[0]
    assert isinstance(opened, Opened)
    assert [entry.format_name for entry in opened.plan] == ["choice"] * 3
    votes = [event for event in events if isinstance(event, Voted)]
    assert len(votes) == 15
    assert all(vote.response in json.loads(opened.plan[vote.position].shown) for vote in votes)
    store.close()


def test_events_that_cannot_be_read_stay_as_they_are(old: str):
    if "://" in old:
        pytest.skip("once is enough")
    connection = sqlite3.connect(old)
    broken = ["", "[]", "{", '{"event":"started","plan":[{"scenario":1}]}', '{"event":"answered","at":7}', '{"event":"shown","at":"x"}']
    (session,) = connection.execute("SELECT max(id) FROM sessions").fetchone()
    connection.executemany("INSERT INTO events VALUES (?, ?, NULL, ?)", [(session, 900 + at, body) for at, body in enumerate(broken)])
    connection.commit()
    connection.close()
    store = Store(old)
    with store.reading() as reading:
        wanted = select(tables.events.c.body).where(tables.events.c.seq >= 900).order_by(tables.events.c.seq)
        bodies = list(reading.execute(wanted).scalars())
    assert bodies[:4] == broken[:4]
    assert bodies[5] == broken[5]
    store.close()
