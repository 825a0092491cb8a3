"""The worker's side of a page: creates cards, passes messages to them, and sends their changes after answers are stored."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from typing import Any, Protocol

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.cards.advisor import AdvisorCard
from etiquette_kit.cards.card import Card
from etiquette_kit.cards.quiz import QuizCard
from etiquette_kit.hosts.browser.answers import BrowserAnswers
from etiquette_kit.hosts.browser.records import Contents, Erasure, Write, WriteResult
from etiquette_kit.quiz.answer_store import AnswerStore
from etiquette_kit.store.memory import MemoryAnswers

_log = logging.getLogger(__name__)

_READ_AGAIN = ("mine", "confirmation")
"""Prefixes of the messages that concern all stored answers, from any tab."""


class Database(Protocol):
    """The browser's database, as the page's scripts offer it; everything goes over as JSON."""

    def read(self) -> Awaitable[str]:
        """Return a ``Contents``."""

    def write(self, write: str) -> Awaitable[str]:
        """Carry out a ``Write`` in one transaction, and return a ``WriteResult`` once it is complete."""

    def erase(self, pseudonym: str) -> Awaitable[str]:
        """Remove all of a person in one transaction, and return a ``WriteResult`` once it is complete."""


class Opening(msgspec.Struct, frozen=True, tag="open", tag_field="do"):
    """A page asks for a card: which one, and with which parameters."""

    card: str
    kind: str
    parameters: dict[str, Any]


class Action(msgspec.Struct, frozen=True, tag="take", tag_field="do"):
    """Something was done on a card."""

    card: str
    message: Any


class BrowserHost:
    """Holds the cards of one page.

    Parameters
    ----------
    bank : Bank
        The scenarios.
    database : Database, optional
        Where answers are kept; None where the browser keeps nothing.
    post : callable
        Sends JSON to the page: ``card`` and either ``parts`` that changed or a ``file`` to save.
    """

    def __init__(self, bank: Bank, database: Database | None, post: Callable[[str], None]) -> None:
        self._bank, self._database, self._post = bank, database, post
        self._cards: dict[str, Card] = {}
        self._changed: dict[str, set[str]] = {}
        self._store: BrowserAnswers | MemoryAnswers = MemoryAnswers()

    async def start(self) -> None:
        """Read the stored answers of this browser."""
        contents = await self._read()
        if contents is not None:
            self._store = BrowserAnswers(contents)

    async def receive(self, text: str) -> None:
        """Carry out a request of the page; changes are sent after the answers are stored, or cannot be."""
        match msgspec.json.decode(text, type=Opening | Action):
            case Opening(card=name, kind=kind, parameters=parameters):
                self._open(name, kind, parameters)
            case Action(card=name, message=message):
                await self._read_again(message)
                self._cards[name].take(message)
        await self._write()
        self._send()

    def _open(self, name: str, kind: str, parameters: dict[str, Any]) -> None:
        card = make_card(kind, self._bank, self._store, {key: self._referred(value) for key, value in parameters.items()})
        self._cards[name] = card
        self._changed[name] = set(card.PARTS)
        card.on_change = partial(self._note, name)
        card.send_file = lambda file: self._post(_json({"card": name, "file": msgspec.to_builtins(file)}))

    def _referred(self, value: Any) -> Any:
        """Return the other card of the page that a parameter names, which was opened before; any other value as it is."""
        return self._cards[value["card"]] if isinstance(value, Mapping) else value

    def _note(self, name: str, parts: Iterable[str]) -> None:
        self._changed[name].update(parts)

    async def _read(self) -> Contents | None:
        """Return the database's content; None where there is none, or it cannot be read."""
        if self._database is None:
            return None
        try:
            return msgspec.json.decode(await self._database.read(), type=Contents)
        except Exception:  # noqa: BLE001  whatever the browser says to it, the page is to work
            _log.warning("what this browser keeps cannot be read", exc_info=True)
            return None

    async def _read_again(self, message: object) -> None:
        """Load what other tabs have written, before an action that concerns all answers."""
        store, asked = self._store, message.get("do") if isinstance(message, Mapping) else None
        if isinstance(store, BrowserAnswers) and isinstance(asked, str) and asked.startswith(_READ_AGAIN):
            contents = await self._read()
            if contents is not None:
                store.learn(contents)

    async def _write(self) -> None:
        """Carry out the queue of the store; results may add to it."""
        store = self._store
        while isinstance(store, BrowserAnswers) and store.queue:
            store.settle(await self._carry_out(store.queue[0]))

    async def _carry_out(self, write: Write | Erasure) -> WriteResult:
        assert self._database is not None
        if isinstance(write, Erasure):
            told = await self._database.erase(write.pseudonym)
        else:
            told = await self._database.write(_json(write))
        return msgspec.json.decode(told, type=WriteResult)

    def _send(self) -> None:
        for name, parts in self._changed.items():
            if parts:
                self._post(_json({"card": name, "parts": self._cards[name].part_values(parts)}))
        self._changed = {name: set() for name in self._cards}


def make_card(kind: str, bank: Bank, store: AnswerStore, parameters: Mapping[str, Any]) -> Card:
    """Return a card of a kind.

    Raises
    ------
    LookupError
        When a page has no cards of this kind.
    """
    if kind == "Quiz":
        return QuizCard(bank, store=store, confirmation=True, **parameters)
    if kind == "Advisor":
        return AdvisorCard(**parameters)
    if kind == "SituationChooser":
        from etiquette_kit.cards.chooser import ChooserCard  # as the workshop

        return ChooserCard(bank, **parameters)
    if kind == "Workshop":
        from etiquette_kit.cards.workshop import WorkshopCard  # only one page has it

        return WorkshopCard(bank, **parameters)
    message = f"a page has no card {kind!r}"
    raise LookupError(message)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
