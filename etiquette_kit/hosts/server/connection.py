"""The connection of a page, independent of its transport, and a participant's seat."""

from __future__ import annotations

from typing import Literal, Protocol

from etiquette_kit.hosts.server.limits import RateLimit

PageKind = Literal["phone", "screen", "control"]
PAGE_KINDS: tuple[PageKind, ...] = ("phone", "screen", "control")


class Connection(Protocol):
    """The connection of a page, independent of its transport."""

    lang: str
    dropped: bool

    def send(self, message: bytes) -> None:
        """Send a JSON message; it is not an error if the page is closed."""

    def drop(self, reason: str) -> None:
        """Close the connection with a reason; further messages from it are ignored."""


class Seat:
    """A seat with its connections and its rate limit.

    Attributes
    ----------
    number : int
        The seat's number.
    connections : list of Connection
        The open pages of the seat.
    visited : float or None
        The last request of a polling page, in seconds of the room's clock.
    """

    __slots__ = ("connections", "number", "rate_limit", "visited")

    def __init__(self, number: int, rate_limit: RateLimit) -> None:
        self.number = number
        self.rate_limit = rate_limit
        self.connections: list[Connection] = []
        self.visited: float | None = None
