"""A page served by a command, from its start to Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from etiquette_kit.web import WEB

from benchmarks.fresh import environment

_PATIENCE = 120.0  # seconds


@contextmanager
def served(command: Sequence[str]) -> Iterator[str]:
    """Start ``python -m command`` and yield the address as soon as it is printed.

    Raises
    ------
    RuntimeError
        When it ends, or says no address for two minutes.
    """
    paths = os.pathsep.join(filter(None, [str(WEB), os.environ.get("JUPYTER_PATH")]))
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], stdout=output, stderr=subprocess.STDOUT, env=environment(JUPYTER_PATH=paths)
        )
        try:
            yield _address(process, output)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(process: subprocess.Popen[bytes], output: Any) -> str:
    until = time.monotonic() + _PATIENCE
    while True:
        output = os.pread(output.fileno(), 100_000, 0).decode(errors="replace")
        if found := re.search(r"http://127\.0\.0\.1:\S+", output):
            return found[0]
        if process.poll() is not None or time.monotonic() > until:
            message = f"the server did not print its address: {output}"
            raise RuntimeError(message)
        time.sleep(0.01)


def plain_voila(notebook: Path) -> list[str]:
    """Return the command that serves one notebook with the kit's page template, and nothing else of the kit."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    flags = ["--Voila.ip=127.0.0.1", f"--port={port}", "--port_retries=0", "--no-browser", "--template=etiquette"]
    return ["voila", str(notebook), *flags]


def notebook(path: Path, *cells: str) -> Path:
    """Write a notebook of code cells, and return its path."""
    document = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    document.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(document, path)
    return path
