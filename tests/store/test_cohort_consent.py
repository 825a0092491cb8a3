"""Only with consent does a session count for a cohort."""

from typing import Any

from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from session_examples import started
from sqlalchemy import select
from store_examples import Tab, counts


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
