"""Whether a learner agreed, and what counts for a cohort."""

from typing import Any

import pytest
from etiquette_kit import Quiz
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from quiz_examples import OTHER, quiz_of, saved_by, visited
from sqlalchemy import select
from store_examples import counts


class TestConsent:
    def test_it_is_asked_for_a_cohort_and_kept_in_the_words_shown(self, store: Store):
        quiz, browser = visited(store, cohort="autumn")
        facts = quiz.page["consent"]["facts"]
        browser.start(agree=True)
        browser.answer()
        assert self.cohorts(store) == ["autumn"]
        with store.reading() as connection:
            (text,) = connection.execute(select(tables.consents.c.text)).scalars()
        assert all(fact["text"] in text for fact in facts)
        assert list(verify(store)) == []

    def test_declined_nothing_counts_for_the_cohort_not_even_after_a_reload(self, store: Store):
        _, browser = visited(store, cohort="autumn")
        browser.start(agree=False)
        browser.answer()
        again, other = visited(store, cohort="autumn")
        assert again.page["kind"] == "question"
        other.to_end()
        other.tell(do="restart", round=again.page["round"])
        other.answer()
        assert self.cohorts(store) == [None, None]
        assert counts(store)["consents"] == 0

    def test_agreed_once_the_next_quiz_of_the_cohort_does_not_ask_again(self, store: Store):
        _, browser = visited(store, cohort="autumn")
        browser.start(agree=True)
        quiz, other = visited(store, cohort="autumn", seed=8)
        assert quiz.page["consent"] == {}
        other.start()
        assert self.cohorts(store) == ["autumn", "autumn"]

    def test_driven_from_python_nothing_counts_before_it_was_agreed_to(self, store: Store):
        quiz = quiz_of(length=2, store=store, cohort="autumn")
        quiz.answer(quiz.question.options[0])
        agreed = quiz_of(length=2, store=store, cohort="autumn")
        agreed.agree()
        assert counts(store)["consents"] == 1
        agreed.answer(agreed.question.options[0])
        assert self.cohorts(store) == [None, "autumn"]
        assert list(verify(store)) == []

    def test_there_is_nothing_to_agree_to_where_nothing_is_kept(self):
        with pytest.raises(ValueError, match="give the quiz a store"):
            quiz_of(cohort="autumn").agree()

    def test_a_store_on_a_server_keeps_nothing_without_consent(self, cluster: Any):
        store = Store(cluster.new_schema())
        quiz, browser = visited(store)
        browser.start(agree=False)
        browser.answer()
        assert saved_by(quiz) == [0]
        assert not any(counts(store).values())
        agreed, other = visited(store, key=OTHER)
        other.start(agree=True)
        other.answer()
        assert (saved_by(agreed), counts(store)["answers"]) == ([1], 1)
        assert saved_by(visited(store, key=OTHER)[0]) == [1]
        driven = quiz_of(store=store)
        driven.answer(driven.question.options[0])
        assert counts(store)["answers"] == 1
        store.close()

    @pytest.mark.parametrize("name", ["x" * 101, "a\0b", "a\nb", " ", "\ud800", "\u202e"])
    def test_a_cohort_whose_name_cannot_be_shown_is_refused(self, name: str, monkeypatch: pytest.MonkeyPatch):
        with pytest.raises(ValueError, match="cohort"):
            Quiz(cohort=name)
        if "\0" not in name and "\ud800" not in name:
            monkeypatch.setenv("ETIQUETTE_COHORT", name)
            with pytest.raises(ValueError, match="cohort"):
                Quiz()

    @staticmethod
    def cohorts(store: Store) -> list[str | None]:
        with store.reading() as connection:
            return list(connection.execute(select(tables.sessions.c.cohort).order_by(tables.sessions.c.id)).scalars())
