"""What is kept about someone is handed out whole, erased without a trace, and purged when it is old."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from etiquette_kit.privacy.thresholds import RETENTION
from etiquette_kit.quiz.store_errors import ConflictError
from etiquette_kit.store.answers_csv import as_csv
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from session_examples import AT, started
from sqlalchemy import String, cast, select
from store_examples import BODIES, KEY, Tab, answer, begun, counts, head, in_processes, opening, patiently, stored_answers
from stored_bytes import any_with, files_with, marks_of

SECOND = timedelta(seconds=1)


def two_people(store: Store) -> tuple[Tab, Tab]:
    """Let two people answer in a cohort; the first in two quizzes, with a code and with answers about the same scenarios."""
    tabs = Tab(store, cohort="autumn"), Tab(store, "another token", cohort="autumn")
    for tab in tabs:
        tab.recorder.consent_text = "the words"
        for _ in range(2):
            tab.answer()
            tab.next()
    other = Tab(store, quiz="another quiz")
    other.answer(1, "a-message")
    People(store).new_code(tabs[0].recorder.person.id)
    return tabs


def values(store: Store) -> list[str]:
    """Return every value in every table, as text."""
    with store.reading() as connection:
        return [
            str(value)
            for table in tables.metadata.sorted_tables
            for row in connection.execute(select(*(cast(column, String) for column in table.columns)))
            for value in row
        ]


class TestExport:
    def test_it_has_everything(self, store: Store):
        one, _ = two_people(store)
        told = privacy.export(store, one.recorder.person.id)
        assert (told["pseudonym"], told["keys"]) == (one.recorder.person.pseudonym, ["browser", "code"])
        assert [(consent["cohort"], consent["text"]) for consent in told["consents"]] == [("autumn", "the words")]
        assert [(session["quiz"], session["cohort"], len(session["answers"])) for session in told["sessions"]] == [
            ("practice", "autumn", 2),
            ("another quiz", None, 1),
        ]
        first = told["sessions"][0]
        assert [event["event"] for event in first["events"]] == ["started", "shown", "answered", "shown", "answered", "shown"]
        answered = first["answers"][0]
        exercise = one.session.exercises[0]
        assert (answered["material"], answered["response"], answered["shown"]) == (
            exercise.scenario.id,
            exercise.order[0],
            list(exercise.order),
        )
        assert (answered["seconds"], answered["lang"], answered["at"][:10]) == (1.0, "de", "2025-01-01")
        assert told["sessions"][1]["events"][-1]["submission"] == "a-message"
        json.dumps(told, allow_nan=False)

    def test_every_column_about_a_person_is_in_it(self, store: Store):
        one, _ = two_people(store)
        told = privacy.export(store, one.recorder.person.id)
        assert set(told["sessions"][0]) == {c.name for c in tables.sessions.columns} - {"participant"} | {"events", "answers"}
        assert set(told["sessions"][0]["answers"][0]) == {c.name for c in tables.answers.columns} - {"participant"}
        assert set(told["consents"][0]) == {c.name for c in tables.consents.columns} - {"participant"}
        assert {c.name for c in tables.participants.columns} == {"id", "pseudonym", "at"}
        assert {c.name for c in tables.events.columns} == {"session", "seq", "submission", "body"}

    def test_it_has_nothing_of_others(self, store: Store):
        one, other = two_people(store)
        told = json.dumps(privacy.export(store, one.recorder.person.id))
        assert other.recorder.person.pseudonym not in told
        others = {session["id"] for session in privacy.export(store, other.recorder.person.id)["sessions"]}
        assert others.isdisjoint(session["id"] for session in json.loads(told)["sessions"])

    def test_as_a_table_it_has_a_line_for_each_answer(self, store: Store):
        one, _ = two_people(store)
        lines = list(csv.DictReader(io.StringIO(as_csv(privacy.export(store, one.recorder.person.id)))))
        assert len(lines) == 3
        assert {line["pseudonym"] for line in lines} == {one.recorder.person.pseudonym}
        assert lines[0]["shown"].split() == list(one.session.exercises[0].order)
        assert [line["cohort"] for line in lines] == ["autumn", "autumn", ""]

    def test_of_nobody_there_is_none(self, store: Store):
        with pytest.raises(KeyError):
            privacy.export(store, 99)
        assert privacy.participant_number(store, "nobody") is None

    def test_someone_is_found_by_pseudonym(self, store: Store):
        one, other = two_people(store)
        assert privacy.participant_number(store, one.recorder.person.pseudonym) == one.recorder.person.id
        assert privacy.participant_number(store, other.recorder.person.pseudonym) == other.recorder.person.id


class TestErase:
    def test_nothing_is_left_of_the_one_and_everything_of_the_other(self, store: Store):
        one, other = two_people(store)
        person = one.recorder.person
        kept = privacy.export(store, other.recorder.person.id)
        removed = privacy.erase(store, person.id)
        assert (removed.participants, removed.sessions, removed.answers) == (1, 2, 3)
        assert privacy.export(store, other.recorder.person.id) == kept
        assert person.pseudonym not in values(store)
        assert counts(store) == {"contents": 2, "participants": 1, "keys": 1, "consents": 1, "sessions": 1, "events": 6, "answers": 2}
        assert list(verify(store)) == []
        privacy.erase(store, other.recorder.person.id)
        assert not any(counts(store).values())

    def test_a_dry_run_tells_the_same_and_changes_nothing(self, store: Store):
        one, _ = two_people(store)
        before = values(store)
        told = privacy.erase(store, one.recorder.person.id, dry_run=True)
        assert values(store) == before
        assert privacy.erase(store, one.recorder.person.id) == told

    def test_erasing_nobody_removes_nothing(self, store: Store):
        two_people(store)
        before = counts(store)
        assert privacy.erase(store, 99).answers == 0
        assert counts(store) == before

    @pytest.mark.parametrize("others_open", [False, True])
    def test_no_byte_of_it_is_left_in_the_file_nor_beside_it(self, tmp_path: Path, others_open: bool):  # noqa: FBT001
        store = Store(tmp_path / "answers.sqlite3")
        one, other = two_people(store)
        for choice in range(30):  # more than fits on a page
            one.session = started(4, seed=choice)
            one.answer(0, f"submission-to-be-gone-{choice}")
        second = Store(store.name)
        if others_open:
            second.prepare()
        person = one.recorder.person
        marks = marks_of(store, person.id)
        assert any(mark.startswith("submission-to-be-gone") for mark in marks)
        assert all(files_with(tmp_path, marks).values())
        privacy.erase(store, person.id)
        assert any_with(tmp_path, marks) == []
        assert any_with(tmp_path, [other.recorder.person.pseudonym]) == ["answers.sqlite3"]
        store.close()
        second.close()
        assert any_with(tmp_path, marks) == []

    def test_while_answers_arrive_it_ends_well_and_nothing_comes_after(self, address: str):
        store, writer = Store(address), Store(address)
        tab = Tab(writer, length=1)
        tab.answer()
        person = tab.recorder.person
        log, number = Log(writer), 1
        failures: list[BaseException] = []

        def write() -> None:
            seq = len(log.entries(number))
            try:
                while True:
                    log.append(number, seq, [type(answer())(answer().event)] if seq % 2 else opening()[1:])
                    log.begin(head(person.id), opening(), {})
                    seq += 1
            except ConflictError:
                return
            except BaseException as error:  # noqa: BLE001  the test names it
                failures.append(error)

        thread = Thread(target=write)
        thread.start()
        while len(Log(store).entries(number)) < 6:
            assert thread.is_alive()
        privacy.erase(store, person.id)
        thread.join(30)
        assert failures == []
        assert not any(counts(store).values())
        store.close()
        writer.close()


class TestPurge:
    def test_what_began_longer_ago_than_that_goes_and_what_began_then_stays(self, store: Store):
        tab = Tab(store)
        tab.answer()
        began = tab.session.events[0].at
        assert privacy.purge(store, timedelta(days=10), now=began + timedelta(days=10)).sessions == 0
        assert counts(store)["sessions"] == 1
        removed = privacy.purge(store, timedelta(days=10), now=began + timedelta(days=10) + timedelta(microseconds=1))
        assert (removed.sessions, removed.answers) == (1, 1)
        assert counts(store)["sessions"] == 0

    def test_who_has_a_newer_session_stays_with_that(self, store: Store):
        old, new = Tab(store), Tab(store, quiz="another quiz")
        old.answer()
        new.session = started(2)
        new.session.events[0] = type(new.session.events[0])(AT + timedelta(days=100), *_rest(new.session.events[0]))
        new.answer()
        _made_old(store)
        removed = privacy.purge(store, timedelta(days=50), now=AT + timedelta(days=100))
        assert (removed.participants, removed.sessions, removed.answers) == (0, 1, 1)
        assert (counts(store)["participants"], counts(store)["sessions"], counts(store)["keys"]) == (1, 1, 1)
        assert list(verify(store)) == []

    def test_who_has_none_left_goes_with_keys_and_consents(self, store: Store):
        two_people(store)
        _made_old(store)
        removed = privacy.purge(store, now=AT + RETENTION + timedelta(days=1))
        assert (removed.participants, removed.sessions, removed.answers) == (2, 3, 5)
        assert not any(counts(store).values())

    def test_who_came_just_now_and_has_no_session_yet_stays(self, store: Store):
        People(store).admit(KEY)
        assert privacy.purge(store, timedelta(days=1)).participants == 0
        assert counts(store)["participants"] == 1

    def test_a_dry_run_tells_the_same_and_changes_nothing(self, store: Store):
        two_people(store)
        _made_old(store)
        before = values(store)
        told = privacy.purge(store, dry_run=True)
        assert values(store) == before
        assert privacy.purge(store) == told
        assert told.answers == 5

    def test_many_at_once(self, store: Store):
        with store.writing() as connection:
            rows = [{"pseudonym": f"p{number}", "at": AT} for number in range(1200)]
            connection.execute(tables.participants.insert(), rows)
        assert privacy.purge(store).participants == 1200
        assert counts(store)["participants"] == 0

    def test_old_rooms_go_with_all_their_votes(self, store: Store):
        rooms = Rooms(store)
        old, young = (rooms.begin(code, 8349, at, [b"{}", b"{}"]) for code, at in (("OLD", AT), ("NEW", AT + timedelta(days=1))))
        now = AT + RETENTION + timedelta(hours=1)
        assert privacy.purge(store, now=now, dry_run=True).rooms == 1
        assert len(rooms.events(old.id)) == 2
        assert privacy.purge(store, now=now).rooms == 1
        assert (len(rooms.events(old.id)), len(rooms.events(young.id))) == (0, 2)
        assert privacy.purge(store, now=now).rooms == 0

    def test_while_people_come_and_answer_it_ends_well(self, address: str):
        def job(number: int) -> None:
            store = Store(address)
            if number == 0:
                for _ in range(15):
                    patiently(lambda: privacy.purge(store, timedelta(days=1)))
                return
            for turn in range(10):
                tab = Tab(store, f"token {number} {turn}")
                tab.answer()  # begun in 2025, so that it is old at once; its scenario comes and goes
                patiently(tab.keep)

        in_processes(4, job)
        store = Store(address)
        assert [fault for fault in verify(store) if fault.kind != "empty"] == []
        privacy.purge(store, timedelta(days=-1))
        assert not any(counts(store).values())
        store.close()


def _rest(event: Any) -> tuple[Any, ...]:
    return tuple(getattr(event, name) for name in event.__struct_fields__ if name != "at")


def _made_old(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(tables.participants.update().values(at=AT))


def test_scenarios_stay_as_long_as_an_answer_refers_to_them(store: Store):
    one, other = begun(store), begun(store, "another token")
    for number in (one, other):
        Log(store).append(number, 2, [answer()], BODIES)
    privacy.erase(store, 1)
    assert counts(store)["contents"] == 1
    assert len(stored_answers(store)) == 1
    privacy.erase(store, 2)
    assert counts(store)["contents"] == 0
