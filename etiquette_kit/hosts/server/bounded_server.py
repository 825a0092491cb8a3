"""The room's door: it takes connections as long as the process may have more of them."""

from __future__ import annotations

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream

_SPARE = 64
"""Open files that are left to the store and whatever else needs some."""


class BoundedHTTPServer(HTTPServer):
    """An HTTP server that lets go at once whoever comes when hardly any open files are left, and goes on with the others.

    Without that a process that has none left takes nobody, tries it again at once, and has time for nothing else.

    Attributes
    ----------
    most : int or None
        How many files the process may have open.
    """

    most: int | None = None

    def handle_stream(self, stream: IOStream, address: tuple[object, ...]) -> None:
        """Take a connection; a new file has the lowest number that is free, so that this one tells how many there are."""
        if self.most is not None and stream.socket.fileno() >= self.most - _SPARE:
            stream.close()
        else:
            super().handle_stream(stream, address)
