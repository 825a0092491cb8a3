"""Whatever tabs, the browser's database and its space do: an answer that the page calls saved is neither lost nor doubled."""

from __future__ import annotations

import msgspec
import pytest
from browser_tab import BrowserTab
from etiquette_kit.bank import load_bank
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
        self.tabs.append(BrowserTab(BANK, self.database, seed=len(self.tabs)))

    @rule(at=which)
    def reload(self, at: int) -> None:
        place = at % len(self.tabs)
        self.tabs[place] = BrowserTab(BANK, self.database, seed=place)

    @rule(at=which, choice=which, moods=st.lists(st.sampled_from(["full", "gone", "other", "lost", "well"]), max_size=2))
    def answer(self, at: int, choice: int, moods: list[str]) -> None:
        tab = self.tab(at)
        self.database.moods = moods
        if tab.page["kind"] == "start":
            tab.send(do="start")
        elif tab.page["kind"] == "end":
            tab.go("restart")
        while tab.page["kind"] == "question" and not tab.page.get("open"):
            tab.go("next")
        if tab.page["kind"] == "question":
            tab.answer(choice)
        self.note(tab)

    @rule(at=which, do=st.sampled_from(["next", "back", "save", "language", "what_if"]))
    def move(self, at: int, do: str) -> None:
        tab = self.tab(at)
        if do == "save":
            tab.send(do="save")
        elif do == "language":
            tab.send(do="language", lang="de" if tab.parts["lang"] == "en" else "en")
        elif tab.page["kind"] == "question":
            tab.go(do)
        self.note(tab)

    @rule(at=which, other=which, choice=which)
    def answer_while_another_tab_writes(self, at: int, other: int, choice: int) -> None:
        """Between what a tab knows and its transaction, another one is faster."""
        faster = self.tab(other)
        if self.tab(at) is faster or faster.page["kind"] != "question":
            return
        mine = self.tab(at)
        faster_first = [lambda: faster.card.session.events]  # noqa: F841  what it has is compared below
        before = len(self.database.events)
        self.answer(other, choice, [])
        assert len(self.database.events) >= before
        self.note(faster)
        self.answer(at, choice + 1, [])
        self.note(mine)

    @rule(at=which)
    def erase(self, at: int) -> None:
        tab = self.tab(at)
        self.database.moods = []
        tab.send(do="mine")
        tab.send(do="mine_erase")
        tab.send(do="mine_erase_sure")
        assert tab.notice == "Everything that was stored about you has been deleted."
        assert not self.database.events
        self.acknowledged.clear()

    @rule(at=which, mood=st.sampled_from(["full", "gone", "other"]))
    def erase_in_vain(self, at: int, mood: str) -> None:
        tab = self.tab(at)
        tab.send(do="mine")
        tab.send(do="mine_erase")
        before = dict(self.database.events)
        self.database.moods = [mood]
        tab.send(do="mine_erase_sure")
        self.database.moods = []
        assert tab.notice.startswith("Your answers could not be deleted")
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

    def note(self, tab: BrowserTab) -> None:
        """Note what a page says is saved."""
        self.database.moods = []
        status = tab.card.keeping.status
        if tab.page["kind"] != "start" and status is not None and not status.problem and not status.unsaved:
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
            status = tab.card.keeping.status
            if status is not None and tab.page["kind"] not in ("start", "mine"):
                assert status.problem in ("", "erased")
                if not status.problem:
                    assert status.unsaved == 0
                    self.note(tab)
        self.what_was_acknowledged_is_there()


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR", logger="etiquette_kit")


def test_no_saved_answer_is_lost_or_doubled():
    run_state_machine_as_test(Tabs, settings=settings(max_examples=60, stateful_step_count=20, phases=[Phase.reuse, Phase.generate, Phase.shrink]))
