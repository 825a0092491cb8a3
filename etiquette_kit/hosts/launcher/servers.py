"""Starting Voilà or JupyterLab as a process of its own, and ending it with all that it started."""

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

from etiquette_kit.web import WEB

HOST = "127.0.0.1"
_STARTING = 60.0  # seconds until a server that does not answer is given up
_STEP = 0.02  # seconds between two looks whether it answers
_ENDING = 10.0  # seconds that a server has to end its kernels

Say = Callable[[str], None]
_Log = IO[str]


class ServeError(RuntimeError):
    """A server that could not be started, or that ended by itself.

    Attributes
    ----------
    kind : {"port", "not_started", "silent", "ended_itself"}
        Its words are in the locale under ``serve``.
    values : dict of str to object
        What the words leave open.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(f"{kind}: {values}")
        self.kind = kind
        self.values = values


@dataclass(frozen=True)
class Server:
    """What to start, and how to tell that it runs.

    Attributes
    ----------
    command : sequence of str
        The arguments after ``python -m``.
    port : int
        The port on 127.0.0.1.
    ready : str
        A path that answers once the server runs, and starts nothing.
    url : str
        The address to open, which is printed.
    environment : dict of str to str
        Variables to set for it.
    browser_url : str
        The address with which the browser is started; empty where it is the same.
    """

    command: Sequence[str]
    port: int
    ready: str
    url: str
    environment: dict[str, str] = field(default_factory=dict)
    browser_url: str = ""


def free_port(wanted: int | None = 0, usual: int = 0) -> int:
    """Return the wanted port, or with 0 one that is free now; with None the usual one where it is free.

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
    """Return the token for one visit that goes with a server's token, and from which that one does not follow."""
    return hmac.digest(token.encode(), b"one visit", "sha256").hex()


def voila(folder: Path, page: str, port: int, token: str, environment: dict[str, str], resources: Mapping[str, object]) -> Server:
    """Return how to serve a folder of notebooks as pages without code.

    Parameters
    ----------
    folder : Path
        All notebooks in it and below can be opened.
    page : str
        The notebook to open, from the folder, with slashes: ``"de/00_start.ipynb"``. One kernel that has run it
        already is held ready for the next visitor.
    port : int
        The port on 127.0.0.1.
    token : str
        What a browser has to show at its first request.
    environment : dict of str to str
        Variables for the kernels.
    resources : mapping
        What the template needs: see ``page/``.
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
        "--VoilaExecutor.allow_errors=True",  # a cell that fails does not take the rest of the page with it
        "--preheat_kernel=True",
        f"--VoilaKernelManager.kernel_pools_config={pools}",
        "--VoilaConfiguration.multi_kernel_manager_class=etiquette_kit.hosts.launcher.kernels.PageKernelManager",
        f"--VoilaConfiguration.resources={ {'etiquette': resources} }",
    ]
    url = f"http://{HOST}:{port}/voila/render/{page}"
    settings = {
        "JUPYTER_PATH": _before_others("JUPYTER_PATH"),
        "JUPYTER_TOKEN": token,  # here, because everyone on the machine may read a process's command line
        **environment,
    }
    return Server(
        command, port, "voila/static/voila.js", f"{url}?token={token}", settings, browser_url=f"{url}?token={one_time_token(token)}"
    )


def lab(folder: Path, port: int, token: str, environment: dict[str, str]) -> Server:
    """Return how to serve a folder of notebooks in JupyterLab, which then neither asks about news nor looks for any."""
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
        "JUPYTER_CONFIG_PATH": _before_others("JUPYTER_CONFIG_PATH"),
        "JUPYTER_TOKEN": token,  # here, because everyone on the machine may read a process's command line
        **environment,
    }
    return Server(command, port, "api", f"http://{HOST}:{port}/lab?token={token}", settings)


def _before_others(variable: str) -> str:
    """Return the search path of this variable with our own folder in front."""
    return os.pathsep.join(filter(None, [str(WEB), os.environ.get(variable)]))


def run(server: Server, *, browser: bool, say: Say, starting: str, running: str, open_yourself: str) -> None:
    """Start a server, open the browser, and wait until it is ended with Ctrl-C.

    Parameters
    ----------
    server : Server
        What to start.
    browser : bool
        Whether to open the address.
    say : callable
        Prints a line.
    starting, running, open_yourself : str
        What to say while it starts, once it runs (with ``{url}``), and where no browser could be opened (with ``{url}``).

    Raises
    ------
    ServeError
        When it does not start, or ends by itself.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(  # noqa: S603  the command is our own
            [sys.executable, "-m", *server.command],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **server.environment},
            start_new_session=True,  # Ctrl-C reaches this process, which then ends the server in order
        )
        # Set for SIGINT as well: a process that a script starts in the background begins with it ignored.
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
            _end(process)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _await_ready(process: subprocess.Popen[bytes], server: Server, log: _Log) -> None:
    until = time.monotonic() + _STARTING
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ServeError("not_started", log=_tail(log))
        if _answers(f"http://{HOST}:{server.port}/{server.ready}"):
            return
        time.sleep(_STEP)
    raise ServeError("silent", seconds=round(_STARTING), log=_tail(log))


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310  our own address
            return True
    except urllib.error.HTTPError:
        return True  # it answers, if only to refuse
    except OSError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server; given the time, it ends its kernels itself, and kernels whose server is gone end too."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(_ENDING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tail(log: _Log, lines: int = 15) -> str:
    log.flush()
    log.seek(0)
    return "\n".join(log.read().splitlines()[-lines:])
