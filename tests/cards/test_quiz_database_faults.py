"""A database server that is cut off, stopped, read-only or held: the quiz goes on, says so, and saves all of it, once."""

from collections.abc import Iterator
from typing import Any

import pytest
from etiquette_kit.store.sql import log
from etiquette_kit.store.sql.store import Store
from quiz_examples import saved_by, visited
from store_trouble import begun, check_recovered, go_on, trouble
from tests.support.cluster import Cluster

pytestmark = pytest.mark.usefixtures("impatient")


class TestPostgreSQL:
    @pytest.fixture
    def store(self, cluster: Cluster) -> Iterator[Store]:
        opened = Store(cluster.new_database())
        yield opened
        opened.close()

    @staticmethod
    def cut(cluster: Cluster, store: Store) -> None:
        cluster.do(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{store.url.database}'")  # noqa: S608  our own name

    def test_a_connection_that_was_cut_between_two_answers_is_made_anew(self, cluster: Cluster, store: Store):
        quiz, browser = begun(store)
        for _ in range(2):
            self.cut(cluster, store)
            go_on(browser, 1)
        assert saved_by(quiz) == [3]
        check_recovered(quiz, browser, 3)

    @pytest.mark.parametrize("after", [False, True])
    def test_a_connection_that_is_cut_in_the_middle_of_a_write(
        self,
        cluster: Cluster,
        store: Store,
        monkeypatch: pytest.MonkeyPatch,
        after: bool,  # noqa: FBT001
    ):
        quiz, browser = begun(store)
        real = log._insert_answers

        def keep(*arguments: Any) -> None:
            if after:
                real(*arguments)
            self.cut(cluster, store)
            real(*arguments) if not after else None

        with monkeypatch.context() as patch:
            patch.setattr(log, "_insert_answers", keep)
            go_on(browser, 2)
            assert saved_by(quiz) == [1, *trouble("gone", 2)]
        check_recovered(quiz, browser, 3)

    @pytest.mark.parametrize("mode", ["fast", "immediate"])
    def test_a_server_that_is_stopped_and_started_again(self, cluster: Cluster, store: Store, mode: str):
        quiz, browser = begun(store)
        cluster.stop(mode)
        try:
            go_on(browser, 3)
            browser.tell(do="save")
            assert saved_by(quiz) == [1, *trouble("gone", 3)]
            late, other = visited(Store(store.url.render_as_string(hide_password=False)), length=6)
            assert saved_by(late) == [0]
        finally:
            cluster.start()
        check_recovered(quiz, browser, 4)
        other.tell(do="save")
        assert (late.page["kind"], saved_by(late)) == ("question", [4])

    def test_a_database_that_is_read_only_for_a_while(self, cluster: Cluster, store: Store):
        quiz, browser = begun(store)
        cluster.do(f"ALTER DATABASE {store.url.database} SET default_transaction_read_only = on")
        self.cut(cluster, store)
        go_on(browser, 2)
        assert saved_by(quiz) == [1, *trouble("read_only", 2)]
        cluster.do(f"ALTER DATABASE {store.url.database} RESET default_transaction_read_only")
        self.cut(cluster, store)
        check_recovered(quiz, browser, 3)

    def test_a_table_that_another_program_holds(self, cluster: Cluster, store: Store):
        quiz, browser = begun(store)
        with cluster.connect(str(store.url.database)) as other:
            other.autocommit = False
            other.execute("LOCK TABLE events")
            go_on(browser, 2)
            assert saved_by(quiz) == [1, *trouble("locked", 2)]
        check_recovered(quiz, browser, 3)

    def test_a_database_that_is_dropped_and_made_anew(self, cluster: Cluster, store: Store):
        quiz, browser = begun(store)
        cluster.do(f"DROP DATABASE {store.url.database} WITH (FORCE)")
        go_on(browser, 1)
        assert saved_by(quiz) == [1, *trouble("gone", 1)]
        cluster.do(f"CREATE DATABASE {store.url.database}")
        check_recovered(quiz, browser, 2)
