"""From where a room can be reached, and opening it to the network while it is being served."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from etiquette_kit.hosts.server.join_info import bases, own_addresses, routed_addresses
from etiquette_kit.hosts.server.listening import ANY, is_loopback, listening
from etiquette_kit.live.errors import NetworkError
from etiquette_kit.present.lobby import ReachKind

_THIS_MACHINE = "127.0.0.1"


class Reach:
    """The addresses on which a room is served.

    A room that is opened to the network here is not so for good: that is no event of the room, since addresses are those of a place and
    a day. A program that is started again listens where it is told to.

    Parameters
    ----------
    host : str
        The address that it is bound to at first.
    public : str, optional
        The address that others use for it, for example behind a reverse proxy.
    """

    def __init__(self, host: str, public: str | None = None) -> None:
        self._host = host
        self._public = public
        self._opened: list[str] = []
        self._lock = asyncio.Lock()
        self._own = own_addresses() if host in ANY and public is None else routed_addresses()

    @property
    def kind(self) -> ReachKind:
        """Whether phones can reach it: ``open``, or ``local`` for this machine only, or ``none`` if it is in no network either."""
        if self._public is not None or any(not is_loopback(name) for name in self._names()):
            return "open"
        return "local" if self._own else "none"

    def bases(self, port: int) -> tuple[str, ...]:
        """Return the addresses of its pages, each ending with a slash; the first one is shown."""
        return (f"{self._public.rstrip('/')}/",) if self._public is not None else bases(self._names(), port)

    def local_base(self, port: int) -> str:
        """Return the address of its pages for this machine."""
        if self._public is not None:
            return self.bases(port)[0]
        return bases([_THIS_MACHINE if self._host in ANY else self._host], port)[0]

    def is_elsewhere(self, address: str) -> bool:
        """Return whether a client's address is not one of this machine; behind a proxy all have the proxy's, and count as elsewhere."""
        if self._public is not None:
            return True
        try:
            parsed = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        plain = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped else parsed
        return not plain.is_loopback and str(plain) not in self._own

    async def open(self, port: int, serve: Callable[[socket.socket], None]) -> None:
        """Listen on the machine's addresses in its networks as well, on the same port.

        Parameters
        ----------
        port : int
            The port.
        serve : callable
            Serves the room on a socket, too.

        Raises
        ------
        NetworkError
            When the machine is in no network, or none of its addresses can be listened on.
        """
        async with self._lock:
            if self._public is not None:
                return
            # The name service may be slow, and votes must not wait for it.
            self._own = await asyncio.get_running_loop().run_in_executor(None, own_addresses)
            if not self._own:
                raise NetworkError("none")
            if self._host in ANY:
                return
            reason = ""
            for address in self._own:
                if address in (self._host, *self._opened):
                    continue
                try:
                    serve(listening(address, port))
                except OSError as error:
                    reason = error.strerror or str(error)
                else:
                    self._opened.append(address)
            if self.kind != "open":
                raise NetworkError("port", reason)

    def _names(self) -> list[str]:
        """Return the hosts under which it can be reached, those of the network first."""
        if self._host in ANY:
            own = [address for address in self._own if self._host == "::" or ":" not in address]
            return own or [_THIS_MACHINE]
        return [address for address in self._own if address in self._opened] or [self._host]
