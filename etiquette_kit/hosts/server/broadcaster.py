"""What a room's pages show: made once in each language, and told to all of them."""

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
from etiquette_kit.present.room_pages import counts, phone_page, screen_page
from etiquette_kit.quiz.store_errors import ConflictError, StoreError

_PAGES = {"phone": phone_page, "screen": screen_page, "control": control_page}

_AT_ONCE = 250
"""Pages that are told something before anything else has its turn."""

_COUNTING = 0.25
"""Seconds between two tellings of how many are there and have voted."""

encode_json = msgspec.json.Encoder().encode
"""Return a message as JSON."""


class Broadcaster:
    """The pages of a room that are open.

    Parameters
    ----------
    room : Room
        Its state.
    join_info : JoinInfo
        How people get in.
    present : callable
        Returns how many seats have a page open.
    later : callable
        Calls a function after some seconds, on the loop.
    house : House, optional
        The rules of the house, which are shown beside the answers.

    Attributes
    ----------
    languages : tuple of str
        The languages in which all of the room is there.
    trouble : StoreError, ConflictError or None
        Why the store cannot be written just now; the facilitator is told.
    changed : callable
        Called whenever the pages show something new.
    """

    def __init__(
        self,
        room: Room,
        join_info: JoinInfo,
        present: Callable[[], int],
        later: Callable[[float, Callable[[], None]], Any],
        house: House | None = None,
    ) -> None:
        self.languages = shared_languages(ballot.exercise.material for ballot in room.ballots)
        self.trouble: StoreError | ConflictError | None = None
        self.changed: Callable[[], None] = lambda: None
        self._room = room
        self._house = house
        self._join_info = join_info
        self._present = present
        self._later = later
        self._open: dict[PageKind, set[Connection]] = {page_kind: set() for page_kind in PAGE_KINDS}
        self._telling: dict[PageKind, Iterator[Connection]] = {}
        self._version = 0
        self._made: dict[tuple[PageKind, str], bytes] = {}
        self._counting = False

    def language(self, wanted: str) -> str:
        """Return a language in which the whole room is there: the one that is wanted, or the room's own."""
        return wanted if wanted in self.languages else self._room.lang

    def greet(self, page_kind: PageKind, connection: Connection, **more: object) -> None:
        """Tell a page all that it needs: its words, what it shows, and more; from then on it hears what changes."""
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

    def forget(self, connection: Connection) -> None:
        """Tell a page nothing any more."""
        for watching in self._open.values():
            watching.discard(connection)

    def on_trouble(self, trouble: StoreError | ConflictError | None) -> None:
        """Tell the facilitator that the store cannot be written, or can be again."""
        self.trouble = trouble
        self.publish(("control",))

    def publish(self, broadcaster: Iterable[PageKind] = PAGE_KINDS) -> None:
        """Tell all pages what they show now."""
        self._version += 1
        self._made.clear()
        self.changed()
        for page_kind in broadcaster:
            self._telling[page_kind] = iter(tuple(self._open[page_kind]))
            self._tell(page_kind, self._telling[page_kind], {})
        self.count()

    def _tell(self, page_kind: PageKind, connections: Iterator[Connection], ready: dict[str, bytes]) -> None:
        """Tell the next pages what they show, unless there is something newer; in a large room others have their turn meanwhile."""
        if connections is not self._telling[page_kind]:
            return
        some = tuple(islice(connections, _AT_ONCE))
        for connection in some:
            lang = connection.lang
            if lang not in ready:
                ready[lang] = b'{"page":' + self.page(page_kind, lang) + b"}"
            connection.send(ready[lang])
        if len(some) == _AT_ONCE:
            self._later(0.0, lambda: self._tell(page_kind, connections, ready))

    def page(self, page_kind: PageKind, lang: str) -> bytes:
        """Return a page as JSON; it is made once for all, unless a clock runs on it."""
        made = self._made.get((page_kind, lang))
        if made is None:
            made = encode_json(self.describe(page_kind, lang))
            if self._room.ends is None and page_kind != "control":
                self._made[page_kind, lang] = made
        return made

    def describe(self, page_kind: PageKind, lang: str) -> dict[str, Any]:
        """Return a page as plain values."""
        page = {**_PAGES[page_kind](self._room, lang, _now(), self._house), "version": self._version}
        if page_kind != "phone":
            page |= {"code": self._join_info.grouped_code, "address": self._join_info.bases[0], "qr": self._join_info.qr}
        if page_kind == "control":
            words = catalog(lang)
            page |= {
                "links": {"phone": self._join_info.phone, "screen": "../screen/", "others": self._join_info.others},
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
        """Return who is there and how many have voted, as plain values."""
        return counts(self._room, self._present(), lang)

    def count(self) -> None:
        """Tell the projector and the facilitator who is there and how many have voted, at most four times a second."""
        if not self._counting:
            self._counting = True
            self._later(_COUNTING, self._tell_counts)

    def _tell_counts(self) -> None:
        self._counting = False
        self.changed()
        ready: dict[str, bytes] = {}
        for connection in (*self._open["screen"], *self._open["control"]):
            if connection.lang not in ready:
                ready[connection.lang] = b'{"counts":' + encode_json(self.counts(connection.lang)) + b"}"
            connection.send(ready[connection.lang])

    def close(self) -> None:
        """Let all pages go; they look for the room again."""
        for watching in self._open.values():
            for connection in tuple(watching):
                connection.drop("stopped")


def _now() -> datetime:
    return datetime.now(UTC)
