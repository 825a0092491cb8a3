"""The room's HTTP server, with a limit on connections."""

from __future__ import annotations

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream

_RESERVED = 64
"""File descriptors that are reserved for the store and other purposes."""


class BoundedHTTPServer(HTTPServer):
    """An HTTP server that closes new connections when hardly any file descriptors are left, and keeps the others.

    Otherwise a process without free descriptors would retry to accept connections in a busy loop.

    Attributes
    ----------
    file_limit : int or None
        The maximum number of open files of the process.
    """

    file_limit: int | None = None

    def handle_stream(self, stream: IOStream, address: tuple[object, ...]) -> None:
        """Accept a connection; its descriptor is the lowest free number, and so shows how many are in use."""
        if self.file_limit is not None and stream.socket.fileno() >= self.file_limit - _RESERVED:
            stream.close()
        else:
            super().handle_stream(stream, address)
