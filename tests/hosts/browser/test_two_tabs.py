"""Whatever tabs, the browser's database and its space do: an answer that the page calls saved is neither lost nor doubled."""

from __future__ import annotations

import msgspec
import pytest
from browser_tab import BrowserTab
from etiquette_kit.bank import load_bank
from etiquette_kit.locale import catalog
from etiquette_kit.quiz.events import Answered, Event, decode
from etiquette_kit.quiz.state import replay
from fake_database import FakeDatabase
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

BANK = load_bank()
MANY = 3  # tabs at the same time

which = st.integers(0, 9)
_Given = tuple[Event, str]
"""An answer that was given: how its session began, and which material it is about."""


def sessions_in(database: FakeDatabase) -> list[list[Event]]:
    """Return the events of all sessions; they have no gaps."""
    found: dict[str, list[Event]] = {name: [] for name in database.sessions}
    for (name, seq), event in sorted(database.events.items()):
        assert seq == len(found[name])
        found[name].append(decode(event["body"].encode()))
    return list(found.values())


def answers_in(events: list[Event]) -> dict[_Given, str]:
    state = replay(events)
    return {(events[0], state.plan[place].material): given.response for place, given in state.responses.items()}


class Tabs(RuleBasedStateMachine):
    """One person plays in several tabs of one browser, whose database is not always well."""

    def __init__(self) -> None:
        super().__init__()
        self.database = FakeDatabase()
        self.tabs: list[BrowserTab] = []
        self.acknowledged: dict[_Given, str] = {}

    @initialize()
    def begin(self) -> None:
        self.open_tab()
        self.tabs[0].play(0)
        self.open_tab()

    @rule()
    @precondition(lambda self: len(self.tabs) < MANY)
    def open_tab(self) -> None:
        self.tabs.append(BrowserTab(BANK, self.database, seed=1))

    @rule(at=which)
    def reload(self, at: int) -> None:
        place = at % len(self.tabs)
        self.tabs[place] = BrowserTab(BANK, self.database, seed=1)

    @rule(at=which, choice=which, moods=st.lists(st.sampled_from(["full", "gone", "other", "lost", "well"]), max_size=2))
    def answer(self, at: int, choice: int, moods: list[str]) -> None:
        tab = self.tab(at)
        before, self.database.moods = self.database.written, moods
        if tab.page["kind"] == "start":
            tab.send(do="start")
        elif tab.page["kind"] == "end":
            tab.go("restart")
        while tab.page["kind"] == "question" and not tab.page.get("open"):
            tab.go("next")
        if tab.page["kind"] == "question":
            tab.answer(choice)
        self.note(tab, before)

    @rule(at=which, do=st.sampled_from(["next", "back", "save", "language", "what_if"]))
    def move(self, at: int, do: str) -> None:
        tab = self.tab(at)
        before = self.database.written
        if do == "save":
            tab.send(do="save")
        elif do == "language":
            tab.send(do="language", lang="de" if tab.parts["lang"] == "en" else "en")
        elif tab.page["kind"] == "question":
            tab.go(do)
        self.note(tab, before)

    @rule(at=which)
    def erase(self, at: int) -> None:
        tab = self.tab(at)
        self.database.moods = []
        tab.send(do="mine")
        tab.send(do="mine_erase")
        tab.send(do="mine_erase_sure")
        assert tab.notice == catalog(tab.parts["lang"])("mine.erased")
        assert not self.database.events
        self.acknowledged.clear()

    @rule(at=which, mood=st.sampled_from(["full", "gone", "other"]))
    def erase_in_vain(self, at: int, mood: str) -> None:
        if not self.database.people:
            return
        tab = self.tab(at)
        tab.send(do="mine")
        tab.send(do="mine_erase")
        before = dict(self.database.events)
        self.database.moods = [mood]
        tab.send(do="mine_erase_sure")
        self.database.moods = []
        assert tab.notice == catalog(tab.parts["lang"])("mine.not_erased")
        assert self.database.events == before

    @rule(at=which)
    def hand_out(self, at: int) -> None:
        tab = self.tab(at)
        told = {given: response for events in sessions_in(self.database) for given, response in answers_in(events).items()}
        tab.send(do="mine")
        if not told:
            return
        exported = tab.exported()
        handed: dict[_Given, str] = {}
        for session in exported["sessions"]:
            handed |= answers_in([decode(msgspec.json.encode(event)) for event in session["events"]])
        assert handed == told
        tab.send(do="mine_close")

    @rule()
    def the_browser_clears_its_data(self) -> None:
        self.database.clear()
        self.acknowledged.clear()

    def tab(self, at: int) -> BrowserTab:
        tab = self.tabs[at % len(self.tabs)]
        if tab.page["kind"] == "mine":
            tab.send(do="mine_close")
        return tab

    def note(self, tab: BrowserTab, before: int) -> None:
        """Note what a page says is saved by what was just done."""
        self.database.moods = []
        status = tab.card.persistence.status
        if status is None or status.problem or status.unsaved or tab.page["kind"] == "start":
            return
        if self.database.written > before:
            self.acknowledged |= answers_in(tab.session.events)

    @invariant()
    def what_was_acknowledged_is_there(self) -> None:
        stored: dict[_Given, str] = {}
        count = 0
        for events in sessions_in(self.database):
            answers = answers_in(events)
            assert len(answers) <= sum(isinstance(event, Answered) for event in events)
            stored |= answers
            count += len(answers)
        assert len(stored) == count
        assert self.acknowledged.items() <= stored.items()

    @invariant()
    def every_session_has_its_person(self) -> None:
        assert {session["pseudonym"] for session in self.database.sessions.values()} <= self.database.people.keys()

    def teardown(self) -> None:
        """When all is well again, each page saves what it still has, and a new tab finds it."""
        self.database.moods = []
        for tab in self.tabs:
            tab.send(do="save")
            status = tab.card.persistence.status
            if status is not None and tab.page["kind"] not in ("start", "mine"):
                assert status.problem in ("", "erased")
                assert status.problem or status.unsaved == 0
        self.what_was_acknowledged_is_there()


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR", logger="etiquette_kit")


def test_no_saved_answer_is_lost_or_doubled():
    run_state_machine_as_test(Tabs, settings=settings(max_examples=60, stateful_step_count=20, phases=[Phase.reuse, Phase.generate]))
