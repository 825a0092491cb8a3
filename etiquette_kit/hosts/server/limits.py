"""What a room allows, so that nobody can take it from the others."""

from __future__ import annotations

from dataclasses import dataclass

PER_ADDRESS = 1000
"""Seats that one address may have, where nothing else is said: twice as many as the largest room that shares one has phones."""


@dataclass(frozen=True)
class Limits:
    """Bounds of a room's server.

    Attributes
    ----------
    seats : int
        Seats in the room.
    per_address : int or None
        Seats that one address may have, since a class often shares one; None is no limit.
    gone_seconds : float
        After how long without a page somebody counts as gone.
    message_bytes, body_bytes, header_bytes : int
        The largest message of a WebSocket, body of a request, and head of a request.
    rate, burst : float, int
        Messages a second that a seat may send for long, and at once.
    strikes : int
        Messages beyond that after which a connection is closed.
    connections : int
        Connections that one seat may hold; the oldest goes first.
    hello_seconds, head_seconds, body_seconds : float
        How long a connection may take for its first message, for the head of a request and for its body.
    guesses : int
        Wrong codes of one address that may be waiting for their answer.
    guess_seconds : float
        How long the answer to a wrong code takes.
    unsent_bytes : int
        What may wait for a connection that does not take it.
    """

    seats: int = 12_000
    per_address: int | None = PER_ADDRESS
    gone_seconds: float = 10.0
    message_bytes: int = 4096
    body_bytes: int = 8192
    header_bytes: int = 16_384
    rate: float = 5.0
    burst: int = 20
    strikes: int = 100
    connections: int = 4
    hello_seconds: float = 10.0
    head_seconds: float = 10.0
    body_seconds: float = 5.0
    guesses: int = 20
    guess_seconds: float = 1.0
    unsent_bytes: int = 262_144


def limits_for(*, public: bool, per_address: int | None = None) -> Limits:
    """Return the limits of a room.

    Parameters
    ----------
    public : bool
        Whether everybody comes in through a proxy, and so from one address.
    per_address : int, optional
        Seats that one address may have; 0 is no limit. Default: 1,000, and no limit behind a proxy.
    """
    if per_address is None:
        per_address = 0 if public else PER_ADDRESS
    return Limits(per_address=per_address or None)


class RateLimit:
    """How many messages may still come now: refilled at a steady rate, up to a burst (a token bucket).

    Parameters
    ----------
    limits : Limits
        The rate and the burst.
    now : float
        The time in seconds, from any beginning.
    """

    __slots__ = ("_left", "_limits", "_seen", "strikes")

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self._left = float(limits.burst)
        self._seen = now
        self.strikes = 0

    def takes(self, now: float) -> bool:
        """Take one message; False where it is one too many."""
        self._left = min(self._limits.burst, self._left + (now - self._seen) * self._limits.rate)
        self._seen = now
        if self._left < 1:
            self.strikes += 1
            return False
        self._left -= 1
        return True
