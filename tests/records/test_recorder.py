"""A running session is kept: written before it is said, tried again while that fails, and shared between windows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from etiquette_kit.bank import Bank
from etiquette_kit.events import Answered, Revised
from etiquette_kit.records import privacy, tables
from etiquette_kit.records.errors import StoreError
from etiquette_kit.records.log import Log
from etiquette_kit.records.recorder import OvertakenError, Recorder
from etiquette_kit.records.store import Store
from etiquette_kit.records.verify import verify
from etiquette_kit.session import Session
from msgspec.structs import replace
from sqlalchemy import select

from session_examples import BANK, started, ticking
from store_examples import KEY, Tab, counts, stored_answers


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Let writing fail as long as the returned context lasts, before or after the commit."""

    @contextmanager
    def failed(*, after: bool = False, kind: str = "gone", only: str = "") -> Iterator[None]:
        with monkeypatch.context() as patch:
            for name in ("begin", "append"):
                real = getattr(Log, name)

                def call(self: Log, *arguments: Any, _real: Any = real, _name: str = name, **options: Any) -> Any:
                    if only in ("", _name):
                        if after:
                            _real(self, *arguments, **options)
                        raise StoreError(kind, "as if")
                    return _real(self, *arguments, **options)

                patch.setattr(Log, name, call)
            yield

    return failed


def played(tab: Tab) -> list[str]:
    """Return the responses by position."""
    return [given.response for _, given in sorted(tab.session.state.responses.items())]


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
    assert (tab.saved, counts(store)["sessions"]) == (1, 2)
    assert played(Tab(store)) == played(tab)


def test_what_the_bank_has_no_more_begins_anew(store: Store):
    Tab(store).answer()
    recorder = Recorder(store, "practice", KEY)
    assert recorder.resume(Bank([]), ticking()) is None


def test_an_edited_scenario_is_asked_again_and_the_old_answer_stays_on_record(store: Store):
    tab = Tab(store)
    tab.answer()
    first = tab.session.exercises[0].scenario
    bank = Bank([replace(scenario, options=scenario.options[::-1]) if scenario == first else scenario for scenario in BANK])
    recorder = Recorder(store, "practice", KEY)
    session = recorder.resume(bank, ticking())
    assert session is not None
    assert isinstance(session.events[-1], Revised)
    assert session.state.responses == {}
    session.answer(session.exercises[0].order[0])
    recorder.keep(session, bank, ticking())
    assert len(stored_answers(store)) == 2
    assert list(verify(store)) == []


def test_what_fails_piles_up_and_is_saved_later(store: Store, failing: Any):
    tab = Tab(store)
    tab.answer()
    with failing(kind="full"):
        tab.next()
        tab.answer()
        tab.next()
        tab.answer()
        assert (tab.saved, tab.recorder.status.unsaved, tab.problem) == (1, 2, "full")
        assert len(stored_answers(store)) == 1
    tab.keep()
    assert (tab.saved, tab.recorder.status.unsaved, tab.problem) == (3, 0, "")
    assert len(stored_answers(store)) == 3


def test_after_a_failure_a_pause_is_made_unless_it_is_wanted_at_once(store: Store, failing: Any):
    tab = Tab(store, pause=3600.0)
    with failing():
        tab.answer()
        assert tab.problem == "gone"
    tab.next()
    tab.answer()
    assert (tab.saved, tab.recorder.status.unsaved, tab.problem) == (0, 2, "gone")
    tab.keep(at_once=True)
    assert (tab.saved, tab.recorder.status.unsaved, tab.problem) == (2, 0, "")
    tab.next()
    tab.answer()
    assert (tab.saved, tab.recorder.status.unsaved, tab.problem) == (3, 0, "")


@pytest.mark.parametrize("only", ["begin", "append"])
@pytest.mark.parametrize("more", [False, True])
def test_a_write_whose_confirmation_was_lost_counts_once(store: Store, failing: Any, only: str, more: bool):  # noqa: FBT001
    tab = Tab(store)
    if only == "append":
        tab.keep()
    with failing(after=True, only=only):
        tab.answer()
        assert tab.problem == "gone"
    assert len(stored_answers(store)) == 1
    if more:
        tab.session.next()
        tab.answer(keep=False)
    tab.keep()
    assert (tab.saved, tab.problem, tab.overtaken) == (2 if more else 1, "", [])
    assert len(stored_answers(store)) == tab.saved
    assert counts(store)["sessions"] == 1


def test_a_lost_confirmation_and_another_window_that_went_on(store: Store, failing: Any):
    tab = Tab(store)
    tab.keep()
    with failing(after=True):
        tab.answer()
    other = Tab(store)
    other.next()
    other.answer(1)
    tab.keep()
    assert tab.overtaken == [0]
    assert played(tab) == played(other)
    assert (tab.saved, len(stored_answers(store))) == (2, 2)


def test_a_session_that_was_left_while_the_store_failed_is_saved_too(store: Store, failing: Any):
    tab = Tab(store)
    with failing():
        tab.answer()
        for choice in (1, 2):
            tab.session = started(2, seed=choice)
            tab.answer(choice)
        assert (tab.saved, tab.recorder.status.unsaved) == (0, 3)
        assert tab.recorder.behind
    tab.keep()
    assert (tab.saved, tab.recorder.status.unsaved, tab.problem) == (1, 0, "")
    assert not tab.recorder.behind
    assert [session for session, _, _ in stored_answers(store)] == [1, 2, 3]
    assert played(Tab(store)) == played(tab)


def test_a_session_that_was_left_and_went_on_elsewhere_is_joined(store: Store, failing: Any):
    tab = Tab(store)
    tab.keep()
    other = Tab(store)
    with failing():
        tab.answer()
        tab.session = started(2)
        tab.answer()
    other.next()
    other.answer()
    tab.keep()
    assert tab.overtaken == []  # nothing of it is on the screen
    assert [session for session, _, _ in stored_answers(store)] == [1, 1, 2]


class TestTwoWindows:
    def test_the_loser_is_told_and_goes_on_where_the_other_is(self, store: Store):
        first, second = Tab(store), None
        first.answer()
        second = Tab(store)
        second.next()
        second.answer(1)
        first.next()
        assert first.overtaken == [0]
        assert first.session.state == second.session.state
        assert len(stored_answers(store)) == 2

    def test_an_answer_given_here_alone_is_taken_over_with_its_submission(self, store: Store):
        first = Tab(store)
        first.keep()
        second = Tab(store)
        second.next()
        second.answer(1)
        first.answer(0, "my-message")
        assert first.overtaken == [0]
        assert sorted(first.session.state.responses) == [0, 1]
        assert first.recorder.knows("my-message")
        assert Log(store).entries(1)[-1].submission == "my-message"
        assert (first.saved, len(stored_answers(store))) == (2, 2)
        assert list(verify(store)) == []

    def test_of_two_answers_to_the_same_question_the_first_counts_and_the_loser_learns_it(self, store: Store):
        first = Tab(store)
        first.keep()
        second = Tab(store)
        second.answer(1)
        first.answer(0)
        assert first.overtaken == [1]
        assert played(first) == played(second) == [second.session.exercises[0].order[1]]
        assert len(stored_answers(store)) == 1

    def test_the_same_answer_in_both_counts_once(self, store: Store):
        first = Tab(store)
        first.keep()
        second = Tab(store)
        second.answer(0)
        first.answer(0)
        assert len(stored_answers(store)) == 1

    def test_what_comes_after_the_end_in_the_other_window_does_not_count_and_is_told(self, store: Store):
        first = Tab(store, length=2)
        first.keep()
        second = Tab(store)
        second.next()
        second.next()
        assert second.session.state.finished
        first.answer()
        assert first.overtaken == [1]
        assert first.session.state.finished
        assert stored_answers(store) == []

    def test_a_pile_of_answers_is_taken_over_whole(self, store: Store, failing: Any):
        first = Tab(store)
        first.keep()
        second = Tab(store)
        with failing():
            for _ in range(3):
                first.answer()
                first.next()
        second.answer(1)
        first.keep()
        assert first.overtaken == [1]
        assert sorted(first.session.state.responses) == [0, 1, 2]
        assert (first.saved, len(stored_answers(store))) == (3, 3)

    def test_the_other_is_overtaken_in_turn(self, store: Store):
        first = Tab(store)
        first.keep()
        second = Tab(store)
        for position in range(4):
            (first if position % 2 else second).answer()
            (first if position % 2 else second).next()
            if position < 3:
                loser = second if position % 2 else first
                loser.next()
        assert len(stored_answers(store)) == len({(s, p) for s, p, _ in stored_answers(store)})
        assert Tab(store).session.state.finished

    def test_being_overtaken_again_while_taking_over(self, store: Store, monkeypatch: pytest.MonkeyPatch):
        first = Tab(store)
        first.keep()
        others = [Tab(store), Tab(store)]
        others[0].next()
        real, turns = Log.append, iter([others[0], others[1]])

        def append(log: Log, *arguments: Any) -> None:
            if log is first.recorder.log and (other := next(turns, None)) is not None:
                other.next()
            real(log, *arguments)

        monkeypatch.setattr(Log, "append", append)
        first.answer()
        assert first.saved == 1
        assert counts(store)["sessions"] == 1
        assert first.session.state == Tab(store).session.state

    def test_when_others_are_always_faster_it_is_tried_again_later(self, store: Store, monkeypatch: pytest.MonkeyPatch):
        first = Tab(store)
        first.keep()
        real = Log.append

        def append(log: Log, number: int, *arguments: Any) -> None:
            last = len(log.entries(number))
            real(log, number, last, log.entries(number)[1:2])
            real(log, number, *arguments)

        with monkeypatch.context() as patch:
            patch.setattr(Log, "append", append)
            first.answer()
            assert (first.problem, first.recorder.status.unsaved) == ("locked", 1)
        first.keep()
        assert (first.saved, first.problem) == (1, "")

    def test_answers_go_to_their_scenarios_though_the_other_window_has_a_newer_bank(self, store: Store):
        first = Tab(store)
        first.keep()
        gone = first.session.exercises[0].scenario.id
        bank = Bank([scenario for scenario in BANK if scenario.id != gone])
        recorder = Recorder(store, "practice", KEY)
        newer = recorder.resume(bank, ticking())
        assert newer is not None
        recorder.keep(newer, bank, ticking())
        first.session.next()
        asked = first.session.exercise
        first.session.answer(asked.order[1])
        with pytest.raises(OvertakenError) as caught:
            first.recorder.keep(first.session, bank, ticking())
        assert caught.value.dropped == 0
        session = caught.value.session
        (place,) = session.state.responses
        assert session.state.plan[place].scenario == asked.scenario.id
        assert list(verify(store)) == []


class TestErased:
    def test_elsewhere_nothing_comes_back_and_it_is_said(self, store: Store):
        tab, other = Tab(store), None
        tab.answer()
        other = Tab(store)
        privacy.erase(store, other.recorder.person.id)
        tab.next()
        tab.answer()
        assert (tab.problem, tab.saved) == ("erased", 0)
        tab.keep(at_once=True)
        assert not any(counts(store).values())

    def test_another_session_of_that_window_does_not_come_back_either(self, store: Store):
        tab = Tab(store)
        tab.answer()
        privacy.erase(store, tab.recorder.person.id)
        tab.session = started(2)
        tab.answer()
        assert tab.problem == "erased"
        assert not any(counts(store).values())

    def test_nobody_gets_the_session_of_someone_else_who_came_after(self, store: Store):
        tab = Tab(store)
        tab.answer()
        privacy.erase(store, tab.recorder.person.id)
        other = Tab(store, "another token")
        other.answer(1)
        tab.next()
        assert tab.problem == "erased"
        assert played(tab) != played(other)
        assert len(stored_answers(store)) == 1

    def test_while_the_store_failed_what_piled_up_does_not_come_back(self, store: Store, failing: Any):
        tab = Tab(store)
        tab.answer()
        with failing():
            tab.next()
            tab.answer()
        privacy.erase(store, tab.recorder.person.id)
        tab.keep()
        assert tab.problem == "erased"
        assert not any(counts(store).values())

    def test_after_a_new_beginning_under_the_same_token_it_is_kept_again(self, store: Store):
        tab = Tab(store)
        tab.answer()
        privacy.erase(store, tab.recorder.person.id)
        again = Tab(store)
        assert not again.resumed
        again.answer()
        assert (again.saved, again.problem) == (1, "")


class TestCohort:
    def test_nothing_counts_for_it_without_consent(self, store: Store):
        tab = Tab(store, cohort="autumn")
        tab.answer()
        assert _cohorts(store) == {None}

    def test_consent_is_kept_with_the_first_write(self, store: Store):
        tab = Tab(store, cohort="autumn")
        tab.recorder.consent_text = "the words"
        tab.answer()
        assert _cohorts(store) == {"autumn"}
        tab.session = started(2)
        tab.answer()
        assert counts(store)["consents"] == 1
        assert list(verify(store)) == []

    def test_consent_that_was_given_before_holds(self, store: Store):
        first = Tab(store, cohort="autumn")
        first.recorder.consent_text = "the words"
        first.answer()
        again = Tab(store, cohort="autumn", quiz="another")
        again.answer()
        assert _cohorts(store) == {"autumn"}

    def test_consent_waits_with_what_piles_up(self, store: Store, failing: Any):
        tab = Tab(store, cohort="autumn")
        tab.recorder.consent_text = "the words"
        with failing():
            tab.answer()
        tab.keep()
        assert (_cohorts(store), tab.saved) == ({"autumn"}, 1)

    def test_someone_erased_agrees_to_nothing(self, store: Store):
        tab = Tab(store, cohort="autumn")
        tab.answer()
        privacy.erase(store, tab.recorder.person.id)
        tab.recorder.consent_text = "the words"
        tab.next()
        assert tab.problem == "erased"
        assert not any(counts(store).values())


def _cohorts(store: Store) -> set[str | None]:
    with store.reading() as connection:
        rows = set(connection.execute(select(tables.sessions.c.cohort)).scalars())
        assert rows == set(connection.execute(select(tables.answers.c.cohort)).scalars())
        return rows


def test_submissions_are_known_after_a_new_beginning(store: Store):
    tab = Tab(store)
    tab.answer(0, "a-message")
    assert tab.recorder.knows("a-message")
    assert Tab(store).recorder.knows("a-message")
    assert not Tab(store).recorder.knows("another")
    assert not Recorder(store, "practice", KEY).knows("a-message")


def test_details_of_an_answer_are_kept(store: Store):
    tab = Tab(store)
    tab.answer()
    tab.next()
    tab.session.set_language("en")
    tab.answer(1)
    with store.reading() as connection:
        rows = connection.execute(select(tables.answers).order_by(tables.answers.c.seq)).all()
    exercises = tab.session.exercises
    assert [(row.scenario, row.content) for row in rows] == [(e.scenario.id, e.scenario.content) for e in exercises[:2]]
    assert [row.response for row in rows] == [exercises[0].order[0], exercises[1].order[1]]
    assert [row.seconds for row in rows] == [1.0, 2.0]  # the clock ticks once for each event
    assert [row.lang for row in rows] == ["de", "en"]
    assert {row.format for row in rows} == {"choice"}
    assert all(row.at == event.at for row, event in zip(rows, _answered(tab.session), strict=True))
    assert list(verify(store)) == []


def _answered(session: Session) -> list[Answered]:
    return [event for event in session.events if isinstance(event, Answered)]


def test_a_failure_is_told_by_the_kind_and_logged_once(store: Store, failing: Any, caplog: pytest.LogCaptureFixture):
    tab = Tab(store)
    with failing(kind="locked"):
        for _ in range(3):
            tab.answer()
            tab.next()
    assert [record.message for record in caplog.records] == ["answers are not being saved: as if"]


def test_two_windows_admit_the_same_new_token(address: str):
    stores = [Store(address), Store(address)]
    tabs = [Tab(one) for one in stores]
    for tab in tabs:
        tab.answer()
    assert tabs[0].recorder.person == tabs[1].recorder.person
    assert counts(stores[0])["participants"] == 1
    for one in stores:
        one.close()
