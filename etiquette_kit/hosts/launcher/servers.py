"""Starting Voilà or JupyterLab as a separate process, and stopping it with all its child processes."""

from __future__ import annotations

import hmac
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO
from urllib.parse import quote

from etiquette_kit.web import WEB

HOST = "127.0.0.1"
_START_TIMEOUT = 60.0  # seconds to wait for a server to respond
_POLL_INTERVAL = 0.02  # seconds between two checks whether it responds
_STOP_TIMEOUT = 10.0  # seconds for a server to shut down its kernels

Say = Callable[[str], None]
_Log = IO[str]


class ServeError(RuntimeError):
    """A server that could not be started, or that ended unexpectedly.

    Attributes
    ----------
    kind : {"port", "not_started", "silent", "ended_itself"}
        The kind; its text is in the locale under ``serve``.
    values : dict of str to object
        The values for the text's placeholders.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(f"{kind}: {values}")
        self.kind = kind
        self.values = values


@dataclass(frozen=True)
class Server:
    """A server to start, and how to detect that it is ready.

    Attributes
    ----------
    command : sequence of str
        The arguments after ``python -m``.
    port : int
        The port on 127.0.0.1.
    ready : str
        A path that responds once the server is running, without side effects.
    url : str
        The address that is printed.
    environment : dict of str to str
        Environment variables for it.
    browser_url : str
        The address that is opened in the browser; empty where it is the same.
    """

    command: Sequence[str]
    port: int
    ready: str
    url: str
    environment: dict[str, str] = field(default_factory=dict)
    browser_url: str = ""


def free_port(wanted: int | None = 0, usual: int = 0) -> int:
    """Return the wanted port; with 0 any free port; with None the usual one if it is free, else any free port.

    Raises
    ------
    ServeError
        When the wanted port is taken or not allowed.
    """
    if wanted is None:
        try:
            return free_port(usual)
        except ServeError:
            return free_port()
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError as error:
            raise ServeError("port", port=wanted, reason=error.strerror) from None
        return int(probe.getsockname()[1])


def one_time_token(token: str) -> str:
    """Return the one-time token for a server's token, which cannot be derived from it."""
    return hmac.digest(token.encode(), b"one visit", "sha256").hex()


def voila(folder: Path, page: str, port: int, token: str, environment: dict[str, str], resources: Mapping[str, object]) -> Server:
    """Return a server that shows a folder of notebooks as pages without code.

    Parameters
    ----------
    folder : Path
        The folder; all notebooks in it and its subfolders can be opened.
    page : str
        The path of the notebook to open, relative to the folder, with slashes: ``"de/00_start.ipynb"``. A kernel that has run it
        already is preheated for the next visitor.
    port : int
        The port on 127.0.0.1.
    token : str
        The token for a browser's first request.
    environment : dict of str to str
        Variables for the kernels.
    resources : mapping
        The resources for the template: see ``page/``.
    """
    pools = {"default": {"pool_size": 0}, page: {"pool_size": 1}}
    command = [
        "etiquette_kit.hosts.launcher.quiz_server",
        str(folder),
        f"--Voila.ip={HOST}",
        f"--port={port}",
        "--port_retries=0",
        "--no-browser",
        "--template=etiquette",
        "--classic-tree",
        "--show_tracebacks=True",
        "--VoilaExecutor.allow_errors=True",  # an error in a cell does not affect the rest of the page
        "--preheat_kernel=True",
        f"--VoilaKernelManager.kernel_pools_config={pools}",
        "--VoilaConfiguration.multi_kernel_manager_class=etiquette_kit.hosts.launcher.kernels.PageKernelManager",
        f"--VoilaConfiguration.resources={ {'etiquette': resources} }",
    ]
    url = f"http://{HOST}:{port}/voila/render/{page}"
    settings = {
        "JUPYTER_PATH": _prepended("JUPYTER_PATH"),
        "JUPYTER_TOKEN": token,  # not in the command line, which everyone on the machine may read
        **environment,
    }
    return Server(
        command, port, "voila/static/voila.js", f"{url}?token={token}", settings, browser_url=f"{url}?token={one_time_token(token)}"
    )


def lab(folder: Path, page: str, port: int, token: str, environment: dict[str, str]) -> Server:
    """Return a server that shows a folder of notebooks in JupyterLab, with news and update checks disabled.

    Parameters
    ----------
    folder : Path
        The folder.
    page : str
        The notebook that is opened, relative to the folder, with slashes.
    port : int
        The port on 127.0.0.1.
    token : str
        The token for a browser's first request.
    environment : dict of str to str
        Variables for the kernels.
    """
    command = [
        "jupyterlab",
        f"--notebook-dir={folder}",
        f"--ip={HOST}",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--no-browser",
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]
    settings = {
        "JUPYTER_CONFIG_PATH": _prepended("JUPYTER_CONFIG_PATH"),
        "JUPYTER_TOKEN": token,  # not in the command line, which everyone on the machine may read
        **environment,
    }
    return Server(command, port, "api", f"http://{HOST}:{port}/lab/tree/{quote(page)}?token={token}", settings)


def _prepended(variable: str) -> str:
    """Return the search path of this variable with our own folder first."""
    return os.pathsep.join(filter(None, [str(WEB), os.environ.get(variable)]))


def run(server: Server, *, browser: bool, say: Say, starting: str, running: str, open_yourself: str) -> None:
    """Start a server, open the browser, and wait until it is stopped with Ctrl-C.

    Parameters
    ----------
    server : Server
        The server.
    browser : bool
        Whether to open the address.
    say : callable
        Prints a line.
    starting, running, open_yourself : str
        The messages while it starts, once it is running (with ``{url}``), and if no browser could be opened (with ``{url}``).

    Raises
    ------
    ServeError
        When it does not start, or ends unexpectedly.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(  # noqa: S603  the command is our own
            [sys.executable, "-m", *server.command],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **server.environment},
            start_new_session=True,  # Ctrl-C is received only by this process, which then stops the server in an orderly way
        )
        # Set for SIGINT as well: a background process of a script starts with it ignored.
        before = {number: signal.signal(number, _interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            say(starting)
            _await_ready(process, server, log)
            say(running.format(url=server.url))
            if browser and not webbrowser.open(server.browser_url or server.url):
                say(open_yourself.format(url=server.url))
            process.wait()
            raise ServeError("ended_itself", log=_tail(log))
        except KeyboardInterrupt:
            pass
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            _stop(process)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _await_ready(process: subprocess.Popen[bytes], server: Server, log: _Log) -> None:
    until = time.monotonic() + _START_TIMEOUT
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ServeError("not_started", log=_tail(log))
        if _responds(f"http://{HOST}:{server.port}/{server.ready}"):
            return
        time.sleep(_POLL_INTERVAL)
    raise ServeError("silent", seconds=round(_START_TIMEOUT), log=_tail(log))


def _responds(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310  our own address
            return True
    except urllib.error.HTTPError:
        return True  # any response means that it is running
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server; it shuts down its kernels itself, and kernels without a server end as well."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(_STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tail(log: _Log, lines: int = 15) -> str:
    log.flush()
    log.seek(0)
    return "\n".join(log.read().splitlines()[-lines:])
