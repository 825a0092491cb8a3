"""What cannot be saved piles up and is saved later, once, also where only the confirmation was lost."""

from typing import Any

import pytest
from etiquette_kit.store.sql.store import Store
from session_examples import started
from store_examples import Tab, counts, played, stored_answers


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
        assert tab.recorder.has_unsaved
    tab.keep()
    assert (tab.saved, tab.recorder.status.unsaved, tab.problem) == (3, 0, "")
    assert not tab.recorder.has_unsaved
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


def test_a_failure_is_told_by_the_kind_and_logged_once(store: Store, failing: Any, caplog: pytest.LogCaptureFixture):
    tab = Tab(store)
    with failing(kind="locked"):
        for _ in range(3):
            tab.answer()
            tab.next()
    assert [record.message for record in caplog.records] == ["answers are not being saved: as if"]
