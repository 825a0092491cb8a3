"""An `etiquette` command that serves pages, as a process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path


class Command:
    """Starts the command without a browser, with a store of its own, and reads off its address."""

    def __init__(self, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.store = Path(self._folder.name) / "answers.sqlite3"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "etiquette_kit.cli", *arguments, "--no-browser", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "ETIQUETTE_STORE": str(self.store), **(environment or {})},
        )
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
                self.url = found[0]
                return
        message = f"the server did not say its address: {said}"
        raise RuntimeError(message)

    def end(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=30)
        self._folder.cleanup()
        return self.process.returncode
