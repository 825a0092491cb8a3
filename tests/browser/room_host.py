"""Serves the pages of a room as its server does, but without a room: what it would say comes from the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import etiquette_kit

FOLDER = Path(etiquette_kit.__file__).parent / "room" / "page"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'"
_KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html; charset=utf-8"}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        folder, _, name = path.rpartition("/")
        if folder.endswith("/static"):
            file = FOLDER / name
        else:
            file = FOLDER / f"{folder.rpartition('/')[2]}.html"
        if not file.is_file():
            self.send_error(404)
            return
        body = file.read_text(encoding="utf-8").replace("{{ lang }}", "de").replace("{{ version }}", "1").encode()
        self.send_response(200)
        self.send_header("Content-Type", _KINDS[file.suffix])
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def hosting() -> Iterator[str]:
    """Serve under a prefix, as behind a reverse proxy; gives the room's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/training/ABCDEFGHK/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
