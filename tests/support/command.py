"""An `etiquette` command that serves pages, as a process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import ClassVar

import psutil


class Command:
    """Starts the command without a browser, with a store of its own, and reads off its address."""

    running: ClassVar[list[Command]] = []

    def __init__(self, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.store = Path(self._folder.name) / "answers.sqlite3"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "etiquette_kit.cli", *arguments, "--no-browser", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "ETIQUETTE_STORE": str(self.store), **(environment or {})},
        )
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
                self.url = found[0]
                self.running.append(self)
                return
        message = f"{arguments} ended with {self.process.wait()} and did not say its address: {said}"
        raise RuntimeError(message)

    def log(self) -> str:
        """Return the end of what its server has written, which goes to a file without a name; empty where that cannot be read."""
        try:
            files = [Path(f"/proc/{server.pid}/fd/1") for server in psutil.Process(self.process.pid).children()]
            return "".join("\n".join(file.read_text(errors="replace").splitlines()[-60:]) for file in files)
        except (OSError, psutil.Error) as error:
            return f"not to be read: {error}"

    def end(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=600)
        self._folder.cleanup()
        if self in self.running:
            self.running.remove(self)
        return self.process.returncode
