"""The sockets on which a room is served."""

from __future__ import annotations

import errno
import socket
from ipaddress import ip_address

from etiquette_kit.live.errors import AddressError

ANY = ("", "0.0.0.0", "::")  # noqa: S104  recognised, not bound
"""What stands for all addresses of the machine."""

_BACKLOG = 2048
_NOT_OURS = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def listening(host: str, port: int) -> socket.socket:
    """Return a listening socket; it is closed if that fails.

    Raises
    ------
    AddressError
        When this machine has no such address.
    OSError
        When the port is taken or not allowed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    try:
        # First, since what cannot be a name at all would leave the socket open.
        (*_, address), *_ = socket.getaddrinfo(host or None, port, family, socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError, ValueError) as error:
        raise AddressError(host) from error
    try:
        opened = socket.create_server(address, family=family, backlog=_BACKLOG, dualstack_ipv6=both)
    except OSError as error:
        if error.errno in _NOT_OURS:
            raise AddressError(host) from error
        raise
    opened.settimeout(0)
    return opened


def check_address(host: str) -> None:
    """Do nothing if this machine can listen on an address.

    Raises
    ------
    AddressError
        When it has no such address.
    """
    listening(host, 0).close()


def is_loopback(host: str) -> bool:
    """Return whether an address leads to this machine from this machine alone."""
    try:
        parsed = ip_address(host)
    except ValueError:
        return host == "localhost"
    return parsed.is_loopback
