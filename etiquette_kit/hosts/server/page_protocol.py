"""The protocol between one page and the room: messages are decoded, checked and passed on, independent of the transport."""

from __future__ import annotations

from typing import Protocol

import msgspec

from etiquette_kit.hosts.server.broadcaster import encode_json
from etiquette_kit.hosts.server.connection import Connection, PageKind, Seat
from etiquette_kit.hosts.server.host import Host
from etiquette_kit.live import messages


class PageProtocol:
    """Processes a page's messages.

    Parameters
    ----------
    host : Host
        The room.
    page_kind : {"phone", "screen", "control"}
        The kind of page.
    connection : Connection
        The connection for responses.
    address : str
        The client's address.
    """

    __slots__ = ("_address", "_connection", "_host", "_page_kind", "_rate_limit", "seat", "started")

    def __init__(self, host: Host, page_kind: PageKind, connection: Connection, address: str) -> None:
        self._host = host
        self._page_kind = page_kind
        self._connection = connection
        self._address = address
        self._rate_limit = host.rate_limit()
        self.seat: Seat | None = None
        self.started = False

    def receive(self, raw: str | bytes) -> None:
        """Decode and process a message; an invalid one closes the connection."""
        if self._connection.dropped:
            return
        try:
            message = _READERS[self._page_kind](raw)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            self.refuse("message")
            return
        self.process(message)

    def process(self, message: messages.Message) -> None:
        """Process a message; the first one of a connection must be a hello, and messages after its end are ignored."""
        if self._connection.dropped:
            return
        if isinstance(message, messages.PhoneHello | messages.ScreenHello | messages.ControlHello):
            self._hello(message)
        elif not self.started:
            self.refuse("hello")
        elif self._page_kind == "control":
            self._host.command(self._connection, message)
        elif not self._host.allows(self._connection, self.seat.rate_limit if self.seat else self._rate_limit):
            if isinstance(message, messages.Vote):
                self._connection.send(encode_json({"ack": message.id, "refused": "too_fast"}))
        elif isinstance(message, messages.Vote) and self.seat is not None:
            self._host.vote(self._connection, self.seat, message)
        elif isinstance(message, messages.Lang):
            self._host.switch(self._connection, self._page_kind, message.lang, self.seat)

    def _hello(self, message: messages.PhoneHello | messages.ScreenHello | messages.ControlHello) -> None:
        if self.started:
            self.refuse("hello")
            return
        self.started = True
        match message:
            case messages.PhoneHello():
                self.seat = self._host.admit(self._connection, message, self._address)
            case messages.ScreenHello():
                self._host.watch(self._connection, "screen", message.lang)
            case messages.ControlHello() if self._host.knows(message.key):
                self._host.watch(self._connection, "control", message.lang)
            case messages.ControlHello():
                self.refuse("key")

    def refuse(self, error: str) -> None:
        """Send an error, and close the connection."""
        self._connection.send(encode_json({"error": error}))
        self._connection.drop(error)

    def end(self) -> None:
        """Record that the page is closed."""
        self._host.leave(self._connection, self.seat)


class _Reader(Protocol):
    def __call__(self, raw: str | bytes, /) -> messages.Message: ...


_READERS: dict[PageKind, _Reader] = {"phone": messages.read_phone, "screen": messages.read_screen, "control": messages.read_control}
