"""What goes over the wire between a browser and a real kernel, message by message."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60.0  # seconds


@dataclass(frozen=True)
class Message:
    """One message, from the browser or to it.

    Attributes
    ----------
    kind : str
        Its type in the protocol, for example ``"comm_msg"``.
    content : mapping
        What it says.
    content_bytes : int
        Its content, metadata and buffers as JSON.
    frame_bytes : int
        The whole frame on the WebSocket, headers included.
    """

    kind: str
    content: Mapping[str, Any]
    content_bytes: int
    frame_bytes: int


@dataclass(frozen=True)
class Traffic:
    """All messages that one deed of the browser brought about, its own first."""

    messages: tuple[Message, ...]

    def __add__(self, other: Traffic) -> Traffic:
        return Traffic(self.messages + other.messages)

    @property
    def count(self) -> int:
        """How many messages, in both directions."""
        return len(self.messages)

    @property
    def content_bytes(self) -> int:
        """How many bytes they say."""
        return sum(message.content_bytes for message in self.messages)

    @property
    def frame_bytes(self) -> int:
        """How many bytes they are on the WebSocket."""
        return sum(message.frame_bytes for message in self.messages)

    def opened(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the id and the state of each widget model that was opened."""
        for message in self.messages:
            if message.kind == "comm_open":
                yield message.content["comm_id"], message.content["data"]["state"]

    def updates(self, comm: str) -> Iterator[dict[str, Any]]:
        """Yield what the kernel changed in the state of a widget model."""
        for message in self.messages:
            data = message.content.get("data", {})
            if message.kind == "comm_msg" and message.content["comm_id"] == comm and data.get("method") == "update":
                yield data["state"]


class Kernel:
    """A running kernel, spoken to as a browser does."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self._client = client

    def run(self, code: str) -> Traffic:
        """Execute a cell.

        Raises
        ------
        RuntimeError
            When it fails.
        """
        traffic = self._ask("execute_request", {"code": code, "silent": False, "store_history": True, "stop_on_error": True})
        for message in traffic.messages:
            if message.kind == "error":
                raise RuntimeError("\n".join(message.content["traceback"]))
        return traffic

    def said(self, code: str) -> str:
        """Execute a cell and return what it printed."""
        return "".join(message.content["text"] for message in self.run(code).messages if message.kind == "stream")

    def tell(self, comm: str, data: Mapping[str, Any]) -> Traffic:
        """Send a message to a widget model."""
        return self._ask("comm_msg", {"comm_id": comm, "data": data})

    def packed(self, value: object) -> bytes:
        """Return a value as it stands in a message."""
        packed: bytes = self._client.session.pack(value)
        return packed

    def _ask(self, kind: str, content: Mapping[str, Any]) -> Traffic:
        request = self._client.session.msg(kind, dict(content))
        self._client.shell_channel.send(request)
        own = request["header"]["msg_id"]
        messages = [self._measured(request, "shell")]
        until = time.monotonic() + _PATIENCE
        while True:
            message = self._client.get_iopub_msg(timeout=until - time.monotonic())
            if message["parent_header"].get("msg_id") != own:
                continue
            messages.append(self._measured(message, "iopub"))
            if message["content"].get("execution_state") == "idle":
                break
        if kind == "execute_request":
            messages.append(self._measured(self._client.get_shell_msg(timeout=_PATIENCE), "shell"))
        return Traffic(tuple(messages))

    def _measured(self, message: Mapping[str, Any], channel: str) -> Message:
        buffers = sum(memoryview(buffer).nbytes for buffer in message.get("buffers", ()))
        content = len(self.packed(message["content"])) + len(self.packed(message["metadata"])) + buffers
        frame = len(serialize_msg_to_ws_v1(message, channel, self.packed)) + buffers
        return Message(message["header"]["msg_type"], message["content"], content, frame)


@contextmanager
def kernel() -> Iterator[Kernel]:
    """Start a kernel, and end it."""
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(_ROOT))
    try:
        yield Kernel(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
