"""The content of a room's pages: created once for each language, and sent to all pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import msgspec

from etiquette_kit.content.house_rules import House
from etiquette_kit.content.material import shared_languages
from etiquette_kit.hosts.server.connection import PAGE_KINDS, Connection, PageKind
from etiquette_kit.hosts.server.join_info import JoinInfo
from etiquette_kit.live.room import Room
from etiquette_kit.locale import catalog
from etiquette_kit.present.control_page import control_page
from etiquette_kit.present.lobby import Arrived, lobby_page, reach_note
from etiquette_kit.present.room_pages import counts, phone_page, screen_page
from etiquette_kit.present.take_home import TakeHome, take_home_note
from etiquette_kit.quiz.store_errors import ConflictError, StoreError

_PAGES = {"phone": phone_page, "screen": screen_page, "control": control_page}

_BATCH = 250
"""The number of pages that are sent a message before other tasks can run."""

_COUNT_INTERVAL = 0.25
"""Seconds between two updates of the counts of people present and votes."""

encode_json = msgspec.json.Encoder().encode
"""Return a message as JSON."""


class Broadcaster:
    """The open pages of a room.

    Parameters
    ----------
    room : Room
        The room's state.
    join_info : JoinInfo
        The code and addresses for joining.
    attendance : callable
        Returns the number of seats with an open page, and that of voters without one.
    later : callable
        Calls a function after a number of seconds, on the event loop.
    house : House, optional
        The employer's house rules, which are shown with the answers.
    take_home : TakeHome, optional
        Where participants go on practising, which is shown at the end.
    arrived : callable, optional
        Returns what the room knows of what is to be prepared; default that nothing is known.
    start_language : str, optional
        The language in which the pages start; default that of each browser, or else the room's own.

    Attributes
    ----------
    languages : tuple of str
        The languages in which the room is complete.
    join_info : JoinInfo
        The code and addresses for joining.
    trouble : StoreError, ConflictError or None
        Why the store cannot be written at present, which the facilitator's page shows.
    changed : callable
        Called after every change of the pages.
    """

    def __init__(
        self,
        room: Room,
        join_info: JoinInfo,
        attendance: Callable[[], tuple[int, int]],
        later: Callable[[float, Callable[[], None]], Any],
        house: House | None = None,
        *,
        take_home: TakeHome | None = None,
        arrived: Callable[[], Arrived] = Arrived,
        start_language: str | None = None,
    ) -> None:
        self.languages = shared_languages(ballot.exercise.material for ballot in room.ballots)
        self.trouble: StoreError | ConflictError | None = None
        self.changed: Callable[[], None] = lambda: None
        self._room = room
        self._house = house
        self._take_home = take_home
        self._arrived = arrived
        self._start_language = start_language if start_language in self.languages else None
        self.join_info = join_info
        self._attendance = attendance
        self._later = later
        self._open: dict[PageKind, set[Connection]] = {page_kind: set() for page_kind in PAGE_KINDS}
        self._sending: dict[PageKind, Iterator[Connection]] = {}
        self._version = 0
        self._cache: dict[tuple[PageKind, str], bytes] = {}
        self._counting = False

    def language(self, wanted: str) -> str:
        """Return the wanted language if the room is complete in it, else the room's own."""
        return wanted if wanted in self.languages else self._room.lang

    def first_language(self, page_kind: PageKind, wanted: str | None) -> str:
        """Return the language in which a page starts.

        Projector and facilitator follow the language that was asked for at the start; a phone follows its own, if the room has it.

        Parameters
        ----------
        page_kind : {"phone", "screen", "control"}
            The kind of page.
        wanted : str or None
            The one that its browser asks for, among those of the room.
        """
        asked = (wanted, self._start_language) if page_kind == "phone" else (self._start_language, wanted)
        return next(filter(None, asked), self._room.lang)

    def subscribe(self, page_kind: PageKind, connection: Connection, **more: object) -> None:
        """Send a page its complete initial content: texts, state, and more; from then on it receives changes."""
        self._open[page_kind].add(connection)
        lang = connection.lang
        if page_kind != "phone":
            more = {"counts": self.counts(lang), **more}
        parts = {
            "lang": lang,
            "languages": [[code, catalog(code)("language.name")] for code in self.languages],
            "words": catalog(lang).table(f"room_{page_kind}"),
            "page": msgspec.Raw(self.page(page_kind, lang)),
            **more,
        }
        connection.send(encode_json(parts))

    def unsubscribe(self, connection: Connection) -> PageKind | None:
        """Stop sending messages to a page; return its kind if it was open."""
        for page_kind, watching in self._open.items():
            if connection in watching:
                watching.remove(connection)
                return page_kind
        return None

    def on_trouble(self, trouble: StoreError | ConflictError | None) -> None:
        """Notify the facilitator that the store cannot be written, or can be written again."""
        self.trouble = trouble
        self.publish(("control",))

    def publish(self, page_kinds: Iterable[PageKind] = PAGE_KINDS) -> None:
        """Send all pages of these kinds their current content."""
        self._version += 1
        self._cache.clear()
        self.changed()
        for page_kind in page_kinds:
            self._send(page_kind)
        self.count()

    def refresh(self) -> None:
        """Send the facilitator's pages what is prepared, which is no change of the room."""
        self._send("control")

    def _send(self, page_kind: PageKind) -> None:
        """Send all pages of a kind their current content."""
        self._sending[page_kind] = iter(tuple(self._open[page_kind]))
        self._send_batch(page_kind, self._sending[page_kind], {})

    def _send_batch(self, page_kind: PageKind, connections: Iterator[Connection], ready: dict[str, bytes]) -> None:
        """Send the next batch of pages their content, unless there is a newer version; in a large room other tasks run in between."""
        if connections is not self._sending[page_kind]:
            return
        batch = tuple(islice(connections, _BATCH))
        for connection in batch:
            lang = connection.lang
            if lang not in ready:
                ready[lang] = b'{"page":' + self.page(page_kind, lang) + b"}"
            connection.send(ready[lang])
        if len(batch) == _BATCH:
            self._later(0.0, lambda: self._send_batch(page_kind, connections, ready))

    def page(self, page_kind: PageKind, lang: str) -> bytes:
        """Return a page as JSON; it is cached, unless it has a running clock."""
        cached = self._cache.get((page_kind, lang))
        if cached is None:
            cached = encode_json(self.describe(page_kind, lang))
            if self._room.ends is None and page_kind != "control":
                self._cache[page_kind, lang] = cached
        return cached

    def describe(self, page_kind: PageKind, lang: str) -> dict[str, Any]:
        """Return a page as plain values."""
        page = {**_PAGES[page_kind](self._room, lang, _now(), self._house), "version": self._version}
        note = take_home_note(self._take_home, lang) if self._room.phase == "end" else None
        page["take_home"] = None if note is None else msgspec.to_builtins(note)
        words = catalog(lang)
        arrived = self._arrived()
        if page_kind != "phone":
            page |= {"code": self.join_info.grouped_code, "address": self.join_info.bases[0], "qr": self.join_info.qr}
        if page_kind == "screen":
            page["warning"] = None if arrived.reach == "open" else words("room_lobby.reach.screen")
        if page_kind == "control":
            page |= {
                "links": {"phone": self.join_info.phone, "screen": "../screen/", "others": self.join_info.others},
                "lobby": lobby_page(arrived, lang) if self._room.phase == "lobby" else None,
                "reach": reach_note(arrived.reach, lang),
                "checks": list(words.table("room.checks").values()),
                "trouble": self._trouble_text(lang),
            }
        return page

    def _trouble_text(self, lang: str) -> str | None:
        words = catalog(lang)
        if self.trouble is None:
            return None
        if isinstance(self.trouble, ConflictError):
            return words("room.store.conflict")
        return words("room.store.trouble", reason=words(f"room.reasons.{self.trouble.kind}"))

    def counts(self, lang: str) -> dict[str, Any]:
        """Return the counts of people present and votes, as plain values."""
        present, gone = self._attendance()
        return counts(self._room, present, lang, gone=gone)

    def count(self) -> None:
        """Send the projector and the facilitator the counts of people present and votes, at most four times a second."""
        if not self._counting:
            self._counting = True
            self._later(_COUNT_INTERVAL, self._send_counts)

    def _send_counts(self) -> None:
        self._counting = False
        self.changed()
        ready: dict[str, bytes] = {}
        for connection in (*self._open["screen"], *self._open["control"]):
            if connection.lang not in ready:
                ready[connection.lang] = b'{"counts":' + encode_json(self.counts(connection.lang)) + b"}"
            connection.send(ready[connection.lang])

    def close(self) -> None:
        """Close the connections of all pages, which then try to reconnect."""
        for watching in self._open.values():
            for connection in tuple(watching):
                connection.drop("stopped")


def _now() -> datetime:
    return datetime.now(UTC)
