"""A process that serves a room: the room's address, and the resources that the process uses."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.fresh import environment

_PATIENCE = 60.0  # seconds


class ServedRoom:
    """A server that prints the facilitator's address when it is ready, and is stopped at the end.

    Parameters
    ----------
    command : sequence of str
        What follows ``python -m``.

    Attributes
    ----------
    port, code, key : int, str, str
        Where the room is, and the facilitator's key.
    """

    def __init__(self, command: Sequence[str]) -> None:
        with tempfile.TemporaryFile() as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *command], stdout=output, stderr=subprocess.STDOUT, env=environment(), stdin=subprocess.DEVNULL
            )
            port, self.code, self.key = self._address(output.fileno())
        self.port = int(port)

    def _address(self, output: int) -> tuple[str, str, str]:
        until = time.monotonic() + _PATIENCE
        while True:
            printed = os.pread(output, 100_000, 0).decode(errors="replace")
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/(\w+)/control/#(\S+)\n", printed):
                return found[1], found[2], found[3]
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                message = f"the server did not print its address: {printed}"
                raise RuntimeError(message)
            time.sleep(0.01)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the process as with Ctrl-C."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.wait()

    @property
    def most_memory(self) -> float:
        """The peak memory, in MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        (kibibytes,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
        return int(kibibytes) * 1024 / 1e6

    @property
    def processor(self) -> float:
        """The processor time of its threads, in seconds."""
        threads = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def room_command(store: Path, *, again: bool = False) -> list[str]:
    """Return the command that serves a room from this store: a new one on a free port, or the existing one on its own port."""
    return [
        "etiquette_kit.cli",
        "room",
        "--store",
        str(store),
        "--no-browser",
        "--lang",
        "de",
        "--per-address",
        "0",
        *([] if again else ["--port", "0"]),
    ]


def open_many_files() -> None:
    """Raise the limit on connections of this process and its child processes to the maximum."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
