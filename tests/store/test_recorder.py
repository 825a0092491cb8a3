"""A running session is kept: written before it is said, and taken up again where it was."""

from etiquette_kit.bank import Bank
from etiquette_kit.quiz.events import Answered, Revised
from etiquette_kit.quiz.recorder import Recorder
from etiquette_kit.quiz.session import Session
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.sql_answers import SqlAnswers
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from msgspec.structs import replace
from session_examples import BANK, started, ticking
from sqlalchemy import select
from store_examples import KEY, Tab, counts, played, stored_answers


def test_what_is_answered_is_saved_and_the_count_is_read_from_the_store(store: Store):
    tab = Tab(store)
    assert (tab.saved, tab.recorder.status.since) == (0, None)
    tab.answer()
    assert (tab.saved, tab.recorder.status.unsaved, tab.problem) == (1, 0, "")
    assert tab.recorder.status.since == tab.session.events[0].at
    tab.next()
    tab.answer()
    with store.writing() as connection:  # somebody takes one away: the count is the store's, not the kit's
        connection.execute(tables.answers.delete().where(tables.answers.c.seq == 2))
    tab.next()
    assert tab.saved == 1


def test_a_session_is_taken_up_again_where_it_was(store: Store):
    tab = Tab(store)
    assert not tab.resumed
    tab.answer()
    tab.next()
    again = Tab(store)
    assert again.resumed
    assert again.session.state == tab.session.state
    assert (again.saved, again.problem) == (1, "")
    again.answer()
    assert len(stored_answers(store)) == 2


def test_of_another_quiz_or_another_person_nothing_is_taken_up(store: Store):
    Tab(store).answer()
    assert not Tab(store, quiz="another").resumed
    assert not Tab(store, "another token").resumed


def test_the_latest_session_is_taken_up(store: Store):
    tab = Tab(store)
    tab.answer()
    tab.session = started(2)
    tab.answer(1)
    assert (tab.saved, counts(store)["sessions"]) == (2, 2)
    assert played(Tab(store)) == played(tab)


def test_what_the_bank_has_no_more_begins_anew(store: Store):
    Tab(store).answer()
    recorder = Recorder(SqlAnswers(store), "practice", KEY)
    assert recorder.resume(Bank([]), ticking()) is None


def test_an_edited_scenario_is_asked_again_and_the_old_answer_stays_on_record(store: Store):
    tab = Tab(store)
    tab.answer()
    first = tab.session.exercises[0].scenario
    bank = Bank([replace(scenario, options=scenario.options[::-1]) if scenario == first else scenario for scenario in BANK])
    recorder = Recorder(SqlAnswers(store), "practice", KEY)
    session = recorder.resume(bank, ticking())
    assert session is not None
    assert isinstance(session.events[-1], Revised)
    assert session.state.responses == {}
    session.answer(session.exercises[0].order[0])
    recorder.save(session, bank, ticking())
    assert len(stored_answers(store)) == 2
    assert list(verify(store)) == []


def test_submissions_are_known_after_a_new_beginning(store: Store):
    tab = Tab(store)
    tab.answer(0, "a-message")
    assert tab.session.knows("a-message")
    assert Tab(store).session.knows("a-message")
    assert not Tab(store).session.knows("another")


def test_details_of_an_answer_are_kept(store: Store):
    tab = Tab(store)
    tab.answer()
    tab.next()
    tab.session.set_language("en")
    tab.answer(1)
    with store.reading() as connection:
        rows = connection.execute(select(tables.answers).order_by(tables.answers.c.seq)).all()
    exercises = tab.session.exercises
    assert [(row.material, row.content) for row in rows] == [(e.scenario.id, e.scenario.content) for e in exercises[:2]]
    assert [row.response for row in rows] == [exercises[0].order[0], exercises[1].order[1]]
    assert [row.seconds for row in rows] == [1.0, 2.0]  # the clock ticks once for each event
    assert [row.lang for row in rows] == ["de", "en"]
    assert {row.format for row in rows} == {"choice"}
    assert all(row.at == event.at for row, event in zip(rows, _answered(tab.session), strict=True))
    assert list(verify(store)) == []


def _answered(session: Session) -> list[Answered]:
    return [event for event in session.events if isinstance(event, Answered)]
