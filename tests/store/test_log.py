"""Events are appended in order, all or none, each place and each submission once."""

from datetime import datetime

import pytest
from etiquette_kit.quiz.store_errors import ConflictError, StoreError
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.connect import transaction
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from session_examples import AT
from sqlalchemy import insert, select, text
from store_examples import BODIES, KEY, SCENARIO, answer, begun, counts, head, opening, shown, stored_answers


def test_what_is_appended_is_read_back(store: Store):
    log = Log(store)
    number = begun(store)
    log.append(number, 2, [answer("first"), shown(1)], BODIES)
    log.append(number, 4, [shown(0)])
    bare = [answer("first"), shown(1), shown(0)]
    assert [(entry.event, entry.submission) for entry in log.entries(number, 2)] == [(entry.event, entry.submission) for entry in bare]
    assert log.entries(number)[:2] == opening()
    assert log.entries(number, 5) == []
    assert stored_answers(store) == [(number, 0, SCENARIO.options[0].id)]
    assert (log.saved(number).answers, log.saved(number).since) == (1, opening()[0].event.at)


def test_a_session_is_found_by_its_name_and_as_someone_s_latest(store: Store):
    log, person = Log(store), People(store).admit(KEY)
    first, second, other = head(person.id), head(person.id), head(person.id, "another quiz")
    numbers = [log.begin(one, opening(), {}) for one in (first, second, other)]
    assert [log.number(one.name) for one in (first, second, other)] == numbers
    assert [log.session(number)[0] for number in numbers] == [first.name, second.name, other.name]
    assert log.latest(person.id, "practice") == numbers[1]
    assert log.latest(person.id, "no such quiz") is None
    assert log.number("no such name") is None
    assert log.session(999) == ("", [])
    assert (log.saved(999).answers, log.saved(999).since) == (0, None)


@pytest.mark.parametrize("seq", [0, 1, 3, 99, -1])
def test_a_place_that_is_taken_or_leaves_a_gap_is_refused(store: Store, seq: int):
    number = begun(store)
    before = counts(store)
    with pytest.raises(ConflictError):
        Log(store).append(number, seq, [answer("new")], BODIES)
    assert counts(store) == before


def test_a_submission_counts_once_in_a_session(store: Store):
    log, number, other = Log(store), begun(store), begun(store)
    log.append(number, 2, [answer("same")], BODIES)
    before = counts(store)
    with pytest.raises(ConflictError):
        log.append(number, 3, [shown(1), answer("same", position=1)])
    assert counts(store) == before
    log.append(other, 2, [answer("same")])
    assert len(stored_answers(store)) == 2


def test_events_without_a_submission_may_be_many(store: Store):
    number = begun(store)
    Log(store).append(number, 2, [shown(1), shown(0), shown(1)])
    assert len(Log(store).entries(number)) == 5


def test_a_session_of_one_name_begins_once(store: Store):
    log, person = Log(store), People(store).admit(KEY)
    one = head(person.id)
    log.begin(one, opening(), {})
    before = counts(store)
    with pytest.raises(ConflictError):
        log.begin(one, [*opening(), answer("new")], BODIES)
    assert counts(store) == before


def test_nothing_is_appended_to_a_session_that_was_erased_or_begun_for_someone_who_was(store: Store):
    log, people = Log(store), People(store)
    number = begun(store)
    person = people.admit(KEY)
    privacy.erase(store, person.id)
    other = begun(store, "another token")
    assert other != number  # whoever still writes to the old number does not write to someone else's session
    for call in (lambda: log.append(number, 2, [answer()], BODIES), lambda: log.begin(head(person.id), opening(), {})):
        with pytest.raises(ConflictError):
            call()
    assert counts(store)["sessions"] == 1


def test_an_answer_about_a_scenario_that_is_not_kept_is_refused_whole(store: Store):
    number = begun(store)
    before = counts(store)
    with pytest.raises(ConflictError):
        Log(store).append(number, 2, [shown(1), answer()], {})
    assert counts(store) == before


def test_a_failure_in_the_middle_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch):
    number = begun(store)
    before = counts(store)
    monkeypatch.setattr("etiquette_kit.store.sql.log._answer_row", lambda *_: {"session": number, "seq": 2, "format": None})
    with pytest.raises(StoreError) as caught:
        Log(store).append(number, 2, [answer()], BODIES)
    assert caught.value.kind == "other"
    assert counts(store) == before


def test_a_scenario_is_kept_once_however_many_answer_it(store: Store):
    for key in ("one token", "another token"):
        Log(store).append(begun(store, key), 2, [answer("same")], BODIES)
    with store.reading() as connection:
        kept = connection.execute(select(tables.contents)).all()
    assert [(row.hash, row.material, row.body.encode()) for row in kept] == [(SCENARIO.content, SCENARIO.id, SCENARIO.record())]


def test_times_keep_their_microseconds_and_count_as_utc_where_they_do_not_say(store: Store):
    for at in (AT.replace(microsecond=123_456), datetime(2025, 1, 1, 12, 0, 0, 1), AT.replace(year=1900), AT.replace(year=9999)):  # noqa: DTZ001
        entries = [type(opening()[0])(type(opening()[0].event)(at, "practice", "de", ()))]
        number = Log(store).begin(head(People(store).admit(f"{at}").id), entries, {})
        assert Log(store).saved(number).since == (at if at.tzinfo else at.replace(tzinfo=AT.tzinfo))
        assert Log(store).entries(number) == entries


def test_what_is_read_is_of_one_moment(address: str):
    store, other = Store(address), Store(address)
    begun(store)
    with store.reading() as connection:
        wanted = select(tables.sessions.c.id)
        assert len(connection.execute(wanted).all()) == 1
        begun(other)
        assert len(connection.execute(wanted).all()) == 1
    with store.reading() as connection:
        assert len(connection.execute(wanted).all()) == 2
    store.close()
    other.close()


def test_rows_come_in_batches(store: Store):
    number = begun(store)
    Log(store).append(number, 2, [shown(place % 2) for place in range(50)])
    batches = list(store.rows(select(tables.events.c.seq).order_by(tables.events.c.seq), size=20))
    assert [len(batch) for batch in batches] == [20, 20, 12]
    assert [row.seq for batch in batches for row in batch] == list(range(52))


def test_only_what_is_taken_is_a_conflict(store: Store):
    store.prepare()
    with pytest.raises(StoreError), store.writing() as connection:
        connection.execute(insert(tables.participants).values(pseudonym=None, at=AT))
    with pytest.raises(StoreError), store.writing() as connection:
        connection.execute(text("SELECT nonsense FROM nowhere"))
    with pytest.raises(StoreError), transaction(store._engine, writes=True) as connection:
        connection.execute(insert(tables.participants).values(pseudonym=object(), at="no time"))
    assert counts(store)["participants"] == 0
