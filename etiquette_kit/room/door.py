"""The room's door: it takes connections as long as the system lets this program hold more of them."""

from __future__ import annotations

import sys
from contextlib import suppress

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream

if sys.platform != "win32":  # where no such limit is known
    import resource

_WANTED = (65_536, 10_240)
"""Open files to ask for: macOS allows no more than the second."""

_SPARE = 64
"""Open files that are left to the store and whatever else needs some."""


def most_files() -> int | None:
    """Return how many files this program may have open, after asking for enough; None where there is no limit.

    Many systems begin with 1024 or even 256, a connection takes one, and a program that has none left no longer answers anybody.
    """
    if sys.platform == "win32":
        return None
    for wanted in _WANTED:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft == resource.RLIM_INFINITY or soft >= wanted:
            break
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return None if soft == resource.RLIM_INFINITY else soft


class Door(HTTPServer):
    """An HTTP server that lets go at once whoever comes when hardly any open files are left, and goes on with the others."""

    most: int | None = None

    def handle_stream(self, stream: IOStream, address: tuple[object, ...]) -> None:
        """Take a connection; files are numbered from the lowest free number, so that this one tells how many there are."""
        if self.most is not None and stream.fileno().fileno() >= self.most - _SPARE:  # type: ignore[union-attr]
            stream.close()
        else:
            super().handle_stream(stream, address)
