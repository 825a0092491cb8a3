"""A web server for a folder of files, as bad as a test wants it: it forbids browsers to store, can be stopped, and breaks off answers."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PREFIX = "/courses/online/"
"""Below which path the site lies."""


class SiteServer:
    """Serves a folder on a port of its own, which it keeps when it is stopped and started again.

    Parameters
    ----------
    folder : pathlib.Path
        May be changed at any time.

    Attributes
    ----------
    asked : Counter
        How often each file was asked for, by its path in the folder; neither questions for the head alone count nor a host's own icon.
    bytes : int
        What was sent of files.
    cut : set of str
        Paths whose next answer breaks off in the middle.
    replaced : dict
        Paths whose next answer is something else, with status 200.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: Counter[str] = Counter()
        self.bytes = 0
        self.cut: set[str] = set()
        self.replaced: dict[str, bytes] = {}
        self._port = 0
        self._lock = threading.Lock()
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}{PREFIX}"

    def start(self) -> None:
        self._server = _Quiet(("127.0.0.1", self._port), partial(_Handler, self))
        self._port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the port, and every connection."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def forget(self) -> None:
        """Count from nought."""
        with self._lock:
            self.asked.clear()
            self.bytes = 0

    def count(self, path: str, size: int) -> None:
        if path == "/favicon.ico":
            return
        with self._lock:
            self.asked[path] += 1
            self.bytes += size


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing of browsers that have left."""


class _Handler(SimpleHTTPRequestHandler):
    """One request, one connection."""

    def __init__(self, site: SiteServer, *arguments: Any) -> None:
        self.site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        path = self.path.partition("?")[0].removeprefix(PREFIX)
        if path == "" or path.endswith("/"):
            path += "index.html"
        file = self.site.folder / path
        found = self.path.startswith(PREFIX) and file.is_file()
        kind = self.guess_type(path)
        body = file.read_bytes() if found else b"not found"
        if with_body and path in self.site.replaced:
            body, kind = self.site.replaced.pop(path), "text/html"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", {".mjs": "text/javascript", ".wasm": "application/wasm"}.get(file.suffix, kind))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if not with_body:
            return
        if path in self.site.cut:
            self.site.cut.discard(path)
            body = body[: len(body) // 2]
        self.site.count(path, len(body))
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Write no log."""
