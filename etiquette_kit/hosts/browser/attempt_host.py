"""The worker's side of a page in a learning management system: takes up the round that the system kept, and reports how it goes on."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import msgspec

from etiquette_kit import __version__
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.cards.quiz import QuizCard, now
from etiquette_kit.hosts.browser.answers import BrowserAnswers
from etiquette_kit.hosts.browser.host import Action, BrowserHost, Database, Opening
from etiquette_kit.quiz.answer_file import FileSession
from etiquette_kit.quiz.answer_import import AnswerImport
from etiquette_kit.quiz.answer_store import ImportsAnswers
from etiquette_kit.quiz.attempt import AttemptReport, attempt_report
from etiquette_kit.quiz.entries import AnswerDetails, StoredEvent
from etiquette_kit.quiz.events import Answered, Event
from etiquette_kit.quiz.round_code import RoundCodeError, read_round, started_at
from etiquette_kit.quiz.session_log import plan_at
from etiquette_kit.store.memory import MemoryAnswers


class Attempt(msgspec.Struct, frozen=True):
    """What a page is told of the attempt that it belongs to.

    Attributes
    ----------
    token : str
        Whose answers these are. It belongs to the attempt, and takes the place of the browser's own.
    round : str
        The round that the system kept, as a short text; empty where there is none.
    card : str
        The name of the quiz that is reported; empty where the page has none.
    """

    token: str
    round: str = ""
    card: str = ""


class AttemptHost(BrowserHost):
    """Holds the cards of a page, of which one quiz is reported.

    Parameters
    ----------
    bank, database, post
        As of ``BrowserHost``; what is posted may also be a ``report``.
    attempt : Attempt
        What the page is told.
    """

    def __init__(self, bank: Bank, database: Database | None, post: Callable[[str], None], attempt: Attempt) -> None:
        super().__init__(bank, database, post)
        self._attempt = attempt
        self._length = 0
        self._reported: AttemptReport | None = None

    async def start(self) -> None:
        """Read the stored answers of this browser."""
        await super().start()
        self._keep_in(self._store)

    def _keep_in(self, store: BrowserAnswers | MemoryAnswers) -> None:
        if self._attempt.card or isinstance(store, BrowserAnswers):
            store.where = "platform"
        self._store = store

    async def receive(self, text: str) -> None:
        """Carry out a request of the page, and report what has changed by it."""
        asked = msgspec.json.decode(text, type=Opening | Action)
        if isinstance(asked, Action):
            await super().receive(msgspec.json.encode(Action(asked.card, self._own(asked.message))).decode())
        else:
            await super().receive(text)
        if isinstance(asked, Action) and _said(asked.message) == "mine_erase_sure":
            self._report(AttemptReport())
        elif asked.card != self._attempt.card:
            return
        elif isinstance(asked, Opening):
            await self._begin(asked)
        elif not self._quiz.at_start:
            self._report(attempt_report(self._quiz.session, self._length))

    def _own(self, message: Any) -> Any:
        """Return a message, with the attempt's token for the browser's; who sits there is a matter of the learning management system."""
        if _said(message) != "hello":
            return message
        return {**{name: value for name, value in message.items() if name != "anew"}, "key": self._attempt.token}

    # ---- the round that was kept --------------------------------------------------------------------------------------------

    async def _begin(self, asked: Opening) -> None:
        self._length = len(self._quiz.session.exercises)
        if self._attempt.round and not await self._take_up():
            self._keep_in(MemoryAnswers())  # this browser keeps nothing more; the round is there as long as the page, and on the platform
            await super().receive(msgspec.json.encode(asked).decode())
            await self._take_up()

    async def _take_up(self) -> bool:
        """Add the round to what this browser keeps, where it goes on as any other; return whether it could be stored."""
        try:
            events = read_round(self._attempt.round, self._bank)
        except RoundCodeError:
            return True  # there is nothing to store
        store, quiz = self._store, self._quiz.persistence.quiz
        assert isinstance(store, ImportsAnswers)
        person = store.admit(self._attempt.token)
        session = FileSession(self._name_of(store, person.id), quiz, __version__, tuple(_entries(events)))
        importing = AnswerImport(store, person, [session], self._bank, now)
        await self._write()
        return not importing.is_under_way() and importing.error is None

    def _name_of(self, store: ImportsAnswers, participant: int) -> str:
        """Return the name of the session in this browser that began at the same moment, else one that follows from that."""
        began = started_at(self._attempt.round)
        for name, number in store.numbers(participant).items():
            if store.entries(number)[0].event.at == began:
                return name
        return sha256(f"{self._attempt.token} {began.isoformat()}".encode()).hexdigest()[:32]

    # ---- what is reported ---------------------------------------------------------------------------------------------------

    @property
    def _quiz(self) -> QuizCard:
        card = self._cards[self._attempt.card]
        assert isinstance(card, QuizCard)
        return card

    def _report(self, report: AttemptReport) -> None:
        if report != self._reported:
            self._reported = report
            self._post(msgspec.json.encode({"card": self._attempt.card, "report": report}).decode())


def _said(message: Any) -> object:
    return message.get("do") if isinstance(message, dict) else None


def _entries(events: list[Event]) -> list[StoredEvent]:
    return [StoredEvent(event, _details(events, place)) for place, event in enumerate(events)]


def _details(events: list[Event], place: int) -> AnswerDetails | None:
    event = events[place]
    if not isinstance(event, Answered):
        return None
    planned = plan_at(events, place)[event.position]
    return AnswerDetails(planned.material, planned.content, planned.format_name, planned.shown)


async def started(database: Any, post: Callable[[str], None], attempt: str) -> AttemptHost:
    """Return a page's host that has read what the browser keeps.

    Parameters
    ----------
    database : Database or None
        Where answers are kept; None where nothing can be.
    post : callable
        Sends JSON to the page.
    attempt : str
        The attempt, as JSON.
    """
    host = AttemptHost(load_bank(), database, post, msgspec.json.decode(attempt, type=Attempt))
    await host.start()
    return host
