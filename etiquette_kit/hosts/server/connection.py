"""Somebody's page, however it is connected, and the seat that she holds."""

from __future__ import annotations

from typing import Literal, Protocol

from etiquette_kit.hosts.server.limits import RateLimit

PageKind = Literal["phone", "screen", "control"]
PAGE_KINDS: tuple[PageKind, ...] = ("phone", "screen", "control")


class Connection(Protocol):
    """Somebody's page, however it is connected."""

    lang: str
    dropped: bool

    def send(self, message: bytes) -> None:
        """Send a JSON message; a page that is gone takes nothing, and that is no error."""

    def drop(self, reason: str) -> None:
        """End it, saying why; nothing that still comes from there counts."""


class Seat:
    """Who holds a seat now, and how much may come from there.

    Attributes
    ----------
    number : int
        The seat's number.
    connections : list of Connection
        The pages that are open there.
    visited : float or None
        When a page that asks at intervals was there last, in seconds of the room's clock.
    """

    __slots__ = ("connections", "number", "rate_limit", "visited")

    def __init__(self, number: int, rate_limit: RateLimit) -> None:
        self.number = number
        self.rate_limit = rate_limit
        self.connections: list[Connection] = []
        self.visited: float | None = None
