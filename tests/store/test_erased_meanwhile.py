"""Nothing comes back of somebody who was erased while a window was open."""

from typing import Any

from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql.store import Store
from session_examples import started
from store_examples import Tab, counts, played, stored_answers


class TestErased:
    def test_elsewhere_nothing_comes_back_and_it_is_said(self, store: Store):
        tab = Tab(store)
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
