"""Information for joining a room: its code, its addresses, and a QR code."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address

from etiquette_kit.hosts.qr_code import qr_image

CODE_LENGTH = 9
"""The length of a room's code: 44 bits."""


def routed_addresses() -> list[str]:
    """Return this machine's addresses on its default routes; no packet is sent for that, and nothing is waited for."""
    found = []
    for family, target in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):  # only the routes to them are looked up
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
                found.append(str(probe.getsockname()[0]))
            except OSError:
                continue
    return _usable(found)


def own_addresses() -> list[str]:
    """Return this machine's addresses in its networks, those of the default routes first; may wait for the name service."""
    found = routed_addresses()
    try:
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM)]
    except OSError:
        found += []
    return _usable(found)


def _usable(found: Iterable[str]) -> list[str]:
    usable = [address for address in dict.fromkeys(found) if not _is_local(address)]
    return sorted(usable, key=lambda address: ip_address(address).version)


def _is_local(address: str) -> bool:
    parsed = ip_address(address.partition("%")[0])
    return parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified


@dataclass(frozen=True)
class JoinInfo:
    """The addresses of a room.

    Attributes
    ----------
    code : str
        The code that participants type.
    bases : tuple of str
        Addresses of the server, each ending with a slash; the first one is shown.
    """

    code: str
    bases: tuple[str, ...]

    @property
    def grouped_code(self) -> str:
        """The code in groups of three, for reading aloud."""
        return " ".join(self.code[start : start + 3] for start in range(0, len(self.code), 3))

    @property
    def phone(self) -> str:
        """The address for phones."""
        return f"{self.bases[0]}{self.code}/"

    @property
    def others(self) -> list[str]:
        """Other addresses of the same page, if the first one cannot be reached."""
        return [f"{base}{self.code}/" for base in self.bases[1:]]

    @cached_property
    def qr(self) -> str:
        """The QR code as a data URL."""
        return qr_image(self.phone)


def bases(hosts: Iterable[str], port: int) -> tuple[str, ...]:
    """Return the addresses of a server, each ending with a slash, by the hosts under which it can be reached."""
    return tuple(f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/" for name in hosts)
