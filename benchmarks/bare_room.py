"""The lower bound for a room: a bare WebSocket server that sends the same bytes at the same times, without checks and storage."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketHandler

CODE, KEY = "FLQQR", "none"


class _Phone(WebSocketHandler):
    def initialize(self, says: dict[str, str], phones: set[_Phone]) -> None:
        self.says = says
        self.phones = phones

    def open(self, *_: str, **__: str) -> None:
        self.set_nodelay(True)

    def on_message(self, message: str | bytes) -> None:
        assert isinstance(message, str)
        if message.startswith('{"do":"vote"'):
            before, _, after = self.says["ack"].partition('"ack":"')
            self.write_message(f'{before}"ack":"{message[19:35]}{after[16:]}')
        else:
            self.phones.add(self)
            self.write_message(self.says["welcome"])

    def on_close(self) -> None:
        self.phones.discard(self)


class _Control(WebSocketHandler):
    def initialize(self, says: dict[str, str], phones: set[_Phone]) -> None:
        self.says = says
        self.phones = phones

    def on_message(self, message: str | bytes) -> None:
        command = json.loads(message)
        if command["do"] == "hello":
            self.write_message("{}")
            return
        page = self.says["reveal" if command["do"] == "go" else "vote"]
        for phone in tuple(self.phones):
            phone.write_message(page)


async def serve(says: dict[str, str]) -> None:
    """Serve until killed, after printing the address."""
    own: dict[str, Any] = {"says": says, "phones": set()}
    server = HTTPServer(Application([(f"/{CODE}/ws", _Phone, own), (f"/{CODE}/control/ws", _Control, own)], log_function=lambda _: None))
    sockets = bind_sockets(0, "127.0.0.1", backlog=2048)
    server.add_sockets(sockets)
    print(f"http://127.0.0.1:{sockets[0].getsockname()[1]}/{CODE}/control/#{KEY}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
