"""Assigning seats: a new one, or one that is no longer used; with a limit for each address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address, ip_network

from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.live.errors import RoomError

_IPV6_PREFIX = 64
"""The prefix length of an IPv6 network, which all devices of one internet connection share; each device has many addresses in it."""


def network_of(address: str) -> str:
    """Return the unit that counts as one address: an IPv4 address, or the network of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((int(parsed), _IPV6_PREFIX), strict=False))


class Seating:
    """Manages the seats that can be reassigned: those without a connection and without any vote.

    Only this class stores addresses, and only while the room is being served.

    Parameters
    ----------
    limits : Limits
        The number of seats, and how long a seat is reserved after a disconnect.
    clock : callable
        Returns monotonic seconds.
    free : iterable of int
        In a resumed room, the seats without any vote.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float], free: Iterable[int]) -> None:
        self._limits = limits
        self._clock = clock
        self._network: dict[int, str] = {}
        self._taken: Counter[str] = Counter()
        self._free = dict.fromkeys(free, clock())  # seat to the time since when it is free, the longest first
        self._free_in: defaultdict[str, dict[int, float]] = defaultdict(dict)

    def choose(self, address: str, taken: int) -> int | None:
        """Return the seat to reassign to a new participant; None for a new seat.

        Parameters
        ----------
        address : str
            The participant's address.
        taken : int
            The number of seats that are taken.

        Raises
        ------
        RoomError
            When the address has the maximum number of seats, and all of them are in use.
        """
        network, limit = network_of(address), self._limits.per_address
        if limit is not None and self._taken[network] >= limit:
            seat = self._longest_free(self._free_in.get(network, {}))
            if seat is None:
                message = f"one address has {limit} seats already"
                raise RoomError("full", message)
            return seat
        return self._longest_free(self._free) if taken >= self._limits.seats else None

    def _longest_free(self, free: dict[int, float]) -> int | None:
        """Return the seat that has been free for longest, if that is long enough."""
        for seat, since in free.items():
            return seat if self._clock() - since >= self._limits.gone_seconds else None
        return None

    def take(self, seat: int, address: str) -> None:
        """Record that a new participant has a seat."""
        self._mark_used(seat)
        before = self._network.pop(seat, None)
        if before is not None:
            self._taken[before] -= 1
            if not self._taken[before]:
                del self._taken[before]
        self.reconnect(seat, address)

    def reconnect(self, seat: int, address: str) -> None:
        """Record that a participant has reconnected; in a resumed room, the seat then counts for the new address."""
        self._mark_used(seat)
        if seat not in self._network:
            self._network[seat] = network_of(address)
            self._taken[self._network[seat]] += 1

    def _mark_used(self, seat: int) -> None:
        self._free.pop(seat, None)
        free = self._free_in.get(self._network.get(seat, ""), {})
        if free.pop(seat, None) is not None and not free:
            del self._free_in[self._network[seat]]

    def release_seat(self, seat: int) -> None:
        """Record that a seat without any vote is no longer connected."""
        self._mark_used(seat)
        self._free[seat] = self._free_in[self._network[seat]][seat] = self._clock()
