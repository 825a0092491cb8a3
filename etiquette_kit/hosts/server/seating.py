"""Which seat somebody new gets: a further one, or one that nobody needs any more; and how many one address may have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address, ip_network

from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.live.errors import RoomError

_IPV6_PREFIX = 64
"""Bits of an IPv6 address that one connection to the internet has for all of its devices; each device has millions of addresses below."""


def network_of(address: str) -> str:
    """Return what counts as one address: an IPv4 address, or the network of an IPv6 address."""
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
    """Knows the seats that can be given to somebody else: nobody is there, and nobody ever voted from them.

    Addresses are known here only, and only while the room is being served.

    Parameters
    ----------
    limits : Limits
        How many seats there are, and how long a seat is kept for who is gone.
    clock : callable
        Seconds from any beginning.
    free : iterable of int
        The seats of a room that is taken up again from which nobody has voted.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float], free: Iterable[int]) -> None:
        self._limits = limits
        self._clock = clock
        self._network: dict[int, str] = {}
        self._taken: Counter[str] = Counter()
        self._free = dict.fromkeys(free, clock())  # since when, the longest first
        self._free_in: defaultdict[str, dict[int, float]] = defaultdict(dict)

    def choose(self, address: str, taken: int) -> int | None:
        """Return the seat that somebody new takes over; None for a further one.

        Parameters
        ----------
        address : str
            Where she comes from.
        taken : int
            How many seats of the room are taken.

        Raises
        ------
        RoomError
            When her address has as many seats as it may, and all of them are in use.
        """
        network, most = network_of(address), self._limits.per_address
        if most is not None and self._taken[network] >= most:
            seat = self._longest(self._free_in.get(network, {}))
            if seat is None:
                message = f"one address has {most} seats already"
                raise RoomError("full", message)
            return seat
        return self._longest(self._free) if taken >= self._limits.seats else None

    def _longest(self, free: dict[int, float]) -> int | None:
        """Return the seat that is free for longest, if that is long enough."""
        for seat, since in free.items():
            return seat if self._clock() - since >= self._limits.gone_seconds else None
        return None

    def take(self, seat: int, address: str) -> None:
        """Note that somebody new has a seat."""
        self._use(seat)
        before = self._network.pop(seat, None)
        if before is not None:
            self._taken[before] -= 1
            if not self._taken[before]:
                del self._taken[before]
        self.come_back(seat, address)

    def come_back(self, seat: int, address: str) -> None:
        """Note that somebody is at her seat; in a room that is taken up again, it counts for the address from which she comes back."""
        self._use(seat)
        if seat not in self._network:
            self._network[seat] = network_of(address)
            self._taken[self._network[seat]] += 1

    def _use(self, seat: int) -> None:
        self._free.pop(seat, None)
        free = self._free_in.get(self._network.get(seat, ""), {})
        if free.pop(seat, None) is not None and not free:
            del self._free_in[self._network[seat]]

    def set_free(self, seat: int) -> None:
        """Note that nobody is at a seat from which nobody ever voted."""
        self._use(seat)
        self._free[seat] = self._free_in[self._network[seat]][seat] = self._clock()
