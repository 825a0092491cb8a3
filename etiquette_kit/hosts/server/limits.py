"""The limits of a room's server, which prevent denial of service."""

from __future__ import annotations

from dataclasses import dataclass

PER_ADDRESS = 1000
"""The default number of seats for one address: twice the number of phones in the largest group that shares one."""


@dataclass(frozen=True)
class Limits:
    """The limits of a room's server.

    Attributes
    ----------
    seats : int
        The number of seats in the room.
    per_address : int or None
        The number of seats for one address, which a group often shares; None means no limit.
    gone_seconds : float
        The time without a page after which a participant counts as gone.
    message_bytes, body_bytes, header_bytes : int
        The maximum size of a WebSocket message, of the body of a request, and of its headers.
    rate, burst : float, int
        The number of messages per second from a seat on average, and at once.
    strikes : int
        The number of messages above the limit after which a connection is closed.
    connections : int
        The number of connections of one seat; the oldest is closed first.
    hello_seconds, head_seconds, body_seconds : float
        The time limits for the first message of a connection, for the headers of a request, and for its body.
    guesses : int
        The number of delayed responses to wrong codes from one address.
    guess_seconds : float
        The delay of the response to a wrong code.
    unsent_bytes : int
        The maximum size of unsent data of a connection.
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
        Whether all connections come through a proxy, and so from one address.
    per_address : int, optional
        The number of seats for one address; 0 means no limit. Default: 1,000, and no limit behind a proxy.
    """
    if per_address is None:
        per_address = 0 if public else PER_ADDRESS
    return Limits(per_address=per_address or None)


class RateLimit:
    """A token bucket: the number of messages allowed now, refilled at a constant rate up to a burst.

    Parameters
    ----------
    limits : Limits
        The rate and the burst.
    now : float
        Monotonic seconds.
    """

    __slots__ = ("_left", "_limits", "_seen", "strikes")

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self._left = float(limits.burst)
        self._seen = now
        self.strikes = 0

    def takes(self, now: float) -> bool:
        """Count one message; return False where it is above the limit."""
        self._left = min(self._limits.burst, self._left + (now - self._seen) * self._limits.rate)
        self._seen = now
        if self._left < 1:
            self.strikes += 1
            return False
        self._left -= 1
        return True
