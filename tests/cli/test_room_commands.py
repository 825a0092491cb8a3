"""`etiquette room`: what it says, what it refuses, and that the same command goes on where it was."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from etiquette_kit.cli import app
from etiquette_kit.cli.own_command import own_command
from etiquette_kit.cli.room import _set_when_ended
from etiquette_kit.locale import catalog
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from typer.testing import CliRunner

pytestmark = pytest.mark.slow

_PATIENCE = 600
"""Seconds; on a busy machine a process ends late."""


class Running:
    """The command as a process, once it serves."""

    def __init__(self, store: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "etiquette_kit.cli", "room", "--store", str(store), "--lang", "en", "--no-browser", *arguments]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        assert self.process.stdout is not None
        self.said: list[str] = []
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if "Ctrl-C" in line:
                return
        message = f"it ended with {self.process.wait()}: {self.said}"
        raise AssertionError(message)

    def told(self, start: str) -> str:
        """Return what follows these words."""
        (found,) = (line.removeprefix(start) for line in self.said if line.startswith(start))
        return found

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """End it, and return the exit code and what it said at last."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        rest, _ = self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode, rest


@pytest.fixture
def running() -> Iterator[list[Running]]:
    started: list[Running] = []
    yield started
    for command in started:
        command.end()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "answers.sqlite3"


def start(running: list[Running], store: Path, *arguments: str) -> Running:
    running.append(Running(store, *arguments))
    return running[-1]


def quiet_port() -> int:
    """Return a free port that no program is given by chance: one below those that the system hands out."""
    for port in range(20_000, 30_000, 7):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("every port between 20000 and 30000 is taken")


def refused(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["room", "--lang", "en", "--no-browser", *arguments])
    return done.exit_code, done.output


def test_it_tells_the_ways_in_and_ends_with_ctrl_c(running: list[Running], store: Path):
    command = start(running, store, "--port", "0")
    code = command.told("Code of the room: ").replace(" ", "")
    phone, control, screen = (command.told(words) for words in ("For phones: ", "For you alone, to lead: ", "For the projector: "))
    assert re.fullmatch(rf"http://127\.0\.0\.1:\d+/{code}/", phone)
    assert re.fullmatch(rf"{phone}control/#[\w-]{{22}}", control)
    assert screen == f"{phone}screen/"
    assert " --host 0.0.0.0 " in command.said[-2]
    for page in (phone, control, screen):
        with urllib.request.urlopen(page.partition("#")[0], timeout=10) as answer:  # noqa: S310  our own
            assert answer.status == 200
    assert command.end() == (0, "Ended.\n")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_same_command_goes_on_where_it_was(running: list[Running], store: Path, how: signal.Signals):
    first = start(running, store, "--port", str(quiet_port()))
    first.end(how)
    again = start(running, store, "--port", "0")
    assert again.said[0].startswith(f"Room {first.told('Code of the room: ').replace(' ', '')} had not ended")
    assert again.told("For phones: ") == first.told("For phones: ")
    again.end()
    fresh = start(running, store, "--port", "0", "--new")
    assert fresh.told("Code of the room: ") != first.told("Code of the room: ")


def test_a_room_that_is_open_is_not_opened_twice(running: list[Running], store: Path):
    command = start(running, store, "--port", "0")
    code, said = refused("--store", str(store), "--port", "0")
    assert code == 1
    assert command.told("Code of the room: ").replace(" ", "") in said
    assert "--new" in said


def test_where_its_port_is_taken_the_room_takes_another(running: list[Running], store: Path):
    first = start(running, store, "--port", "0")
    first.end()
    port = int(first.told("For phones: ").split(":")[2].split("/")[0])
    with socket.create_server(("127.0.0.1", port)):
        again = start(running, store)
        assert again.told("Code of the room: ") == first.told("Code of the room: ")
        assert f":{port}/" not in again.told("For phones: ")


def test_the_advice_can_be_copied_as_it_stands(running: list[Running], store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("UV_RUN_RECURSION_DEPTH", raising=False)
    given = ["--port", "0", "--minutes", "90", "--seed", "it's 7", "--new", "--host", "127.0.0.1"]
    command = start(running, store, *given)
    advice = shlex.split(command.said[-2])
    assert advice[:3] == [sys.executable, "-m", "etiquette_kit.cli"]
    assert advice[3] == "room"
    options = dict(itertools.pairwise(advice[4:]))
    for option, value in (("--host", "0.0.0.0"), ("--seed", "it's 7"), ("--minutes", "90"), ("--port", "0"), ("--store", str(store))):  # noqa: S104
        assert options[option] == value
    assert "--new" not in advice
    assert "--no-browser" in advice
    command.end()
    advice[advice.index("0.0.0.0")] = "127.0.0.1"  # noqa: S104  nobody else is let in here
    done = subprocess.Popen(advice, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert done.stdout is not None
    said = done.stdout.readline()
    assert any("Ctrl-C" in line for line in done.stdout)  # it serves
    done.send_signal(signal.SIGINT)
    done.communicate(timeout=_PATIENCE)
    assert command.told("Code of the room: ").replace(" ", "") in said


def test_the_command_is_named_as_it_was_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    command = typer.main.get_command(app).commands["room"]  # type: ignore[attr-defined]
    context = command.make_context("room", ["--scenario", "a", "--scenario", "b c", "--no-browser", "--new"])
    monkeypatch.setenv("PATH", str(tmp_path))
    named = tmp_path / "etiquette"
    named.touch(0o755)
    told = {}
    for started, in_uv in ((str(named), False), ("/elsewhere/etiquette", False), ("/x/cli/__main__.py", False), (str(named), True)):
        monkeypatch.setattr(sys, "argv", [started, "room"])
        if in_uv:
            monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")
        else:
            monkeypatch.delenv("UV_RUN_RECURSION_DEPTH", raising=False)
        told[started, in_uv] = own_command(context, without=["new"], host="0.0.0.0").removesuffix(  # noqa: S104
            " room --host 0.0.0.0 --scenario a --scenario 'b c' --no-browser"
        )
    assert list(told.values()) == [
        "etiquette",
        "/elsewhere/etiquette",
        f"{shlex.quote(sys.executable)} -m etiquette_kit.cli",
        "uv run etiquette",
    ]
    assert shlex.split(own_command(context, new=True))[-1] == "--no-browser"
    assert own_command(context, new=True).count("--new") == 1


def test_it_offers_the_address_that_others_use(running: list[Running], store: Path):
    command = start(running, store, "--port", "0", "--public-url", "https://workshop.example.org/room")
    code = command.told("Code of the room: ").replace(" ", "")
    assert command.told("For phones: ") == f"https://workshop.example.org/room/{code}/"
    assert "--host" not in command.said[-1]


def test_what_cannot_be_is_said(store: Path, tmp_path: Path):
    words = catalog("en")
    assert refused("--store", str(store), "--minutes", "45") == (
        2,
        f"etiquette: {words('room.command.no_plan', minutes=45, allowed='60, 90')}\n",
    )
    code, said = refused("--store", str(store), "--scenario", "nowhere")
    assert (code, "“nowhere”" in said, "Traceback" in said) == (2, True, False)
    assert refused("--store", "mysql://nowhere")[0] == 2
    assert refused("--store", str(tmp_path))[0] == 1
    assert refused("--store", str(store), "--host", "banana..") == (2, f"etiquette: {words('room.command.no_host', host='banana..')}\n")
    assert refused("--store", str(store), "--host", "192.0.2.99", "--port", "9") == (
        2,
        f"etiquette: {words('room.command.no_host', host='192.0.2.99')}\n",
    )
    assert Rooms(Store(store)).open(datetime.now(UTC) - timedelta(hours=1)) is None, "a room was opened although it could not be served"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = refused("--store", str(store), "--port", str(taken.getsockname()[1]))
        assert (code, str(taken.getsockname()[1]) in said) == (1, True)


def test_where_the_loop_takes_no_signals_they_are_taken_all_the_same():
    async def waits() -> bool:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loop, "add_signal_handler", unsupported)
            _set_when_ended(over, loop)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(over.wait(), 30)
        return over.is_set()

    def unsupported(*_: object) -> None:
        raise NotImplementedError

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        assert asyncio.run(waits())
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
