"""Many processes write at once: nothing is lost, nothing is there twice."""

from itertools import groupby

import pytest
from etiquette_kit.quiz.store_errors import ConflictError
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from store_examples import BODIES, Tab, answer, begun, counts, in_processes, patiently, stored_answers

EACH = 12  # events of a writer in a session of its own
COMMON = 3  # and in the one that some write to
LENGTH = 5  # questions of a quiz


@pytest.fixture
def writers(address: str) -> int:
    """How many write at once: a server takes more than a file."""
    return 50 if "://" in address else 8


def test_events_in_sessions_of_one_s_own_and_in_a_common_one(address: str, writers: int):
    store = Store(address)
    common = begun(store)
    store.close()

    def shares(number: int) -> bool:
        return number % 4 < 1

    def job(number: int) -> None:
        own_store = Store(address)
        log = Log(own_store)
        own: list[int] = []
        patiently(lambda: own.append(begun(own_store, f"token {number}")))
        for turn in range(EACH):
            patiently(lambda turn=turn: log.append(own[0], 2 + turn, [answer(f"{number} {turn}")], BODIES))
        for turn in range(COMMON if shares(number) else 0):
            entry = answer(f"{number} {turn}")
            place = 2
            while True:
                place += len(log.entries(common, place))
                try:
                    patiently(lambda entry=entry, place=place: log.append(common, place, [entry], BODIES))
                except ConflictError:  # somebody else was faster
                    continue
                break

    in_processes(writers, job)
    log = Log(store)
    sessions = {number for number, _, _ in stored_answers(store)} - {common}
    kept = [[entry.submission for entry in log.entries(number, 2)] for number in sessions]
    assert sorted(kept, key=str) == sorted(([f"{number} {turn}" for turn in range(EACH)] for number in range(writers)), key=str)
    together = [str(entry.submission) for entry in log.entries(common, 2)]
    sharing = [number for number in range(writers) if shares(number)]
    assert len(together) == COMMON * len(sharing)
    for number in sharing:  # each one's in the order in which they were written
        assert [one for one in together if one.startswith(f"{number} ")] == [f"{number} {turn}" for turn in range(COMMON)]
    assert counts(store)["answers"] == counts(store)["events"] - 2 * counts(store)["sessions"]
    store.close()


def test_people_who_begin_at_the_same_moment_some_of_them_in_two_windows(address: str, writers: int):
    def whose(number: int) -> str:
        return f"token {number - number % 2 if number % 4 < 2 else number}"

    def job(number: int) -> None:
        tab = Tab(Store(address), whose(number), length=LENGTH)
        while not tab.session.state.finished:
            if tab.session.state.position not in tab.session.state.responses:
                tab.answer(number % 2)
            tab.next()
        for _ in range(100):
            if not tab.problem:
                break
            tab.keep()
        assert (tab.problem, tab.recorder.status.unsaved) == ("", 0)

    in_processes(writers, job)
    store = Store(address)
    alone = [whose(number) for number in range(writers) if number % 4 >= 2]
    people = {whose(number) for number in range(writers)}
    assert counts(store)["participants"] == len(people)
    places = {number: [place for _, place, _ in some] for number, some in groupby(stored_answers(store), lambda row: row[0])}
    assert len(places) == counts(store)["sessions"] >= len(people)
    assert all(len(some) == len(set(some)) for some in places.values())
    played = {token: sorted(Tab(store, token).session.state.responses) for token in alone}
    assert played == {token: [*range(LENGTH)] for token in alone}
    assert list(verify(store)) == []
    store.close()
